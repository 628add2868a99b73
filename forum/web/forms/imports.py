"""Uploading a workbook, and saying what its columns and words mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import MultiDict
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs

from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.regions import REGIONS
from forum.domain.sectors import SECTORS
from forum.domain.vocabulary import Vocabulary
from forum.i18n import language
from forum.queries.imports import ColumnView, ImportSummary
from forum.services.import_readings import Corrections, ImportKind, WordingKind
from forum.services.imports import header_wordings
from forum.web.import_words import FIELDS, REQUEST_FIELDS, UNKNOWN

_LONGEST_NAME: Final = 120
_VOCABULARIES: Final[Mapping[WordingKind, Vocabulary]] = {
    WordingKind.SECTOR: SECTORS,
    WordingKind.REGION: REGIONS,
    WordingKind.LANGUAGE: LANGUAGES_SPOKEN,
}


class ImportForm(FlaskForm):
    """A workbook, and what to look for in it."""

    book = FileField(_l("Workbook"), validators=[FileRequired(_l("Choose a workbook."))])
    kind = RadioField(
        _l("What is in it"),
        choices=[
            SelectChoice("", _l("Let the headers tell")),
            SelectChoice(ImportKind.DELEGATES.value, _l("People and their companies")),
            SelectChoice(ImportKind.REQUESTS.value, _l("Requests for meetings")),
        ],
        default="",
    )

    @property
    def chosen_kind(self) -> ImportKind | None:
        return ImportKind(self.kind.data) if self.kind.data else None

    @property
    def file_name(self) -> str:
        """The name without the folders that some browsers send along, kept for people to read only."""
        name = PurePath((self.book.data.filename or "").replace("\\", "/")).name
        return "".join(letter for letter in name if letter.isprintable())[:_LONGEST_NAME]


@dataclass(frozen=True)
class Question:
    """A wording that was not understood: what may it mean?"""

    name: str
    kind: WordingKind
    wording: str
    choices: tuple[tuple[str, str], ...]


def field_choices(kind: ImportKind) -> tuple[tuple[str, str], ...]:
    """What a column may hold."""
    fields = FIELDS if kind is ImportKind.DELEGATES else REQUEST_FIELDS
    return tuple((code, str(text)) for code, text in fields.items())


def wording_questions(summary: ImportSummary) -> tuple[Question, ...]:
    """One question for every wording in the cells that was not understood."""
    return tuple(
        Question(f"{kind.value}:{wording}", kind, wording, _choices(kind))
        for code, kind in UNKNOWN.items()
        for wording in summary.unknown.get(code, ())
    )


def _choices(kind: WordingKind) -> tuple[tuple[str, str], ...]:
    titles = ((term.code, term.title.in_language(language())) for term in _VOCABULARIES[kind])
    return tuple(sorted(titles, key=lambda pair: pair[1]))


def corrections(kind: ImportKind, columns: Iterable[ColumnView], sent: MultiDict[str, str]) -> Corrections:
    """What of the form differs from how the file was read."""
    found: dict[WordingKind, dict[str, str]] = {}
    for column in columns:
        field = sent.get(f"column:{column.letter}")
        if field is not None and field != column.field:
            found.setdefault(header_wordings(kind), {})[column.title] = field
    for name, code in sent.items():
        group, _, wording = name.partition(":")
        if group in list(_VOCABULARIES) and wording and code:
            found.setdefault(WordingKind(group), {})[wording] = code
    return found

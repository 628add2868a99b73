"""Changes of a profile in the reader's words: field, before, after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.domain.localized import LANGUAGES
from forum.queries.edits import Change
from forum.web.filters import localized, moment, region, spoken
from forum.web.profile_words import FIELD_TITLES, VISIBILITIES

_NOTHING: Final = "—"
_LANGUAGES_OF_TEXTS: Final = {"ru": _l("in Russian"), "kk": _l("in Kazakh"), "en": _l("in English")}


class Line(NamedTuple):
    """One thing that changed."""

    title: str
    before: str
    after: str


def lines(changes: Iterable[Change], zone: ZoneInfo) -> tuple[Line, ...]:
    """The changes; a text in several languages has a line for each that changed."""
    return tuple(line for change in changes for line in _lines(change, zone))


def _lines(change: Change, zone: ZoneInfo) -> Iterator[Line]:
    title = str(FIELD_TITLES[change.field])
    if change.field == "position":
        before, after = change.before or {}, change.after or {}
        for language in LANGUAGES:
            if before.get(language) != after.get(language):
                of_language = f"{title} ({_LANGUAGES_OF_TEXTS[language]})"
                yield Line(of_language, before.get(language) or _NOTHING, after.get(language) or _NOTHING)
        return
    yield Line(title, _said(change.field, change.before, zone), _said(change.field, change.after, zone))


def _said(field: str, value: Any, zone: ZoneInfo) -> str:
    if not value:
        return _NOTHING
    if field in ("arrives_at", "leaves_at"):
        return moment(datetime.fromisoformat(value), zone)
    return _WORDS[field](value) if field in _WORDS else str(value)


_WORDS: Final[Mapping[str, Callable[[Any], str]]] = {
    "company_id": lambda name: localized(name) or _NOTHING,
    "language": spoken,
    "photo_id": lambda _is_there: _("there is one"),
    "region": region,
    "spoken": lambda codes: ", ".join(map(spoken, codes)),
    "visibility": lambda value: str(VISIBILITIES[value]),
}

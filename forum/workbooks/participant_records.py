"""What a sheet of participants says about one person."""

from __future__ import annotations

from dataclasses import dataclass

from forum.domain.company_names import CompanyName
from forum.domain.names import PersonName
from forum.domain.states import Category
from forum.workbooks.issues import Issue


@dataclass(frozen=True, slots=True)
class ParticipantRecord:
    """Texts are ``""`` and codes ``None`` where the sheet says nothing.

    ``wants_visit`` is ``None`` when the sheet leaves it open; ``visit_place`` is the place it names.
    ``wishes`` name visits, the dearest first.
    ``email`` is valid and in small letters, ``phone`` in E.164.
    """

    name: PersonName
    latin_name: str = ""
    company: CompanyName | None = None
    position: str = ""
    town: str = ""
    region: str | None = None
    sectors: tuple[str, ...] = ()
    email: str | None = None
    phone: str | None = None
    phone_extension: str = ""
    languages: tuple[str, ...] = ()
    wants_visit: bool | None = None
    visit_place: str = ""
    wishes: tuple[str, ...] = ()
    diet: str = ""
    offers: str = ""
    seeks: str = ""
    delegation: str = ""
    category: Category | None = None


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """``record`` is ``None`` for a row that is not taken; its issues say why."""

    number: int
    record: ParticipantRecord | None
    issues: tuple[Issue, ...] = ()

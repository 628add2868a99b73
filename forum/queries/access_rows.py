"""What a host's gate is told of the visitors of one visit, and what is still missing of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from babel import Locale
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from forum.catalogues import text_in
from forum.domain import host_rules
from forum.domain.citizenships import CITIZENSHIPS, STATELESS
from forum.domain.host_rules import HostRules
from forum.domain.identity_documents import DocumentField, DocumentKind, IdentityData
from forum.domain.states import SeatStatus
from forum.errors import ForumError
from forum.models import Bus, Delegate, Event, IdentityDocument, Seat, Visit
from forum.models.base import db
from forum.queries.documents import opened
from forum.queries.people import full_name
from forum.workbooks.access_fields import AccessField, VisitFact

_F = AccessField
OF_DOCUMENT: Mapping[AccessField, DocumentField] = {
    _F.DOCUMENT_KIND: DocumentField.NUMBER,
    _F.DOCUMENT: DocumentField.NUMBER,
    _F.DOCUMENT_SERIES: DocumentField.NUMBER,
    _F.DOCUMENT_NUMBER: DocumentField.NUMBER,
    _F.BIRTH_DATE: DocumentField.BIRTH_DATE,
    _F.CITIZENSHIP: DocumentField.CITIZENSHIP,
    _F.ISSUED_ON: DocumentField.ISSUED_ON,
    _F.ISSUED_BY: DocumentField.ISSUED_BY,
    _F.EXPIRES_ON: DocumentField.EXPIRES_ON,
    _F.IIN: DocumentField.IIN,
}
"""What has to be asked of a visitor for a column to be filled."""


class Lack(StrEnum):
    """Why the gate may stop somebody."""

    DOCUMENT = "document"
    KIND = "kind"  # the host takes no document of this kind
    FIELDS = "fields"  # the host asks for more than was entered
    EXPIRED = "expired"  # by the day of the visit
    SEALED = "sealed"  # the key that opens it is not here


@dataclass(frozen=True)
class VisitorRow:
    """One visitor. ``values`` are texts and days by field; what nobody knows is left out."""

    delegate_id: int
    name: str
    values: Mapping[AccessField, str | date]
    lacks: tuple[Lack, ...]


def rows_of(visit: Visit, language: str) -> tuple[VisitorRow, ...]:
    """Who has a seat and knows of it, in the order of their names. Two statements, however many they are."""
    rules = host_rules.from_data(visit.site.rules)
    found = db.session.execute(
        select(Delegate, Bus, IdentityDocument)
        .join(Seat, Seat.delegate_id == Delegate.id)
        .outerjoin(Bus, Bus.id == Seat.bus_id)
        .outerjoin(IdentityDocument, IdentityDocument.delegate_id == Delegate.id)
        .where(Seat.visit_id == visit.id, Seat.status == SeatStatus.SEATED, Seat.is_tentative.is_(False))
        .options(joinedload(Delegate.company), joinedload(Delegate.delegation))
        .order_by(getattr(Delegate, f"sort_{language}"), Delegate.id)
    ).all()
    on = visit.starts_at.date()
    return tuple(_row(*each, rules=rules, on=on, language=language) for each in found)


def untold(visit_id: int) -> int:
    """How many have a seat of which they were not told: it may still be moved, so no gate hears of them."""
    rows = select(func.count()).where(
        Seat.visit_id == visit_id, Seat.status == SeatStatus.SEATED, Seat.is_tentative.is_(True)
    )
    return db.session.scalar(rows) or 0


def facts_of(visit: Visit, count: int, language: str) -> dict[VisitFact, str | int | date]:
    """What the head of a list says of the visit, by the clock of the forum."""
    event = db.session.get_one(Event, visit.event_id)
    start, end = (at.astimezone(ZoneInfo(event.time_zone)) for at in (visit.starts_at, visit.ends_at))
    plates = db.session.scalars(
        select(Bus.plate).where(Bus.visit_id == visit.id, Bus.plate.is_not(None)).order_by(Bus.label)
    )
    return {
        VisitFact.FORUM: event.title.in_language(language),
        VisitFact.DATE: start.date(),
        VisitFact.START: f"{start:%H:%M}",
        VisitFact.END: f"{end:%H:%M}",
        VisitFact.COUNT: count,
        VisitFact.PLATES: ", ".join(plate for plate in plates if plate),
    }


def _row(
    person: Delegate,
    bus: Bus | None,
    document: IdentityDocument | None,
    *,
    rules: HostRules,
    on: date,
    language: str,
) -> VisitorRow:
    values: dict[AccessField, str | date | None] = {
        _F.FULL_NAME: full_name(person.family_name, person.given_name, person.patronymic),
        _F.FAMILY_NAME: person.family_name,
        _F.GIVEN_NAME: person.given_name,
        _F.PATRONYMIC: person.patronymic,
        _F.LATIN_NAME: full_name(person.latin_family_name, person.latin_given_name),
        _F.COMPANY: person.company.short_name.in_language(language) if person.company else "",
        _F.POSITION: person.position.in_language(language),
        _F.DELEGATION: person.delegation.title.in_language(language) if person.delegation else "",
        _F.PHONE: person.phone,
        _F.EMAIL: person.email,
        _F.BUS: bus.label if bus else "",
        _F.PLATE: bus.plate if bus else "",
    }
    try:
        data = opened(document) if document else None
        lacks = _lacks(data, rules, on)
    except ForumError:
        data, lacks = None, (Lack.SEALED,)
    if data is not None and rules.asks_documents:
        values |= _of_document(data, rules, language)
    return VisitorRow(
        delegate_id=person.id,
        name=full_name(person.family_name, person.given_name, person.patronymic),
        values={field: value for field, value in values.items() if value},
        lacks=lacks,
    )


def _lacks(data: IdentityData | None, rules: HostRules, on: date) -> tuple[Lack, ...]:
    if not rules.asks_documents:
        return ()
    if data is None:
        return (Lack.DOCUMENT,)
    missing = [field for field in rules.id_fields if not _given(data, field)]
    found = {
        Lack.KIND: data.kind not in rules.accepted,
        Lack.FIELDS: bool(missing),
        Lack.EXPIRED: data.expires_on is not None and data.expires_on < on,
    }
    return tuple(lack for lack, is_so in found.items() if is_so)


def _given(data: IdentityData, field: DocumentField) -> bool:
    """Whether there is a value, or whether such a document has none."""
    match field:
        case DocumentField.NUMBER:
            return bool(data.number)
        case DocumentField.EXPIRES_ON:
            has_none = data.kind in (DocumentKind.RU_INTERNAL, DocumentKind.OTHER)
            return data.expires_on is not None or has_none
        case DocumentField.IIN:
            return bool(data.iin) or (bool(data.citizenship) and data.citizenship != "KAZ")
        case _:
            return bool(getattr(data, field.value))


def _of_document(data: IdentityData, rules: HostRules, language: str) -> dict[AccessField, str | date | None]:
    """Only what the host asks for, though the document may hold more for another host."""
    series, _, number = data.number.rpartition(" ")
    values: dict[AccessField, str | date | None] = {
        _F.DOCUMENT_KIND: kind_in(data.kind, language),
        _F.DOCUMENT: data.number,
        _F.DOCUMENT_SERIES: series,
        _F.DOCUMENT_NUMBER: number,
        _F.BIRTH_DATE: data.birth_date,
        _F.CITIZENSHIP: _country(data.citizenship, language),
        _F.ISSUED_ON: data.issued_on,
        _F.ISSUED_BY: data.issued_by,
        _F.EXPIRES_ON: data.expires_on,
        _F.IIN: data.iin,
    }
    return {field: value for field, value in values.items() if OF_DOCUMENT[field] in rules.id_fields}


def kind_in(kind: DocumentKind, language: str) -> str:
    """What the document is called in ``language``."""
    return {
        DocumentKind.RU_INTERNAL: text_in(language, "Russian internal passport"),
        DocumentKind.RU_FOREIGN: text_in(language, "Russian passport for travel abroad"),
        DocumentKind.KZ_PASSPORT: text_in(language, "Passport of Kazakhstan"),
        DocumentKind.KZ_ID_CARD: text_in(language, "Identity card of Kazakhstan"),
        DocumentKind.DIPLOMATIC: text_in(language, "Diplomatic passport"),
        DocumentKind.SERVICE: text_in(language, "Service passport"),
        DocumentKind.OTHER: text_in(language, "Another document"),
    }[kind]


def _country(code: str, language: str) -> str:
    if code == STATELESS:
        return text_in(language, "Without citizenship")
    names: Mapping[str, str] = Locale.parse(language).territories
    return names.get(CITIZENSHIPS.get(code, ""), code)


def lacking(rows: Iterable[VisitorRow]) -> tuple[VisitorRow, ...]:
    """Those whom the gate may stop."""
    return tuple(row for row in rows if row.lacks)

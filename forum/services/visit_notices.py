"""What visitors are told in time: that the gate waits for their document, and, the day before, what to bring,
where and when to meet. The worker writes both by itself; an organiser may write them earlier or again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from forum import clock, config, jobs
from forum.catalogues import text_in
from forum.domain import host_rules
from forum.domain.host_rules import HostRules, PhotoRule
from forum.domain.icalendar import Method
from forum.domain.identity_documents import DocumentField
from forum.domain.roles import Permission
from forum.domain.states import SeatStatus, VisitStatus
from forum.errors import ForumError
from forum.models import Seat, Visit
from forum.models.base import db
from forum.policy import SYSTEM, Actor, require
from forum.queries import access_rows, events, rides
from forum.queries.access_rows import Lack
from forum.queries.events import EventView
from forum.queries.rides import Ride
from forum.queries.visit_readers import VisitReader, readers_of
from forum.services import bus_mails, journal, seats, visit_mails
from forum.services.visit_mails import course
from forum.unit_of_work import transactional

REMINDED_BEFORE: Final = timedelta(hours=48)
"""How long before the cut-off those are reminded whose document is missing."""
BRIEFED_BEFORE: Final = timedelta(hours=24)
"""How long before departure everybody gets the last details."""


@transactional
def remind(*, actor: Actor, event_id: int, visit_id: int) -> int:
    """Write to those with a seat whom the gate may stop; to nobody else. Returns how many letters.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_visit``; ``visit_has_departed``; ``nobody_to_remind``.
    """
    visit = _to_come(actor, event_id, visit_id)
    ids = _lacking(visit)
    if not ids:
        raise ForumError("nobody_to_remind")
    return _remind(actor, visit, ids)


@transactional
def brief(*, actor: Actor, event_id: int, visit_id: int) -> int:
    """Write the last details to everybody with a seat. Returns how many letters.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_visit``; ``visit_has_departed``; ``nobody_to_remind``.
    """
    visit = _to_come(actor, event_id, visit_id)
    if not _seated(visit):
        raise ForumError("nobody_to_remind")
    return _brief(actor, visit)


def due() -> Iterable[int]:
    """Visits of which somebody has to be told now."""
    now = clock.now()
    rows = db.session.scalars(
        select(Visit)
        .where(
            Visit.status != VisitStatus.CANCELLED,
            Visit.departs_at > now,
            Visit.documents_reminded_at.is_(None) | Visit.briefed_at.is_(None),
        )
        .order_by(Visit.departs_at, Visit.id)
    )
    return [row.id for row in rows if _is_reminder_due(row, now) or _is_brief_due(row, now)]


@jobs.handles("visit_notice", waiting=due)
@transactional
def work(visit_id: int) -> int:
    """Write what is due for the visit, once. Returns how many letters."""
    event_id = db.session.scalar(select(Visit.event_id).where(Visit.id == visit_id))
    if event_id is None:
        return 0
    visit, now, written = seats.locked(event_id=event_id, visit_id=visit_id), clock.now(), 0
    if _is_reminder_due(visit, now):
        written += _remind(SYSTEM, visit, _lacking(visit))
    if _is_brief_due(visit, now):
        written += _brief(SYSTEM, visit)
    return written


def _to_come(actor: Actor, event_id: int, visit_id: int) -> Visit:
    require(actor, Permission.MANAGE_VISITS, event_id)
    visit = seats.locked(event_id=event_id, visit_id=visit_id)
    if clock.now() >= visit.departs_at or visit.status is VisitStatus.CANCELLED:
        raise ForumError("visit_has_departed")
    return visit


def _rules(visit: Visit) -> HostRules:
    return host_rules.from_data(visit.site.rules)


def _cut_off(visit: Visit) -> datetime:
    return visit.cut_off_at or _rules(visit).cut_off(visit.starts_at)


def _is_reminder_due(visit: Visit, now: datetime) -> bool:
    cut_off = _cut_off(visit)
    return (
        visit.documents_reminded_at is None
        and _rules(visit).asks_documents
        and cut_off - REMINDED_BEFORE <= now < cut_off
    )


def _is_brief_due(visit: Visit, now: datetime) -> bool:
    return visit.briefed_at is None and visit.departs_at - BRIEFED_BEFORE <= now < visit.departs_at


def _lacking(visit: Visit) -> list[int]:
    rows, told = access_rows.lacking(access_rows.rows_of(visit, "ru")), _seated(visit)
    return [row.delegate_id for row in rows if row.delegate_id in told and row.lacks != (Lack.SEALED,)]


def _seated(visit: Visit) -> dict[int, Ride | None]:
    """Who goes and has been told so, with their bus."""
    by_person = {ride.delegate_id: ride for ride in rides.of_visit(visit.id)}
    rows = db.session.scalars(
        select(Seat.delegate_id)
        .where(Seat.visit_id == visit.id, Seat.status == SeatStatus.SEATED, Seat.is_tentative.is_(False))
        .order_by(Seat.position)
    )
    return {key: by_person.get(key) for key in rows}


def _remind(actor: Actor, visit: Visit, ids: Sequence[int]) -> int:
    event, rules, cut_off = events.get(visit.event_id), _rules(visit), _cut_off(visit)

    def told(reader: VisitReader) -> Sequence[str]:
        language = reader.language
        site = visit.site.title.in_language(language)
        return (
            text_in(language, "Your document for the visit: %(site)s", site=site),
            text_in(
                language,
                "the gate needs the document of %(person)s by %(moment)s, or it lets nobody in.",
                person=reader.person,
                moment=visit_mails.moment(event, cut_off, language),
            ),
            text_in(language, "What is asked: %(fields)s", fields=", ".join(_fields(rules, language))),
            text_in(language, "These documents count: %(documents)s", documents=_documents(rules, language)),
            _document_link(event, reader),
        )

    now = clock.now()
    occasion = f"visit-documents:{visit.id}:{now.isoformat()}"
    written = visit_mails.write(event, visit, occasion, ids, told, None)
    visit.documents_reminded_at = now
    _note(actor, visit, "visit_reminded", written)
    return written


def _brief(actor: Actor, visit: Visit) -> int:
    event, rules, seated = events.get(visit.event_id), _rules(visit), _seated(visit)

    def told(reader: VisitReader) -> Sequence[str]:
        language = reader.language
        site = visit.site.title.in_language(language)
        return (
            text_in(language, "Before you leave: %(site)s", site=site),
            text_in(language, "this is what %(person)s needs for the visit:", person=reader.person),
            course(event, visit, language),
            "\n".join(_to_know(event, visit, rules, seated.get(reader.delegate_id), language)),
        )

    now, news = clock.now(), _news(seated)
    if news:
        bus_mails.mark_told(visit, news)
    method = Method.REQUEST if news else None
    written = visit_mails.write(
        event, visit, f"visit-brief:{visit.id}:{now.isoformat()}", list(seated), told, method
    )
    visit.briefed_at = now
    _note(actor, visit, "visit_briefed", written)
    return written


def _news(seated: Mapping[int, Ride | None]) -> list[Ride]:
    """Buses of which this letter is the first to tell: no other letter about them is due then."""
    news = {key: ride for key, ride in seated.items() if ride is not None and ride.is_news}
    reached = {reader.delegate_id for reader in readers_of(list(news))}
    return [ride for key, ride in news.items() if key in reached]


def _to_know(
    event: EventView, visit: Visit, rules: HostRules, ride: Ride | None, language: str
) -> Iterator[str]:
    if ride is not None:
        yield from visit_mails.ride_lines(event, ride, language)
    if rules.asks_documents:
        yield "• " + text_in(language, "Bring the document that you have named; without it nobody is let in.")
    if rules.bring:
        yield "• " + text_in(language, "Bring: %(things)s", things=rules.bring.in_language(language))
    if rules.clothing:
        yield "• " + text_in(language, "Wear: %(clothing)s", clothing=rules.clothing.in_language(language))
    if rules.photos is PhotoRule.ASK:
        yield "• " + text_in(language, "Pictures only where the guide says so")
    if rules.photos is PhotoRule.FORBIDDEN:
        yield "• " + text_in(language, "No pictures")
    if rules.note:
        yield "• " + rules.note.in_language(language)
    if visit.programme:
        yield text_in(
            language, "What happens on site: %(programme)s", programme=visit.programme.in_language(language)
        )


def _fields(rules: HostRules, language: str) -> Iterator[str]:
    words = {
        DocumentField.NUMBER: text_in(language, "Document and its number"),
        DocumentField.BIRTH_DATE: text_in(language, "Date of birth"),
        DocumentField.CITIZENSHIP: text_in(language, "Citizenship"),
        DocumentField.ISSUED_ON: text_in(language, "Date of issue"),
        DocumentField.ISSUED_BY: text_in(language, "Issued by"),
        DocumentField.EXPIRES_ON: text_in(language, "Valid until"),
        DocumentField.IIN: text_in(language, "IIN"),
    }
    yield from (words[field] for field in rules.id_fields)


def _documents(rules: HostRules, language: str) -> str:
    return "; ".join(access_rows.kind_in(kind, language) for kind in rules.accepted)


def _document_link(event: EventView, reader: VisitReader) -> str:
    if not reader.is_own:
        return text_in(reader.language, "Enter it at the desk, on the page of the person.")
    url = f"{config.in_force().base_url}/e/{event.code}/my/document"
    return text_in(reader.language, "Enter it here, in a minute: %(url)s", url=url)


def _note(actor: Actor, visit: Visit, action: str, told: int) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=visit.event_id,
        subject_kind="visit",
        subject_id=visit.id,
        site=dict(visit.site.title),
        told=told,
    )

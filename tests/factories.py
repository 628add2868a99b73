"""Rows for tests: every argument that a test does not care about has a plausible value.

Call these within ``transaction()`` or through ``given``.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from forum import clock
from forum.domain.folding import fold
from forum.domain.localized import Localized
from forum.domain.states import (
    Approval,
    Category,
    FileKind,
    Opening,
    QuestionKind,
    QuestionStage,
    RegistrationStatus,
    RequestRank,
    RequestStatus,
    SeatStatus,
)
from forum.models import (
    AccessList,
    Admission,
    Answer,
    Bus,
    Capacity,
    Company,
    Delegate,
    Delegation,
    Erasure,
    Event,
    ProfileEdit,
    Question,
    Quota,
    Request,
    Seat,
    Session,
    Site,
    Slot,
    Table,
    Visit,
)
from forum.models.base import db
from forum.services import files
from forum.unit_of_work import transaction

T = TypeVar("T")
_numbers = itertools.count(1)


def given(make: Callable[..., T], **values: Any) -> T:
    """Make one row in a transaction of its own."""
    with transaction():
        return make(**values)


def access_list(visit: Visit, **values: Any) -> AccessList:
    defaults: dict[str, Any] = {"number": 1, "made_at": at(9), "cut_off_at": at(8), "erased_at": at(20)}
    return _add(AccessList(event_id=visit.event_id, visit_id=visit.id, **defaults | values))


def _add(row: T) -> T:
    db.session.add(row)
    db.session.flush()
    return row


def at(hour: int, minute: int = 0, *, day: int = 2) -> datetime:
    """An instant of December 2026 by the venue's clock (Moscow, UTC+3)."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=3)


def event(**values: Any) -> Event:
    defaults: dict[str, Any] = {
        "code": f"forum-{next(_numbers)}",
        "title": Localized(ru="Форум", kk="Форум", en="Forum"),
        "summary": Localized(),
        "place": Localized(ru="Красногорск", kk="Красногорск", en="Krasnogorsk"),
        "address": Localized(),
        "starts_on": date(2026, 12, 2),
        "ends_on": date(2026, 12, 3),
        "time_zone": "Europe/Moscow",
        "languages": ["ru", "kk", "en"],
    }
    return _add(Event(**defaults | values))


def delegation(event: Event, **values: Any) -> Delegation:
    defaults: dict[str, Any] = {
        "code": f"side-{next(_numbers)}",
        "title": Localized(ru="Московская область", kk="Мәскеу облысы", en="Moscow Region"),
        "region": "moscow_region",
    }
    return _add(Delegation(event_id=event.id, **defaults | values))


def company(event: Event, name: str = "", **values: Any) -> Company:
    name = name or f"Прогресс-{next(_numbers)}"
    defaults: dict[str, Any] = {
        "legal_form": "ooo",
        "bare_name": name,
        "full_name": Localized(ru=f"Общество с ограниченной ответственностью «{name}»"),
        "short_name": Localized(ru=f"ООО «{name}»"),
        "badge_name": Localized(ru=f"ООО «{name}»"),
        "identity_key": name.lower(),
        "search_key": fold(name),
        "created_at": clock.now(),
        "updated_at": clock.now(),
    }
    return _add(Company(event_id=event.id, **defaults | values))


def delegate(event: Event, **values: Any) -> Delegate:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "number": number,
        "category": Category.DELEGATE,
        "status": RegistrationStatus.APPROVED,
        "family_name": "Иволгин",
        "given_name": "Владимир",
        "patronymic": "Иванович",
        "latin_family_name": "Ivolgin",
        "latin_given_name": "Vladimir",
        "position": Localized(ru="директор"),
        "email": f"person{number}@example.org",
        "spoken": ["ru"],
        "language": "ru",
        "identity_key": f"person {number}",
        "search_key": fold(f"person {number}"),
        "created_at": clock.now(),
        "updated_at": clock.now(),
    }
    return _add(Delegate(event_id=event.id, **defaults | values))


def capacity(event: Event, **values: Any) -> Capacity:
    defaults: dict[str, Any] = {
        "title": Localized(ru="Делегаты", kk="Делегаттар", en="Delegates"),
        "categories": [],
        "places": 2,
    }
    return _add(Capacity(event_id=event.id, **defaults | values))


def quota(delegation: Delegation, *, places: int, category: Category = Category.DELEGATE) -> Quota:
    return _add(Quota(delegation_id=delegation.id, category=category, places=places))


def admission(event: Event, category: Category = Category.DELEGATE, **values: Any) -> Admission:
    defaults: dict[str, Any] = {
        "opening": Opening.OPEN,
        "approval": Approval.AUTOMATIC,
        "edits_need_decision": False,
        "most_companions": 0,
        "asked": {},
    }
    return _add(Admission(event_id=event.id, category=category, **defaults | values))


def waiting(event: Event, *, minute: int, **values: Any) -> Delegate:
    """Somebody who has been waiting for a place since that minute of one hour."""
    since = at(12, minute, day=1)
    return delegate(event, status=RegistrationStatus.WAITING, waiting_since=since, **values)


def edit(row: Delegate, **values: Any) -> ProfileEdit:
    """A change of the town that waits for a decision."""
    defaults: dict[str, Any] = {
        "at": clock.now(),
        "changes": {"town": {"before": None, "after": row.town}},
        "needs_decision": True,
    }
    return _add(ProfileEdit(event_id=row.event_id, delegate_id=row.id, **defaults | values))


def erasure(event: Event, **values: Any) -> Erasure:
    defaults: dict[str, Any] = {
        "number": next(_numbers),
        "delegate_number": 7,
        "reason": "asked",
        "groups": {"name": 1},
        "asked_at": clock.now(),
        "erased_at": clock.now(),
    }
    return _add(Erasure(event_id=event.id, **defaults | values))


def slot(event: Event, starts_at: datetime, ends_at: datetime, *, block: int = 1) -> Slot:
    return _add(Slot(event_id=event.id, block=block, starts_at=starts_at, ends_at=ends_at))


def table(event: Event, number: int, **values: Any) -> Table:
    return _add(Table(event_id=event.id, number=number, **values))


def request(event: Event, sender: Company, receiver: Company, **values: Any) -> Request:
    defaults: dict[str, Any] = {
        "rank": RequestRank.WANT,
        "status": RequestStatus.ACCEPTED,
        "created_at": clock.now(),
        "updated_at": clock.now(),
    }
    row = Request(event_id=event.id, sender_id=sender.id, receiver_id=receiver.id, **defaults | values)
    return _add(row)


def session(event: Event, **values: Any) -> Session:
    defaults: dict[str, Any] = {
        "kind": "plenary",
        "title": Localized(ru="Пленарное заседание", kk="Пленарлық отырыс", en="Plenary session"),
        "summary": Localized(),
        "starts_at": at(10),
        "ends_at": at(11),
    }
    return _add(Session(event_id=event.id, **defaults | values))


def site(event: Event, **values: Any) -> Site:
    defaults: dict[str, Any] = {
        "code": f"site-{next(_numbers)}",
        "kind": "industrial_park",
        "title": Localized(ru="Есипово", kk="Есипово", en="Esipovo"),
        "summary": Localized(),
        "address": Localized(),
    }
    return _add(Site(event_id=event.id, **defaults | values))


def question(event: Event, **values: Any) -> Question:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "code": f"question_{number}",
        "kind": QuestionKind.TEXT,
        "stage": QuestionStage.REGISTRATION,
        "title": Localized(ru=f"Вопрос {number}", kk=f"Сұрақ {number}", en=f"Question {number}"),
        "position": number,
    }
    return _add(Question(event_id=event.id, **defaults | values))


def sent_file(question: Question, delegate: Delegate) -> Answer:
    """An answer that is a file."""
    stored = files.keep(
        event_id=question.event_id, kind=FileKind.ANSWER, content=b"%PDF", media_type="application/pdf"
    )
    return _add(
        Answer(
            delegate_id=delegate.id,
            question_id=question.id,
            value={"value": "plan.pdf"},
            file_id=stored.id,
            answered_at=clock.now(),
        )
    )


def bus(visit: Visit, **values: Any) -> Bus:
    defaults: dict[str, Any] = {"label": str(next(_numbers)), "capacity": 45}
    return _add(Bus(visit_id=visit.id, **defaults | values))


def seated(visit: Visit, delegate: Delegate, bus: Bus | None = None, **values: Any) -> Seat:
    """A seat that has been given; with a bus it is in that."""
    visit.taken, visit.last_position = visit.taken + 1, visit.last_position + 1
    defaults: dict[str, Any] = {
        "status": SeatStatus.SEATED,
        "position": visit.last_position,
        "asked_at": clock.now(),
        "seated_at": clock.now(),
        "bus_id": bus.id if bus else None,
    }
    return _add(Seat(visit_id=visit.id, delegate_id=delegate.id, **defaults | values))


def visit(event: Event, site: Site, **values: Any) -> Visit:
    defaults: dict[str, Any] = {
        "departs_at": at(14),
        "starts_at": at(15),
        "ends_at": at(17),
        "returns_at": at(18),
        "meeting_point": Localized(ru="Вход Б", kk="Б кіреберісі", en="Entrance B"),
        "guide_languages": ["ru"],
        "capacity": 20,
    }
    return _add(Visit(event_id=event.id, site_id=site.id, **defaults | values))

"""Where the requests of the invented forum stand: who asked, what is over, guests, who is kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Final

from sqlalchemy import select

from forum import clock
from forum.domain.requests import SPEAK_FOR_COMPANIES
from forum.domain.states import RegistrationStatus, RequestRank, RequestStatus
from forum.models import Delegate, Request, RequestGuest, Separation
from forum.models.base import db
from forum.sample.requests import HOURS_TO_ANSWER, SEPARATIONS, WISHES
from forum.services import bulk

_GUEST_IN: Final = 20
_WISHES_IN: Final = 15


def write(event_id: int, *, seed: int) -> None:
    """Everything that the requests themselves do not say yet."""
    random = Random(f"requests {seed}")
    people = _people(event_id)
    rows = db.session.scalars(select(Request).filter_by(event_id=event_id).order_by(Request.id)).all()
    for row in rows:
        speaking = people.get(row.sender_id, [])
        row.asked_by_id = row.sender_delegate_id or (speaking[0].id if speaking else None)
        _answer(row, random)
    _guests(rows, people)
    _separations(event_id, rows)
    _set_by_the_office(rows)
    everybody = [person for of_company in people.values() for person in of_company]
    for number, person in enumerate(everybody[::_WISHES_IN]):
        wishes = WISHES[number % len(WISHES)]
        person.most_meetings, person.rest_after = wishes.most_meetings, wishes.rest_after
        person.least_meetings = wishes.least_meetings
        person.wants_interpreter = wishes.wants_interpreter
    db.session.flush()


def _people(event_id: int) -> dict[int, list[Delegate]]:
    found: dict[int, list[Delegate]] = defaultdict(list)
    rows = db.session.scalars(
        select(Delegate)
        .where(
            Delegate.event_id == event_id,
            Delegate.status == RegistrationStatus.APPROVED,
            Delegate.category.in_(SPEAK_FOR_COMPANIES),
            Delegate.company_id.is_not(None),
        )
        .order_by(Delegate.id)
    )
    for row in rows:
        found[row.company_id or 0].append(row)
    return found


def _answer(row: Request, random: Random) -> None:
    """What waits too long is over; the rest was answered within a day and a half."""
    if row.status is RequestStatus.PENDING:
        row.expires_at = row.created_at + timedelta(hours=HOURS_TO_ANSWER)
        if row.expires_at <= clock.now():
            row.status, row.updated_at = RequestStatus.EXPIRED, row.expires_at
    elif row.status is not RequestStatus.WITHDRAWN:
        answered = row.created_at + timedelta(minutes=random.randrange(20, 2_000))
        row.answered_at = row.updated_at = min(answered, clock.now())


def _guests(rows: Sequence[Request], people: dict[int, list[Delegate]]) -> None:
    """Now and then a colleague of whoever asks comes along."""
    accepted = [row for row in rows if row.status is RequestStatus.ACCEPTED]
    guests = []
    for row in accepted[::_GUEST_IN]:
        others = [one for one in people.get(row.sender_id, ())[1:] if one.id != row.sender_delegate_id]
        if others:
            guests.append({"request_id": row.id, "delegate_id": others[-1].id})
    bulk.add_pairs(RequestGuest, guests)


def _set_by_the_office(rows: Sequence[Request]) -> None:
    """A few meetings that need no answer."""
    accepted = [row for row in rows if row.status is RequestStatus.ACCEPTED]
    for row in accepted[:: max(1, len(accepted) // 3)][:3]:
        row.is_imposed, row.rank, row.asked_by_id = True, RequestRank.MUST, None


def _separations(event_id: int, rows: Sequence[Request]) -> None:
    """Of companies that have not asked each other: those whom the same partner has asked."""
    known = {tuple(sorted((row.sender_id, row.receiver_id))) for row in rows}
    pairs = (
        (one.receiver_id, other.receiver_id)
        for one, other in pairwise(rows)
        if one.sender_id == other.sender_id
    )
    chosen = dict.fromkeys(tuple(sorted(pair)) for pair in pairs if tuple(sorted(pair)) not in known)
    bulk.add(
        Separation,
        (
            {
                "event_id": event_id,
                "first_id": first,
                "second_id": second,
                "kind": apart.kind,
                "note": apart.note,
            }
            for (first, second), apart in zip(
                list(chosen)[:: max(1, len(chosen) // 3)], SEPARATIONS, strict=False
            )
        ),
    )

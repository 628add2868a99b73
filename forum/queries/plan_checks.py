"""Is a stored plan right, as things stand now? Asked of the checker that knows nothing of the solver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.models import Company, Delegate, Interpreter, Request, Slot, Table
from forum.models.base import db
from forum.queries.people import full_name
from forum.queries.plans_under_way import under_way
from forum.queries.scheduling_problem import gather_for_plan
from forum.scheduling.check import Clash, ClashCode, check
from forum.scheduling.remaining import from_now_on

DOUBLE_BOOKINGS: Final = frozenset(
    {
        ClashCode.PERSON_TWICE,
        ClashCode.TABLE_TWICE,
        ClashCode.INTERPRETER_TWICE,
        ClashCode.REQUEST_TWICE,
    }
)


@dataclass(frozen=True)
class ClashView:
    """A broken rule with the names in it: ``companies`` are those of the meetings concerned, in pairs."""

    code: str
    is_of_circumstances: bool
    starts_at: datetime | None
    table: int | None
    person: str | None
    interpreter: str | None
    companies: tuple[tuple[Localized, Localized], ...]
    requests: tuple[int, ...]


def clashes_of(*, event_id: int, plan_id: int) -> tuple[ClashView, ...]:
    """Every clash of the plan from now on: what has begun is as it is.

    Those ``of_circumstances`` came about because people or requests changed.
    """
    problem, schedule = gather_for_plan(event_id=event_id, plan_id=plan_id)
    far = under_way(event_id, plan_id)
    pinned = far.pinned & problem.request_by_id.keys()
    clashes = check(from_now_on(problem, schedule, far.begun, pinned), schedule)
    return named(clashes) if clashes else ()


def named(clashes: Iterable[Clash]) -> tuple[ClashView, ...]:
    """Clashes as one tells them."""
    clashes = list(clashes)
    times = _by_id(Slot.id, Slot.starts_at, {clash.slot for clash in clashes})
    tables = _by_id(Table.id, Table.number, {clash.table for clash in clashes})
    helpers = _by_id(Interpreter.id, Interpreter.name, {clash.interpreter for clash in clashes})
    people = _people({clash.person for clash in clashes})
    pairs = _companies({request for clash in clashes for request in clash.requests})
    return tuple(
        ClashView(
            code=clash.code.value,
            is_of_circumstances=clash.code not in DOUBLE_BOOKINGS,
            starts_at=times.get(clash.slot),
            table=tables.get(clash.table),
            person=people.get(clash.person),
            interpreter=helpers.get(clash.interpreter),
            companies=tuple(pairs[key] for key in clash.requests if key in pairs),
            requests=tuple(int(str(key)) for key in clash.requests),
        )
        for clash in clashes
    )


def _by_id(key: Any, value: Any, ids: set[Any]) -> Mapping[Any, Any]:
    rows = db.session.execute(select(key, value).where(key.in_(ids - {None})))
    return {row[0]: row[1] for row in rows}


def _people(ids: set[Any]) -> dict[Any, str]:
    rows = select(Delegate.id, Delegate.family_name, Delegate.given_name).where(Delegate.id.in_(ids - {None}))
    return {key: full_name(family, given) for key, family, given in db.session.execute(rows)}


def _companies(request_ids: set[Any]) -> dict[Any, tuple[Localized, Localized]]:
    requests = db.session.execute(
        select(Request.id, Request.sender_id, Request.receiver_id).where(Request.id.in_(request_ids))
    ).all()
    wanted = {key for _, sender, receiver in requests for key in (sender, receiver)}
    names = _by_id(Company.id, Company.short_name, wanted)
    return {key: (names[sender], names[receiver]) for key, sender, receiver in requests}

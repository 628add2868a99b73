"""Trying out what might be: the problem under assumptions, and what it would give beside a real plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from forum.domain.assumptions import Assumptions
from forum.domain.states import PlanStatus
from forum.models import Delegate, Plan, Slot
from forum.models.base import db
from forum.queries import occupied_slots, plans
from forum.queries.next_plans import Task
from forum.queries.plans import PlanView
from forum.scheduling import what_if
from forum.scheduling.problem import Problem
from forum.scheduling.problem import Slot as Time


@dataclass(frozen=True)
class TrialView:
    """A plan tried out beside the one that it is compared with. Differences are what it would give more.

    ``without`` and ``slots`` are the times that fall away and come in; ``waits`` None: not known.
    """

    plan: PlanView
    assumptions: Assumptions
    beside: PlanView | None
    without: tuple[datetime, ...]
    meetings: int | None
    weight: int | None
    waits: int | None


def assumed(event_id: int, task: Task, assumptions: Assumptions) -> Task:
    """The task as it would be."""
    problem = task.problem
    slots: list[Slot] = list(
        db.session.scalars(select(Slot).where(Slot.event_id == event_id).order_by(Slot.starts_at))
    )
    problem = what_if.without_slots(problem, assumptions.without_slots)
    since = assumptions.tables_from
    early = [slot.id for slot in slots if since and slot.starts_at < since]
    problem = what_if.with_tables(problem, assumptions.tables, early)
    problem = what_if.with_interpreters(problem, assumptions.interpreters)
    for number, (starts_at, ends_at) in enumerate(assumptions.with_slots, 1):
        made = Slot(id=-number, event_id=event_id, starts_at=starts_at, ends_at=ends_at)
        problem = _with_slot(event_id, problem, slots, made)
        slots = sorted([*slots, made], key=lambda slot: slot.starts_at)
    return replace(task, problem=problem)


def trials(event_id: int) -> tuple[TrialView, ...]:
    """What was tried out, the latest first."""
    rows = db.session.execute(
        select(Plan.id, Plan.assumptions, Plan.based_on_id, Plan.certificate).where(
            Plan.event_id == event_id, Plan.status == PlanStatus.TRIED
        )
    )
    kept = {row.id: row for row in rows}
    found = {plan.id: plan for plan in plans.all_of(event_id)}
    times = {
        slot.id: slot.starts_at for slot in db.session.scalars(select(Slot).filter_by(event_id=event_id))
    }
    return tuple(
        _trial(found[key], row, found.get(row.based_on_id), times)
        for key, row in sorted(kept.items(), reverse=True)
        if key in found
    )


def _trial(plan: PlanView, row: Any, beside: PlanView | None, times: dict[int, datetime]) -> TrialView:
    """Against how good the other was when this was tried out."""
    assumptions = Assumptions.read(row.assumptions)
    after, before = plan.certificate, row.certificate.get("beside")
    return TrialView(
        plan=plan,
        assumptions=assumptions,
        beside=beside,
        without=tuple(times[key] for key in assumptions.without_slots if key in times),
        meetings=after.placed - before["placed"] if after and before else None,
        weight=after.weight - before["weight"] if after and before else None,
        waits=after.idle - before["idle"] if after and before else None,
    )


_SHORT_PAUSE = timedelta(minutes=30)


def _with_slot(event_id: int, problem: Problem, slots: Sequence[Slot], made: Slot) -> Problem:
    """One that comes soon after another of the day is of its block."""
    times = {slot.id: slot for slot in slots}
    place = sum(times[one.id].starts_at <= made.starts_at for one in problem.slots if one.id in times)
    before = problem.slots[place - 1] if place else None
    after = problem.slots[place] if place < len(problem.slots) else None
    block = max((one.block for one in problem.slots), default=0) + 1
    if before is not None and before.id in times:
        is_near = made.starts_at - times[before.id].ends_at <= _SHORT_PAUSE
        if is_near or (after is not None and after.block == before.block):
            block = before.block
    time = Time(made.id, block, made.starts_at.hour * 60 + made.starts_at.minute)
    occupied = occupied_slots.of_people(event_id, [made], _everybody(event_id))
    away = {key for key, found in occupied.away.items() if found}
    busy = {key for key, found in occupied.elsewhere.items() if found}
    return what_if.with_slot(problem, time, place, away=away, busy=busy)


def _everybody(event_id: int) -> Sequence[int]:
    return db.session.scalars(select(Delegate.id).where(Delegate.event_id == event_id)).all()

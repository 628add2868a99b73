"""How good a schedule is that was changed by hand since it was computed, and whether its bounds still hold.

What was proven by the last computation is true as long as the same requests are asked by the same people
under the same rules: then a schedule changed by hand is one of those that it is about. Of each level the
bound is for schedules that are as good in all levels before it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock as Mutex
from typing import Any, Final

from forum.domain.states import PlanStatus
from forum.models import Plan
from forum.models.base import db
from forum.queries import scheduling_facts, scheduling_problem
from forum.queries.plans import PlanView, certificate_view
from forum.queries.scheduling_facts import Facts
from forum.queries.scheduling_problem import Around, Held
from forum.scheduling.certify import measured
from forum.scheduling.plan import Certificate
from forum.scheduling.plan import Plan as Schedule
from forum.scheduling.remaining import from_now_on

_PLANS_KEPT: Final = 8
_LEVELS: Final = ("musts", "weight", "shortfall", "cancelled", "moved", "idle", "uneven")
_BOUNDS: Final = {name: "bound" if name == "weight" else f"{name}_bound" for name in _LEVELS}
_FIGURES: Final = (*_LEVELS, "placed", "table_changes", "interpreter_changes", "longest_wait")


def certificate_of(plan: Plan) -> Mapping[str, Any]:
    """The facts of the plan's certificate as things stand: those of its computation until it is changed."""
    if plan.status is not PlanStatus.DRAFT or not plan.certificate.get("touched"):
        return plan.certificate
    facts, held = scheduling_facts.of_event(plan.event_id), scheduling_problem.held_by(plan.id)
    return _STANDINGS.of(_Asked(plan, facts, held))


def as_now(plan: PlanView) -> PlanView:
    """The plan with its certificate as things stand now."""
    if not plan.is_draft or not plan.change_number:
        return plan
    row = db.session.get_one(Plan, plan.id)
    return replace(plan, certificate=certificate_view(certificate_of(row)))


@dataclass(frozen=True)
class _Asked:
    """A draft that was changed by hand, with what it is to be measured by."""

    plan: Plan
    facts: Facts
    held: Mapping[int, Held]

    @property
    def basis(self) -> Mapping[str, Any]:
        return self.plan.certificate.get("basis", {})

    @property
    def speaking(self) -> dict[int, tuple[int, ...]]:
        """With whom the requests without a meeting were computed, as far as that is known."""
        left_out = {each["request_id"]: each.get("people") for each in self.plan.unplaced}
        touched = {int(key): people for key, people in self.plan.certificate["touched"].items() if people}
        return {key: tuple(people) for key, people in {**left_out, **touched}.items() if people}

    def as_now(self) -> dict[str, Any]:
        """The certificate with what is reached now, and the bounds that hold for it."""
        before, now = self.plan.certificate, self._measured()
        changed: dict[str, Any] = {name: getattr(now, name) for name in _FIGURES}
        holds = self._holds()
        for name in _LEVELS:
            changed[_BOUNDS[name]] = before.get(_BOUNDS[name]) if holds else None
            holds = holds and before.get(name) == changed[name]
        changed["proven"] = all(changed[name] == changed[_BOUNDS[name]] for name in _LEVELS)
        return {**before, **changed}

    def _measured(self) -> Certificate:
        around = self._around()
        announced = self._announced()
        begun, pinned = self.basis.get("begun", ()), self.basis.get("pinned", ())
        problem = from_now_on(around.problem, announced or Schedule((), ()), begun, pinned)
        return measured(problem, around.schedule, announced)

    def _around(self) -> Around:
        asked = {key: people for key, people in self.speaking.items() if key not in self.held}
        plan = self.plan
        return scheduling_problem.gather_with(event_id=plan.event_id, plan_id=plan.id, speaking=asked)

    def _announced(self) -> Schedule | None:
        plan = self.plan
        if plan.based_on_id is None:
            return None
        return scheduling_problem.gather_around_plan(
            event_id=plan.event_id, plan_id=plan.based_on_id
        ).schedule

    def _holds(self) -> bool:
        """Do the bounds hold for a schedule as good in all before as the one that was computed?"""
        return self.basis.get("facts") == self.facts.mark and all(
            self._is_as_computed(int(key)) for key in self.plan.certificate["touched"]
        )

    def _is_as_computed(self, request_id: int) -> bool:
        """Only its place may be another: not its people, nor what was locked or had begun."""
        now, lock = self.held.get(request_id), self.basis["locks"].get(str(request_id))
        if lock is not None:
            is_pinned = request_id in self.basis["pinned"]
            return now is not None and now.placement.slot == lock and (is_pinned or now.is_locked)
        if now is None:
            return True
        asked = set(self.speaking.get(request_id, ()))
        return asked == set(now.people) and now.placement.slot not in self.basis["begun"]


class _Standings:
    """The drafts asked for last: measured anew as soon as a fact, a meeting or a change is another one."""

    def __init__(self) -> None:
        self._lock = Mutex()
        self._kept: OrderedDict[int, tuple[Facts, Mapping[int, Held], dict[str, Any]]] = OrderedDict()

    def of(self, asked: _Asked) -> dict[str, Any]:
        key = asked.plan.id
        with self._lock:
            known = self._kept.get(key)
        if known is not None and known[0] is asked.facts and known[1] is asked.held:
            return known[2]
        found = asked.as_now()
        with self._lock:
            self._kept[key] = asked.facts, asked.held, found
            self._kept.move_to_end(key)
            while len(self._kept) > _PLANS_KEPT:
                self._kept.popitem(last=False)
        return found


_STANDINGS: Final = _Standings()

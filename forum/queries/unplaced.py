"""Accepted requests without a meeting in a plan: why, and what would make room, as things stand now."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.states import RequestRank
from forum.models import Company, Delegate, Request, Slot
from forum.models.base import db
from forum.queries import scheduling_problem
from forum.queries.measures import Measure, Measures, mark_of
from forum.queries.nearest_places import NearestPlace, nearest_places
from forum.queries.paging import Page
from forum.queries.people import full_name
from forum.queries.scheduling_problem import Around
from forum.scheduling.explain import Explanation, explain
from forum.scheduling.plan import Plan as Schedule
from forum.scheduling.problem import Problem
from forum.scheduling.remedies import Change, Remedy

ROWS_A_PAGE: Final = 20
MOST_REMEDIES: Final = 2
REMEDIES_WEIGHED: Final = 12  # of which those come first that the office can take


@dataclass(frozen=True)
class ReasonView:
    """``code`` of the explanation, in how many ``slots`` it stands in the way, whom it concerns."""

    code: str
    slots: int
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepView:
    """One thing to do; ``meeting`` names the two companies whose meeting would have to go.

    ``table`` is the number of the one to add, ``interpreter`` who would work beyond the agreed hours.
    """

    code: str
    person: str | None
    languages: tuple[str, ...]
    meeting: tuple[Localized, Localized] | None
    table: int | None = None
    interpreter: str | None = None


@dataclass(frozen=True)
class RemedyView:
    """All ``steps`` together make room at ``starts_at``; no steps: it would fit as it is.

    ``mark`` is to take it by, None where that is not the office's alone; ``asks`` are who has to agree first.
    """

    slot_id: int
    starts_at: datetime
    steps: tuple[StepView, ...]
    mark: str | None
    asks: tuple[str, ...]


@dataclass(frozen=True)
class UnplacedView:
    request_id: int
    sender: Localized
    receiver: Localized
    rank: RequestRank
    reasons: tuple[ReasonView, ...]
    remedies: tuple[RemedyView, ...]
    nearest: NearestPlace | None = None


def page(*, event_id: int, plan_id: int, number: int = 1) -> Page[UnplacedView]:
    """The requests that matter most first: musts, then weight."""
    gathered = scheduling_problem.gather_around_plan(event_id=event_id, plan_id=plan_id)
    problem, schedule = gathered.problem, gathered.schedule
    lost = [each.request_id for each in gathered.unplaceable]
    left = sorted(schedule.unplaced, key=lambda key: _merit(problem, key), reverse=True)
    ids = [*left, *lost]
    number = max(1, min(number, -(-len(ids) // ROWS_A_PAGE)))
    shown = ids[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE]
    return Page(_rows(event_id, gathered, shown), len(ids), number, ROWS_A_PAGE)


def one(*, event_id: int, plan_id: int, request_id: int) -> UnplacedView | None:
    """A single one of them; None for a request that has a meeting or cannot be tried."""
    gathered = scheduling_problem.gather_around_plan(event_id=event_id, plan_id=plan_id)
    if request_id not in gathered.schedule.unplaced:
        return None
    return _rows(event_id, gathered, [request_id])[0]


def _rows(event_id: int, gathered: Around, shown: Sequence[Hashable]) -> tuple[UnplacedView, ...]:
    lost = {each.request_id for each in gathered.unplaceable}
    tried = [key for key in shown if key not in lost]
    explained = explain(gathered.problem, gathered.schedule, tried, most_remedies=REMEDIES_WEIGHED)
    nearest = nearest_places(event_id=event_id, now=gathered.occupancy, requests=tried)
    remedies = [remedy for each in explained for remedy in each.remedies]
    names = _Names(explained, shown, Measures(event_id, gathered.occupancy, remedies))
    found = {each.request: each for each in explained}
    return tuple(replace(names.row(key, found.get(key)), nearest=nearest.get(key)) for key in shown)


def nearest_reasons(problem: Problem, schedule: Schedule) -> Mapping[Hashable, str]:
    """For every unplaced request the code of the reason that is nearest to a solution."""
    explained = explain(problem, schedule, most_remedies=0)
    return {each.request: each.reasons[0].code.value for each in explained if each.reasons}


def _merit(problem: Problem, request_id: Hashable) -> tuple[bool, int]:
    request = problem.request_by_id[request_id]
    return request.must, request.weight


class _Names:
    """Names of everything that the explanations mention, read at once."""

    def __init__(
        self, explained: Iterable[Explanation], shown: Iterable[Hashable], measures: Measures
    ) -> None:
        explained, self.measures = list(explained), measures
        steps = [step for each in explained for remedy in each.remedies for step in remedy.changes]
        people = {key for each in explained for reason in each.reasons for key in reason.people}
        self.people = _people(people | {step.person for step in steps})
        self.times = _times({remedy.slot for each in explained for remedy in each.remedies})
        self.requests = _requests({*shown, *(step.request for step in steps)})
        self.companies = _companies(self.requests.values())

    def row(self, request_id: Any, explanation: Explanation | None) -> UnplacedView:
        request = self.requests[request_id]
        sender, receiver = self.pair(request_id)
        return UnplacedView(
            request_id=request_id,
            sender=sender,
            receiver=receiver,
            rank=request.rank,
            reasons=self._reasons(explanation),
            remedies=self._remedies(explanation) if explanation else (),
        )

    def pair(self, request_id: Hashable) -> tuple[Localized, Localized]:
        request = self.requests[request_id]
        return self.companies[request.sender_id], self.companies[request.receiver_id]

    def _reasons(self, explanation: Explanation | None) -> tuple[ReasonView, ...]:
        if explanation is None:
            return (ReasonView("no_delegate", 0),)
        return tuple(
            ReasonView(each.code.value, len(each.slots), tuple(self.people[key] for key in each.people[:2]))
            for each in explanation.reasons[:2]
        )

    def _remedies(self, explanation: Explanation) -> tuple[RemedyView, ...]:
        """Cheap ones that can be taken; where there are too few, what others would have to do."""
        found = sorted(map(self._remedy, explanation.remedies), key=lambda each: each.mark is None)
        return tuple(found[:MOST_REMEDIES])

    def _remedy(self, remedy: Remedy) -> RemedyView:
        measures = self.measures.of(remedy)
        steps = tuple(
            self._step(change, measure)
            for change, measure in zip(remedy.changes, measures or (None,) * len(remedy.changes), strict=True)
        )
        slot: Any = remedy.slot
        asks = dict.fromkeys(one.asks for one in measures or () if one.asks is not None)
        mark = None if measures is None else mark_of(remedy, measures)
        return RemedyView(slot, self.times[slot], steps, mark, tuple(asks))

    def _step(self, change: Change, measure: Measure | None) -> StepView:
        return StepView(
            code=change.kind.value,
            person=self.people.get(change.person),
            languages=change.languages,
            meeting=self.pair(change.request) if change.request in self.requests else None,
            table=measure.number if measure else None,
            interpreter=measure.name if measure else None,
        )


def _people(ids: set[Any]) -> dict[Hashable, str]:
    rows = select(Delegate.id, Delegate.family_name, Delegate.given_name).where(Delegate.id.in_(ids - {None}))
    return {key: full_name(family, given) for key, family, given in db.session.execute(rows)}


def _times(ids: set[Any]) -> dict[Hashable, datetime]:
    rows = db.session.execute(select(Slot.id, Slot.starts_at).where(Slot.id.in_(ids)))
    return {row.id: row.starts_at for row in rows}


def _requests(ids: set[Any]) -> dict[Hashable, Request]:
    rows = db.session.scalars(select(Request).where(Request.id.in_(ids - {None})))
    return {row.id: row for row in rows}


def _companies(requests: Iterable[Request]) -> dict[int, Localized]:
    ids = {key for row in requests for key in (row.sender_id, row.receiver_id)}
    rows = db.session.execute(select(Company.id, Company.short_name).where(Company.id.in_(ids)))
    return {row.id: row.short_name for row in rows}

"""What every cell of a plan's board would mean for one meeting, with the names in it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.models import Delegate, Interpreter, Slot, Table
from forum.models.base import db
from forum.queries.board_news import pairs_of
from forum.queries.boards import BoardRows
from forum.queries.people import full_name
from forum.queries.scheduling_problem import gather_around_plan
from forum.scheduling.consequences import Consequences
from forum.scheduling.outcomes import Effect, EffectCode, Outcome, OutcomeKind
from forum.scheduling.problem import Problem, Request


@dataclass(frozen=True)
class EffectView:
    """An obstacle, a consequence or a note: its ``code`` and the names that a sentence about it needs."""

    code: str
    person: str | None = None
    companies: tuple[Localized, Localized] | None = None
    starts_at: datetime | None = None
    table: int | None = None
    interpreter: str | None = None
    count: int = 0


@dataclass(frozen=True)
class OutcomeView:
    """``mark`` tells one outcome from another: what was seen must still hold when it is done."""

    kind: OutcomeKind
    mark: str
    obstacles: tuple[EffectView, ...]
    effects: tuple[EffectView, ...]
    notes: tuple[EffectView, ...]


@dataclass(frozen=True)
class ConsequencesView:
    """``rows`` hold, by row of the board and slot by slot, places in ``outcomes``; other rows are not its."""

    outcomes: tuple[OutcomeView, ...]
    rows: Mapping[int, tuple[int, ...]]


def consequences_of(
    *, event_id: int, plan_id: int, request_id: int, kind: BoardRows, tables: Collection[int] | None = None
) -> ConsequencesView | None:
    """For a request accepted in a plan, with or without a meeting there; None for any other.

    Args:
        tables: where tables are the rows, only these: those in view, as a forum may have hundreds.
    """
    around = gather_around_plan(event_id=event_id, plan_id=plan_id)
    request = around.problem.request_by_id.get(request_id)
    if request is None:
        return None
    asked = Consequences(around.occupancy)
    found: dict[Outcome, int] = {}
    rows = {
        row: tuple(found.setdefault(outcome, len(found)) for outcome in outcomes)
        for row, outcomes in _rows(asked, request, kind, tables)
    }
    names = Names(found)
    return ConsequencesView(tuple(names.outcome(asked, request_id, each) for each in found), rows)


def mark_of(asked: Consequences, request_id: Hashable, outcome: Outcome) -> str:
    """Short, and another one whenever the meeting is elsewhere now or anything else would follow."""
    told = (asked.now.placement.get(request_id), outcome.kind, outcome.obstacles, outcome.effects)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:12]


def _rows(
    asked: Consequences, request: Request, kind: BoardRows, tables: Collection[int] | None
) -> Iterable[tuple[Any, tuple[Outcome, ...]]]:
    problem = asked.problem
    slots = [slot.id for slot in problem.slots]
    match kind:
        case BoardRows.TABLES:
            for table in problem.tables:
                if tables is not None and table.id not in tables:
                    continue
                yield (
                    table.id,
                    tuple(_without_table(asked.at(request.id, slot, table=table.id)) for slot in slots),
                )
        case BoardRows.INTERPRETERS:
            for one in problem.interpreters:
                yield one.id, tuple(_bare(asked.at(request.id, slot, interpreter=one.id)) for slot in slots)
        case BoardRows.DELEGATES:
            outcomes = tuple(_bare(asked.at(request.id, slot)) for slot in slots)
            yield from ((person, outcomes) for person in request.people)
        case BoardRows.COMPANIES:
            outcomes = tuple(_bare(asked.at(request.id, slot)) for slot in slots)
            yield from ((party, outcomes) for party in _companies(problem, request))


def _companies(problem: Problem, request: Request) -> tuple[Hashable, ...]:
    parties = (problem.person_by_id[person].party for person in request.people)
    return tuple(dict.fromkeys(party for party in parties if party is not None))


def _without_table(outcome: Outcome) -> Outcome:
    """In a row of a table its number says nothing new, and would make every cell's outcome another one."""
    notes = tuple(each for each in outcome.notes if each.code != EffectCode.AT_TABLE)
    return _bare(replace(outcome, notes=notes))


def _bare(outcome: Outcome) -> Outcome:
    return replace(outcome, placements=())


class Names:
    """The names of everything that outcomes mention, read at once."""

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        effects = {one for each in outcomes for one in (*each.obstacles, *each.effects, *each.notes)}
        self._effects: dict[Effect, EffectView] = {}
        self.people = _people({one.person for one in effects} - {None})
        self.companies = pairs_of({one.request for one in effects} - {None})
        self.times = _read(Slot.id, Slot.starts_at, {one.slot for one in effects})
        self.tables = _read(Table.id, Table.number, {one.table for one in effects})
        self.interpreters = _read(Interpreter.id, Interpreter.name, {one.interpreter for one in effects})

    def outcome(self, asked: Consequences, request_id: Hashable, outcome: Outcome) -> OutcomeView:
        return OutcomeView(
            outcome.kind,
            mark_of(asked, request_id, outcome),
            tuple(self._effect(each) for each in outcome.obstacles),
            tuple(self._effect(each) for each in outcome.effects),
            tuple(self._effect(each) for each in outcome.notes),
        )

    def _effect(self, effect: Effect) -> EffectView:
        """The same object for the same effect: it stands in hundreds of cells."""
        if effect not in self._effects:
            self._effects[effect] = self._named(effect)
        return self._effects[effect]

    def _named(self, effect: Effect) -> EffectView:
        return EffectView(
            str(effect.code),
            self.people.get(effect.person),
            self.companies.get(effect.request),
            self.times.get(effect.slot),
            self.tables.get(effect.table),
            self.interpreters.get(effect.interpreter),
            effect.count,
        )


def _people(ids: set[Any]) -> dict[Any, str]:
    rows = select(Delegate.id, Delegate.family_name, Delegate.given_name).where(Delegate.id.in_(ids))
    return {key: full_name(family, given) for key, family, given in db.session.execute(rows)}


def _read(key: Any, value: Any, ids: set[Any]) -> dict[Any, Any]:
    rows = db.session.execute(select(key, value).where(key.in_(ids - {None})))
    return {row[0]: row[1] for row in rows}

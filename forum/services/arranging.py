"""Meetings of a draft arranged on the board: held elsewhere while others make room, and undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.models import Plan
from forum.policy import Actor, require
from forum.queries import board_news, consequences, scheduling_problem
from forum.queries.scheduling_problem import Around
from forum.scheduling.consequences import Consequences
from forum.scheduling.outcomes import Outcome, OutcomeKind
from forum.services import arranged_facts, meetings
from forum.services.arranged_facts import Fact
from forum.services.meeting_places import Place, from_data, places_of, put
from forum.unit_of_work import transactional


@dataclass(frozen=True)
class Target:
    """A cell of the board. Without a table or an interpreter: the one of now, else one that is free."""

    slot_id: int
    table_id: int | None = None
    interpreter_id: int | None = None


@transactional
def arrange(
    *,
    actor: Actor,
    event_id: int,
    plan_id: int,
    request_id: int,
    target: Target,
    seen: str | None = None,
) -> int:
    """Hold the request's meeting there, and let others make room as the consequences say.

    The meeting then stays there when a schedule is computed anew.

    Args:
        seen: the mark of the consequences that the organiser was shown; others are refused.

    Returns:
        The number of the change, by which it can be undone.

    Raises:
        StaleError: ``board_stale``, something else would follow than was seen; ``double_booking``.
        ForumError: ``plan_not_draft``, ``no_such_request``, ``no_such_place``, ``nothing_to_move``, or
            ``cannot_meet_there`` with the ``reason`` (a code of an obstacle).
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plan = meetings.draft(event_id, plan_id)
    around = scheduling_problem.gather_around_plan(event_id=event_id, plan_id=plan_id)
    if request_id not in around.problem.request_by_id:
        raise ForumError("no_such_request")
    outcome = _outcome(around, request_id, target, seen)
    wanted = places(around, plan, outcome)
    action = "meeting_placed" if request_id in around.schedule.unplaced else "meeting_moved"
    return _change(actor, plan, action, wanted)


@transactional
def undo(*, actor: Actor, event_id: int, plan_id: int, change_number: int) -> int:
    """Take a change by hand back; taking that back in turn makes it anew. Returns the number of this change.

    Raises:
        StaleError: ``change_overtaken``, what was changed has been changed again since.
        ForumError: ``plan_not_draft`` or ``no_such_change``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    plan = meetings.draft(event_id, plan_id)
    which = {"event_id": event_id, "plan_id": plan_id, "change_number": change_number}
    moves = board_news.of_change(**which)
    if not moves:
        raise ForumError("no_such_change")
    facts = [Fact(**each) for each in board_news.facts_of_change(**which)]
    arranged_facts.refuse_overtaken(facts)
    now = places_of(plan, set(moves))
    if any(now[key] != from_data(after) for key, (_, after) in moves.items()):
        raise StaleError("change_overtaken")
    wanted = {key: from_data(before) for key, (before, _) in moves.items()}
    back = [fact.reversed for fact in reversed(facts)]
    return _change(actor, plan, "meeting_change_undone", wanted, back)


def _outcome(around: Around, request_id: int, target: Target, seen: str | None) -> Outcome:
    problem = around.problem
    if (
        target.slot_id not in problem.slot_by_id
        or target.table_id not in {None, *problem.table_by_id}
        or target.interpreter_id not in {None, *problem.interpreter_by_id}
    ):
        raise ForumError("no_such_place")
    asked = Consequences(around.occupancy)
    outcome = asked.at(request_id, target.slot_id, table=target.table_id, interpreter=target.interpreter_id)
    if seen is not None and seen != consequences.mark_of(asked, request_id, outcome):
        raise StaleError("board_stale")
    if outcome.kind is OutcomeKind.HERE:
        raise ForumError("nothing_to_move")
    if outcome.obstacles:
        raise ForumError("cannot_meet_there", reason=str(outcome.obstacles[0].code))
    return outcome


def places(around: Around, plan: Plan, outcome: Outcome) -> dict[int, Place | None]:
    """Where the outcome has the meetings; only the one that was meant stays there from now on."""
    ids = [cast("int", each.request) for each in outcome.placements]
    now = places_of(plan, set(ids))
    wanted: dict[int, Place | None] = {}
    for each in outcome.placements:
        request: Any = each.request
        before = now[request]
        people: Any = around.problem.request_by_id[request].people if before is None else before.people
        wanted[request] = Place(
            cast("int", each.slot),
            cast("int", each.table),
            cast("int | None", each.interpreter),
            is_locked=request == ids[0] or (before is not None and before.is_locked),
            people=tuple(sorted(people)),
        )
    return wanted


def _change(
    actor: Actor,
    plan: Plan,
    action: str,
    wanted: Mapping[int, Place | None],
    facts: Collection[Fact] = (),
) -> int:
    """A table comes before somebody sits at it, and goes once nobody does."""
    before = places_of(plan, set(wanted))
    goes = [fact for fact in facts if fact.kind == "table" and fact.after is None]
    for fact in facts:
        if fact not in goes:
            arranged_facts.write(fact.kind, fact.subject_id, fact.after)
    problem = scheduling_problem.gather_for_plan(event_id=plan.event_id, plan_id=plan.id)[0]
    put(plan, problem, wanted)
    for fact in goes:
        arranged_facts.write(fact.kind, fact.subject_id, fact.after)
    moves = {key: (before[key], place) for key, place in wanted.items()}
    return meetings.note(actor, action, plan, moves, facts)

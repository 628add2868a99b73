"""What of the plan in force can no longer be held, and how far its repair is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from forum import clock
from forum.domain.states import MeetingStatus, PlanStatus
from forum.models import Delegate, Meeting, MeetingParticipant, Plan, Request, Slot, TableClosing
from forum.models.base import db
from forum.queries import overruns, plans
from forum.queries.overruns import Overrun
from forum.queries.plans import PlanView


@dataclass(frozen=True)
class RepairState:
    """``disturbed`` counts meetings still to come that cannot be held as they are.

    ``plan`` is the newest repair of the plan in force: being worked out, ready to be applied, or failed.
    """

    disturbed: int
    plan: PlanView | None


def state(event_id: int) -> RepairState:
    """The same few queries whatever the size of the forum."""
    in_force = plans.in_force(event_id)
    if in_force is None:
        return RepairState(0, None)
    newest = select(func.max(Plan.id)).where(
        Plan.based_on_id == in_force.id, Plan.is_repair, Plan.status != PlanStatus.CANCELLED
    )
    key = db.session.scalar(newest)
    return RepairState(
        disturbed=_disturbed(event_id, in_force.id, clock.now()),
        plan=plans.find(event_id=event_id, row_id=key) if key else None,
    )


def _disturbed(event_id: int, plan_id: int, now: datetime) -> int:
    away = (
        select(MeetingParticipant.meeting_id)
        .join(Delegate, Delegate.id == MeetingParticipant.delegate_id)
        .where(MeetingParticipant.meeting_id == Meeting.id, Delegate.no_show_at < Slot.ends_at)
    )
    shut = select(TableClosing.table_id).where(
        TableClosing.table_id == Meeting.table_id, TableClosing.slot_id == Meeting.slot_id
    )
    late = [_runs_into(each) for each in overruns.of_event(event_id) if each.ends_at > now]
    wrong: ColumnElement[bool] = or_(away.exists(), shut.exists(), *late)
    query = (
        select(func.count(Meeting.id))
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(Request, Request.id == Meeting.request_id)
        .where(
            Meeting.plan_id == plan_id, Meeting.status == MeetingStatus.PLANNED, Slot.starts_at > now, wrong
        )
    )
    return db.session.scalar(query) or 0


def _runs_into(overrun: Overrun) -> ColumnElement[bool]:
    """Meetings that somebody or something is still kept from."""
    seats = select(MeetingParticipant.meeting_id).where(MeetingParticipant.delegate_id.in_(overrun.people))
    return and_(
        Slot.starts_at < overrun.ends_at,
        Slot.ends_at > overrun.starts_at,
        or_(
            Meeting.table_id == overrun.table_id,
            Meeting.interpreter_id == overrun.interpreter_id,
            Meeting.id.in_(seats),
        ),
    )

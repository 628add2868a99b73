"""Plans of an event: their state, their certificate, the one in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from forum.domain.states import MeetingStatus, PlanStatus
from forum.models import Meeting, Plan
from forum.models.base import db
from forum.scheduling.plan import Level


@dataclass(frozen=True)
class CertificateView:
    """How good a schedule is; ``proven`` when none can be better. Weights are sums of ranks.

    ``requests`` counts wanted meetings: two companies that asked each other want one. A bound is None where
    none is known, since the schedule was changed by hand.
    """

    requests: int
    placed: int
    weight: int
    bound: int | None
    idle: int
    idle_bound: int | None
    proven: bool
    seconds: float
    musts: int = 0
    musts_bound: int | None = 0
    shortfall: int = 0
    shortfall_bound: int | None = 0
    cancelled: int = 0
    cancelled_bound: int | None = 0
    moved: int = 0
    moved_bound: int | None = 0
    uneven: int = 0
    uneven_bound: int | None = 0
    table_changes: int = 0
    interpreter_changes: int = 0

    @property
    def levels(self) -> tuple[Level, ...]:
        """What counts, the most important first, each beside what no plan as good before it can beat."""
        return (
            Level("musts", self.musts, self.musts_bound),
            Level("weight", self.weight, self.bound),
            Level("shortfall", self.shortfall, self.shortfall_bound),
            Level("cancelled", self.cancelled, self.cancelled_bound),
            Level("moved", self.moved, self.moved_bound),
            Level("idle", self.idle, self.idle_bound),
            Level("uneven", self.uneven, self.uneven_bound),
        )

    @property
    def last_levels(self) -> tuple[Level, ...]:
        """What counts last, and nothing is known of what would be least: how often people change places."""
        return (
            Level("table_changes", self.table_changes, None),
            Level("interpreter_changes", self.interpreter_changes, None),
        )

    @property
    def share(self) -> int:
        """Per cent of the best conceivable weight, rounded down."""
        return 100 * self.weight // self.bound if self.bound else 100

    @property
    def is_bounded(self) -> bool:
        """Is it known how much no schedule can exceed?"""
        return self.bound is not None


@dataclass(frozen=True)
class ProgressView:
    """How far a computation is; ``percent`` over the whole work."""

    stage: str
    percent: int
    placed: int
    weight: int
    bound: int
    idle: int


@dataclass(frozen=True)
class PlanView:
    """One plan; ``meetings`` counts those that take place."""

    id: int
    event_id: int
    status: PlanStatus
    revision: int | None
    seed: int
    meetings: int
    certificate: CertificateView | None
    progress: ProgressView | None
    unplaced: tuple[Mapping[str, Any], ...]
    stop_asked: bool
    error: str | None
    created_at: datetime
    finished_at: datetime | None
    published_at: datetime | None
    based_on_id: int | None
    is_trial: bool
    is_repair: bool
    change_number: int

    @property
    def is_under_way(self) -> bool:
        return self.status in (PlanStatus.QUEUED, PlanStatus.SOLVING)

    @property
    def is_draft(self) -> bool:
        return self.status is PlanStatus.DRAFT

    @property
    def is_in_force(self) -> bool:
        return self.status is PlanStatus.PUBLISHED

    @property
    def is_earlier(self) -> bool:
        return self.status is PlanStatus.SUPERSEDED


def find(*, event_id: int, row_id: int) -> PlanView | None:
    """The plan of that event with that id."""
    return _one(_plans(event_id).where(Plan.id == row_id))


def in_force(event_id: int) -> PlanView | None:
    """The published plan."""
    return _one(_plans(event_id).where(Plan.status == PlanStatus.PUBLISHED))


def before_the_one_in_force(event_id: int) -> PlanView | None:
    """The plan that was replaced last."""
    return _one(_plans(event_id).where(Plan.status == PlanStatus.SUPERSEDED).order_by(Plan.revision.desc()))


def latest_draft(event_id: int) -> PlanView | None:
    return _one(_plans(event_id).where(Plan.status == PlanStatus.DRAFT).order_by(Plan.id.desc()))


def newest(event_id: int) -> PlanView | None:
    """The latest draft, else the plan in force."""
    return latest_draft(event_id) or in_force(event_id)


def all_of(event_id: int) -> tuple[PlanView, ...]:
    """Every plan that was not called off, the latest first."""
    shown = _plans(event_id).where(Plan.status != PlanStatus.CANCELLED).order_by(Plan.id.desc())
    return tuple(_view(*row) for row in db.session.execute(shown))


def _plans(event_id: int) -> Select[Any]:
    meetings = (
        select(func.count(Meeting.id))
        .where(Meeting.plan_id == Plan.id, Meeting.status != MeetingStatus.CANCELLED)
        .scalar_subquery()
    )
    return select(Plan, meetings).where(Plan.event_id == event_id)


def _one(query: Select[Any]) -> PlanView | None:
    row = db.session.execute(query.limit(1)).first()
    return _view(*row) if row else None


def _view(plan: Plan, meetings: int) -> PlanView:
    return PlanView(
        id=plan.id,
        event_id=plan.event_id,
        status=plan.status,
        revision=plan.revision,
        seed=plan.seed,
        meetings=meetings,
        certificate=certificate_view(plan.certificate),
        progress=_progress(plan.progress),
        unplaced=tuple(plan.unplaced),
        stop_asked=plan.stop_asked,
        error=plan.error,
        created_at=plan.created_at,
        finished_at=plan.finished_at,
        published_at=plan.published_at,
        based_on_id=plan.based_on_id,
        is_trial=bool(plan.assumptions),
        is_repair=plan.is_repair,
        change_number=plan.change_number,
    )


def certificate_view(facts: Mapping[str, Any]) -> CertificateView | None:
    """A certificate as its plan keeps it."""
    names = CertificateView.__dataclass_fields__
    return CertificateView(**{name: facts[name] for name in names if name in facts}) if facts else None


def _progress(facts: Mapping[str, Any]) -> ProgressView | None:
    if not facts:
        return None
    numbers = {name: facts[name] for name in ("stage", "placed", "weight", "bound", "idle")}
    return ProgressView(percent=round(100 * facts["share"]), **numbers)

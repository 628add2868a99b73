"""Invitations: the one behind a link, the desk's list, how far they have come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, case, func, or_, select

from forum import clock
from forum.domain.invitations import REFUSALS, InvitationState
from forum.domain.localized import Localized
from forum.domain.states import Category
from forum.models import Account, Delegation, Invitation, RegistrationDraft
from forum.models.base import db
from forum.queries.paging import Page, page_of
from forum.queries.searching import matches, searched

_OWN: Final[tuple[Any, ...]] = (
    Invitation.id,
    Invitation.event_id,
    Invitation.code,
    Invitation.name,
    Invitation.email,
    Invitation.language,
    Invitation.category,
    Invitation.delegation_id,
    Invitation.message,
    Invitation.most_uses,
    Invitation.uses,
    Invitation.expires_at,
    Invitation.withdrawn_at,
    Invitation.sent_at,
    Invitation.reminded_at,
    Invitation.opened_at,
    Invitation.created_at,
)


@dataclass(frozen=True)
class InvitationView:
    """A way in for one person (with ``email``) or for many. ``begun`` counts forms, sent ones too."""

    id: int
    event_id: int
    code: str
    name: str
    email: str | None
    language: str
    category: Category
    delegation_id: int | None
    delegation: Localized
    message: str | None
    most_uses: int
    uses: int
    begun: int
    expires_at: datetime | None
    withdrawn_at: datetime | None
    sent_at: datetime | None
    reminded_at: datetime | None
    opened_at: datetime | None
    created_at: datetime
    created_by: str
    state: InvitationState

    @property
    def is_personal(self) -> bool:
        return self.email is not None

    @property
    def label(self) -> str:
        return self.name

    @property
    def refusal(self) -> str | None:
        """Why it lets nobody in, None while it does."""
        return REFUSALS.get(self.state)


@dataclass(frozen=True)
class InvitationFilter:
    """What is shown; None leaves a question open. ``delegations`` limits what the reader may see."""

    text: str = ""
    state: InvitationState | None = None
    category: Category | None = None
    delegation_id: int | None = None
    is_personal: bool | None = None
    delegations: frozenset[int] | None = None


@dataclass(frozen=True)
class Funnel:
    """Of the personal invitations that stand: how many have come at least so far. ``places`` and
    ``taken`` are those of the shared links, ``registered`` is everybody who came by either way.
    """

    sent: int
    opened: int
    begun: int
    registered: int
    expired: int
    places: int
    taken: int


def usable(code: str) -> InvitationView | None:
    """The invitation behind a link, while it lets somebody in."""
    found = behind(code)
    return found if found and found.refusal is None else None


def behind(code: str) -> InvitationView | None:
    """The invitation behind a link, also one that lets nobody in any more: its ``refusal`` says why."""
    row = db.session.execute(_rows().where(Invitation.code == code)).first()
    return _view(row) if row else None


def find(*, event_id: int, row_id: int) -> InvitationView | None:
    """One invitation of the forum."""
    row = db.session.execute(_rows().where(Invitation.event_id == event_id, Invitation.id == row_id)).first()
    return _view(row) if row else None


def page(
    *, event_id: int, chosen: InvitationFilter, language: str, sort: str = "-created", number: int = 1
) -> Page[InvitationView]:
    """A page of the invitations chosen."""
    return page_of(_chosen(event_id, chosen), _view, number=number, order_by=_order(sort, language))


def every(*, event_id: int, chosen: InvitationFilter) -> tuple[InvitationView, ...]:
    """All the invitations chosen, the latest first."""
    rows = db.session.execute(_chosen(event_id, chosen).order_by(*_order("-created", "ru")))
    return tuple(_view(row) for row in rows)


def funnel(*, event_id: int, delegations: frozenset[int] | None = None) -> Funnel:
    """How far the invitations have come that a reader of ``delegations`` (None: all) sees. One statement."""
    chosen = _chosen(event_id, InvitationFilter(delegations=delegations)).subquery()
    stands = chosen.c.state != InvitationState.WITHDRAWN
    by_mail = and_(chosen.c.email.is_not(None), stands)
    has_begun = or_(chosen.c.begun > 0, chosen.c.uses > 0)
    row = db.session.execute(
        select(
            _count(by_mail),
            _count(and_(by_mail, or_(chosen.c.opened_at.is_not(None), has_begun))),
            _count(and_(by_mail, has_begun)),
            func.coalesce(func.sum(chosen.c.uses), 0),
            _count(and_(by_mail, chosen.c.state == InvitationState.EXPIRED)),
            _sum(and_(chosen.c.email.is_(None), stands), chosen.c.most_uses),
            _sum(chosen.c.email.is_(None), chosen.c.uses),
        )
    ).one()
    return Funnel(*(int(value) for value in row))


def _count(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _sum(condition: Any, value: Any) -> Any:
    return func.coalesce(func.sum(case((condition, value), else_=0)), 0)


def _rows() -> Select[Any]:
    # Typed loosely: conditions are added step by step.
    columns: tuple[Any, ...] = (*_OWN, Delegation.title.label("delegation"), Account.name.label("created_by"))
    return (
        select(*columns, _forms().label("begun"), _state().label("state"))
        .outerjoin(Delegation, Invitation.delegation_id == Delegation.id)
        .outerjoin(Account, Invitation.created_by_id == Account.id)
    )


def _forms() -> Any:
    return (
        select(func.count())
        .where(RegistrationDraft.invitation_id == Invitation.id)
        .correlate(Invitation)
        .scalar_subquery()
    )


def _state() -> Any:
    return case(
        (Invitation.uses >= Invitation.most_uses, InvitationState.REGISTERED.value),
        (Invitation.withdrawn_at.is_not(None), InvitationState.WITHDRAWN.value),
        (Invitation.expires_at <= clock.now(), InvitationState.EXPIRED.value),
        (or_(_forms() > 0, Invitation.uses > 0), InvitationState.BEGUN.value),
        (Invitation.opened_at.is_not(None), InvitationState.OPENED.value),
        else_=InvitationState.SENT.value,
    )


def _chosen(event_id: int, chosen: InvitationFilter) -> Select[Any]:
    rows = _rows().where(Invitation.event_id == event_id)
    if chosen.delegations is not None:
        rows = rows.where(Invitation.delegation_id.in_(chosen.delegations))
    if chosen.delegation_id is not None:
        rows = rows.where(Invitation.delegation_id == chosen.delegation_id)
    if chosen.category is not None:
        rows = rows.where(Invitation.category == chosen.category)
    if chosen.is_personal is not None:
        by_mail = Invitation.email
        rows = rows.where(by_mail.is_not(None) if chosen.is_personal else by_mail.is_(None))
    if chosen.state is not None:
        rows = rows.where(_state() == chosen.state.value)
    return _where_text(rows, chosen.text)


def _where_text(rows: Select[Any], text: str) -> Select[Any]:
    text = searched(text)
    if not text:
        return rows
    return rows.where(
        or_(
            matches(Invitation.search_key, text),
            Invitation.email.contains(text.lower(), autoescape=True),
        )
    )


def _order(sort: str, language: str) -> tuple[Any, ...]:
    orders: dict[str, Any] = {
        "name": getattr(Invitation, f"sort_{language}"),
        "created": Invitation.created_at,
        "expires": Invitation.expires_at,
    }
    first = orders.get(sort.lstrip("-"), Invitation.created_at)
    return (first.desc() if sort.startswith("-") else first, Invitation.id.desc())


def _view(row: Any) -> InvitationView:
    values = row._asdict()
    return InvitationView(
        **{
            **values,
            "delegation": values["delegation"] or Localized(),
            "created_by": values["created_by"] or "",
            "state": InvitationState(values["state"]),
        }
    )

"""Who speaks for a side of a request.

That is everybody of the company who may ask for meetings. Where a VIP is meant it is the VIP and the aide
alone, also when the aide is of another company; and where a company has nobody but VIPs, their aides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from forum.domain.requests import SPEAK_FOR_COMPANIES
from forum.domain.states import RegistrationStatus
from forum.models import Delegate, Request
from forum.models.base import db


@dataclass(frozen=True)
class Side:
    """A company and the delegate who was named for it."""

    company_id: int
    named: int | None


def is_sent_by(me: Delegate, *, as_aide: bool = True) -> ColumnElement[bool]:
    """Requests for whose sender ``me`` speaks; ``as_aide``: those of VIPs whom they assist as well."""
    return _speaks(Request.sender_id, Request.sender_delegate_id, me, as_aide)


def is_received_by(me: Delegate, *, as_aide: bool = True) -> ColumnElement[bool]:
    """Requests for whose receiver ``me`` speaks."""
    return _speaks(Request.receiver_id, Request.receiver_delegate_id, me, as_aide)


def may_speak(me: Delegate) -> bool:
    """Whether ``me`` asks for meetings and answers for a company at all."""
    return me.status is RegistrationStatus.APPROVED and me.category in SPEAK_FOR_COMPANIES


def speakers(event_id: int, sides: Iterable[Side]) -> Mapping[Side, tuple[Delegate, ...]]:
    """Who is to hear of a request on each of the ``sides``: the one named, or all who speak for the company.

    A VIP hears through the aide; without one nobody of that side hears, and the organisers see to it.
    """
    wanted = frozenset(sides)
    people = _people(event_id, wanted)
    of_company: dict[int, list[Delegate]] = defaultdict(list)
    for person in people.values():
        if person.company_id is not None and may_speak(person):
            of_company[person.company_id].append(person)
    aides = _by_id({person.aide_id for person in people.values() if person.is_vip})
    found = {}
    for side in wanted:
        named = people.get(side.named or 0)
        meant = [named] if named is not None and may_speak(named) else of_company[side.company_id]
        plain = [person for person in meant if not person.is_vip]
        found[side] = tuple(plain or [aides[one.aide_id] for one in meant if one.aide_id in aides])
    return found


def _speaks(company: Any, named: Any, me: Delegate, as_aide: bool) -> ColumnElement[bool]:
    if me.status is not RegistrationStatus.APPROVED or me.erased_at is not None:
        return false()
    vips = select(Delegate.id).where(Delegate.event_id == me.event_id, Delegate.is_vip)
    aided = select(Delegate.id).where(
        Delegate.event_id == me.event_id, Delegate.aide_id == me.id, Delegate.is_vip
    )
    through_me = or_(named.in_(aided), and_(named.is_(None), company.in_(_companies_of_vips_alone(me))))
    if not as_aide:
        through_me = false()
    if not may_speak(me):
        return through_me
    is_open = or_(named.is_(None), named == me.id, named.not_in(vips))
    return or_(and_(company == me.company_id, is_open), through_me)


def _companies_of_vips_alone(me: Delegate) -> Select[int | None]:
    """Companies for which nobody speaks but VIPs, one of whom ``me`` assists."""
    takes_part = (
        Delegate.event_id == me.event_id,
        Delegate.status == RegistrationStatus.APPROVED,
        Delegate.category.in_(SPEAK_FOR_COMPANIES),
        Delegate.company_id.is_not(None),
    )
    with_others = select(Delegate.company_id).where(*takes_part, ~Delegate.is_vip)
    return select(Delegate.company_id).where(
        *takes_part, Delegate.is_vip, Delegate.aide_id == me.id, Delegate.company_id.not_in(with_others)
    )


def _people(event_id: int, sides: frozenset[Side]) -> dict[int, Delegate]:
    companies, named = {side.company_id for side in sides}, {side.named for side in sides if side.named}
    rows = db.session.scalars(
        select(Delegate)
        .where(
            Delegate.event_id == event_id,
            Delegate.erased_at.is_(None),
            or_(Delegate.company_id.in_(companies), Delegate.id.in_(named)),
        )
        .order_by(Delegate.number)
    )
    return {row.id: row for row in rows}


def _by_id(ids: set[int | None]) -> dict[int | None, Delegate]:
    rows = db.session.scalars(
        select(Delegate).where(Delegate.id.in_([key for key in ids if key]), Delegate.erased_at.is_(None))
    )
    return {row.id: row for row in rows}

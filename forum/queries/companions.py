"""Who comes along with whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.domain.states import Category, RegistrationStatus
from forum.models import Company, Delegate
from forum.models.base import db
from forum.queries import admissions
from forum.queries.delegates import DelegateView, view

ENDED: Final = (RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN)


@dataclass(frozen=True)
class Around:
    """Whom somebody accompanies, and who comes along with them: ``most`` may, also those who ended count
    among ``companions`` and not against ``most``.
    """

    principal: DelegateView | None
    companions: tuple[DelegateView, ...]
    most: int
    may_bring: bool

    @property
    def free(self) -> int:
        """How many more may come along."""
        here = sum(each.status not in ENDED for each in self.companions)
        return max(0, self.most - here) if self.may_bring else 0


def around(*, event_id: int, delegate_id: int) -> Around:
    """The people around one person. Three statements."""
    person = db.session.get_one(Delegate, delegate_id)
    most = admissions.rules(event_id=event_id, category=person.category).most_companions
    may_bring = person.status is RegistrationStatus.APPROVED and person.category is not Category.COMPANION
    return Around(_principal(person), _companions(event_id, delegate_id), most, may_bring)


def _principal(person: Delegate) -> DelegateView | None:
    if person.accompanies_id is None:
        return None
    host = db.session.get(Delegate, person.accompanies_id)
    return view(host) if host is not None and host.event_id == person.event_id else None


def _companions(event_id: int, delegate_id: int) -> tuple[DelegateView, ...]:
    rows = db.session.scalars(
        select(Delegate)
        .where(
            Delegate.event_id == event_id,
            Delegate.accompanies_id == delegate_id,
            Delegate.erased_at.is_(None),
        )
        .options(joinedload(Delegate.company).lazyload(Company.sectors), joinedload(Delegate.delegation))
        .order_by(Delegate.id)
    )
    return tuple(view(row) for row in rows)

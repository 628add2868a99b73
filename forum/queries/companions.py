"""Who comes along with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased, joinedload

from forum.domain.states import Category, RegistrationStatus
from forum.models import Company, Delegate
from forum.models.base import db
from forum.queries import admissions
from forum.queries.delegates import DelegateView, view
from forum.queries.people import full_name

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


@dataclass(frozen=True)
class Companion:
    """Somebody who comes along, with whom."""

    number: int
    name: str
    status: RegistrationStatus
    principal_number: int
    principal_name: str


@dataclass(frozen=True)
class SpokenFor:
    """Somebody who is reached through an aide; ``free`` is how many more may come along with them."""

    id: int
    name: str
    companions: tuple[str, ...]
    free: int


def every(*, event_id: int, principal_id: int | None = None) -> tuple[Companion, ...]:
    """Who comes along, by the numbers of those whom they accompany; with one of them where that is named."""
    host = aliased(Delegate)
    chosen: list[ColumnElement[bool]] = [] if principal_id is None else [host.id == principal_id]
    rows = db.session.execute(
        select(Delegate, host)
        .join(host, host.id == Delegate.accompanies_id)
        .where(Delegate.event_id == event_id, Delegate.erased_at.is_(None), *chosen)
        .order_by(host.number, Delegate.number)
    )
    return tuple(
        Companion(row.number, _name(row), row.status, principal.number, _name(principal))
        for row, principal in rows
    )


def accompanies(*, event_id: int, delegate_id: int) -> bool:
    """Whether that person comes along with somebody."""
    row = select(Delegate.id).where(
        Delegate.event_id == event_id, Delegate.id == delegate_id, Delegate.accompanies_id.is_not(None)
    )
    return db.session.scalar(row) is not None


def spoken_for(*, event_id: int, aide_id: int) -> tuple[SpokenFor, ...]:
    """Who is reached through that aide, where both take part. Three statements for any number."""
    aide = select(Delegate.id).where(Delegate.id == aide_id, Delegate.status == RegistrationStatus.APPROVED)
    people = db.session.scalars(
        select(Delegate)
        .where(
            Delegate.event_id == event_id,
            Delegate.aide_id.in_(aide),
            Delegate.status == RegistrationStatus.APPROVED,
            Delegate.category != Category.COMPANION,
            Delegate.erased_at.is_(None),
        )
        .order_by(Delegate.sort_ru, Delegate.id)
    ).all()
    if not people:
        return ()
    rules = admissions.all_rules(event_id=event_id)
    here = _still_coming(row.id for row in people)
    return tuple(
        SpokenFor(
            row.id,
            _name(row),
            tuple(here[row.id]),
            max(0, rules[row.category].most_companions - len(here[row.id])),
        )
        for row in people
    )


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


def _still_coming(principal_ids: Iterable[int]) -> Mapping[int, list[str]]:
    """The names of those who come along and have not ended, by whom they accompany."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = db.session.scalars(
        select(Delegate)
        .where(
            Delegate.accompanies_id.in_(list(principal_ids)),
            Delegate.status.not_in(ENDED),
            Delegate.erased_at.is_(None),
        )
        .order_by(Delegate.id)
    )
    for row in rows:
        found[row.accompanies_id or 0].append(_name(row))
    return found


def _name(row: Delegate) -> str:
    return full_name(row.family_name, row.given_name, row.patronymic)

"""Who reads what is written to visitors: they, their aides, or the coordinators who speak for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from forum.domain.names import PersonName
from forum.domain.roles import Role
from forum.domain.salutations import salutation, salutation_of
from forum.models import Account, Delegate, Grant
from forum.models.base import db
from forum.queries.people import full_name


@dataclass(frozen=True)
class VisitReader:
    """``person`` is the visitor's name; the rest is the reader's, who ``is_own`` when it is the visitor."""

    delegate_id: int
    person: str
    email: str
    language: str
    greeting: str
    is_own: bool
    account_id: int | None


def readers_of(delegate_ids: Collection[int]) -> tuple[VisitReader, ...]:
    """In the order of ``delegate_ids``; for whom nobody reads mail is left out. Two statements."""
    aide = aliased(Delegate)
    rows = db.session.execute(
        select(Delegate, aide)
        .outerjoin(aide, aide.id == Delegate.aide_id)
        .where(Delegate.id.in_(delegate_ids), Delegate.erased_at.is_(None))
    ).all()
    people = {person.id: (person, helper) for person, helper in rows}
    coordinators = _coordinators({person.delegation_id for person, _ in rows if person.delegation_id})
    return tuple(
        reader
        for delegate_id in delegate_ids
        if delegate_id in people
        for reader in _of(*people[delegate_id], coordinators)
    )


def _of(
    person: Delegate, helper: Delegate | None, coordinators: Mapping[int, list[Account]]
) -> list[VisitReader]:
    name = full_name(person.family_name, person.given_name, person.patronymic)
    reader = helper if helper is not None and helper.email else person
    if reader.email:
        called = PersonName(reader.family_name, reader.given_name, reader.patronymic or "")
        greeting = salutation(called, reader.language, latin_family=reader.latin_family_name)
        is_own = reader is person
        return [
            VisitReader(person.id, name, reader.email, reader.language, greeting, is_own, reader.account_id)
        ]
    return [
        VisitReader(
            person.id, name, row.email, row.language, salutation_of(row.name, row.language), False, row.id
        )
        for row in coordinators.get(person.delegation_id or 0, ())
    ]


def _coordinators(delegation_ids: Collection[int]) -> Mapping[int, list[Account]]:
    found: dict[int, list[Account]] = defaultdict(list)
    rows = db.session.execute(
        select(Grant.delegation_id, Account)
        .join(Account, Account.id == Grant.account_id)
        .where(Grant.role == Role.COORDINATOR, Grant.delegation_id.in_(delegation_ids), Account.is_active)
        .order_by(Account.id)
    )
    for delegation_id, row in rows:
        found[delegation_id or 0].append(row)
    return found

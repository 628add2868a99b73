"""The readiness board: who of the members still lacks what.

Everybody is looked at to count, and one page is shown: the number of statements is always the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from forum.domain.admissions import Rules
from forum.domain.localized import Localized
from forum.domain.readiness import ON_BOARD, Facts, Need, State, is_ready, lacking, states
from forum.domain.states import Category, RegistrationStatus
from forum.models import Company, CompanySector, Delegate, Delegation
from forum.models.base import db
from forum.queries import admissions, readiness_facts
from forum.queries.events import EventView
from forum.queries.paging import PAGE_SIZE, Page
from forum.queries.people import full_name
from forum.queries.readiness_facts import Known


@dataclass(frozen=True)
class ReadinessFilter:
    """Whom the board shows; None leaves a question open. ``delegations`` limits what the reader may see."""

    delegation_id: int | None = None
    delegations: frozenset[int] | None = None
    ids: tuple[int, ...] | None = None
    only_not_ready: bool = False
    lacks: Need | None = None


@dataclass(frozen=True)
class Readiness:
    """One person on the board. ``fields`` are parts of the profile that are missing, ``questions`` titles
    of required questions without an answer.
    """

    delegate_id: int
    number: int
    name: str
    greeted: str
    category: Category
    status: RegistrationStatus
    delegation_id: int | None
    delegation: Localized
    email: str | None
    language: str
    aide_id: int | None
    states: Mapping[Need, State]
    fields: tuple[str, ...]
    questions: tuple[Localized, ...]

    @property
    def is_ready(self) -> bool:
        return is_ready(self.states)

    @property
    def missing(self) -> tuple[Need, ...]:
        return tuple(need for need, state in self.states.items() if state is State.MISSING)


@dataclass(frozen=True)
class NeedCount:
    """Of those whom a need concerns, how many are done."""

    need: Need
    done: int
    missing: int
    open: int

    @property
    def asked(self) -> int:
        return self.done + self.missing + self.open


@dataclass(frozen=True)
class Board:
    """A page of people, with the numbers of everybody whom the filter's delegation holds."""

    page: Page[Readiness]
    counts: tuple[NeedCount, ...]
    people: int
    ready: int

    @property
    def percent(self) -> int:
        """Ready of all, rounded down: 100 means everybody."""
        return 100 * self.ready // self.people if self.people else 100


def board(*, event: EventView, chosen: ReadinessFilter, language: str, number: int = 1) -> Board:
    """The board of those ``chosen``, names in the order of ``language``."""
    found = everyone(event=event, chosen=chosen, language=language)
    shown = tuple(row for row in found if _is_shown(row, chosen))
    number = max(1, min(number, -(-len(shown) // PAGE_SIZE)))
    first = (number - 1) * PAGE_SIZE
    return Board(
        page=Page(shown[first : first + PAGE_SIZE], len(shown), number),
        counts=_counts(found),
        people=len(found),
        ready=sum(row.is_ready for row in found),
    )


def everyone(*, event: EventView, chosen: ReadinessFilter, language: str) -> tuple[Readiness, ...]:
    """Everybody whom the filter's delegation holds, ready or not."""
    rules = admissions.all_rules(event_id=event.id)
    known = readiness_facts.known(event, delegation_id=chosen.delegation_id)
    order = (getattr(Delegate, f"sort_{language}"), Delegate.number)
    rows = db.session.execute(_rows(event.id, chosen).order_by(*order))
    return tuple(_readiness(row, known, rules[row.category]) for row in rows)


def shares(*, event: EventView, seen: frozenset[int] | None = None) -> Mapping[int, tuple[int, int]]:
    """By delegation: how many are ready, of how many."""
    ready, people = Counter[int](), Counter[int]()
    for row in everyone(event=event, chosen=ReadinessFilter(delegations=seen), language="ru"):
        if row.delegation_id is not None:
            people[row.delegation_id] += 1
            ready[row.delegation_id] += row.is_ready
    return {key: (ready[key], count) for key, count in people.items()}


def unconfirmed_badges(*, event_id: int, seen: frozenset[int] | None = None) -> int:
    """How many who take part have never said that their badge is right: one statement, for a first page."""
    rows = select(func.count(Delegate.id)).where(
        Delegate.event_id == event_id,
        Delegate.status == RegistrationStatus.APPROVED,
        Delegate.badge_confirmed_hash.is_(None),
        Delegate.erased_at.is_(None),
    )
    if seen is not None:
        rows = rows.where(Delegate.delegation_id.in_(seen))
    return db.session.scalar(rows) or 0


def _is_shown(row: Readiness, chosen: ReadinessFilter) -> bool:
    if chosen.lacks is not None and row.states[chosen.lacks] not in (State.MISSING, State.OPEN):
        return False
    return not (chosen.only_not_ready and row.is_ready)


def _counts(rows: tuple[Readiness, ...]) -> tuple[NeedCount, ...]:
    tally = Counter((need, state) for row in rows for need, state in row.states.items())
    return tuple(
        NeedCount(need, tally[need, State.DONE], tally[need, State.MISSING], tally[need, State.OPEN])
        for need in Need
    )


def _rows(event_id: int, chosen: ReadinessFilter) -> Select[Any]:
    has_sectors = select(CompanySector.company_id).where(CompanySector.company_id == Company.id).exists()
    conditions: list[ColumnElement[bool]] = [
        Delegate.event_id == event_id,
        Delegate.status.in_(ON_BOARD),
        Delegate.erased_at.is_(None),
    ]
    if chosen.delegation_id is not None:
        conditions.append(Delegate.delegation_id == chosen.delegation_id)
    if chosen.delegations is not None:
        conditions.append(Delegate.delegation_id.in_(chosen.delegations))
    if chosen.ids is not None:
        conditions.append(Delegate.id.in_(chosen.ids))
    return (
        select(
            *_COLUMNS,
            Delegation.title.label("delegation"),
            Company.offers.label("company_offers"),
            Company.offer_sectors,
            Company.seeks.label("company_seeks"),
            Company.seek_sectors,
            has_sectors.label("has_sectors"),
        )
        .outerjoin(Company, Company.id == Delegate.company_id)
        .outerjoin(Delegation, Delegation.id == Delegate.delegation_id)
        .where(*conditions)
    )


_COLUMNS: tuple[Any, ...] = (
    Delegate.id,
    Delegate.number,
    Delegate.family_name,
    Delegate.given_name,
    Delegate.patronymic,
    Delegate.latin_family_name,
    Delegate.latin_given_name,
    Delegate.category,
    Delegate.status,
    Delegate.delegation_id,
    Delegate.company_id,
    Delegate.account_id,
    Delegate.aide_id,
    Delegate.photo_id,
    Delegate.position,
    Delegate.email,
    Delegate.phone,
    Delegate.town,
    Delegate.spoken,
    Delegate.language,
    Delegate.diet,
    Delegate.access_needs,
    Delegate.arrives_at,
    Delegate.leaves_at,
)


def _readiness(row: Any, known: Known, rules: Rules) -> Readiness:
    filled = _filled(row)
    asked, unanswered = known.questions_of(row.id, row.category)
    facts = Facts(
        status=row.status,
        filled=filled,
        has_latin_name=bool(row.latin_family_name and (row.latin_given_name or not row.given_name)),
        has_consents=row.id not in known.without_consents,
        questions=len(asked),
        unanswered=len(unanswered),
        has_document=row.id in known.with_document if row.id in known.visitors else None,
        has_confirmed_badge=row.id in known.with_confirmed_badge,
        has_address=row.email is not None,
        has_signed_in=row.account_id in known.signed_in,
    )
    found = states(facts, rules)
    return Readiness(
        delegate_id=row.id,
        number=row.number,
        name=full_name(row.family_name, row.given_name, row.patronymic),
        greeted=full_name(row.given_name, row.patronymic) or row.family_name,
        category=row.category,
        status=row.status,
        delegation_id=row.delegation_id,
        delegation=row.delegation or Localized(),
        email=row.email,
        language=row.language,
        aide_id=row.aide_id,
        states=found,
        fields=lacking(filled, rules) if found[Need.PROFILE] is State.MISSING else (),
        questions=tuple(spec.title for spec in unanswered),
    )


def _filled(row: Any) -> frozenset[str]:
    """Those of ``domain.admissions.ASKABLE`` that somebody has given."""
    given = {
        "company": row.company_id,
        "position": row.position,
        "sectors": row.has_sectors,
        "offers": row.company_offers or row.offer_sectors,
        "seeks": row.company_seeks or row.seek_sectors,
        "spoken": row.spoken,
        "phone": row.phone,
        "town": row.town,
        "stay": row.arrives_at and row.leaves_at,
        "diet": row.diet,
        "access_needs": row.access_needs,
        "photo": row.photo_id,
    }
    return frozenset(name for name, value in given.items() if value)

"""Everybody and every company of a forum, ready to be searched: one index a forum, for all readers.

What is in here is not yet what somebody may see: ``queries.catalogue`` asks for that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import func, select, true

from forum.domain.consents import CATALOGUE
from forum.domain.localized import Localized
from forum.domain.sectors import SECTORS
from forum.domain.states import Visibility
from forum.domain.visibility import Audience, Reader, may_see
from forum.models import Company, Consent, Delegate, Delegation, Event
from forum.models.base import db
from forum.queries import catalogue_records as records
from forum.queries.catalogue_records import Firm, Person
from forum.queries.company_search import is_sole_trader, name_fields
from forum.queries.remembered import Remembered
from forum.search.documents import Document, Field, Kind
from forum.search.index import Index


@dataclass(frozen=True)
class Seen:
    """What one kind of reader may see, by id."""

    people: frozenset[int]
    companies: frozenset[int]


@dataclass(frozen=True)
class Catalogue:
    """All of a forum. ``delegations`` are titles by id, in their order."""

    people: Mapping[int, Person]
    companies: Mapping[int, Firm]
    delegations: Mapping[int, Localized]
    people_index: Index
    companies_index: Index
    vips_seen_by: frozenset[str]
    is_public: bool
    _seen: dict[Reader, Seen] = field(default_factory=dict)

    def seen_by(self, reader: Reader) -> Seen:
        """What ``reader`` may see; worked out once for every kind of reader."""
        if reader not in self._seen:
            people = frozenset(
                each.id for each in self.people.values() if may_see(reader, each.shown, self.vips_seen_by)
            )
            companies = frozenset(
                each.id for each in self.companies.values() if self._is_listed(reader, each, people)
            )
            self._seen[reader] = Seen(people, companies)
        return self._seen[reader]

    def _is_listed(self, reader: Reader, firm: Firm, people: frozenset[int]) -> bool:
        """A firm takes part in public; a sole trader is a person, and as hidden as that person is."""
        if is_sole_trader(firm.legal_form) or reader.audience is Audience.OFFICE:
            return not people.isdisjoint(firm.people)
        return any(not self.people[each].shown.is_hidden for each in firm.people)


def built(event_id: int) -> Catalogue:
    """Made anew, for measuring."""
    return _make(event_id)


def of_event(event_id: int) -> Catalogue:
    """The forum as it is now: one statement where nothing has changed since it was last read."""
    return _kept.of_event(event_id)


def _stamp(event_id: int) -> Hashable:
    """All in one statement: whatever is added, changed or removed changes a count, a sum or the last time."""
    people = select(Delegate.id).where(Delegate.event_id == event_id)
    delegates, companies, consents, delegations = (
        _summary(Delegate, Delegate.version, Delegate.updated_at, Delegate.event_id == event_id),
        _summary(Company, Company.version, Company.updated_at, Company.event_id == event_id),
        _summary(
            Consent,
            Consent.delegate_id,
            Consent.withdrawn_at,
            Consent.delegate_id.in_(people) & (Consent.purpose == CATALOGUE),
        ),
        _summary(Delegation, Delegation.version, Delegation.position, Delegation.event_id == event_id),
    )
    together = delegates.join(companies, true()).join(consents, true()).join(delegations, true())
    event = select(Event.version).where(Event.id == event_id).scalar_subquery()
    return tuple(db.session.execute(select(together, event).select_from(together)).one())


def _summary(table: Any, version: Any, changed: Any, where: Any) -> Any:
    return (
        select(
            func.count(table.id),
            func.sum(version),
            func.sum(table.id),
            func.count(changed),
            func.max(changed),
        )
        .where(where)
        .subquery()
    )


def _make(event_id: int) -> Catalogue:
    event = db.session.get_one(Event, event_id)
    delegations = _delegations(event_id)
    people = {row.id: records.person(row) for row in records.people_rows(event_id)}
    of_company: dict[int, list[int]] = defaultdict(list)
    for one in people.values():
        if one.company_id is not None:
            of_company[one.company_id].append(one.id)
    sectors = records.sectors_of(event_id)
    rows = [row for row in records.company_rows(event_id) if row.id in of_company]
    firms = {row.id: records.firm(row, sectors[row.id], tuple(of_company[row.id])) for row in rows}
    names = {row.id: name_fields(row) for row in rows}
    return Catalogue(
        people,
        firms,
        delegations,
        Index(
            _person_document(person, firms.get(person.company_id or 0), names) for person in people.values()
        ),
        Index(_company_document(firm, names[firm.id], people) for firm in firms.values()),
        frozenset(event.vips_seen_by),
        event.catalogue_is_public,
    )


def _delegations(event_id: int) -> dict[int, Localized]:
    rows = db.session.execute(
        select(Delegation.id, Delegation.title)
        .where(Delegation.event_id == event_id)
        .order_by(Delegation.position, Delegation.id)
    )
    return {row.id: row.title for row in rows}


def _person_document(person: Person, firm: Firm | None, names: Mapping[int, tuple[Field, ...]]) -> Document:
    parts = (person.family_name, person.given_name, person.latin_name)
    fields = [Field(part, Kind.NAME, True) for part in parts if part]
    fields.append(Field(person.patronymic, Kind.PATRONYMIC, True))
    fields += [Field(text, Kind.TEXT) for text in person.position.values()]
    facets = _facets(person.delegation_id, person.region, firm)
    if firm is not None:
        fields += [Field(each.text, Kind.COMPANY) for each in names[firm.id]]
    return Document(
        person.id,
        tuple(fields),
        {**facets, "language": person.spoken, "category": (person.category.value,)},
        has_patronymic=bool(person.patronymic),
    )


def _company_document(firm: Firm, names: tuple[Field, ...], people: Mapping[int, Person]) -> Document:
    """Languages are those of the people, and so as visible as they are: a facet for each audience."""
    texts = [firm.offers, firm.seeks, firm.town, *firm.about.values()]
    titles = [title for code in firm.sectors if code in SECTORS for title in SECTORS.title(code).values()]
    fields = [Field(text, Kind.TEXT) for text in (*texts, *titles) if text]
    plain = [
        one for each in firm.people if not (one := people[each]).shown.is_hidden and not one.shown.is_vip
    ]
    public = [one for one in plain if one.shown.visibility is Visibility.PUBLIC]
    return Document(
        firm.id,
        (*names, *fields),
        {
            **_facets(firm.delegation_id, firm.region, firm),
            "language": _spoken(plain),
            "public_language": _spoken(public),
        },
        firm.legal_form,
        has_patronymic=not is_sole_trader(firm.legal_form),
    )


def _spoken(people: Iterable[Person]) -> tuple[str, ...]:
    return tuple(sorted({language for one in people for language in one.spoken}))


def _facets(delegation_id: int | None, region: str | None, firm: Firm | None) -> dict[str, tuple[str, ...]]:
    return {
        "side": (str(delegation_id),) if delegation_id is not None else (),
        "region": (region,) if region else (),
        "sector": firm.sectors if firm else (),
        "offers": firm.offer_sectors if firm else (),
        "seeks": firm.seek_sectors if firm else (),
        "size": (firm.size,) if firm and firm.size else (),
    }


_kept: Final = Remembered(_stamp, _make)

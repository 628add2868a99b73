"""Everybody and every company of a forum, ready to be searched: one index a forum, for all readers.

What is in here is not yet what somebody may see: ``queries.catalogue`` asks for that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import case, func, select, true

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
from forum.queries.remembered import Mark, Remembered, changed, merged
from forum.search.documents import Document, Field, Kind
from forum.search.index import Index


@dataclass(frozen=True)
class Seen:
    """What one kind of reader may see, by id."""

    people: frozenset[int]
    companies: frozenset[int]


@dataclass(frozen=True)
class Rows:
    """What was read, by id in the order of lists, with the marks by which a change is seen.

    ``firms`` has companies that nobody takes part of as well, all without their people.
    """

    people: Mapping[int, Person]
    people_marks: Mapping[int, Mark]
    firms: Mapping[int, Firm]
    firm_marks: Mapping[int, Mark]
    names: Mapping[int, tuple[Field, ...]]


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
    rows: Rows
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
    """Made anew, whatever is known of it."""
    return _make(event_id, None)


def of_event(event_id: int) -> Catalogue:
    """The forum as it is now: one statement where nothing has changed since it was last read."""
    return _kept.of_event(event_id)


def _stamp(event_id: int) -> Hashable:
    """All in one statement: whatever is added, changed or removed changes a count, a sum or the last time."""
    people = select(Delegate.id).where(Delegate.event_id == event_id)
    # Who leads is written without a new version, which would make open forms stale.
    heads = func.sum(case((Delegate.is_head, Delegate.id), else_=0))
    delegates, companies, consents, delegations = (
        _summary(Delegate, Delegate.version, Delegate.updated_at, Delegate.event_id == event_id, heads),
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


def _summary(table: Any, version: Any, changed: Any, where: Any, *more: Any) -> Any:
    return (
        select(
            func.count(table.id),
            func.sum(version),
            func.sum(table.id),
            func.count(changed),
            func.max(changed),
            *more,
        )
        .where(where)
        .subquery()
    )


def _make(event_id: int, before: Catalogue | None) -> Catalogue:
    """The forum as it is now; of what it was before all that is still true is kept as the same objects."""
    event = db.session.get_one(Event, event_id)
    rows = _read(event_id, before.rows if before else _NOTHING)
    people, firms = rows.people, _with_people(rows, before)
    return Catalogue(
        people,
        firms,
        _delegations(event_id),
        _renewed(before.people_index if before else None, _people_documents(rows, firms, before)),
        _renewed(before.companies_index if before else None, _company_documents(rows, firms, before)),
        frozenset(event.vips_seen_by),
        event.catalogue_is_public,
        rows,
    )


def _read(event_id: int, before: Rows) -> Rows:
    """Everybody and every company; only those are read whose mark is not what it was before."""
    people_marks, firm_marks = records.people_marks(event_id), records.company_marks(event_id)
    people_ids = changed(before.people_marks, people_marks)
    firm_ids = changed(before.firm_marks, firm_marks)
    people = {row.id: records.person(row) for row in _found(records.people_rows, event_id, people_ids)}
    firm_rows = list(_found(records.company_rows, event_id, firm_ids))
    sectors = records.sectors_of(event_id, firm_ids) if firm_ids else {}
    firms = {row.id: records.firm(row, sectors.get(row.id, [])) for row in firm_rows}
    names = {row.id: name_fields(row) for row in firm_rows}
    all_people = merged(people_marks, people_ids, before.people, people)
    all_firms = merged(firm_marks, firm_ids, before.firms, firms)
    return Rows(
        people=all_people,
        people_marks={key: people_marks[key] for key in all_people},
        firms=all_firms,
        firm_marks={key: firm_marks[key] for key in all_firms},
        names=merged(all_firms, firm_ids, before.names, names),
    )


def _found(
    rows: Callable[[int, Collection[int]], Iterable[Any]], event_id: int, ids: frozenset[int]
) -> Iterable[Any]:
    return (row for row in rows(event_id, ids) if row.id in ids) if ids else ()


def _with_people(rows: Rows, before: Catalogue | None) -> dict[int, Firm]:
    """The firms that somebody takes part of, with those people in their order."""
    of_firm: dict[int, list[int]] = defaultdict(list)
    for one in rows.people.values():
        if one.company_id is not None:
            of_firm[one.company_id].append(one.id)
    found = {}
    for key, firm in rows.firms.items():
        if key in of_firm:
            known = before.companies.get(key) if before and before.rows.firms.get(key) is firm else None
            people = tuple(of_firm[key])
            found[key] = known if known and known.people == people else replace(firm, people=people)
    return found


def _renewed(index: Index | None, documents: list[Document]) -> Index:
    return index.renewed(documents) if index else Index(documents)


def _people_documents(rows: Rows, firms: Mapping[int, Firm], before: Catalogue | None) -> list[Document]:
    """A document stays as it is while its person and the words and facets of its firm do."""
    documents = []
    for key, person in rows.people.items():
        firm_id = person.company_id or 0
        is_same = (
            before is not None
            and before.people.get(key) is person
            and before.rows.firms.get(firm_id) is rows.firms.get(firm_id)
        )
        known = before.people_index.get(key) if before and is_same else None
        documents.append(known or _person_document(person, firms.get(firm_id), rows.names))
    return documents


def _company_documents(rows: Rows, firms: Mapping[int, Firm], before: Catalogue | None) -> list[Document]:
    """A document stays as it is while its firm and all its people do."""
    documents = []
    for key, firm in firms.items():
        is_same = (
            before is not None
            and before.companies.get(key) is firm
            and all(before.people.get(each) is rows.people[each] for each in firm.people)
        )
        known = before.companies_index.get(key) if before and is_same else None
        documents.append(known or _company_document(firm, rows.names[key], rows.people))
    return documents


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


_NOTHING: Final = Rows({}, {}, {}, {}, {})
_kept: Final = Remembered(_stamp, _make)

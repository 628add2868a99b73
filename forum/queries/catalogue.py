"""The catalogue as one reader sees it: lists with facets, a company, a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from forum.domain.company_sizes import COMPANY_SIZES
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.localized import Localized
from forum.domain.regions import REGIONS
from forum.domain.sectors import SECTORS
from forum.domain.states import Category
from forum.domain.visibility import Audience, Reader
from forum.domain.vocabulary import Vocabulary
from forum.queries import catalogue_index
from forum.queries.catalogue_index import Catalogue, Seen
from forum.queries.catalogue_records import Firm, Person
from forum.queries.paging import Page
from forum.queries.people import full_name
from forum.search import facets
from forum.search.documents import Document, Hit
from forum.search.index import Index

FACETS: Final = ("side", "sector", "offers", "seeks", "language", "size", "region")
PAGE_SIZE: Final = 20
_TITLES: Final[Mapping[str, Vocabulary]] = {
    "sector": SECTORS,
    "offers": SECTORS,
    "seeks": SECTORS,
    "language": LANGUAGES_SPOKEN,
    "size": COMPANY_SIZES,
    "region": REGIONS,
}


@dataclass(frozen=True)
class Choice:
    """What is asked for: words, values by facet, and which page of ``size``."""

    text: str = ""
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    number: int = 1
    size: int = PAGE_SIZE


@dataclass(frozen=True)
class FacetValue:
    code: str
    title: Localized
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class CompanyCard:
    """A company in a list. ``sectors`` are codes."""

    id: int
    name: Localized
    delegation: Localized
    town: str | None
    sectors: tuple[str, ...]
    offers: str | None
    seeks: str | None


@dataclass(frozen=True)
class PersonCard:
    """A person in a list; ``company_id`` is None where the reader may not see the company's page."""

    id: int
    name: str
    latin_name: str
    position: Localized
    company: Localized
    company_id: int | None
    delegation: Localized
    category: Category
    spoken: tuple[str, ...]
    is_head: bool
    is_vip: bool
    has_photo: bool


@dataclass(frozen=True)
class CompanyPage:
    """A company with those of its people whom the reader may see."""

    card: CompanyCard
    full_name: Localized
    legal_form: str | None
    region: str | None
    offer_sectors: tuple[str, ...]
    seek_sectors: tuple[str, ...]
    size: str | None
    website: str | None
    about: Localized
    people: tuple[PersonCard, ...]


@dataclass(frozen=True)
class PersonPage:
    """A person. ``aide`` is through whom a VIP is reached; "" where the reader may not see the aide."""

    card: PersonCard
    region: str | None
    aide: str
    aide_id: int | None


@dataclass(frozen=True)
class CompanyList:
    page: Page[CompanyCard]
    facets: Mapping[str, tuple[FacetValue, ...]]


@dataclass(frozen=True)
class PersonList:
    page: Page[PersonCard]
    facets: Mapping[str, tuple[FacetValue, ...]]


def is_open(*, event_id: int, reader: Reader) -> bool:
    """Whether there is a catalogue for the reader: strangers have one only where the event says so."""
    return reader.audience is not Audience.EVERYBODY or catalogue_index.of_event(event_id).is_public


def sees(*, event_id: int, row_id: int, reader: Reader) -> bool:
    """Whether the reader finds that person in the catalogue."""
    known = catalogue_index.of_event(event_id)
    is_closed = reader.audience is Audience.EVERYBODY and not known.is_public
    return not is_closed and row_id in known.seen_by(reader).people


def companies(*, event_id: int, reader: Reader, choice: Choice, language: str) -> CompanyList:
    """The companies chosen, best hits first, equal ones as ``language`` sorts."""
    known = catalogue_index.of_event(event_id)
    order = {key: firm.sort_keys[language] for key, firm in known.companies.items()}
    ids, counted = _chosen(
        known, known.companies_index, known.seen_by(reader).companies, order, choice, _names_of(reader)
    )
    shown, number = _cut(ids, choice)
    cards = tuple(_company_card(known, known.companies[key]) for key in shown)
    return CompanyList(Page(cards, len(ids), number, choice.size), counted)


def people(*, event_id: int, reader: Reader, choice: Choice, language: str) -> PersonList:
    """The people chosen, best hits first, equal ones as ``language`` sorts."""
    known = catalogue_index.of_event(event_id)
    order = {key: person.sort_keys[language] for key, person in known.people.items()}
    names = {name: name for name in FACETS}
    ids, counted = _chosen(known, known.people_index, known.seen_by(reader).people, order, choice, names)
    shown, number = _cut(ids, choice)
    cards = tuple(_person_card(known, reader, known.people[key]) for key in shown)
    return PersonList(Page(cards, len(ids), number, choice.size), counted)


def company(*, event_id: int, row_id: int, reader: Reader, language: str = "ru") -> CompanyPage | None:
    """A company, None for one that is not there for this reader."""
    known = catalogue_index.of_event(event_id)
    seen = known.seen_by(reader)
    return _page(known, seen, known.companies[row_id], reader, language) if row_id in seen.companies else None


def company_pages(*, event_id: int, reader: Reader, language: str) -> Mapping[int, CompanyPage]:
    """All companies that are there for this reader, by name; the catalogue is read once."""
    known = catalogue_index.of_event(event_id)
    seen = known.seen_by(reader)
    order = sorted(seen.companies, key=lambda key: (known.companies[key].sort_keys[language], key))
    return {key: _page(known, seen, known.companies[key], reader, language) for key in order}


def _page(known: Catalogue, seen: Seen, firm: Firm, reader: Reader, language: str) -> CompanyPage:
    own = sorted(
        (known.people[key] for key in firm.people if key in seen.people),
        key=lambda one: (one.sort_keys[language], one.id),
    )
    return CompanyPage(
        card=_company_card(known, firm),
        full_name=firm.full_name,
        legal_form=firm.legal_form,
        region=firm.region,
        offer_sectors=firm.offer_sectors,
        seek_sectors=firm.seek_sectors,
        size=firm.size,
        website=firm.website,
        about=firm.about,
        people=tuple(_person_card(known, reader, one) for one in own),
    )


def person(*, event_id: int, row_id: int, reader: Reader) -> PersonPage | None:
    """A person, None for one who is not there for this reader."""
    known = catalogue_index.of_event(event_id)
    seen = known.seen_by(reader)
    if row_id not in seen.people:
        return None
    found = known.people[row_id]
    aide = known.people.get(found.aide_id or 0) if found.aide_id in seen.people else None
    return PersonPage(
        card=_person_card(known, reader, found),
        region=found.region,
        aide=name_of(aide) if aide else "",
        aide_id=aide.id if aide else None,
    )


def name_of(person: Person) -> str:
    """Given name first, as one says it."""
    return full_name(person.given_name, person.patronymic, person.family_name)


def card_of(known: Catalogue, company_id: int) -> CompanyCard:
    """The card of one company of a catalogue in hand."""
    return _company_card(known, known.companies[company_id])


def _names_of(reader: Reader) -> dict[str, str]:
    """Under which name a facet of companies is kept for the reader: languages are those of people."""
    is_stranger = reader.audience is Audience.EVERYBODY
    return {name: "public_language" if name == "language" and is_stranger else name for name in FACETS}


def _chosen(
    known: Catalogue,
    index: Index,
    seen: frozenset[int],
    order: Mapping[int, bytes],
    choice: Choice,
    names: Mapping[str, str],
) -> tuple[list[int], dict[str, tuple[FacetValue, ...]]]:
    """Ids in their order, and the facets of what the words alone have found."""
    hits = index.search(choice.text, seen)
    documents = [document for hit in hits if (document := index.get(hit.id)) is not None]
    chosen = {names[name]: values for name, values in choice.facets.items() if name in names}
    remaining = {document.id for document in documents if facets.is_chosen(document, chosen)}
    ids = [hit.id for hit in sorted(hits, key=lambda hit: _rank(hit, order)) if hit.id in remaining]
    return ids, _facets(known, documents, chosen, names)


def _rank(hit: Hit, order: Mapping[int, bytes]) -> tuple[int, int, int, bytes, int]:
    return hit.errors, hit.cost, hit.rest, order[hit.id], hit.id


def _facets(
    known: Catalogue, documents: Iterable[Document], chosen: facets.Chosen, names: Mapping[str, str]
) -> dict[str, tuple[FacetValue, ...]]:
    """Every facet with its values, the commonest first; what is chosen stays even where it finds nothing."""
    counted = facets.counts(documents, names.values(), chosen)
    found = {}
    for name, kept in names.items():
        wanted = chosen.get(kept, frozenset())
        counts = {**dict.fromkeys(wanted, 0), **counted[kept]}
        values = [
            FacetValue(code, title, count, code in wanted)
            for code, count in counts.items()
            if (title := _title(known, name, code)) is not None
        ]
        found[name] = tuple(sorted(values, key=lambda value: (-value.count, value.code)))
    return found


def _title(known: Catalogue, facet: str, code: str) -> Localized | None:
    if facet == "side":
        return known.delegations.get(int(code)) if code.isdecimal() else None
    return _TITLES[facet].title(code) if code in _TITLES[facet] else None


def _cut(ids: list[int], choice: Choice) -> tuple[list[int], int]:
    number = max(1, min(choice.number, -(-len(ids) // choice.size)))
    return ids[(number - 1) * choice.size : number * choice.size], number


def _company_card(known: Catalogue, firm: Firm) -> CompanyCard:
    return CompanyCard(
        id=firm.id,
        name=firm.short_name,
        delegation=known.delegations.get(firm.delegation_id or 0, Localized()),
        town=firm.town,
        sectors=firm.sectors,
        offers=firm.offers,
        seeks=firm.seeks,
    )


def _person_card(known: Catalogue, reader: Reader, person: Person) -> PersonCard:
    firm = known.companies.get(person.company_id or 0)
    is_linked = firm is not None and firm.id in known.seen_by(reader).companies
    return PersonCard(
        id=person.id,
        name=name_of(person),
        latin_name=person.latin_name,
        position=person.position,
        company=firm.short_name if firm and is_linked else Localized(),
        company_id=firm.id if firm and is_linked else None,
        delegation=known.delegations.get(person.delegation_id or 0, Localized()),
        category=person.category,
        spoken=person.spoken,
        is_head=person.is_head,
        is_vip=person.shown.is_vip,
        has_photo=person.has_photo,
    )

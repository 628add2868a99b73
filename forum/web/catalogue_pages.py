"""What the public catalogue and the cabinet's Partners share: the choice in the address, words, links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from forum.domain.company_sizes import COMPANY_SIZES
from forum.domain.matching import Reason, ReasonKind
from forum.domain.visibility import Reader
from forum.i18n import language
from forum.queries import catalogue
from forum.queries.catalogue import FACETS, Choice
from forum.queries.events import EventView
from forum.queries.suggestions import Suggestion
from forum.web.filters import sector, spoken
from forum.web.numbers import whole_number

FACET_TITLES: Final[Mapping[str, Any]] = {
    "side": _l("Delegation"),
    "sector": _l("Sector"),
    "offers": _l("Offers"),
    "seeks": _l("Seeks"),
    "language": _l("Languages"),
    "size": _l("Size"),
    "region": _l("Region"),
}
_REASONS: Final[Mapping[ReasonKind, Any]] = {
    ReasonKind.YOU_SEEK_WORDS: _l("You look for “%(sought)s”; they offer “%(offered)s”."),
    ReasonKind.THEY_SEEK_WORDS: _l("They look for “%(sought)s”; you offer “%(offered)s”."),
    ReasonKind.YOU_SEEK_SECTOR: _l("You look for what they offer: %(offered)s."),
    ReasonKind.THEY_SEEK_SECTOR: _l("They look for what you offer: %(offered)s."),
    ReasonKind.THEY_SUPPLY: _l("Their sector (%(offered)s) works for yours (%(sought)s)."),
    ReasonKind.YOU_SUPPLY: _l("Your sector (%(offered)s) works for theirs (%(sought)s)."),
}
_IN_WORDS: Final = (ReasonKind.YOU_SEEK_WORDS, ReasonKind.THEY_SEEK_WORDS)


@dataclass(frozen=True)
class Place:
    """Where a catalogue stands: the endpoints of its list, of a company and of a person."""

    listing: str
    company: str
    person: str
    layout: str


PUBLIC: Final = Place(
    "public.catalogue", "public.catalogue_company", "public.catalogue_person", "public/page.html"
)
CABINET: Final = Place(
    "cabinet.partners", "cabinet.partner_company", "cabinet.partner_person", "cabinet/base.html"
)


def choice_in(address: MultiDict[str, str]) -> Choice:
    """What the address asks for; what makes no sense there chooses nothing."""
    chosen = {name: frozenset(filter(None, address.getlist(name))) for name in FACETS}
    return Choice(address.get("q", ""), chosen, address.get("page", 1, type=whole_number))


def listing(event: EventView, reader: Reader, place: Place, **more: Any) -> str:
    """The page of the list: companies, or people where the address says so."""
    is_of_people = request.args.get("what") == "people"
    find = catalogue.people if is_of_people else catalogue.companies
    found = find(event_id=event.id, reader=reader, choice=choice_in(request.args), language=language())
    return render_template(
        "catalogue/list.html",
        found=found,
        is_of_people=is_of_people,
        place=place,
        titles=FACET_TITLES,
        is_narrowed=any(request.args.get(name) for name in ("q", *FACETS)),
        facet_query=facet_query,
        **more,
    )


def facet_query(facet: str, codes: list[str]) -> str:
    """``?…`` of this page with other values of one facet; it goes back to the first page."""
    others = [(key, value) for key, value in request.args.items(multi=True) if key not in (facet, "page")]
    return f"?{urlencode([*others, *((facet, code) for code in codes)])}"


def match_reason(reason: Reason) -> str:
    """The reason in the reader's language; phrases stay as their companies wrote them."""
    if reason.kind in _IN_WORDS:
        return str(_REASONS[reason.kind]) % {"sought": reason.sought, "offered": reason.offered}
    return str(_REASONS[reason.kind]) % {"sought": sector(reason.sought), "offered": sector(reason.offered)}


def match_language(suggestion: Suggestion) -> str:
    """In which language the two would talk, or that they need an interpreter."""
    if suggestion.language:
        return _("You both speak: %(language)s.", language=spoken(suggestion.language))
    if not suggestion.theirs or not suggestion.mine:
        return ""
    return _(
        "You need an interpreter: they speak %(theirs)s, you speak %(mine)s.",
        theirs=", ".join(map(spoken, suggestion.theirs)),
        mine=", ".join(map(spoken, suggestion.mine)),
    )


def size_title(code: str) -> str:
    """A size of companies, by its code."""
    return COMPANY_SIZES.title(code).in_language(language()) if code in COMPANY_SIZES else code

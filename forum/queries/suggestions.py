"""Whom a participant might meet: companies with something for theirs, and a person there to talk to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from forum.domain.matching import Match, Party, Reason, matches
from forum.domain.states import RegistrationStatus
from forum.domain.visibility import Reader
from forum.models import Delegate
from forum.models.base import db
from forum.queries import catalogue, catalogue_index
from forum.queries.catalogue import CompanyCard
from forum.queries.catalogue_index import Catalogue


@dataclass(frozen=True)
class Suggestion:
    """``reasons`` best first. ``language``: one that both speak, None where they need an interpreter.

    ``person`` is somebody there whom the reader may see; ``theirs`` are the languages of that person.
    """

    company: CompanyCard
    reasons: tuple[Reason, ...]
    person: str
    person_latin: str
    person_id: int
    language: str | None
    theirs: tuple[str, ...]
    mine: tuple[str, ...]


def for_account(
    *, event_id: int, account_id: int | None, reader: Reader, limit: int = 6
) -> tuple[Suggestion, ...]:
    """The best partners for whoever the account is in the event; none for those without a company."""
    me = db.session.execute(
        select(Delegate.company_id, Delegate.spoken)
        .where(
            Delegate.event_id == event_id,
            Delegate.account_id == account_id,
            Delegate.status == RegistrationStatus.APPROVED,
        )
        .order_by(Delegate.id)
        .limit(1)
    ).first()
    known = catalogue_index.of_event(event_id)
    firm = known.companies.get(me.company_id or 0) if me else None
    if me is None or firm is None:
        return ()
    own = replace(firm.party, languages=tuple(me.spoken))
    partners = _partners(known, reader, own)
    found = matches(own, [party for party, _ in partners.values()], limit)
    return tuple(_suggestion(known, match, own, *partners[match.id]) for match in found)


def _partners(known: Catalogue, reader: Reader, me: Party) -> dict[int, tuple[Party, int]]:
    """Companies with the person to meet there: of those whom the reader sees, one who shares a language.

    VIPs are reached through their aides and suggested to nobody.
    """
    seen = known.seen_by(reader)
    found = {}
    for key in seen.companies - {me.id}:
        firm = known.companies[key]
        people = [known.people[each] for each in firm.people if each in seen.people]
        people = [one for one in people if not one.shown.is_vip and not one.shown.is_hidden]
        if people:
            best = min(people, key=lambda one: (set(me.languages).isdisjoint(one.spoken), one.id))
            found[key] = replace(firm.party, languages=best.spoken), best.id
    return found


def _suggestion(known: Catalogue, match: Match, me: Party, party: Party, person_id: int) -> Suggestion:
    return Suggestion(
        company=catalogue.card_of(known, match.id),
        reasons=match.reasons,
        person=catalogue.name_of(known.people[person_id]),
        person_latin=known.people[person_id].latin_name,
        person_id=person_id,
        language=match.language,
        theirs=party.languages,
        mine=me.languages,
    )

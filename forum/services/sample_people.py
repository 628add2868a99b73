"""Rows of the invented forum's delegations, companies, people and accounts, within ``sample.load``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from forum import clock
from forum.domain.consents import PURPOSES
from forum.domain.folding import fold
from forum.domain.localized import Localized
from forum.domain.sector_words import proposed_sectors
from forum.models import (
    Absence,
    Account,
    Company,
    CompanySector,
    Consent,
    Delegate,
    Delegation,
    Grant,
    Interpreter,
    InterpreterAvailability,
    Quota,
)
from forum.models.base import db
from forum.sample import records
from forum.sample.particulars import particulars
from forum.sample.people import away_reason
from forum.services import bulk, passwords, person_columns

Ids = Mapping[Any, int]


def delegations(event_id: int, forum: records.Forum) -> Ids:
    """Ids by code."""
    rows = (
        {
            "event_id": event_id,
            "code": one.code,
            "title": one.title,
            "region": one.region,
            "is_host": one.is_host,
            "position": position,
        }
        for position, one in enumerate(forum.delegations)
    )
    ids = dict(zip((one.code for one in forum.delegations), bulk.add(Delegation, rows), strict=True))
    bulk.add(
        Quota,
        (
            {"delegation_id": ids[one.code], "category": category, "places": places}
            for one in forum.delegations
            for category, places in one.quotas
        ),
    )
    return ids


def companies(event_id: int, forum: records.Forum, delegations: Ids) -> Ids:
    """Ids by number."""
    rows = (
        {**_company(event_id, company, delegations), **_particulars_of(company)}
        for company in forum.companies
    )
    ids = dict(zip((company.number for company in forum.companies), bulk.add(Company, rows), strict=True))
    bulk.add_pairs(
        CompanySector,
        (
            {"company_id": ids[company.number], "sector": sector}
            for company in forum.companies
            for sector in company.sectors
        ),
    )
    return ids


def _company(event_id: int, company: records.Company, delegations: Ids) -> dict[str, Any]:
    name, title, now = company.name, company.title, clock.now()
    return {
        "event_id": event_id,
        "delegation_id": delegations[company.delegation],
        "legal_form": name.form,
        "bare_name": name.bare,
        "full_name": title or name.full,
        "short_name": title or name.short,
        "badge_name": title or name.badge,
        "identity_key": name.identity_key,
        "search_key": fold(" ".join((name.bare, *(title or Localized()).values()))),
        "town": company.town,
        "region": company.region,
        "offers": company.offers,
        "seeks": company.seeks,
        "created_at": now,
        "updated_at": now,
        **person_columns.sort_keys(name.bare.lstrip("«")),
    }


def _particulars_of(company: records.Company) -> dict[str, Any]:
    said = particulars(company)
    return {
        "size": said.size,
        "website": said.website,
        "about": said.about,
        "offer_sectors": list(proposed_sectors(company.offers)),
        "seek_sectors": list(proposed_sectors(company.seeks)),
    }


def people(event_id: int, forum: records.Forum, delegations: Ids, companies: Ids) -> Ids:
    """Ids by number."""
    rows = (_delegate(event_id, person, delegations, companies) for person in forum.people)
    ids: Ids = dict(zip((person.number for person in forum.people), bulk.add(Delegate, rows), strict=True))
    for person in forum.people:
        if person.aide is not None or person.accompanies is not None:
            db.session.execute(
                update(Delegate)
                .where(Delegate.id == ids[person.number])
                .values(aide_id=ids.get(person.aide), accompanies_id=ids.get(person.accompanies))
            )
    _absences(forum, ids)
    _consents(forum, ids)
    return ids


def _delegate(event_id: int, person: records.Person, delegations: Ids, companies: Ids) -> dict[str, Any]:
    name = person.name
    return {
        "event_id": event_id,
        "delegation_id": delegations[person.delegation],
        "company_id": companies[person.company] if person.company else None,
        "number": person.number,
        "category": person.category,
        "status": person.status,
        "visibility": person.visibility,
        "is_head": person.is_head,
        "is_vip": person.aide is not None,
        "precedence": person.precedence,
        "family_name": name.family,
        "given_name": name.given,
        "patronymic": name.patronymic or None,
        "latin_family_name": person.latin_family_name,
        "latin_given_name": person.latin_given_name,
        "position": person.position,
        **person_columns.keys(name, person.latin_family_name, person.latin_given_name),
        **_particulars(person),
    }


def _particulars(person: records.Person) -> dict[str, Any]:
    return {
        "email": person.email,
        "phone": person.phone,
        "phone_extension": person.phone_extension,
        "town": person.town,
        "region": person.region,
        "spoken": list(person.spoken),
        "language": person.language,
        "diet": person.diet,
        "access_needs": person.access_needs,
        "arrives_at": person.arrives_at,
        "leaves_at": person.leaves_at,
        "created_at": person.registered_at,
        "updated_at": person.registered_at,
    }


def _absences(forum: records.Forum, people: Ids) -> None:
    opening = forum.slots[0].time.start
    bulk.add(
        Absence,
        (
            {
                "delegate_id": people[person.number],
                "starts_at": person.absence.start,
                "ends_at": person.absence.end,
                "reason": away_reason(person.language, is_late=person.absence.start == opening),
            }
            for person in forum.people
            if person.absence
        ),
    )


def _consents(forum: records.Forum, people: Ids) -> None:
    bulk.add(
        Consent,
        (
            {
                "delegate_id": people[person.number],
                "purpose": purpose,
                "text_version": PURPOSES[purpose].version,
                "given_at": person.registered_at,
            }
            for person in forum.people
            for purpose in person.consents
        ),
    )


def accounts(event_id: int, forum: records.Forum, password: str, delegations: Ids, sites: Ids) -> Ids:
    """Ids by e-mail. An account that is there from an earlier forum is taken up and gets the password."""
    password_hash, now = passwords.hashed(password), clock.now()
    ids: dict[str, int] = {}
    for one in forum.sign_ins:
        account = db.session.scalar(select(Account).where(Account.email == one.email))
        if account is None:
            account = Account(email=one.email, name=one.name, language=one.language, created_at=now)
            db.session.add(account)
        account.password_hash = password_hash
        account.grants.append(
            Grant(
                role=one.role,
                event_id=event_id,
                delegation_id=delegations[one.delegation] if one.delegation else None,
                site_id=sites[one.site] if one.site else None,
            )
        )
        db.session.flush()
        ids[one.email] = account.id
    return ids


def interpreters(event_id: int, forum: records.Forum, people: Ids, accounts: Ids) -> None:
    """The bookable interpreters, and the people of the sign-ins tied to their accounts."""
    own = {one.person: accounts[one.email] for one in forum.sign_ins if one.person}
    for number, account_id in own.items():
        db.session.execute(
            update(Delegate).where(Delegate.id == people[number]).values(account_id=account_id)
        )
    by_number = {person.number: person for person in forum.people}
    rows = (
        {
            "event_id": event_id,
            "account_id": own.get(one.person),
            "delegate_id": people[one.person],
            "name": by_number[one.person].name.given_first,
            "spoken": list(one.spoken),
            "phone": by_number[one.person].phone,
            "max_in_a_row": one.max_in_a_row,
        }
        for one in forum.interpreters
    )
    ids = bulk.add(Interpreter, rows)
    bulk.add(
        InterpreterAvailability,
        (
            {"interpreter_id": row_id, "starts_at": hours.start, "ends_at": hours.end}
            for row_id, one in zip(ids, forum.interpreters, strict=True)
            for hours in one.hours
        ),
    )

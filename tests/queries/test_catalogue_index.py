"""The catalogue's index follows the tables: only what changed is read again, and nothing stays as it was."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest
from flask import Flask
from sqlalchemy import delete, select

from forum import clock
from forum.domain.consents import CATALOGUE
from forum.domain.localized import Localized
from forum.domain.states import RegistrationStatus, Visibility
from forum.models import Company, CompanySector, Consent, Delegate, Delegation, Event
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import catalogue_index, company_search
from forum.queries.catalogue_index import Catalogue
from forum.services import precedence
from forum.unit_of_work import transaction
from tests import factories

WORDS: Final = ("Алмаз", "Байтерек", "Жетісу", "Полимер", "Упаковка", "Серік", "Ли", "Қайрат")
ASKED: Final = (*WORDS, "алмас", "серикт", "Байтерек Алмаз", "")


def _a_person(chance: random.Random, event: Event) -> Delegate:
    return chance.choice(list(db.session.scalars(select(Delegate).where(Delegate.event_id == event.id))))


def _a_company(chance: random.Random, event: Event) -> Company:
    return chance.choice(list(db.session.scalars(select(Company).where(Company.event_id == event.id))))


def _rename_person(chance: random.Random, event: Event) -> None:
    row = _a_person(chance, event)
    row.family_name, row.sort_ru = chance.choice(WORDS), chance.randbytes(3)
    row.spoken, row.visibility = chance.choice((["ru"], ["kk", "ru"])), chance.choice(list(Visibility))


def _rename_company(chance: random.Random, event: Event) -> None:
    row = _a_company(chance, event)
    row.bare_name, row.legal_form = chance.choice(WORDS), chance.choice(("ooo", "ip"))
    row.offers, row.sort_ru = chance.choice(WORDS), chance.randbytes(3)
    row.sectors = [CompanySector(sector=chance.choice(("food", "it")))]
    row.updated_at = clock.now()


def _move_person(chance: random.Random, event: Event) -> None:
    _a_person(chance, event).company_id = chance.choice((None, _a_company(chance, event).id))


def _decide(chance: random.Random, event: Event) -> None:
    _a_person(chance, event).status = chance.choice(
        (RegistrationStatus.APPROVED, RegistrationStatus.APPROVED, RegistrationStatus.WITHDRAWN)
    )


def _arrive(chance: random.Random, event: Event) -> None:
    company = factories.company(event, chance.choice(WORDS), identity_key=f"key {next(_KEYS)}")
    factories.delegate(event, family_name=chance.choice(WORDS), company_id=company.id)


def _agree(chance: random.Random, event: Event) -> None:
    row, now = _a_person(chance, event), clock.now()
    db.session.execute(delete(Consent).where(Consent.delegate_id == row.id))
    db.session.add(
        Consent(
            delegate_id=row.id,
            purpose=CATALOGUE,
            text_version=str(chance.random()),
            given_at=now,
            withdrawn_at=chance.choice((None, now)),
        )
    )


def _remove_company(chance: random.Random, event: Event) -> None:
    if db.session.query(Company).count() > 2:
        db.session.delete(_a_company(chance, event))


_KEYS: Final = itertools.count()
CHANGES: Final[tuple[Callable[[random.Random, Event], None], ...]] = (
    _rename_person, _rename_company, _move_person, _decide, _arrive, _agree, _remove_company,
)  # fmt: skip


def _all_of(known: Catalogue) -> Mapping[str, Any]:
    """What readers can learn of it: everything, in its order."""
    return {
        "people": list(known.people.items()),
        "companies": list(known.companies.items()),
        "documents": (known.people_index.documents, known.companies_index.documents),
        "found": [
            index.search(text) for text in ASKED for index in (known.people_index, known.companies_index)
        ],
        "rest": (known.delegations, known.vips_seen_by, known.is_public),
    }


@pytest.fixture
def event(app: Flask) -> Event:
    with transaction():
        event = factories.event()
        for _each in range(5):
            _arrive(random.Random(1), event)
    return event


@pytest.mark.parametrize("seed", range(4))
def test_after_any_changes_it_is_what_would_be_built_anew(event: Event, seed: int) -> None:
    chance = random.Random(seed)
    for _round in range(12):
        catalogue_index.of_event(event.id)
        company_search.find(event.id, "алмаз")
        for change in chance.sample(CHANGES, chance.randint(1, 2)):
            with transaction():
                change(chance, db.session.merge(event))
        assert _all_of(catalogue_index.of_event(event.id)) == _all_of(catalogue_index.built(event.id))
        found = {hit.id for hit in company_search.find(event.id, "алмаз", 99, with_sole_traders=True)}
        named = select(Company.id).where(Company.event_id == event.id, Company.bare_name == "Алмаз")
        assert found == set(db.session.scalars(named))


def test_only_what_changed_is_read_again(event: Event) -> None:
    before = catalogue_index.of_event(event.id)
    with transaction():
        row = db.session.scalars(select(Delegate).order_by(Delegate.id)).first()
        assert row is not None
        row.position = Localized(ru="инженер")
    now = catalogue_index.of_event(event.id)
    renewed = [key for key, person in now.people.items() if person is not before.people[key]]
    assert (renewed, now.people[row.id].position["ru"]) == ([row.id], "инженер")
    assert all(firm is before.companies[key] for key, firm in now.companies.items())


def test_whoever_leads_is_seen_although_no_form_becomes_stale(event: Event) -> None:
    with transaction():
        side = factories.delegation(db.session.merge(event))
        key = factories.delegate(db.session.merge(event), delegation_id=side.id).id
    catalogue_index.of_event(event.id)
    precedence.put_head(actor=SYSTEM, event_id=event.id, delegation_id=side.id, delegate_id=key)
    assert catalogue_index.of_event(event.id).people[key].is_head


def test_a_delegation_that_goes_takes_its_side_with_it(event: Event) -> None:
    """Rows point to it without a new version: the database itself lets go."""
    with transaction():
        side = factories.delegation(db.session.merge(event))
        key = factories.delegate(db.session.merge(event), delegation_id=side.id).id
    catalogue_index.of_event(event.id)
    with transaction():
        db.session.execute(delete(Delegation).where(Delegation.id == side.id))
    assert catalogue_index.of_event(event.id).people[key].delegation_id is None

"""Companies: made once, changed by those who may, made one when they are one."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.domain.company_names import named, parse_company_name
from forum.domain.localized import Localized
from forum.errors import ForumError
from forum.models import Company, Event, JournalEntry
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import companies
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given
from tests.services.test_rivals import _at_once


def _made(event_id: int, name: str, **values: object) -> int:
    with transaction():
        return companies.find_or_make(
            actor=SYSTEM,
            event_id=event_id,
            name=parse_company_name(name),
            **values,  # type: ignore[arg-type]
        )


def _count(event: Event) -> int | None:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Company.event_id == event.id))


def test_all_spellings_are_one_company(any_app: Flask) -> None:
    event = given(factories.event)
    spellings = (
        "ТОО «Қайрат»",
        "тоо кайрат",
        "«Кайрат» ЖШС",
        'Товарищество с ограниченной ответственностью "Қайрат"',
    )
    assert len({_made(event.id, name) for name in spellings}) == 1
    assert _count(event) == 1


def test_one_form_is_not_another(app: Flask) -> None:
    event = given(factories.event)
    assert _made(event.id, "ООО «Прогресс»") != _made(event.id, "ТОО «Прогресс»")


def test_a_new_company_has_its_names_keys_and_sectors(app: Flask) -> None:
    event = given(factories.event)
    company_id = _made(
        event.id,
        "ООО «Заря»",
        written={"badge_name": Localized(kk="Заря Трейд")},
        sectors=("food", "packaging"),
        offers="Упаковка и этикетки",
        seeks="Склад в Алматы",
    )
    row = db.session.get_one(Company, company_id)
    assert dict(row.short_name) == {"ru": "ООО «Заря»", "kk": "«Заря» ЖШС", "en": "Zaria LLC"}
    assert dict(row.badge_name) == {"ru": "Заря", "kk": "Заря Трейд", "en": "Zaria"}
    assert [each.sector for each in row.sectors] == ["food", "packaging"]
    assert (row.offer_sectors, row.seek_sectors) == (["packaging", "printing"], ["logistics"])
    assert all((row.sort_ru, row.sort_kk, row.sort_en, row.search_key))


def test_one_that_is_there_stays_as_it_is(app: Flask) -> None:
    event = given(factories.event)
    company_id = _made(event.id, "ООО «Заря»", town="Истра")
    assert _made(event.id, "ООО «Заря»", town="Клин", sectors=("food",)) == company_id
    db.session.rollback()
    row = db.session.get_one(Company, company_id)
    assert (row.town, list(row.sectors)) == ("Истра", [])


def test_who_was_added_is_in_the_journal_once(app: Flask) -> None:
    event = given(factories.event)
    company_id = _made(event.id, "ООО «Заря»")
    _made(event.id, "ООО «Заря»")
    rows = db.session.execute(select(JournalEntry.action, JournalEntry.subject_id)).all()
    assert [tuple(row) for row in rows] == [("company_made", company_id)]


def test_rivals_get_one_company(any_app: Flask) -> None:
    event = given(factories.event)
    event_id = event.id
    make = lambda: _made(event_id, "ООО «Заря»")  # noqa: E731
    for _ in range(3):
        assert _at_once(any_app, make, make, make, make) == ["done"] * 4
        assert _count(event) == 1
        with transaction():
            db.session.delete(db.session.scalar(select(Company).where(Company.event_id == event_id)))


def test_a_chosen_form_wins_over_the_typed_one() -> None:
    assert named("too", "ООО «Заря»") == named("too", "Заря")
    assert named(None, "ООО «Заря»").form == "ooo"
    assert named("no such form", "Заря").form is None


def test_a_name_without_a_letter_is_refused(app: Flask) -> None:
    event = given(factories.event)
    with pytest.raises(ForumError, match="company_name_missing"):
        _made(event.id, "«…»")

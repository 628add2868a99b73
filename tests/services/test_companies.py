"""Companies: made once, changed by those who may, made one when they are one."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.domain.company_names import named, parse_company_name
from forum.domain.company_profile import replaced
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import Company, Event, JournalEntry
from forum.models.base import db
from forum.policy import SYSTEM, Actor, actor_of
from forum.queries import companies as queries
from forum.queries import company_search, events
from forum.queries.companies import CompanyView
from forum.services import badge_previews, companies
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given
from tests.services.test_rivals import _at_once
from tests.small_forums import small_forum


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


def _changed(actor: Actor, company: CompanyView, **values: object) -> tuple[str, ...]:
    return companies.change(
        actor=actor,
        event_id=company.event_id,
        company_id=company.id,
        version=company.version,
        profile=replaced(company.profile, values),
    )


def _view(event_id: int, company_id: int) -> CompanyView:
    db.session.rollback()
    found = queries.find(event_id=event_id, row_id=company_id)
    assert found is not None
    return found


def test_the_office_changes_everything_and_keys_follow(app: Flask) -> None:
    event = given(factories.event)
    event_id = event.id
    company = _view(event_id, _made(event_id, "ООО «Заря»"))
    fields = _changed(
        SYSTEM,
        company,
        legal_form="too",
        bare_name="Қайрат",
        full_name=Localized(),
        short_name=Localized(en="Kairat Group"),
        badge_name=Localized(),
        sectors=("packaging", "food"),
        website="zaria.example",
    )
    after = _view(event_id, company.id)
    assert fields == (
        "legal_form",
        "bare_name",
        "full_name",
        "short_name",
        "badge_name",
        "sectors",
        "website",
    )
    assert dict(after.profile.short_name) == {
        "ru": "ТОО «Қайрат»",
        "kk": "«Қайрат» ЖШС",
        "en": "Kairat Group",
    }
    assert (after.profile.website, after.profile.sectors) == ("https://zaria.example", ("food", "packaging"))
    assert companies.by_identity(event_id, parse_company_name("Кайрат ЖШС")) == company.id
    assert [hit.id for hit in company_search.find(event_id, "кайрат")] == [company.id]


def test_a_change_of_nothing_is_none(app: Flask) -> None:
    event = given(factories.event)
    company = _view(event.id, _made(event.id, "ООО «Заря»"))
    assert _changed(SYSTEM, company) == ()
    assert _view(company.event_id, company.id).version == company.version


def test_who_comes_too_late_is_told(any_app: Flask) -> None:
    event = given(factories.event)
    company = _view(event.id, _made(event.id, "ООО «Заря»"))
    _changed(SYSTEM, company, town="Клин")
    with pytest.raises(StaleError, match="company_stale"):
        _changed(SYSTEM, company, town="Истра")


def test_those_of_the_company_change_what_it_says_and_no_names(app: Flask) -> None:
    event = given(factories.event)
    event_id = event.id
    account = cast.account(Role.DELEGATE, event_id=event_id)
    company_id = _made(event_id, "ООО «Заря»")
    given(factories.delegate, event=event, company_id=company_id, account_id=account.id)
    company = _view(event_id, company_id)
    fields = _changed(actor_of(account), company, offers="Сыр", bare_name="Закат", town="Клин")
    after = _view(event_id, company_id).profile
    assert (fields, after.offers, after.bare_name, after.town) == (("offers",), "Сыр", "Заря", None)


@pytest.mark.parametrize("status", [RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN])
def test_who_is_of_another_company_or_has_left_changes_nothing(
    app: Flask, status: RegistrationStatus
) -> None:
    event = given(factories.event)
    event_id = event.id
    account = cast.account(Role.DELEGATE, event_id=event_id)
    company_id, other_id = _made(event_id, "ООО «Заря»"), _made(event_id, "ООО «Закат»")
    given(factories.delegate, event=event, company_id=company_id, account_id=account.id, status=status)
    for each in (company_id, other_id):
        with pytest.raises(NotAllowedError):
            _changed(actor_of(account), _view(event_id, each), offers="Сыр")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"bare_name": "…"}, "company_name_missing"),
        ({"bare_name": "Закат"}, "company_is_there"),
        ({"website": "not a site"}, "bad_website"),
        ({"sectors": ("magic",)}, "no_such_code"),
        ({"size": "vast"}, "no_such_code"),
        ({"legal_form": "club"}, "no_such_code"),
        ({"region": "atlantis"}, "no_such_code"),
        ({"delegation_id": 99}, "no_such_delegation"),
    ],
)
def test_what_makes_no_sense_is_refused(app: Flask, values: dict[str, object], code: str) -> None:
    event = given(factories.event)
    _made(event.id, "ООО «Закат»")
    company = _view(event.id, _made(event.id, "ООО «Заря»"))
    with pytest.raises(ForumError, match=code):
        _changed(SYSTEM, company, **values)


def test_another_badge_name_makes_another_badge(app: Flask) -> None:
    """Papers are compared by their content: what was printed before is stale by that."""
    forum = small_forum(companies=1)
    event, person_id, company_id = events.get(forum.event.id), forum.delegates[0].id, forum.companies[0].id
    badge = lambda: badge_previews.of_delegate(event=event, delegate_id=person_id)  # noqa: E731
    before = badge()
    _changed(SYSTEM, _view(event.id, company_id), offers="Сыр")
    assert badge() == before
    _changed(SYSTEM, _view(event.id, company_id), badge_name=Localized(ru="Новое имя"))
    assert badge() != before

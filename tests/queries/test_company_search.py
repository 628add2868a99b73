"""Companies that a form may mean."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from forum.domain.company_names import parse_company_name
from forum.models import Company, Event
from forum.models.base import db
from forum.policy import ANONYMOUS
from forum.queries import company_search
from forum.services import companies
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given
from tests.queries_counted import statements


def _made(event: Event, name: str, **values: object) -> int:
    with transaction():
        return companies.find_or_make(
            actor=ANONYMOUS,
            event_id=event.id,
            name=parse_company_name(name),
            **values,  # type: ignore[arg-type]
        )


def _found(event: Event, text: str) -> list[str]:
    return [hit.short_name["ru"] for hit in company_search.find(event.id, text)]


def test_a_hit_says_what_tells_companies_apart(app: Flask) -> None:
    event = given(factories.event)
    company_id = _made(event, "ТОО «Алматы Қаптама»", town="Қонаев")
    hit = company_search.find(event.id, "almaty kaptama")[0]
    assert (hit.id, hit.legal_form, hit.town) == (company_id, "too", "Қонаев")
    assert dict(hit.short_name) == {
        "ru": "ТОО «Алматы Қаптама»", "kk": "«Алматы Қаптама» ЖШС", "en": "Almaty Kaptama LLP",
    }  # fmt: skip


def test_the_form_that_was_typed_comes_first(app: Flask) -> None:
    event = given(factories.event)
    for name in ("ООО «Прогресс»", "ТОО «Прогресс»", "ООО «Прогресс-Агро»"):
        _made(event, name)
    assert _found(event, "прогресс жшс") == ["ТОО «Прогресс»", "ООО «Прогресс»", "ООО «Прогресс-Агро»"]


def test_a_company_is_found_at_once_and_under_its_new_name(app: Flask) -> None:
    event = given(factories.event)
    company_id = _made(event, "ООО «Рассвет»")
    assert _found(event, "рассвет") == ["ООО «Рассвет»"]
    _made(event, "ООО «Рассветное»")
    assert _found(event, "рассвет") == ["ООО «Рассвет»", "ООО «Рассветное»"]
    with transaction():
        db.session.delete(db.session.get(Company, company_id))
    assert _found(event, "рассвет") == ["ООО «Рассветное»"]


def test_of_another_forum_nothing_is_found(app: Flask) -> None:
    event, other = given(factories.event), given(factories.event)
    _made(other, "ООО «Рассвет»")
    assert _found(event, "рассвет") == []


def test_a_sole_trader_is_a_person_and_not_on_a_public_list(app: Flask) -> None:
    event = given(factories.event)
    _made(event, "ИП Ерланова Айгуль Маратовна")
    _made(event, "ООО «Ерланова»")
    assert _found(event, "Ерланова") == ["ООО «Ерланова»"]


def test_one_letter_and_a_form_alone_find_nothing(app: Flask) -> None:
    event = given(factories.event)
    _made(event, "ООО «Омега»")
    assert [_found(event, text) for text in ("", " ", "о", "ООО", "«ООО»")] == [[], [], [], [], []]


def test_it_asks_three_statements_once_and_then_one(app: Flask) -> None:
    event = given(factories.event)
    for number in range(30):
        _made(event, f"ООО «Опора-{number}»")
    event_id, counted = event.id, []
    db.session.rollback()
    for _ in range(2):
        with statements(app) as sent:
            company_search.find(event_id, "опора")
        counted.append(len(sent))
    assert counted == [3, 1]


def test_the_page_answers_in_the_reader_s_language(app: Flask, client: FlaskClient) -> None:
    event = given(factories.event)
    company_id = _made(event, "ТОО «Алматы Қаптама»", town="Қонаев")
    address = f"/e/{event.code}/companies/hits"
    answer = client.get(address, query_string={"q": "алматы", "lang": "kk"})
    assert answer.json == [
        {
            "id": company_id,
            "name": "«Алматы Қаптама» ЖШС",
            "note": "жауапкершілігі шектеулі серіктестігі, Қонаев",
        }
    ]
    assert client.get(address).json == []

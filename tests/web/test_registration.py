"""Registering, step by step, as a browser without a script does it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.domain.states import RegistrationStatus
from forum.models import Company, Delegate, Event
from forum.models.base import db
from tests import factories

WHO: Mapping[str, Any] = {
    "family_name": "Сұлтанғазиев",
    "given_name": "Ерлан",
    "email": "erlan@example.org",
    "phone": "8 701 123-45-67",
    "language": "kk",
}
STEPS: Mapping[str, Mapping[str, Any]] = {
    "who": WHO,
    "company": {"company_text": "Прогресс", "do": "new"},
    "new-company": {
        "company_name": "ТОО Прогресс",
        "company_town": "Қонаев",
        "company_region": "almaty_region",
    },
    "business": {"sectors": ["food", "trade"], "offers": "сүт", "seeks": "буып-түю"},
    "work": {"position_kk": "директор", "spoken": ["kk", "ru"], "town": "Қонаев", "region": "almaty_region"},
    "stay": {"arrives_on": "2.12.2026", "arrives_time": "9", "diet": "халал"},
    "photo": {},
    "consents": {
        "consent_processing": "y",
        "consent_transfer": "y",
        "consent_catalogue": "y",
        "visibility": "public",
    },
    "check": {},
}


@pytest.fixture(autouse=True)
def _without_csrf(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.given(factories.event, code="forum")


def begin(client: FlaskClient, category: str = "delegate", language: str = "kk") -> None:
    client.set_cookie("language", language)
    answer = client.post("/e/forum/register/begin", data={"category": category})
    assert answer.location == "/e/forum/register/who"


def fill_in(client: FlaskClient, steps: Mapping[str, Mapping[str, Any]] = STEPS) -> str:
    """Send every step; returns where the last one led to."""
    location = ""
    for step, typed in steps.items():
        assert client.get(f"/e/forum/register/{step}").status_code == 200, step
        answer = client.post(f"/e/forum/register/{step}", data=typed)
        assert answer.status_code == 303, (step, re.findall("field-error.*?</p>", answer.text, re.S))
        location = answer.location
    return location


def test_from_the_first_page_to_thank_you(client: FlaskClient, event: Event) -> None:
    assert client.get("/e/forum/register").status_code == 200
    begin(client)
    assert fill_in(client) == "/e/forum/register/thanks"
    assert client.get("/e/forum/register/thanks").status_code == 200
    row = db.session.query(Delegate).one()
    company = db.session.query(Company).one()
    assert (row.family_name, row.latin_family_name, row.phone, row.status, row.spoken) == (
        "Сұлтанғазиев",
        "Sultangaziev",
        "+77011234567",
        RegistrationStatus.APPLIED,
        ["kk", "ru"],
    )
    assert (company.short_name["kk"], row.company_id, company.offers) == ("«Прогресс» ЖШС", company.id, "сүт")

"""``flask registration add`` and ``drafts``."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.domain.registration_steps import Step
from forum.domain.states import Category
from forum.models import Company, Consent, Delegate, Event, Message
from forum.models.base import db
from forum.policy import ANONYMOUS
from forum.services import drafts
from tests import factories


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.given(factories.event, code="forum")


def _run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["registration", *arguments])
    return result.exit_code, result.output


def test_somebody_is_registered_with_everything(app: Flask, event: Event) -> None:
    code, said = _run(
        app, "add", "--family-name", "СҰЛТАНҒАЗИЕВ", "--given-name", "Ерлан", "--email", "E@Example.org",
        "--phone", "8 701 123-45-67 доб. 5", "--company", "ТОО Прогресс", "--sectors", "пищепром; trade",
        "--position-kk", "директор", "--spoken", "қазақша, ru", "--region", "Алматинская обл.",
        "--arrives", "2026-12-01T09:30", "--language", "kk", "--consent", "processing",
    )  # fmt: skip
    assert (code, said) == (0, "1: applied\n")
    row = db.session.query(Delegate).one()
    assert (row.family_name, row.latin_family_name, row.email, row.phone, row.phone_extension) == (
        "Сұлтанғазиев",
        "Sultangaziev",
        "e@example.org",
        "+77011234567",
        "5",
    )
    assert (row.spoken, row.region, row.arrives_at and row.arrives_at.isoformat()) == (
        ["kk", "ru"],
        "almaty_region",
        "2026-12-01T06:30:00+00:00",
    )
    assert [each.sector for each in db.session.query(Company).one().sectors] == ["food", "trade"]
    assert (db.session.query(Consent).one().purpose, db.session.query(Message).count()) == ("processing", 1)


def test_quietly_no_mail_is_written(app: Flask, event: Event) -> None:
    _run(app, "add", "--family-name", "Ким", "--email", "kim@example.org", "--quiet")
    assert (db.session.query(Delegate).count(), db.session.query(Message).count()) == (1, 0)


@pytest.mark.parametrize(
    ("option", "value", "problem"),
    [
        ("--family-name", "12", "this is no name"),
        ("--email", "somebody", "this is no e-mail address"),
        ("--phone", "12", "this is no phone number"),
        ("--region", "Atlantis", "this region is unknown"),
        ("--spoken", "klingon", "a language is unknown"),
        ("--sectors", "alchemy", "a sector is unknown"),
    ],
)
def test_what_does_not_hold_is_a_usage_error(
    app: Flask, event: Event, option: str, value: str, problem: str
) -> None:
    code, said = _run(app, "add", "--family-name", "Ким", option, value)
    assert (code, problem in said, db.session.query(Delegate).count()) == (2, True, 0)


def test_drafts_are_counted_by_where_people_stopped(app: Flask, event: Event) -> None:
    for typed in ({"family_name": "Серік"}, {}):
        begun = drafts.begin(actor=ANONYMOUS, event_id=event.id, category=Category.DELEGATE, language="kk")
        if typed:
            drafts.save(actor=ANONYMOUS, event_id=event.id, secret=begun.secret, step=Step.WHO, typed=typed)
    assert _run(app, "drafts") == (
        0,
        "(nothing done yet)       1\nwho                      1\nin all                   2\n",
    )
    assert "Серік" in _run(app, "drafts", "--list")[1]

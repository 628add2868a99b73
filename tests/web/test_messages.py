"""The outbox on the desk."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum import mail
from forum.domain.roles import Role
from forum.domain.states import MessageStatus
from forum.models import Event, Message
from forum.models.base import db
from forum.policy import ANONYMOUS, SYSTEM, RoleGranted
from forum.services import accounts, sign_ins
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given
from tests.queries_counted import statements


@pytest.fixture
def event(app: Flask) -> Event:
    app.config["WTF_CSRF_ENABLED"] = False
    return given(factories.event, code="f1")


@pytest.fixture
def organiser(app: Flask, event: Event) -> FlaskClient:
    return cast.browser(app, cast.account(Role.ORGANISER, event_id=event.id))


def _write(event: Event, number: int, status: MessageStatus = MessageStatus.SENT, **values: object) -> int:
    with transaction():
        mail.write(
            occasion=f"note-{event.id}-{number}",
            kind="note",
            recipient=f"person{number}@example.org",
            language="ru",
            subject=f"Subject {number}",
            body="Body",
            event_id=event.id,
        )
        message = db.session.query(Message).order_by(Message.id.desc()).first()
        assert message is not None
        message.status = status
        for name, value in values.items():
            setattr(message, name, value)
        return message.id


def _subjects(browser: FlaskClient, query: str = "") -> list[int]:
    page = browser.get(f"/e/f1/desk/messages{query}").text
    return [number for number in range(1, 70) if f">Subject {number}<" in page]


def test_the_list_shows_the_mails_of_this_forum_only(event: Event, organiser: FlaskClient) -> None:
    _write(event, 1)
    _write(given(factories.event), 2)
    assert _subjects(organiser) == [1]


def test_the_list_filters_by_status_address_and_subject(event: Event, organiser: FlaskClient) -> None:
    _write(event, 1, MessageStatus.FAILED)
    _write(event, 2)
    assert [
        _subjects(organiser, query) for query in ("?status=failed", "?q=PERSON2@", "?q=Subject+1", "?q=%25")
    ] == [
        [1],
        [2],
        [1],
        [],
    ]


@pytest.mark.parametrize(
    "query", ["?status=nonsense", "?page=0", "?page=-7", "?page=99999999999999999999", "?page=x"]
)
def test_an_address_that_makes_no_sense_shows_the_list(
    event: Event, organiser: FlaskClient, query: str
) -> None:
    _write(event, 1)
    assert _subjects(organiser, query) == [1]


def test_a_page_costs_the_same_however_long_the_list(
    app: Flask, event: Event, organiser: FlaskClient
) -> None:
    counts = []
    for numbers in (range(1, 2), range(2, 60)):
        for number in numbers:
            _write(event, number)
        with statements(app) as seen:
            organiser.get("/e/f1/desk/messages")
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_a_failed_mail_says_why_and_is_sent_again(event: Event, organiser: FlaskClient) -> None:
    message_id = _write(event, 1, MessageStatus.FAILED, error="recipient_refused: 550 no such user")
    page = organiser.get(f"/e/f1/desk/messages/{message_id}").text
    assert ("The mail server does not accept this address." in page, "550 no such user" in page) == (
        True,
        True,
    )
    organiser.post(f"/e/f1/desk/messages/{message_id}/send-again")
    assert db.session.query(Message.status).scalar() is MessageStatus.QUEUED


def test_a_sent_mail_is_not_sent_again(event: Event, organiser: FlaskClient) -> None:
    message_id = _write(event, 1)
    assert "send-again" not in organiser.get(f"/e/f1/desk/messages/{message_id}").text
    organiser.post(f"/e/f1/desk/messages/{message_id}/send-again")
    assert db.session.query(Message.status).scalar() is MessageStatus.SENT


def test_the_mail_of_another_forum_is_not_there(event: Event, organiser: FlaskClient) -> None:
    message_id = _write(given(factories.event), 1, MessageStatus.FAILED)
    answers = [
        organiser.get(f"/e/f1/desk/messages/{message_id}"),
        organiser.post(f"/e/f1/desk/messages/{message_id}/send-again"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize(("smtp_url", "is_shown"), [(None, True), ("smtp://mail.example.org", False)])
def test_a_link_to_sign_in_is_read_here_only_while_no_mail_is_sent(
    app: Flask, event: Event, organiser: FlaskClient, smtp_url: str | None, is_shown: bool
) -> None:
    accounts.create(
        actor=SYSTEM, email="d@example.org", name="Дана", roles=[RoleGranted(Role.DELEGATE, event.id)]
    )
    sign_ins.send_link(actor=ANONYMOUS, email="d@example.org", address=None)
    app.extensions["forum_settings"] = replace(app.extensions["forum_settings"], smtp_url=smtp_url)
    message_id = db.session.query(Message.id).scalar()
    page = organiser.get(f"/e/f1/desk/messages/{message_id}").text
    assert ("/sign-in/link/" in page) is is_shown

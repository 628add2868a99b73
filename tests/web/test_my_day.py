"""The delegate's own day and its calendar file."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from forum.domain.roles import Role
from forum.models import Delegate, Interpreter, Meeting
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import plans
from forum.unit_of_work import transaction
from tests import cast
from tests.small_forums import SmallForum, small_forum


def _cabinet(app: Flask, forum: SmallForum) -> FlaskClient:
    account = cast.account(Role.DELEGATE, event_id=forum.event.id)
    with transaction():
        db.session.execute(
            update(Delegate).where(Delegate.id == forum.delegates[0].id).values(account_id=account.id)
        )
    return cast.browser(app, account)


def _published() -> SmallForum:
    forum = small_forum(companies=2, slots=1, tables=1, pairs=[(0, 1)])
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    return forum


def test_the_day_says_whom_where_and_when(app: Flask) -> None:
    forum = _published()
    page = _cabinet(app, forum).get(f"/e/{forum.event.code}/my/").get_data(as_text=True)
    found = [text for text in ("10:00", "ООО «Фирма 1»", "table 1", "Ivolgin Vladimir") if text in page]
    assert found == ["10:00", "ООО «Фирма 1»", "table 1", "Ivolgin Vladimir"]


@pytest.mark.parametrize(
    ("language", "latin", "shown"),
    [
        ("ru", ("Ivolgeen", "Wladimir"), "Иволгин Владимир"),
        ("kk", ("Ivolgeen", "Wladimir"), "Иволгин Владимир"),
        ("en", ("Ivolgeen", "Wladimir"), "Ivolgeen Wladimir"),
        ("en", (None, None), "Ivolgin Vladimir"),
    ],
)
def test_names_are_in_letters_that_the_reader_reads(
    app: Flask, language: str, latin: tuple[str | None, str | None], shown: str
) -> None:
    forum = _published()
    with transaction():
        db.session.execute(
            update(Delegate).values(latin_family_name=latin[0], latin_given_name=latin[1], language=language)
        )
        helper = Interpreter(event_id=forum.event.id, name="Әсел", spoken=["ru", "kk"])
        db.session.add(helper)
        db.session.flush()
        db.session.execute(update(Meeting).values(interpreter_id=helper.id))
    browser = _cabinet(app, forum)
    browser.set_cookie("language", language)
    event = f"/e/{forum.event.code}"
    day, company, calendar = (
        browser.get(f"{event}/my/{page}").text for page in ("", "company/meetings", "agenda.ics")
    )
    helped = "Asel" if language == "en" else "Әсел"
    assert [(shown in text, helped in text) for text in (day, company, calendar)] == [(True, True)] * 3


def test_who_takes_no_part_has_no_day(app: Flask) -> None:
    forum = _published()
    browser = cast.browser(app, cast.account(Role.DELEGATE, event_id=forum.event.id))
    assert browser.get(f"/e/{forum.event.code}/my/").status_code == 404


def test_a_strangers_forum_is_not_there(app: Flask) -> None:
    forum, other = _published(), _published()
    assert _cabinet(app, forum).get(f"/e/{other.event.code}/my/").status_code == 404


def test_the_calendar_keeps_its_identifiers_when_a_schedule_replaces_another(app: Flask) -> None:
    forum = _published()
    browser = _cabinet(app, forum)
    url = f"/e/{forum.event.code}/my/agenda.ics"
    first = _lines(browser.get(url).data, "UID", "SEQUENCE", "DTSTART")
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    second = _lines(browser.get(url).data, "UID", "SEQUENCE", "DTSTART")
    uid = f"UID:meeting-{forum.requests[0].id}-{forum.delegates[0].id}@{forum.event.code}"
    assert (first, second) == (
        [uid, "DTSTART:20261202T070000Z", "SEQUENCE:1"],
        [uid, "DTSTART:20261202T070000Z", "SEQUENCE:2"],
    )


def _lines(body: bytes, *names: str) -> list[str]:
    unfolded = body.replace(b"\r\n ", b"").decode()
    return [line for line in unfolded.split("\r\n") if line.split(":")[0] in names]

"""``flask invitation``: letters, links, and how far they have come, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, update

from forum import clock
from forum.domain.invitations import REMINDER_PAUSE
from forum.models import Event, Invitation, Message
from forum.models.base import db
from forum.services.invitation_mails import address
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event)


def run(app: Flask, *words: object) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["invitation", *map(str, words)])


def _invited() -> list[tuple[str, str | None, str, str]]:
    rows = db.session.execute(
        select(Invitation.name, Invitation.email, Invitation.language, Invitation.category).order_by(
            Invitation.id
        )
    )
    return [tuple(row) for row in rows]


def _recipients() -> list[str]:
    return list(db.session.scalars(select(Message.recipient).order_by(Message.id)))


def test_everybody_of_the_words_and_of_the_file_gets_a_letter(
    app: Flask, event: Event, tmp_path: Path
) -> None:
    people = tmp_path / "people.txt"
    people.write_text("Оспанова Әлия; aliya@example.org; kk\n", encoding="utf-8")
    sent = run(app, "send", "Петров Пётр; petr@example.org", "--file", people, "--category", "speaker")
    assert (sent.exit_code, sent.output.splitlines()[-1]) == (0, "invited: 2")
    assert _invited() == [
        ("Петров Пётр", "petr@example.org", "ru", "speaker"),
        ("Оспанова Әлия", "aliya@example.org", "kk", "speaker"),
    ]
    assert _recipients() == ["petr@example.org", "aliya@example.org"]


def test_lines_that_cannot_be_used_are_named_and_the_others_go(app: Flask, event: Event) -> None:
    sent = run(app, "send", "Петров Пётр; petr@example.org", "Без адреса")
    assert (sent.exit_code, [row[1] for row in _invited()]) == (1, ["petr@example.org"])
    assert sent.output.splitlines() == ["Без адреса: invitee no address", "invited: 1"]


def test_who_is_invited_already_is_left_and_named(app: Flask, event: Event) -> None:
    run(app, "send", "Петров Пётр; petr@example.org")
    again = run(app, "send", "Пётр; petr@example.org", "Иванов Иван; ivan@example.org")
    assert again.output.splitlines()[0].startswith("left: petr@example.org: ")
    assert _recipients() == ["petr@example.org", "ivan@example.org"]


def test_a_link_for_many_is_made_listed_and_withdrawn(app: Flask, event: Event) -> None:
    made = run(app, "link", "Ассоциация", "--uses", 5)
    row = db.session.scalars(select(Invitation)).one()
    assert made.output == f"invitation {row.id}: {address(event.code, row.code)}\n"
    assert run(app, "withdraw", row.id).output == "withdrawn: 1\n"
    assert run(app, "list").output.splitlines() == [
        f"{row.id:>5}  withdrawn  delegate    Ассоциация  0 of 5",
        "0 sent, 0 opened, 0 begun, 0 registered, 0 expired; links: 0 of 0 places",
    ]


def test_who_was_written_to_recently_is_not_reminded(app: Flask, event: Event) -> None:
    run(app, "send", "Петров Пётр; petr@example.org")
    assert run(app, "remind").output.splitlines()[-1] == "reminded: 0"
    with transaction():
        db.session.execute(update(Invitation).values(sent_at=clock.now() - REMINDER_PAUSE))
    assert run(app, "remind").output.splitlines()[-1] == "reminded: 1"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("send", "Без адреса"), 1),
        (("send", "Пётр; petr@example.org", "--delegation", "nowhere"), 1),
        (("send", "Пётр; petr@example.org", "--until", "2020-01-01"), 1),
        (("send", "Пётр; petr@example.org", "--category", "companion"), 2),
        (("send", "--file", "/nowhere.xlsx"), 2),
        (("link", "Ассоциация", "--uses", "0"), 2),
        (("withdraw",), 2),
    ],
)
def test_what_is_refused_invites_nobody(app: Flask, event: Event, words: tuple[str, ...], code: int) -> None:
    assert (run(app, *words).exit_code, _invited(), _recipients()) == (code, [], [])

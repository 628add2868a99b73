"""Sending mail: once, later, or not without somebody's decision. The server is a real one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from forum import clock, jobs, mail
from forum.domain.roles import Role
from forum.domain.states import MessageStatus
from forum.errors import ForumError
from forum.models import JournalEntry, Message
from forum.models.base import db
from forum.policy import Actor
from forum.services import leases, outbox
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given
from tests.mail_server import MailServer, mail_server

Outcome = tuple[MessageStatus, str | None]


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def _use(app: Flask, url: str | None) -> None:
    settings = app.extensions["forum_settings"]
    app.extensions["forum_settings"] = replace(settings, smtp_url=url, mail_from="Форум <forum@example.org>")


def _write(occasion: str = "invitation-1", **values: object) -> int:
    texts: dict[str, object] = {
        "kind": "invitation",
        "recipient": "aliya@example.org",
        "language": "kk",
        "subject": "Шақыру",
        "body": "Сәлеметсіз бе!\n.\n.. нүктемен басталған жолдар да жетеді.\n",
    }
    with transaction():
        mail.write(occasion=occasion, **(texts | values))  # type: ignore[arg-type]
        return db.session.query(Message.id).filter_by(occasion=occasion).scalar()


def _outcome(message_id: int) -> Outcome:
    db.session.rollback()
    row = db.session.query(Message.status, Message.error).filter_by(id=message_id).one()
    return row.status, row.error


def test_a_mail_arrives_as_it_was_written(any_app: Flask, server: MailServer) -> None:
    _use(any_app, server.url)
    message_id = _write()
    jobs.work_off(any_app)
    arrived = server.arrived[0]
    assert arrived.get_content().replace("\r\n", "\n") == (
        "Сәлеметсіз бе!\n.\n.. нүктемен басталған жолдар да жетеді.\n"
    )
    assert (arrived["Subject"], arrived["To"], arrived["From"]) == (
        "Шақыру",
        "aliya@example.org",
        "Форум <forum@example.org>",
    )
    assert (arrived["Auto-Submitted"], arrived["Content-Language"]) == ("auto-generated", "kk")
    assert server.envelopes == [("forum@example.org", ["aliya@example.org"])]
    assert _outcome(message_id) == (MessageStatus.SENT, None)


def test_a_mail_is_dated_and_known_by_its_occasion(app: Flask, server: MailServer) -> None:
    _use(app, server.url)
    with clock.frozen(factories.at(12)):
        _write()
        jobs.work_off(app)
        with transaction():
            db.session.query(Message).update({"status": MessageStatus.QUEUED})
        jobs.go_round()
    first, second = server.arrived
    assert first["Date"].datetime == factories.at(12)
    assert first["Message-ID"] == second["Message-ID"]


def test_without_a_mail_server_mails_stay_in_the_outbox(app: Flask) -> None:
    message_id = _write()
    jobs.work_off(app)
    jobs.go_round()
    assert _outcome(message_id) == (MessageStatus.QUEUED, None)


def test_user_and_password_of_the_settings_are_used(app: Flask, server: MailServer) -> None:
    _use(app, f"smtp://forum:p%40ss@127.0.0.1:{server.port}")
    message_id = _write()
    jobs.work_off(app)
    assert (server.logins, _outcome(message_id)) == ([(b"forum", b"p@ss")], (MessageStatus.SENT, None))


@pytest.mark.parametrize(
    "values",
    [
        {"recipient": "aliya@example.org\r\nBcc: everybody@example.org"},
        {"recipient": "aliya@example.org, other@example.org"},
        {"recipient": "Aliya <aliya@example.org>"},
        {"recipient": "aliya@example.org> SIZE=1"},
        {"recipient": "aliya"},
        {"recipient": ""},
    ],
)
def test_an_address_that_carries_more_than_an_address_is_not_sent_to(
    app: Flask, server: MailServer, values: dict[str, str]
) -> None:
    _use(app, server.url)
    message_id = _write(**values)
    jobs.work_off(app)
    assert (_outcome(message_id), server.arrived) == ((MessageStatus.FAILED, "bad_address"), [])


def test_a_subject_cannot_bring_in_headers(app: Flask, server: MailServer) -> None:
    _use(app, server.url)
    _write(subject="Hello\r\nBcc: everybody@example.org\r\n\r\nbody")
    jobs.work_off(app)
    arrived = server.arrived[0]
    assert (arrived["Bcc"], arrived["Subject"]) == (None, "Hello Bcc: everybody@example.org body")


def test_a_domain_of_other_letters_is_reached(app: Flask, server: MailServer) -> None:
    _use(app, server.url)
    _write(recipient="info@почта.рф")
    jobs.work_off(app)
    assert server.envelopes == [("forum@example.org", ["info@xn--80a1acny.xn--p1ai"])]


def test_a_server_that_cannot_be_reached_is_tried_later_and_at_last_given_up(app: Flask) -> None:
    with mail_server() as gone:
        url = gone.url
    _use(app, url)
    seen: list[MessageStatus] = []
    with clock.frozen(factories.at(9)):
        message_id = _write()
        jobs.work_off(app)
    instant = factories.at(9)
    for pause in outbox.PAUSES:
        seen.append(_outcome(message_id)[0])
        instant += pause
        with clock.frozen(instant):
            assert list(outbox.waiting()) == []
        instant += timedelta(seconds=1)
        with clock.frozen(instant):
            jobs.go_round()
    status, error = _outcome(message_id)
    assert seen == [MessageStatus.QUEUED] * len(outbox.PAUSES)
    assert (status, (error or "").split(":")[0]) == (MessageStatus.FAILED, "unreachable")


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        ({"to_recipient": "550 no such user"}, (MessageStatus.FAILED, "recipient_refused: 550 no such user")),
        ({"to_recipient": "451 come later"}, (MessageStatus.QUEUED, "recipient_refused: 451 come later")),
        ({"to_text": "554 spam"}, (MessageStatus.FAILED, "text_refused: 554 spam")),
        ({"to_text": "452 full"}, (MessageStatus.QUEUED, "text_refused: 452 full")),
    ],
)
def test_what_the_server_refuses_for_good_fails_and_the_rest_waits(
    app: Flask, behaviour: dict[str, str], outcome: Outcome
) -> None:
    with mail_server(**behaviour) as refusing:
        _use(app, refusing.url)
        message_id = _write()
        jobs.work_off(app)
    assert _outcome(message_id) == outcome


def test_a_line_that_drops_after_the_text_leaves_the_mail_unknown_and_unsent(any_app: Flask) -> None:
    with mail_server(drops_after_text=True) as dropping:
        _use(any_app, dropping.url)
        message_id = _write()
        jobs.work_off(any_app)
        with clock.frozen(clock.now() + timedelta(days=2)):
            jobs.go_round()
        assert (_outcome(message_id), len(dropping.arrived)) == ((MessageStatus.UNKNOWN, "no_answer"), 1)


def test_two_workers_send_one_mail_once(any_app: Flask, server: MailServer) -> None:
    _use(any_app, server.url)
    message_id = _write()
    start = threading.Barrier(8)

    def work() -> None:
        with any_app.app_context():
            start.wait()
            outbox.send(message_id)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(server.arrived), _outcome(message_id)) == (1, (MessageStatus.SENT, None))


def test_a_worker_killed_while_sending_leaves_the_mail_unknown_and_sent_once(any_app: Flask) -> None:
    with mail_server(is_silent_after_text=True) as silent:
        message_id = _write()
        worker = _start_worker(any_app, silent.url)
        assert silent.has_text.wait(60)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        _use(any_app, silent.url)
        jobs.go_round()
        while_leased = _outcome(message_id)
        with clock.frozen(clock.now() + outbox.LEASE + timedelta(seconds=1)):
            jobs.go_round()
            jobs.go_round()
        assert (while_leased, _outcome(message_id), len(silent.arrived)) == (
            (MessageStatus.SENDING, None),
            (MessageStatus.UNKNOWN, "worker_stopped"),
            1,
        )


def _start_worker(app: Flask, smtp_url: str) -> subprocess.Popen[bytes]:
    settings = app.extensions["forum_settings"]
    program = "from forum import create_app, jobs\nwith create_app().app_context(): jobs.go_round()"
    environment = {
        "PATH": os.environ["PATH"],
        "FORUM_DATABASE_URL": settings.database_url.replace("+psycopg", ""),
        "FORUM_INSTANCE_PATH": str(settings.instance_path),
        "FORUM_SMTP_URL": smtp_url,
    }
    return subprocess.Popen([sys.executable, "-c", program], env=environment)


def test_a_worker_presumed_dead_may_still_say_that_it_sent(app: Flask) -> None:
    message_id = _write()
    taken = outbox._take(message_id=message_id)
    assert taken is not None
    with clock.frozen(clock.now() + outbox.LEASE + timedelta(seconds=1)):
        outbox._park_abandoned(message_id=message_id)
    parked = _outcome(message_id)
    outbox._conclude(taken, status=MessageStatus.SENT)
    assert (parked[0], _outcome(message_id)[0]) == (MessageStatus.UNKNOWN, MessageStatus.SENT)


def test_a_worker_presumed_dead_cannot_speak_for_its_successor(app: Flask) -> None:
    event, message_id, first = _parked(app)
    outbox.send_again(actor=cast.actor(Role.ORGANISER), event_id=event, message_id=message_id)
    outbox._conclude(first, status=MessageStatus.SENT)
    queued = _outcome(message_id)[0]
    assert outbox._take(message_id=message_id) is not None
    outbox._conclude(first, status=MessageStatus.FAILED)
    assert (queued, _outcome(message_id)[0]) == (MessageStatus.QUEUED, MessageStatus.SENDING)


def _parked(app: Flask) -> tuple[int, int, outbox._Taken]:
    event = given(factories.event)
    message_id = _write(event_id=event.id)
    taken = outbox._take(message_id=message_id)
    assert taken is not None
    with clock.frozen(clock.now() + outbox.LEASE + timedelta(seconds=1)):
        outbox._park_abandoned(message_id=message_id)
    return event.id, message_id, taken


def test_an_organiser_decides_to_send_again(app: Flask, server: MailServer) -> None:
    event_id, message_id, _ = _parked(app)
    organiser = cast.actor(Role.ORGANISER, event_id=event_id)
    _use(app, server.url)
    outbox.send_again(actor=organiser, event_id=event_id, message_id=message_id)
    jobs.work_off(app)
    noted = db.session.query(JournalEntry.action, JournalEntry.account_id).all()
    assert (_outcome(message_id)[0], noted) == (
        MessageStatus.SENT,
        [("message_sent_again", organiser.account_id)],
    )


@pytest.mark.parametrize("status", [MessageStatus.QUEUED, MessageStatus.SENDING, MessageStatus.SENT])
def test_what_is_under_way_or_sent_is_not_sent_again(app: Flask, status: MessageStatus) -> None:
    event = given(factories.event)
    message_id = _write(event_id=event.id)
    with transaction():
        db.session.query(Message).update({"status": status})
    with pytest.raises(ForumError, match="not_to_be_sent_again"):
        outbox.send_again(actor=cast.actor(Role.ORGANISER), event_id=event.id, message_id=message_id)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ORGANISER])
def test_nobody_but_an_organiser_decides(app: Flask, role: Role) -> None:
    event_id, message_id, _ = _parked(app)
    delegation = given(factories.delegation, event=db.session.get(factories.Event, event_id))
    actor: Actor = cast.actor(role, event_id=event_id, delegation_id=delegation.id)
    with pytest.raises(ForumError, match="not_allowed"):
        outbox.send_again(actor=actor, event_id=event_id, message_id=message_id)


def test_a_thousand_letters_long_body_line_arrives_whole(app: Flask, server: MailServer) -> None:
    _use(app, server.url)
    for occasion, body in (("a", "x" * 5000), ("b", "ә" * 5000)):
        _write(occasion, body=body)
    jobs.work_off(app)
    assert [message.get_content().rstrip() for message in server.arrived] == ["x" * 5000, "ә" * 5000]


def test_a_lease_is_longer_than_all_timeouts_of_a_delivery() -> None:
    """Else a slow server would make a living worker look dead."""
    steps = ("connect", "EHLO", "STARTTLS", "EHLO", "AUTH", "AUTH", "MAIL", "RCPT", "DATA", "text", "answer")
    assert outbox.LEASE.total_seconds() > 2 * len(steps) * outbox.smtp.TIMEOUT_S
    assert outbox.LEASE > leases.LEASE

"""The list for the gate goes to its host by mail: locked, with what has changed, and nothing left behind."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select, update

from forum import jobs
from forum.domain.roles import Role
from forum.domain.states import MessageStatus
from forum.errors import ForumError, NotAllowedError
from forum.models import AccessListEntry, JournalEntry, Message, Seat, Site, Visit
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import access_lists as known
from forum.sample.host_templates import FIRST_ROW, TITLE
from forum.services import access_mails, host_passwords, visit_settings, visits
from forum.unit_of_work import transaction
from forum.workbooks.locking import unlocked
from tests import cast
from tests.gate_trips import NUMBER, Trip, gate_trip
from tests.mail_server import MailServer, mail_server


@pytest.fixture
def trip(app: Flask) -> Trip:
    return gate_trip()


@pytest.fixture
def server(app: Flask) -> Iterator[MailServer]:
    with mail_server() as running:
        settings = app.extensions["forum_settings"]
        app.extensions["forum_settings"] = replace(settings, smtp_url=running.url)
        yield running


def _send(trip: Trip, list_id: int, **options: bool) -> access_mails.Sent:
    actor = cast.actor(Role.ORGANISER, event_id=trip.event.id)
    return access_mails.send(actor=actor, event_id=trip.event.id, list_id=list_id, **options)


def _of_host(server: MailServer) -> list[EmailMessage]:
    return [mail for mail in server.arrived if mail["To"] == "gate@park.example"]


def _files(server: MailServer) -> list[bytes]:
    return [part.get_payload(decode=True) for mail in server.arrived for part in mail.iter_attachments()]  # type: ignore[misc]


def _call_off(trip: Trip) -> None:
    visit = db.session.get_one(Visit, trip.visit.id, populate_existing=True)
    where = {"event_id": trip.event.id, "visit_id": visit.id, "version": visit.version}
    visit_settings.cancel(actor=SYSTEM, **where, reason="Метель")


def test_of_a_visit_called_off_the_host_hears_that_nobody_comes(
    app: Flask, trip: Trip, server: MailServer
) -> None:
    trip.send(trip.make().id)
    unsent = trip.make().id
    _call_off(trip)
    with pytest.raises(ForumError, match="list_of_cancelled_visit"):
        _send(trip, unsent)
    sent = _send(trip, trip.make().id)
    jobs.work_off(app)
    (mail,) = _of_host(server)
    (content,) = [part.get_payload(decode=True) for part in mail.iter_attachments()]
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    page = load_workbook(io.BytesIO(unlocked(content, sent.password or "")))[TITLE]
    assert ("отменено: никто не приедет." in " ".join(text.split()), page.cell(FIRST_ROW, 2).value) == (
        True,
        None,
    )


def test_a_list_with_people_does_not_leave_once_the_visit_is_called_off(
    app: Flask, trip: Trip, server: MailServer
) -> None:
    list_id = trip.make().id
    _send(trip, list_id)
    _call_off(trip)
    jobs.work_off(app)
    view = known.find(event_id=trip.event.id, row_id=list_id)
    assert view is not None
    assert (_of_host(server), view.is_sent) == ([], False)


def test_the_host_gets_it_locked_with_what_has_changed(app: Flask, trip: Trip, server: MailServer) -> None:
    trip.send(trip.make().id)
    trip.enter(trip.people[1], "7770002")
    visits.cancel(actor=SYSTEM, event_id=trip.event.id, visit_id=trip.visit.id, delegate_id=trip.people[0].id)
    sent = _send(trip, trip.make().id)
    jobs.work_off(app)
    (mail,), (content,) = server.arrived, _files(server)
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    page = load_workbook(io.BytesIO(unlocked(content, sent.password or "")))[TITLE]
    assert (mail["To"], sent.recipient) == (trip.site.contact, trip.site.contact)
    assert [page.cell(FIRST_ROW + row, 2).value for row in range(3)] == ["Бобров А.", "Волков А.", None]
    assert [line for line in text.splitlines() if " А." in line] == [
        "Изменено: Бобров А. (Документ (серия, номер))",
        "Исключён: Аистов А.",
    ]
    view = known.find(event_id=trip.event.id, row_id=2)
    assert view is not None
    assert view.mail is not None
    assert (view.is_sent, view.mail.status, known.last_sent(trip.visit.id).number) == (  # type: ignore[union-attr]
        True, MessageStatus.SENT, 2,
    )  # fmt: skip


def test_the_outbox_holds_neither_names_nor_the_file_nor_the_password(
    app: Flask,
    trip: Trip,
    server: MailServer,
) -> None:
    sent = _send(trip, trip.make().id, is_locked=False)
    kept = " ".join(str(row) for row in db.session.execute(select(*Message.__table__.columns)))
    site = db.session.get_one(Site, trip.site.id, populate_existing=True)
    assert [word for word in ("Аистов", NUMBER, sent.password or "-") if word in kept] == []
    assert host_passwords.of(site) == sent.password  # documents are in it, so it is locked all the same
    assert (sent.password or "").encode() not in (site.sealed_password or b"")
    said = select(JournalEntry.action).where(
        JournalEntry.action.in_(("access_list_mailed", "document_mailed"))
    )
    assert sorted(db.session.scalars(said)) == ["access_list_mailed", *["document_mailed"] * 3]


def test_what_the_mail_server_refuses_is_not_sent_and_may_be_sent_again(
    app: Flask,
    trip: Trip,
    server: MailServer,
) -> None:
    server.to_recipient = "550 no such user"
    made = trip.make()
    _send(trip, made.id)
    with pytest.raises(ForumError, match="list_sent_already"):
        _send(trip, made.id)
    jobs.work_off(app)
    assert known.last_sent(trip.visit.id) is None
    server.to_recipient = "250 OK"
    _send(trip, made.id)
    jobs.work_off(app)
    assert (len(_files(server)), known.last_sent(trip.visit.id) is not None) == (1, True)


def test_a_list_that_is_erased_before_its_mail_goes_does_not_go(
    app: Flask,
    trip: Trip,
    server: MailServer,
) -> None:
    made = trip.make()
    _send(trip, made.id)
    with transaction():
        db.session.execute(update(AccessListEntry).values(sealed=None))
        db.session.execute(update(known.AccessList).values(erased_at=trip.visit.returns_at))
    jobs.work_off(app)
    row = db.session.execute(select(Message.status, Message.error)).one()
    assert (server.arrived, tuple(row)) == ([], (MessageStatus.FAILED, "list_erased"))


def test_only_who_may_see_documents_sends_them_and_only_to_an_address(app: Flask, trip: Trip) -> None:
    made = trip.make()
    stranger = cast.actor(Role.PROTOCOL, event_id=trip.event.id)
    with pytest.raises(NotAllowedError):
        access_mails.send(actor=stranger, event_id=trip.event.id, list_id=made.id)
    with transaction():
        db.session.execute(update(Site).values(contact=None))
    with pytest.raises(ForumError, match="no_host_address"):
        _send(trip, made.id)


def test_a_list_without_documents_may_go_open(app: Flask, trip: Trip, server: MailServer) -> None:
    made = trip.make()
    with transaction():
        row = db.session.get_one(known.AccessList, made.id)
        row.layout = {**row.layout, "columns": {"B": "full_name"}}
    sent = _send(trip, made.id, is_locked=False)
    jobs.work_off(app)
    page = load_workbook(io.BytesIO(_files(server)[0]))[TITLE]
    assert (sent.password, page.cell(FIRST_ROW, 2).value) == (None, "Аистов А.")


def test_no_gate_hears_of_those_who_do_not_know_of_their_seat(app: Flask, trip: Trip) -> None:
    with transaction():
        db.session.execute(
            update(Seat).where(Seat.delegate_id == trip.people[2].id).values(is_tentative=True)
        )
    assert (trip.make().people, [row[1] for row in trip.hand_out(1)]) == (2, ["Аистов А.", "Бобров А."])

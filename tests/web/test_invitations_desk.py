"""Inviting at the desk: the look before the letters, links with codes, reminding and withdrawing."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from forum import clock
from forum.domain.invitations import REMINDER_PAUSE
from forum.domain.roles import Role
from forum.domain.states import Category
from forum.models import Event, Invitation, Message
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import invitations
from forum.services.invitations import Invitee
from forum.services.inviting import Terms
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given
from tests.queries_counted import statements
from tests.workbooks.books import xlsx

TERMS = {"category": "press", "delegation": "", "language": "kk", "message": "Қош келдіңіз", "until": ""}


def _desk(
    app: Flask, event: Event, role: Role = Role.ORGANISER, delegation_id: int | None = None
) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return cast.browser(app, cast.account(role, event_id=event.id, delegation_id=delegation_id))


def _look(desk: FlaskClient, **form: object) -> TestResponse:
    return desk.post("/e/here/desk/invitations/new", data=TERMS | form)


def _seen(page: TestResponse) -> str:
    found = re.search(r'name="seen"[^>]*value="(\w*)"', page.text)
    return found[1] if found else ""


def _event() -> Event:
    return given(factories.event, code="here")


def _link(event: Event) -> int:
    return invitations.link(
        actor=SYSTEM,
        event_id=event.id,
        name="Редакции",
        most_uses=5,
        terms=Terms(category=Category.PRESS, language="ru"),
    )


def _letters() -> list[str]:
    return list(db.session.scalars(select(Message.recipient).order_by(Message.id)))


def test_a_look_writes_to_nobody(app: Flask) -> None:
    desk = _desk(app, _event())
    page = _look(desk, people="Пётр Ильин; petr@example.org")
    assert (page.status_code, "Send 1 invitation" in page.text, _letters()) == (200, True, [])


def test_what_was_looked_at_is_sent(app: Flask) -> None:
    desk = _desk(app, _event())
    people = "Пётр Ильин; petr@example.org\nсломано\nӘсел; assel@example.org"
    seen = _seen(_look(desk, people=people))
    answer = desk.post("/e/here/desk/invitations/send", data=TERMS | {"people": people, "seen": seen})
    row = db.session.execute(
        select(Invitation.category, Invitation.language, Invitation.message, func.count()).group_by(
            Invitation.category, Invitation.language, Invitation.message
        )
    ).one()
    assert (answer.status_code, _letters(), tuple(row)) == (
        303,
        ["petr@example.org", "assel@example.org"],
        (Category.PRESS, "kk", "Қош келдіңіз", 2),
    )


def test_a_list_that_was_changed_after_the_look_is_looked_at_again(app: Flask) -> None:
    desk = _desk(app, _event())
    seen = _seen(_look(desk, people="Пётр; petr@example.org"))
    form = TERMS | {"people": "Пётр; petr@example.org\nОна; she@example.org", "seen": seen}
    page = desk.post("/e/here/desk/invitations/send", data=form)
    assert (page.status_code, "Send 2 invitations" in page.text, _letters()) == (200, True, [])


def test_a_workbook_becomes_lines(app: Flask) -> None:
    desk = _desk(app, _event())
    book = xlsx(("Лист", [("ФИО", "E-mail"), ("Ильин Пётр", "petr@example.org")]))
    page = _look(desk, people="", book=(io.BytesIO(book), "list.xlsx"))
    assert re.findall(r'<textarea[^>]*id="people"[^>]*>\s*([^<]*)</textarea>', page.text) == [
        "Ильин Пётр; petr@example.org"
    ]


def test_a_file_that_is_no_workbook_is_said_at_its_field(app: Flask) -> None:
    page = _look(_desk(app, _event()), people="Пётр; petr@example.org", book=(io.BytesIO(b"x"), "list.xlsx"))
    errors = re.findall(r'id="book-error".*?</span>\s*([^<]+)</span>', page.text, re.S)
    assert (page.status_code, [each.strip() for each in errors], "petr@example.org" in page.text) == (
        422,
        ["This is not an .xlsx workbook. Save the table as .xlsx and retry."],
        True,
    )


def test_an_end_in_the_past_is_refused_with_everything_kept(app: Flask) -> None:
    desk = _desk(app, _event())
    form = {"people": "Пётр; petr@example.org", "until": "2020-01-01"}
    seen = _seen(_look(desk, **form))
    page = desk.post("/e/here/desk/invitations/send", data=TERMS | form | {"seen": seen})
    kept = ("petr@example.org" in page.text, "Қош келдіңіз" in page.text, "2020-01-01" in page.text)
    assert (page.status_code, "This moment has passed." in page.text, kept, _letters()) == (
        422,
        True,
        (True, True, True),
        [],
    )


def test_a_link_for_many_shows_its_address_and_code(app: Flask) -> None:
    desk = _desk(app, _event())
    answer = desk.post("/e/here/desk/invitations/link", data=TERMS | {"name": "Редакции", "most_uses": "30"})
    page = desk.get(answer.location)
    code = db.session.scalars(select(Invitation.code)).one()
    address = f"http://localhost/e/here/register/with/{code}"
    picture = Image.open(io.BytesIO(desk.get(f"{answer.location}/qr.png").data))
    read = [each.text for each in zxingcpp.read_barcodes(picture.convert("L"))]
    assert (f'value="{address}"' in page.text, read) == (True, [address])


def test_the_code_for_print_has_every_module_of_the_other(app: Flask) -> None:
    event = _event()
    link_id = _link(event)
    desk = _desk(app, event)
    picture = Image.open(io.BytesIO(desk.get(f"/e/here/desk/invitations/{link_id}/qr.png").data)).convert("L")
    drawing = desk.get(f"/e/here/desk/invitations/{link_id}/qr.svg").text
    side = int(re.search(r'viewBox="0 0 (\d+)', drawing)[1])  # type: ignore[index]
    scale = picture.width // side
    dark = {(x, y) for y in range(side) for x in range(side) if picture.getpixel((x * scale, y * scale)) == 0}
    drawn = {
        (int(x) + step, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", drawing)
        for step in range(int(length))
    }
    assert drawn == dark


def test_an_invitation_is_changed_and_wrong_numbers_are_said_at_the_field(app: Flask) -> None:
    event = _event()
    link_id = _link(event)
    desk = _desk(app, event)
    path = f"/e/here/desk/invitations/{link_id}"
    wrong = desk.post(path, data={"until": "", "most_uses": "many"})
    right = desk.post(path, data={"until": "", "most_uses": "7"})
    most_uses = db.session.scalars(select(Invitation.most_uses)).one()
    sentence = "Enter a whole number from 1 to 10000."
    assert (wrong.status_code, sentence in wrong.text, right.status_code, most_uses) == (422, True, 303, 7)


def _sent(event: Event, *names: str) -> tuple[int, ...]:
    people = [Invitee(name, f"{name}@example.org") for name in names]
    terms = Terms(category=Category.DELEGATE, language="ru")
    return invitations.send(actor=SYSTEM, event_id=event.id, invitees=people, terms=terms).ids


def test_the_chosen_are_withdrawn_and_brought_back(app: Flask) -> None:
    event = _event()
    ids = _sent(event, "a", "b")
    desk = _desk(app, event)
    desk.post("/e/here/desk/invitations/act", data={"ids": [str(key) for key in ids], "do": "withdraw"})
    withdrawn = db.session.scalar(select(func.count()).where(Invitation.withdrawn_at.is_not(None)))
    undo = re.search(
        r'action="([^"]*take-back)".*?name="entry" value="(\d+)"',
        desk.get("/e/here/desk/invitations").text,
        re.S,
    )
    assert undo is not None
    desk.post(undo[1], data={"entry": undo[2]})
    left = db.session.scalar(select(func.count()).where(Invitation.withdrawn_at.is_not(None)))
    assert (withdrawn, left) == (2, 0)


def test_everybody_who_has_not_begun_is_reminded_once(app: Flask) -> None:
    event = _event()
    with clock.frozen(clock.now() - REMINDER_PAUSE):
        _sent(event, "a", "b")
    desk = _desk(app, event)
    for _ in range(2):
        desk.post("/e/here/desk/invitations/remind")
    assert _letters() == ["a@example.org", "b@example.org", "a@example.org", "b@example.org"]


def test_the_list_filters_and_searches(app: Flask) -> None:
    event = _event()
    with transaction():
        delegation = factories.delegation(event)
    _sent(event, "ivan")
    terms = Terms(category=Category.PRESS, language="ru", delegation_id=delegation.id)
    invitations.send(
        actor=SYSTEM,
        event_id=event.id,
        invitees=[Invitee("Сұлтанғазиев Ерлан", "e@example.org")],
        terms=terms,
    )
    desk = _desk(app, event)
    found = {
        query: re.findall(
            r'/desk/invitations/\d+">([^<]+)</a>', desk.get(f"/e/here/desk/invitations?{query}").text
        )
        for query in (
            "q=sultangaziyev",
            "category=press",
            f"delegation={delegation.id}",
            "state=begun",
            "kind=link",
            "q=ivan@",
        )
    }
    assert found == {
        "q=sultangaziyev": ["Сұлтанғазиев Ерлан"],
        "category=press": ["Сұлтанғазиев Ерлан"],
        f"delegation={delegation.id}": ["Сұлтанғазиев Ерлан"],
        "state=begun": [],
        "kind=link": [],
        "q=ivan@": ["ivan"],
    }


def test_the_workbook_has_what_the_filters_show(app: Flask) -> None:
    event = _event()
    _sent(event, "a", "=b")
    _link(event)
    answer = _desk(app, event).get("/e/here/desk/invitations.xlsx?kind=person")
    rows = list(load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert [(row[0], row[1], row[4]) for row in rows] == [
        ("Name", "E-mail", "State"),
        ("=b", "=b@example.org", "Not opened yet"),
        ("a", "a@example.org", "Not opened yet"),
    ]


def test_a_coordinator_sees_invites_and_chooses_only_their_own(app: Flask) -> None:
    with transaction():
        event = factories.event(code="here")
        own, other = factories.delegation(event), factories.delegation(event)
    theirs = _sent(event, "other")
    desk = _desk(app, event, Role.COORDINATOR, own.id)
    form = desk.get("/e/here/desk/invitations/new").text
    offered = re.findall(
        r'<option[^>]*value="(\d*)"', form.split('name="delegation"')[1].split("</select>")[0]
    )
    page = desk.get(f"/e/here/desk/invitations/{theirs[0]}")
    assert (offered, page.status_code, "other@example.org" in desk.get("/e/here/desk/invitations").text) == (
        [str(own.id)],
        404,
        False,
    )
    assert other.id != own.id


def test_the_list_asks_the_same_for_one_and_for_thirty(app: Flask) -> None:
    event = _event()
    desk = _desk(app, event)
    counts = []
    for names in (("a",), tuple(f"p{number}" for number in range(30))):
        _sent(event, *names)
        with statements(app) as seen:
            desk.get("/e/here/desk/invitations")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_opening_is_counted_once_and_only_by_the_page(app: Flask) -> None:
    event = _event()
    _sent(event, "a")
    app.config["WTF_CSRF_ENABLED"] = False
    code = db.session.scalars(select(Invitation.code)).one()
    browser = app.test_client()
    first = clock.now()
    statuses = []
    for instant in (first, first + timedelta(hours=1)):
        with clock.frozen(instant):
            statuses.append(browser.post(f"/e/here/invitations/{code}/opened").status_code)
    assert (statuses, db.session.scalars(select(Invitation.opened_at)).one()) == ([204, 204], first)

"""The meetings from the first wish to the repair on the day: in four browsers, with a real mail server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from forum import jobs
from forum.domain.roles import Role
from forum.domain.states import RequestRank, RequestStatus
from forum.models import Absence, Account, Event, Interpreter, InterpreterAvailability, Meeting, Request, Slot
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served
from tests.e2e.watching import Watched
from tests.mail_server import MailServer, mail_server

pytestmark = pytest.mark.browser

TIMES = ((10, 0), (10, 30), (11, 0))


@dataclass
class Forum:
    """Five companies with a delegate each, at ``addresses``. The first speaks Kazakh only, the others
    Russian; the one interpreter is there at the first time and at the third.
    """

    event: Event
    companies: list[int]
    accounts: list[Account]
    addresses: list[str]


def _forum() -> Forum:
    with transaction():
        event = factories.event()
    accounts = [cast.account(Role.DELEGATE, event_id=event.id) for _ in range(2)]
    with transaction():
        firms = [factories.company(event, name) for name in ("Қазына", "Рубин", "Алмаз", "Восток", "Север")]
        people = [
            factories.delegate(
                event,
                company_id=firm.id,
                account_id=accounts[place].id if place < 2 else None,
                family_name=f"Участник-{place}",
                spoken=["ru"] if place else ["kk"],
            )
            for place, firm in enumerate(firms)
        ]
        slots = [factories.slot(event, factories.at(*at), factories.at(at[0], at[1] + 25)) for at in TIMES]
        for number in (1, 2):
            factories.table(event, number)
        _interpreter(event, slots[0], slots[2])
        factories.request(event, firms[0], firms[2], rank=RequestRank.NICE)
        factories.request(event, firms[3], firms[4])
        return Forum(
            event=event,
            companies=[firm.id for firm in firms],
            accounts=accounts,
            addresses=[str(one.email) for one in people],
        )


def _interpreter(event: Event, *slots: Slot) -> None:
    hours = [InterpreterAvailability(starts_at=slot.starts_at, ends_at=slot.ends_at) for slot in slots]
    db.session.add(Interpreter(event_id=event.id, name="Дина", spoken=["ru", "kk"], availabilities=hours))


@pytest.fixture
def mails(served: Served) -> Iterator[MailServer]:
    with mail_server() as server:
        settings = served.app.extensions["forum_settings"]
        served.app.extensions["forum_settings"] = replace(
            settings, smtp_url=server.url, mail_from="Форум <forum@example.org>"
        )
        yield server


def test_from_the_first_wish_to_the_repair(served: Served, open_page: OpenPage, mails: MailServer) -> None:
    forum = _forum()
    organiser = cast.account(Role.ORGANISER, event_id=forum.event.id)
    asking = open_page(served, forum.accounts[0], language="kk", width=390)
    answering = open_page(served, forum.accounts[1], language="ru", width=390, dark=True)
    desk, hall = open_page(served, organiser), open_page(served, organiser, width=390)
    found = _asks(asking, forum) | _agrees(answering, forum)
    _computes(served, desk.page, forum)
    _reads_why(desk.page)
    _set_hour(asking.page, forum, "11:00–11:25")
    _takes_the_remedy(desk.page)
    _drags(desk.page, forum)
    assert _told(served, mails) == []
    _publishes(desk.page)
    assert _told(served, mails) == sorted(forum.addresses)
    found |= _nobody_comes(served, hall, forum)
    found["applied"] = desk.problems
    assert _told(served, mails) == sorted(forum.addresses[3:])
    assert found == {screen: [] for screen in found}


def _asks(asking: Watched, forum: Forum) -> dict[str, list[str]]:
    """Says when they cannot meet, and whom they have to meet."""
    page = asking.page
    found = {"hours": _set_hour(page, forum, "11:00–11:25") or asking.inspect()}
    page.goto(f"/e/{forum.event.code}/my/partners/companies/{forum.companies[1]}")
    page.get_by_role("link", name="Кездесу сұрау").click()
    page.get_by_label("Міндетті", exact=True).check()
    page.get_by_label("Неліктен кездескіңіз келеді").fill("Ірімшік жеткіземіз")
    found["ask"] = asking.inspect()
    page.get_by_role("button", name="Сұранысты жіберу").click()
    expect(page.get_by_text("Ірімшік жеткіземіз")).to_be_visible()
    return found | {"sent": asking.inspect()}


def _set_hour(page: Page, forum: Forum, hour: str) -> None:
    """Free where it was not, and the other way round; by keyboard."""
    page.goto(f"/e/{forum.event.code}/my/partners/hours")
    page.get_by_role("checkbox", name=hour).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Сақтау").click()
    expect(page.get_by_text("Кездесу уақыты сақталды.")).to_be_visible()


def _agrees(answering: Watched, forum: Forum) -> dict[str, list[str]]:
    page = answering.page
    page.goto(f"/e/{forum.event.code}/my/partners/received")
    page.get_by_role("link", name="Ответить на запрос").click()
    found = {"received": answering.inspect()}
    page.get_by_role("button", name="Согласиться на встречу").click()
    expect(page.get_by_text("Вы согласились.")).to_be_visible()
    db.session.rollback()
    asked = db.session.scalars(select(Request).where(Request.message.is_not(None))).one()
    assert (asked.rank, asked.status) == (RequestRank.MUST, RequestStatus.ACCEPTED)
    assert db.session.scalars(select(Absence.starts_at)).all() == [factories.at(11)]
    return found


def _computes(served: Served, page: Page, forum: Forum) -> None:
    """Before one's eyes, by keyboard."""
    page.goto(f"/e/{forum.event.code}/desk/meetings/")
    page.get_by_role("button", name="Compute the schedule").press("Enter")
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    jobs.work_off(served.app)
    page.get_by_role("link", name="Without a meeting").click()


def _reads_why(page: Page) -> None:
    """The interpreter is taken at the first time, and at the other one the delegate is away."""
    row = page.locator(".unplaced > li")
    expect(row).to_have_count(1)
    expect(row.locator(".unplaced-why")).to_contain_text("no interpreter is free")
    expect(row.locator(".remedies")).to_contain_text("Участник-0")


def _takes_the_remedy(page: Page) -> None:
    page.reload()
    page.get_by_role("button", name=re.compile("Take .*11:00")).click()
    expect(page.locator(".meeting.is-live")).to_have_count(3)


def _drags(page: Page, forum: Forum) -> None:
    """The meeting of the last two, who need no interpreter, to the time that has none, or from there."""
    cell = page.locator(".live-cell", has_text="Восток")
    column = 0 if cell.get_attribute("data-column") == "1" else 1
    place = page.locator(f'.live-cell[data-row="1"][data-column="{column}"]')
    meeting = cell.locator(".meeting")
    meeting.hover()
    page.mouse.down()
    box = place.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=6)
    expect(place).to_have_attribute("data-outcome", re.compile("free|possible"))
    page.mouse.up()
    expect(place.locator(".meeting.is-locked")).to_be_visible()
    page.goto(f"/e/{forum.event.code}/desk/meetings/")


def _publishes(page: Page) -> None:
    page.get_by_role("link", name="See changes and publish").press("Enter")
    page.get_by_role("button", name="Publish").press("Enter")
    expect(page.get_by_role("heading", name="In force: revision 1")).to_be_visible()


def _nobody_comes(served: Served, hall: Watched, forum: Forum) -> dict[str, list[str]]:
    """One tap; a repair is worked out meanwhile, shown, and applied."""
    page = hall.page
    page.goto(f"/e/{forum.event.code}/venue/meetings/?slot={_slot_of_the_last()}")
    page.locator("summary", has_text="Восток").click()
    found = {"hall": hall.inspect()}
    page.get_by_role("button", name="Участник-4").click()
    expect(page.get_by_text("A repair is being worked out")).to_be_visible()
    jobs.work_off(served.app)
    page.get_by_role("link", name="See what it changes").click()
    found["repair"] = hall.inspect()
    page.get_by_role("button", name="Apply the repair").click()
    expect(page.get_by_role("heading", name="In force: revision 2")).to_be_visible()
    return found


def _slot_of_the_last() -> int:
    db.session.rollback()
    asked = select(func.max(Request.id)).where(Request.message.is_(None)).scalar_subquery()
    return db.session.scalars(select(Meeting.slot_id).where(Meeting.request_id == asked)).one()


def _told(served: Served, mails: MailServer) -> list[str]:
    """To whom the forum has written about the schedule since it was asked last."""
    jobs.work_off(served.app)
    about = [each for each in mails.arrived if "встречах" in each["Subject"]]
    mails.arrived.clear()
    return sorted(str(each["To"]) for each in about)

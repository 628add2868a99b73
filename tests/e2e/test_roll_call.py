"""The roll of a bus on two phones, with the network cut."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from forum import clock
from forum.domain.roles import Role
from forum.domain.roll_call import Leg
from forum.models import Account, Badge, BoardingTick, Bus, Departure, Event
from forum.models.base import db
from forum.queries import roll_calls
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served

pytestmark = pytest.mark.browser
NAMES = ("Абаева", "Борисов", "Власова", "Громов")


@dataclass(frozen=True)
class Trip:
    event: Event
    bus: Bus
    leaders: tuple[Account, Account]

    @property
    def path(self) -> str:
        return f"/e/{self.event.code}/venue/buses/{self.bus.id}"


@pytest.fixture
def trip(served: Served) -> Trip:
    with transaction():
        event = factories.event()
    first, second = (cast.account(Role.DELEGATE, event_id=event.id) for _ in range(2))
    with transaction():
        leading = [factories.delegate(event, account_id=account.id).id for account in (first, second)]
        visit = factories.visit(event, factories.site(event))
        bus = factories.bus(visit, label="1", leader_id=leading[0], deputy_id=leading[1])
        for nth, name in enumerate(NAMES):
            one = factories.delegate(
                event, family_name=name, given_name="", patronymic=None, phone=f"+7701000000{nth}",
                sort_kk=name.encode(),
            )  # fmt: skip
            factories.seated(visit, one, bus)
            db.session.add(
                Badge(event_id=event.id, delegate_id=one.id, code=f"code-{nth}", issued_at=clock.now())
            )
    return Trip(event, bus, (first, second))


def tick(page: Page, *names: str) -> None:
    for name in names:
        page.locator(".roll-tick", has_text=name).click()


def aboard(page: Page) -> list[str]:
    pressed = page.locator(".roll-tick[aria-pressed=true] .name")
    return sorted(pressed.all_text_contents())


def open_and_cut(open_page: OpenPage, served: Served, trip: Trip) -> list[Page]:
    """Both leaders have opened the list once; then there is no network, and they open it again."""
    pages = []
    for account in trip.leaders:
        page = open_page(served, account, language="kk", width=390).page
        page.goto(trip.path)
        expect(page.locator("[data-kept]")).to_be_visible()
        page.context.set_offline(True)
        page.reload()
        expect(page.locator("[data-count]")).to_have_text("0 / 4")
        pages.append(page)
    return pages


def test_two_phones_without_a_network_lose_no_tick(served: Served, open_page: OpenPage, trip: Trip) -> None:
    first, second = open_and_cut(open_page, served, trip)
    tick(first, "Абаева", "Борисов")
    tick(second, "Абаева", "Борисов", "Власова")
    tick(second, "Борисов")  # the later word, and the opposite one
    expect(first.locator("[data-sent]")).to_contain_text("2")
    first.locator("[data-go]:visible").click()
    first.reload()  # what is kept outlives the page
    assert aboard(first) == ["Абаева", "Борисов"]
    for page in (first, second):
        page.context.set_offline(False)
        expect(page.locator("[data-sent]")).to_have_text("Бәрі жіберілді")
    for page in (first, second):
        page.reload()
        expect(page.locator("[data-count]")).to_have_text("2 / 4")
        assert aboard(page) == ["Абаева", "Власова"]
    assert first.locator(".roll-call-up").first.get_attribute("href") == "tel:+77010000000"
    db.session.rollback()
    assert db.session.scalar(select(func.count(BoardingTick.id))) == 6
    (left,) = roll_calls.departures(trip.bus.visit_id).values()
    assert (left.aboard, left.expected) == (2, 4)
    _come_back(first, trip)


def _come_back(page: Page, trip: Trip) -> None:
    """On the way back the bus waits for the two who came; nothing is lost then either."""
    page.context.set_offline(True)
    page.locator("[data-way-link=back]").click()
    expect(page.locator("[data-count]")).to_have_text("0 / 2")
    tick(page, "Абаева", "Власова")
    page.locator("[data-go]:visible").click()
    page.context.set_offline(False)
    expect(page.locator("[data-sent]")).to_have_text("Бәрі жіберілді")
    db.session.rollback()
    assert db.session.query(Departure).count() == 2
    back = next(one for one in roll_calls.rolls(trip.bus.visit_id, "ru") if one.leg is Leg.BACK)
    assert (back.is_complete, back.has_left) == (True, True)


def test_a_number_or_a_badge_marks_its_holder_and_the_list_reads_well_at_night(
    served: Served, open_page: OpenPage, trip: Trip
) -> None:
    watched = open_page(served, trip.leaders[0], language="kk", width=390, dark=True)
    watched.page.goto(trip.path)
    number = watched.page.locator("[data-person]", has_text="Абаева").get_attribute("data-number")
    watched.page.get_by_label("Бейдждегі нөмір немесе код").fill(f"№ {number}")
    watched.page.keyboard.press("Enter")
    watched.page.keyboard.insert_text("https://forum.example/b/code-1")
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator("[data-count]")).to_have_text("2 / 4")
    assert aboard(watched.page) == ["Абаева", "Борисов"]
    expect(watched.page.locator("[data-sent]")).to_have_text("Бәрі жіберілді")
    assert watched.inspect() == []

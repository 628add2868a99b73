"""Badge and profile on a phone, in Kazakh: change, photo, confirm, answer; also without a script."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus
from forum.models import Account, Delegate, Event
from forum.models.base import db
from forum.queries import badge_documents, events
from forum.services import files
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served
from tests.factories import given
from tests.services.test_portraits import corners, written

pytestmark = pytest.mark.browser


@pytest.fixture
def event(served: Served) -> Event:
    return given(factories.event)


@pytest.fixture
def account(event: Event) -> Account:
    """Of somebody with a long name whom the organisers have asked something."""
    account = cast.account(Role.DELEGATE, event_id=event.id)
    company = given(
        factories.company, event=event, name="Жетісу агроөнеркәсіптік кешені",
        badge_name=Localized(kk="«Жетісу агроөнеркәсіптік кешені» ЖШС"),
        short_name=Localized(kk="«Жетісу агроөнеркәсіптік кешені» ЖШС"),
    )  # fmt: skip
    given(
        factories.delegate, event=event, account_id=account.id, company_id=company.id,
        status=RegistrationStatus.ASKED, decision_note="Лауазымыңызды нақтылаңыз.",
        family_name="Сұлтанғазиев-Нұрмұхамбетов", given_name="Әлімжан", patronymic="Қойшығараұлы",
        position=Localized(kk="Басқарма төрағасының бірінші орынбасары"), phone="+77011234567", language="kk",
    )  # fmt: skip
    return account


@pytest.fixture
def portrait(tmp_path: Path) -> Path:
    """A wide picture with the four colours on its right side."""
    wide = Image.new("RGB", (1600, 800), "white")
    wide.paste(corners(), (1000, 0))
    path = tmp_path / "me.jpg"
    path.write_bytes(written(wide))
    return path


def person(account: Account) -> Delegate:
    db.session.rollback()
    return db.session.query(Delegate).filter_by(account_id=account.id).one()


def top_left_colour(account: Account, event: Event) -> str:
    """Of the photo that was kept."""
    content = files.content(event_id=event.id, file_id=person(account).photo_id or 0)
    assert content is not None
    picture = Image.open(io.BytesIO(content))
    red, green, blue = picture.getpixel((20, 20))  # type: ignore[misc]
    return "red" if red > green + blue else "white" if min(red, green, blue) > 200 else "other"


def test_everything_that_one_does_with_a_registration_of_ones_own(
    served: Served, open_page: OpenPage, event: Event, account: Account, portrait: Path
) -> None:
    watched = open_page(served, account, language="kk", width=390)
    page = watched.page
    page.goto(f"/e/{event.code}/my/profile")
    expect(page.get_by_text("Лауазымыңызды нақтылаңыз.")).to_be_visible()
    assert watched.inspect() == []
    _change_the_position(page)
    _answer(page)
    _send_the_right_side(page, portrait)
    page.get_by_role("button", name="Бейджімде бәрі дұрыс").click()
    expect(page.get_by_text("Бәрі дұрыс", exact=True)).to_be_visible()
    row = person(account)
    assert (row.status, row.reply, row.position["kk"]) == (
        RegistrationStatus.APPLIED, "Түзеттім.", "Бас инженер",
    )  # fmt: skip
    assert badge_documents.confirmed(events.get(event.id), [row.id]) == {row.id}
    assert (top_left_colour(account, event), watched.inspect()) == ("red", [])


def _change_the_position(page: Page) -> None:
    page.get_by_role("link", name="Өзгерту").click()
    page.get_by_label("Лауазымы қазақша").fill("Бас инженер")
    page.get_by_role("button", name="Сақтау").click()
    expect(page.get_by_text("Сақталды.")).to_be_visible()


def _answer(page: Page) -> None:
    page.get_by_label("Жауабыңыз").fill("Түзеттім.")
    page.get_by_role("button", name="Жауапты жіберу").click()
    expect(page.get_by_text("Өтініміңіз ұйымдастырушыларда")).to_be_visible()


def _send_the_right_side(page: Page, portrait: Path) -> None:
    page.locator("#photo").set_input_files(portrait)
    frame = page.get_by_role("application")
    expect(frame).to_be_visible()
    frame.focus()
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Фотоны сақтау").click()
    expect(page.get_by_alt_text("Қазіргі фотоңыз")).to_be_visible()


def test_a_photo_is_dragged_and_zoomed(
    served: Served, open_page: OpenPage, event: Event, account: Account, portrait: Path
) -> None:
    page = open_page(served, account, language="en", width=1440).page
    page.goto(f"/e/{event.code}/my/profile")
    page.locator("#photo").set_input_files(portrait)
    frame = page.get_by_role("application")
    expect(frame).to_be_visible()
    expect(page.locator("[data-photo-name]")).to_have_text(portrait.name)
    numbers = [page.locator(f"[data-photo-number={name}]") for name in ("left", "top", "width")]
    assert [float(each.input_value()) for each in numbers] == [0.3125, 0, 0.375]
    box = frame.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 100 - box["width"], box["y"] + 100, steps=4)
    page.mouse.up()
    assert float(numbers[0].input_value()) == 0.625
    page.get_by_role("slider").fill("2")
    assert [float(each.input_value()) for each in numbers] == [0.71875, 0.25, 0.1875]


def test_without_a_script_a_photo_is_cropped_by_itself(
    served: Served, open_page: OpenPage, event: Event, account: Account, portrait: Path
) -> None:
    page = open_page(served, account, javascript=False).page
    page.goto(f"/e/{event.code}/my/profile")
    page.locator("#photo").set_input_files(portrait)
    page.get_by_role("button", name="Save the photo").click()
    expect(page.get_by_alt_text("Your photo as it is now")).to_be_visible()
    assert top_left_colour(account, event) == "white"


def test_a_file_that_is_no_photo_is_refused_at_its_field(
    served: Served, open_page: OpenPage, event: Event, account: Account, tmp_path: Path
) -> None:
    watched = open_page(served, account, language="kk", width=390)
    page = watched.page
    text = tmp_path / "photo.jpg"
    text.write_text("no photo")
    page.goto(f"/e/{event.code}/my/profile")
    page.locator("#photo").set_input_files(text)
    page.get_by_role("button", name="Фотоны сақтау").click()
    expect(page.locator("#photo-error")).to_contain_text("Бұл файл – мұнда ашылатын фото емес")
    assert [each for each in watched.inspect() if "422" not in each] == []


def test_whose_registration_it_is_can_be_chosen(
    served: Served, open_page: OpenPage, event: Event, account: Account
) -> None:
    given(factories.delegate, event=event, account_id=account.id, family_name="Ширшова", given_name="Галина")
    watched = open_page(served, account, language="kk", width=390)
    page = watched.page
    page.goto(f"/e/{event.code}/my/profile")
    page.get_by_text("Басқа адам").click()
    page.get_by_role("button", name="Ширшова Галина").click()
    expect(page.locator(".whose-now")).to_contain_text("Ширшова Галина")
    assert watched.inspect() == []

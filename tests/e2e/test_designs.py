"""A design made by hand: parts dragged and moved by keys on the live page, saved, published."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from forum.domain.roles import Role
from forum.models import Event
from forum.models.base import db
from forum.policy import SYSTEM
from forum.printing.designs import standard
from forum.printing.sheets import A6
from forum.queries import designs as known
from forum.services import designs
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served
from tests.factories import given

pytestmark = pytest.mark.browser


@pytest.fixture
def event(served: Served) -> Event:
    row = given(factories.event)
    given(factories.delegate, event=row, family_name="Сұлтанғазиев-Нұрмұхамбетов", given_name="Әлімжан")
    return row


def test_parts_follow_the_mouse_and_the_keys(served: Served, open_page: OpenPage, event: Event) -> None:
    design_id = designs.add(actor=SYSTEM, event_id=event.id, title="Қонақтар", design=standard(A6).design)
    account = cast.account(Role.ORGANISER, event_id=event.id)
    watched = open_page(served, account, language="kk", width=1440)
    page = watched.page
    page.goto(f"/e/{event.code}/desk/designs/{design_id}")
    _drag(page, "4", right_mm=-10, down_mm=5)
    code = page.locator('rect[data-block="4"]')
    for key in ("ArrowLeft", "ArrowLeft", "Shift+ArrowRight"):
        code.press(key)
    first = page.locator(".design-page img").get_attribute("src")
    page.locator("#block-2 summary").click()
    page.locator("#blocks-2-x").fill("12")
    expect(page.locator('rect[data-block="2"]')).to_have_attribute("x", "12")
    expect(page.locator(".design-page img")).not_to_have_attribute("src", first or "")
    assert watched.inspect() == []
    page.locator("#blocks-2-width").fill("85")
    page.get_by_role("button", name="Жаңа нұсқа ретінде сақтау").click()
    page.get_by_role("button", name="2-нұсқаны жариялау").click()
    expect(page.get_by_text("2-нұсқа басылады.")).to_be_visible()
    db.session.rollback()
    made = known.version(design_id=design_id, number=2)
    assert made is not None
    [block] = made.of_kind("code")
    assert (block.x, block.y, block.width, block.height) == (61, 107, 25.5, 25.5)
    assert (made.blocks[2].x, watched.inspect()) == (12, [])


def _drag(page: Page, block: str, *, right_mm: float, down_mm: float) -> None:
    box = page.locator(f'rect[data-block="{block}"]').bounding_box()
    sheet = page.locator(".design-page img").bounding_box()
    assert box is not None
    assert sheet is not None
    pixels = sheet["width"] / A6.width
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right_mm * pixels, y + down_mm * pixels, steps=4)
    page.mouse.up()

"""The parts that screens are made of: without fault in every dress, by keyboard and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage, Served
from tests.e2e.showcase import LANGUAGE_MISSING, NAME_MISSING, show

pytestmark = pytest.mark.browser

AREAS = ("desk", "public", "cabinet", "venue")


@pytest.mark.parametrize(
    ("language", "width", "dark"),
    [("kk", 390, False), ("kk", 1440, True), ("ru", 390, True), ("en", 1440, False)],
)
def test_every_part_is_without_fault(
    served: Served, open_page: OpenPage, language: str, width: int, dark: bool
) -> None:
    show(served.app)
    watched = open_page(served, language=language, width=width, dark=dark)
    found = {}
    for area in AREAS:
        watched.page.goto(f"/showcase/{area}")
        found[area] = watched.inspect()
    assert found == {area: [] for area in AREAS}


def test_the_error_summary_has_the_focus_and_says_what_the_fields_say(
    served: Served, open_page: OpenPage
) -> None:
    show(served.app)
    page = open_page(served).page
    page.goto("/showcase/desk")
    expect(page.locator(".error-summary")).to_be_focused()
    said_by_fields = [
        text.split(":", 1)[1].strip() for text in page.locator(".field-error").all_text_contents()
    ]
    assert page.locator(".error-summary li").all_text_contents() == said_by_fields


@pytest.mark.parametrize(("sentence", "field"), [(NAME_MISSING, "name"), (LANGUAGE_MISSING, "languages-0")])
def test_a_line_of_the_summary_leads_to_its_field(
    served: Served, open_page: OpenPage, sentence: str, field: str
) -> None:
    show(served.app)
    page = open_page(served).page
    page.goto("/showcase/desk")
    page.get_by_role("link", name=sentence).click()
    expect(page.locator(f"#{field}")).to_be_focused()


def test_a_dialog_opens_and_closes_by_keyboard(served: Served, open_page: OpenPage) -> None:
    show(served.app)
    page = open_page(served).page
    page.goto("/showcase/desk")
    opener = page.get_by_role("button", name="Open the dialog")
    opener.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_a_dialog_shows_without_a_script(served: Served, open_page: OpenPage) -> None:
    show(served.app)
    page = open_page(served, javascript=False).page
    page.goto("/showcase/desk")
    page.get_by_role("link", name="Open the dialog").click()
    expect(page.get_by_text("Dialog", exact=True)).to_be_visible()


def test_rows_are_chosen_one_by_one_and_by_shift(served: Served, open_page: OpenPage) -> None:
    show(served.app)
    page = open_page(served).page
    page.goto("/showcase/desk")
    boxes = page.locator('input[name="ids"]')
    boxes.nth(0).check()
    boxes.nth(2).click(modifiers=["Shift"])
    assert page.locator("[data-bulk-count]").text_content() == "3"


def test_rows_are_sent_without_a_script(served: Served, open_page: OpenPage) -> None:
    posted = show(served.app)
    page = open_page(served, javascript=False).page
    page.goto("/showcase/desk")
    page.locator('input[name="ids"]').first.check()
    with page.expect_response("**/showcase/done"):
        page.locator('.bulk button[value="approve"]').click()
    assert posted == ["approve"]


def test_a_form_is_sent_once(served: Served, open_page: OpenPage) -> None:
    posted = show(served.app)
    page = open_page(served).page
    page.goto("/showcase/desk")
    page.locator('input[name="ids"]').first.check()
    with page.expect_response("**/showcase/done"):
        page.locator('.bulk button[value="approve"]').dblclick()
    assert posted == ["approve"]


def test_the_keys_lead_to_a_section(served: Served, open_page: OpenPage) -> None:
    show(served.app)
    page = open_page(served).page
    page.goto("/showcase/desk")
    page.keyboard.press("Control+k")
    page.keyboard.type("ПРОФИЛЬ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/showcase/cabinet")


def test_the_chosen_colours_are_remembered(served: Served, open_page: OpenPage) -> None:
    show(served.app)
    page = open_page(served).page
    page.goto("/showcase/public")
    page.locator("[data-theme-switch]").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("[data-theme-switch]")).to_have_attribute("aria-pressed", "true")


def test_the_language_chosen_wins_over_the_one_in_the_address(served: Served, open_page: OpenPage) -> None:
    show(served.app)
    page = open_page(served).page
    page.goto("/showcase/public?lang=ru&q=1")
    page.locator("summary", has_text="Рус").click()
    page.get_by_role("button", name="Қазақша").click()
    page.wait_for_url("**/showcase/public?q=1")
    expect(page.locator("html")).to_have_attribute("lang", "kk")


def test_progress_is_asked_for_until_it_is_over(served: Served, open_page: OpenPage) -> None:
    show(served.app)
    page = open_page(served).page
    page.goto("/showcase/desk")
    expect(page.locator("#solving progress")).to_have_attribute("value", "3")
    expect(page.locator("#solving")).not_to_have_attribute("hx-get", "/showcase/progress?step=4")


def test_a_message_with_a_way_back_stays(served: Served, open_page: OpenPage) -> None:
    show(served.app)
    page = open_page(served).page
    page.clock.install()
    page.goto("/showcase/desk?toast")
    page.clock.run_for(60_000)
    assert [text.strip() for text in page.locator(".toast-text").all_text_contents()] == ["Moved"]

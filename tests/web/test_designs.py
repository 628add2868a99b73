"""The editor of designs: every button without a script, what is wrong at its field, pages that follow."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.domain.roles import Role
from forum.domain.states import Category
from forum.models import Event
from forum.policy import SYSTEM
from forum.printing.designs import PICTURE, Design, standard
from forum.printing.sheets import A6
from forum.queries import designs as known
from forum.services import designs
from forum.web.design_words import block_title
from tests import factories
from tests.cast import account, browser
from tests.factories import given
from tests.printing.designs import DRAWING, centred

_INPUT = re.compile(r"<input\b[^>]*>")
_SELECT = re.compile(r'<select\b[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)


@pytest.fixture
def event(app: Flask) -> Event:
    app.config["WTF_CSRF_ENABLED"] = False
    return given(factories.event, code="here")


@pytest.fixture
def organiser(app: Flask, event: Event) -> FlaskClient:
    return browser(app, account(Role.ORGANISER, event_id=event.id), language="ru")


def _begun(event: Event) -> str:
    design_id = designs.add(actor=SYSTEM, event_id=event.id, title="Гости", design=standard(A6).design)
    return f"/e/here/desk/designs/{design_id}"


def _fields(html: str) -> dict[str, Any]:
    """What the browser would send of the editor's form."""
    form = html[html.index("data-design=") : html.index('class="design-versions"')]
    found: dict[str, Any] = {}
    for name, options in _SELECT.findall(form):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        first = re.search(r'<option[^>]*value="([^"]*)"', options)
        found[name] = (chosen or first or ["", ""])[1]
    for tag in _INPUT.findall(form):
        if 'type="file"' not in tag and ('type="checkbox"' not in tag or " checked" in tag):
            name, value = (re.search(rf'\b{each}="([^"]*)"', tag) for each in ("name", "value"))
            assert name is not None
            found[name[1]] = value[1] if value else ""
    return found


def _latest(event: Event) -> Design:
    [view] = known.listed(event_id=event.id)
    found = known.version(design_id=view.id, number=view.latest)
    assert found is not None
    return found


def test_what_the_form_shows_is_the_design(organiser: FlaskClient, event: Event) -> None:
    page = _begun(event)
    fields = _fields(organiser.get(page).text)
    answer = organiser.post(page, data={**fields, "do": "save"})
    assert (answer.status_code, _latest(event)) == (303, standard(A6).design)
    assert known.listed(event_id=event.id)[0].latest == 1  # the same is no new version


def test_buttons_change_the_form_and_saving_keeps_it(organiser: FlaskClient, event: Event) -> None:
    page = _begun(event)
    html = organiser.get(page).text
    for do in ("add:photo", "row:3", "unrow:2:0", "remove:0", "front:0"):
        html = organiser.post(page, data={**_fields(html), "do": do}).text
    assert known.listed(event_id=event.id)[0].latest == 1
    changes = {"blocks-5-x": "8,5", "blocks-5-y": "97", "title": "Гости и пресса"}
    assert organiser.post(page, data={**_fields(html), **changes, "do": "save"}).status_code == 303
    made = _latest(event)
    said = [(block.kind, len(block.rows)) for block in made.blocks]
    assert said == [("text", 4), ("text", 3), ("text", 3), ("code", 0), ("band", 1), ("photo", 0)]
    assert (made.blocks[5].x, known.listed(event_id=event.id)[0].title) == (8.5, "Гости и пресса")


def test_own_words_are_told_apart_by_what_they_say(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "ru"}):
        titles = [block_title(block) for block in centred().blocks[:2]]
    assert titles == ["Свои слова: Вход через ворота 2", "Фамилия, Имя и отчество"]


def test_a_map_comes_below_the_day_on_the_back_and_both_sides_are_shown(
    organiser: FlaskClient, event: Event
) -> None:
    page = _begun(event)
    fields = _fields(organiser.get(page).text)
    sent = {"sent": (io.BytesIO(DRAWING), "план.svg"), "do": "upload-back"}
    shown = organiser.post(page, data={**fields, **sent}).text
    assert organiser.post(page, data={**_fields(shown), "do": "save"}).status_code == 303
    made = _latest(event)
    said = [(block.kind, block.y) for block in made.reverse.blocks]
    assert (made.fold, said, len(made.front.blocks)) == ("double", [("day", 8.0), (PICTURE, 96.7)], 6)
    again = organiser.get(page).text
    assert [each.count("data-places") for each in (shown, again)] == [2, 2]
    wrong = organiser.post(page, data={**_fields(again), "blocks-4-side": "back", "do": "save"})
    assert (wrong.status_code, "На этой стороне такого быть не может." in wrong.text) == (422, True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"blocks-1-x": "криво"}, "Введите число."),
        ({"blocks-1-x": "99"}, "Выходит за край бейджа."),
        ({"blocks-1-rows-0-weight": "450"}, "Выберите из предложенного."),
        ({"blocks-2-height": "10"}, "Строки не помещаются в эту высоту"),
        ({"blocks-3-kind": "magic"}, "Выберите из предложенного."),
        ({"accent": "red"}, "Выберите цвет."),
        ({"title": " "}, "Назовите макет."),
    ],
)
def test_what_is_wrong_is_said_and_everything_kept(
    organiser: FlaskClient, event: Event, changes: Mapping[str, str], said: str
) -> None:
    page = _begun(event)
    fields = {**_fields(organiser.get(page).text), "blocks-4-x": "71", **changes, "do": "save"}
    answer = organiser.post(page, data=fields)
    kept = _fields(answer.text)
    assert (answer.status_code in (409, 422), said in answer.text, kept["blocks-4-x"]) == (True, True, "71")
    assert known.listed(event_id=event.id)[0].latest == 1


def test_a_logo_is_put_on_the_badge_and_shown(organiser: FlaskClient, event: Event) -> None:
    page = _begun(event)
    fields = _fields(organiser.get(page).text)
    answer = organiser.post(page, data={**fields, "do": "upload", "sent": (io.BytesIO(DRAWING), "знак.svg")})
    organiser.post(page, data={**_fields(answer.text), "do": "save"})
    [logo] = _latest(event).of_kind(PICTURE)
    [picture] = known.pictures(event_id=event.id)
    assert (logo.picture, logo.width, logo.height, picture.name) == (picture.key, 30.0, 15.0, "знак.svg")
    refused = organiser.post(page, data={**fields, "do": "upload", "sent": (io.BytesIO(b"GIF89a"), "a.svg")})
    assert (refused.status_code, "Изображение не читается" in refused.text) == (422, True)


def test_pages_follow_what_is_typed(organiser: FlaskClient, event: Event) -> None:
    given(factories.delegate, event=event, family_name="Иволгин", number=7)
    page = _begun(event)
    fields = _fields(organiser.get(page).text)
    drawn = [
        organiser.post("/e/here/desk/designs/draw", data={**fields, **changes}).text
        for changes in (
            {},
            {"blocks-2-rows-0-max_pt": "20"},
            {"person": "7"},
            {"person": "9"},
            {"accent": "x"},
        )
    ]
    assert [text.count("data:image/png") for text in drawn] == [1, 1, 1, 1, 0]
    assert (drawn[0] != drawn[1], "Такого номера" in drawn[3]) == (True, True)


def test_a_stale_form_is_kept_and_can_be_saved_then(organiser: FlaskClient, event: Event) -> None:
    page = _begun(event)
    fields = {**_fields(organiser.get(page).text), "do": "save"}
    organiser.post(page, data={**fields, "slot": "middle"})
    answer = organiser.post(page, data={**fields, "slot": "sides"})
    assert (answer.status_code, _latest(event).slot) == (409, "middle")
    organiser.post(page, data={**_fields(answer.text), "do": "save"})
    assert _latest(event).slot == "sides"


def test_of_two_new_titles_the_later_is_refused_and_kept(organiser: FlaskClient, event: Event) -> None:
    page = _begun(event)
    fields = {**_fields(organiser.get(page).text), "do": "save"}
    organiser.post(page, data={**fields, "title": "Гости и пресса"})
    organiser.post(page, data=fields)  # whoever leaves the title alone takes nobody's back
    answer = organiser.post(page, data={**fields, "title": "Почётные гости"})
    assert (answer.status_code, known.listed(event_id=event.id)[0].title) == (409, "Гости и пресса")
    organiser.post(page, data={**_fields(answer.text), "do": "save"})
    assert known.listed(event_id=event.id)[0].title == "Почётные гости"


def test_whose_badges_are_printed_after_it(organiser: FlaskClient, event: Event) -> None:
    page = _begun(event)
    design_id = page.rpartition("/")[2]
    organiser.post(f"{page}/publish", data={"version": "1"})
    organiser.post("/e/here/desk/designs/use", data={"official": design_id, "press": design_id})
    used = known.in_use(event_id=event.id)
    organiser.post("/e/here/desk/designs/use", data={"press": design_id})
    assert (set(used), set(known.in_use(event_id=event.id))) == (
        {Category.OFFICIAL, Category.PRESS},
        {Category.PRESS},
    )


def test_a_version_that_is_not_there_is_not_found(organiser: FlaskClient, event: Event) -> None:
    page = _begun(event)
    places = ("{}?version={}", "{}/file?version={}", "{}/page.png?version={}")
    found = [organiser.get(place.format(page, number)).status_code for number in (1, 9) for place in places]
    assert found == [200] * 3 + [404] * 3


def test_a_file_carries_it(organiser: FlaskClient, event: Event) -> None:
    content = organiser.get(f"{_begun(event)}/file").data
    sent = {"file": (io.BytesIO(content), "design.json"), "title": "Копия"}
    assert organiser.post("/e/here/desk/designs/import", data=sent).status_code == 303
    assert [each.title for each in known.listed(event_id=event.id)] == ["Гости", "Копия"]

"""The form of a profile: forgiving, clear about what is wrong, and harmless to what was not touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask_babel import refresh
from werkzeug.datastructures import MultiDict

from forum.domain.admissions import DEFAULTS
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.profile import Profile
from forum.domain.states import Category, Visibility
from forum.queries import events
from forum.queries.events import EventView
from forum.web.forms.profile import ProfileForm, data_of, profile_from
from tests import factories

GOOD: Mapping[str, object] = {
    "family_name": "Сұлтанғазиев",
    "given_name": "Ерлан",
    "patronymic": "",
    "latin_family_name": "",
    "latin_given_name": "Yerlan",
    "email": " ERLAN@example.org ",
    "phone": "8 (701) 123-45-67 доб. 12",
    "town": "Қонаев",
    "region": "almaty_region",
    "position_kk": "директор",
    "spoken": ["kk", "ru", "klingon"],
    "language": "kk",
    "diet": "–",
    "access_needs": "лифт\r\nпандус",
    "arrives_on": "2.12.2026",
    "arrives_time": "9.30",
    "leaves_on": "2026-12-03",
    "leaves_time": "18:00",
    "visibility": "public",
}
PROFILE = Profile(
    family_name="Сұлтанғазиев",
    given_name="Ерлан",
    latin_family_name="Sultangaziev",
    latin_given_name="Yerlan",
    position=Localized(kk="директор"),
    email="erlan@example.org",
    phone="+77011234567",
    phone_extension="12",
    town="Қонаев",
    region="almaty_region",
    spoken=("kk", "ru"),
    language="kk",
    access_needs="лифт\nпандус",
    arrives_at=datetime(2026, 12, 2, 6, 30, tzinfo=UTC),
    leaves_at=datetime(2026, 12, 3, 15, tzinfo=UTC),
    visibility=Visibility.PUBLIC,
)


@pytest.fixture
def event(app: Flask) -> Iterator[EventView]:
    app.config["WTF_CSRF_ENABLED"] = False
    row = factories.given(factories.event)
    with app.test_request_context("/?lang=kk", method="POST"):
        yield events.get(row.id)


def _form(event: EventView, **typed: object) -> ProfileForm:
    rules = DEFAULTS[Category.DELEGATE]
    return ProfileForm(MultiDict({**GOOD, **typed})).prepare(event, rules)


def _errors(form: ProfileForm) -> Mapping[str, list[str]]:
    form.validate()
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


def test_forgiving_input_becomes_a_profile(event: EventView) -> None:
    form = _form(event)
    assert _errors(form) == {}
    assert profile_from(form) == PROFILE


def test_a_profile_shown_and_sent_again_is_the_same(event: EventView) -> None:
    odd = replace(PROFILE, family_name="МАО", given_name="", latin_family_name="MAO", latin_given_name=None)
    shown = ProfileForm(None, data=data_of(odd, event.zone)).prepare(event)
    sent = ProfileForm(MultiDict(shown.data)).prepare(event)
    assert _errors(sent) == {}
    assert profile_from(sent, before=odd) == odd


def test_names_are_put_right_without_harming_them(event: EventView) -> None:
    form = _form(
        event, family_name="МАККИНЗИ", given_name="МакКинзи", patronymic="ОГЛЫ", latin_family_name=""
    )
    profile = profile_from(form)
    assert profile.name.full == "Маккинзи МакКинзи оглы"


def test_a_whole_name_in_one_field_is_parted(event: EventView) -> None:
    form = _form(event, family_name="иванов иван иванович", given_name="", patronymic="", latin_given_name="")
    assert _errors(form) == {}
    profile = profile_from(form)
    assert (profile.family_name, profile.given_name, profile.patronymic) == ("Иванов", "Иван", "Иванович")
    assert profile.latin_name == "Ivan Ivanov"


def test_known_columns_win(event: EventView) -> None:
    assert profile_from(_form(event), company_id=7).company_id == 7


def test_what_the_rules_hide_is_neither_asked_nor_changed(event: EventView) -> None:
    rules = DEFAULTS[Category.COMPANION]
    form = ProfileForm(MultiDict({**GOOD, "town": "Мәскеу"})).prepare(event, rules)
    assert _errors(form) == {}
    assert profile_from(form, before=PROFILE) == PROFILE


def test_an_organiser_need_not_know_everything(event: EventView) -> None:
    form = ProfileForm(MultiDict({"family_name": "Ким", "given_name": "–", "language": "ru"}))
    form.prepare(event, needs_email=False)
    assert _errors(form) == {}


BAD: tuple[tuple[dict[str, object], str, str], ...] = (
    ({"family_name": ""}, "family_name", "Enter the family name."),
    ({"family_name": "Ива2"}, "family_name", "A name has no digits. Write it in letters."),
    ({"family_name": "Ива*"}, "family_name", "A name has no sign “*”. Take it out."),
    (
        {"family_name": "Iвaнoff"},
        "family_name",
        "This word mixes Cyrillic and Latin letters. Type it again in one alphabet.",
    ),
    ({"family_name": "—"}, "family_name", "Write the name in letters."),
    ({"family_name": "И" * 101}, "family_name", "Shorten this to at most 100 characters."),
    ({"given_name": " "}, "given_name", "Enter the given name. If there is none, put a dash."),
    ({"patronymic": "!"}, "patronymic", "Write the name in letters."),
    (
        {"latin_family_name": "Иванов"},
        "latin_family_name",
        "Write this in Latin letters, as in the passport.",
    ),
    ({"email": ""}, "email", "Enter your e-mail address."),
    ({"email": "erlan"}, "email", "Enter an e-mail address like name@example.org."),
    ({"email": "a@b.kz, c@d.kz"}, "email", "Enter one e-mail address only."),
    ({"phone": ""}, "phone", "Enter the phone number."),
    ({"phone": "12"}, "phone", "Enter a phone number with its country code, such as +7 701 123 45 67."),
    ({"phone": "+77011234567, +77011234568"}, "phone", "Enter one phone number only."),
    ({"phone_extension": "12b"}, "phone_extension", "Enter the extension in digits."),
    ({"position_kk": " "}, "position_kk", "Enter the position in one language at least."),
    ({"spoken": "klingon"}, "spoken", "Choose at least one language."),
    ({"language": ""}, "language", "Choose the language."),
    ({"language": "de"}, "language", "Choose one of the list."),
    ({"region": "atlantis"}, "region", "Choose one of the list."),
    ({"visibility": ""}, "visibility", "Choose who sees this person in the catalogue."),
    ({"arrives_on": "завтра"}, "arrives_on", "Enter a day such as 2.12.2026."),
    ({"arrives_on": ""}, "arrives_on", "Add the day to this time."),
    (
        {"arrives_on": "2.12.2062", "leaves_on": "", "leaves_time": ""},
        "arrives_on",
        "This day is far from those of the forum. Check the month and the year.",
    ),
    ({"arrives_time": "25:00"}, "arrives_time", "Enter a time such as 9:30."),
    ({"leaves_time": ""}, "leaves_time", "Add the time: roughly is enough."),
    (
        {"leaves_on": "1.12.2026"},
        "leaves_on",
        "The departure is before the arrival. Check the days and times.",
    ),
    ({"diet": "х" * 201}, "diet", "Shorten this to at most 200 characters."),
    ({"access_needs": "х" * 1001}, "access_needs", "Shorten this to at most 1000 characters."),
)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"), BAD, ids=[f"{case[1]}-{n}" for n, case in enumerate(BAD)]
)
def test_bad_input_is_said_at_its_field_and_kept(
    app: Flask, event: EventView, typed: dict[str, object], field: str, sentence: str
) -> None:
    said = {}
    for language in LANGUAGES:
        with app.test_request_context(f"/?lang={language}", method="POST"):
            refresh()
            form = _form(event, **typed)

            found = _errors(form)
            said[language] = next(iter(found.values()))
            kept = form[next(iter(found))]
            assert list(found) == [field if not field.startswith("position") else f"position_{language}"]
            assert str(typed[field]).strip() in ("klingon", str(kept.data or ""))
    assert said["en"] == [sentence]
    assert len({tuple(texts) for texts in said.values()}) == len(LANGUAGES)


def test_the_stay_may_be_left_out(event: EventView) -> None:
    form = _form(event, arrives_on="", arrives_time="", leaves_on="", leaves_time="")
    assert _errors(form) == {}
    assert (profile_from(form).arrives_at, profile_from(form).leaves_at) == (None, None)

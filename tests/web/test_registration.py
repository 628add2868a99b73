"""Registering, step by step, as a browser without a script does it."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from forum import clock
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import QuestionKind, QuestionStage, RegistrationStatus
from forum.models import Answer, Company, Delegate, Event, Message, Question, RegistrationDraft
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.queries_counted import statements

WHO: Mapping[str, Any] = {
    "family_name": "Сұлтанғазиев",
    "given_name": "Ерлан",
    "email": "erlan@example.org",
    "phone": "8 701 123-45-67",
    "language": "kk",
}
STEPS: Mapping[str, Mapping[str, Any]] = {
    "who": WHO,
    "company": {"company_text": "Прогресс", "do": "new"},
    "new-company": {
        "company_name": "ТОО Прогресс",
        "company_town": "Қонаев",
        "company_region": "almaty_region",
    },
    "business": {"sectors": ["food", "trade"], "offers": "сүт", "seeks": "буып-түю"},
    "work": {"position_kk": "директор", "spoken": ["kk", "ru"], "town": "Қонаев", "region": "almaty_region"},
    "stay": {"arrives_on": "2.12.2026", "arrives_time": "9", "diet": "халал"},
    "photo": {},
    "consents": {
        "consent_processing": "y",
        "consent_transfer": "y",
        "consent_catalogue": "y",
        "visibility": "public",
    },
    "check": {},
}


@pytest.fixture(autouse=True)
def _without_csrf(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.given(factories.event, code="forum")


def begin(client: FlaskClient, category: str = "delegate", language: str = "kk") -> None:
    client.set_cookie("language", language)
    answer = client.post("/e/forum/register/begin", data={"category": category})
    assert answer.location == "/e/forum/register/who"


def fill_in(client: FlaskClient, steps: Mapping[str, Mapping[str, Any]] = STEPS) -> str:
    """Send every step; returns where the last one led to."""
    location = ""
    for step, typed in steps.items():
        assert client.get(f"/e/forum/register/{step}").status_code == 200, step
        answer = client.post(f"/e/forum/register/{step}", data=typed)
        assert answer.status_code == 303, (step, re.findall("field-error.*?</p>", answer.text, re.S))
        location = answer.location
    return location


def test_from_the_first_page_to_thank_you(client: FlaskClient, event: Event) -> None:
    assert client.get("/e/forum/register").status_code == 200
    begin(client)
    assert fill_in(client) == "/e/forum/register/thanks"
    assert client.get("/e/forum/register/thanks").status_code == 200
    row = db.session.query(Delegate).one()
    company = db.session.query(Company).one()
    assert (row.family_name, row.latin_family_name, row.phone, row.status, row.spoken) == (
        "Сұлтанғазиев",
        "Sultangaziev",
        "+77011234567",
        RegistrationStatus.APPLIED,
        ["kk", "ru"],
    )
    assert (company.short_name["kk"], row.company_id, company.offers) == ("«Прогресс» ЖШС", company.id, "сүт")


LONG_NAME = {"family_name": "Ж" * 101}
BAD: tuple[tuple[str, Mapping[str, Any], str], ...] = (
    ("who", {"family_name": ""}, "Enter the family name."),
    ("who", {"family_name": "Серік5"}, "A name has no digits. Write it in letters."),
    ("who", LONG_NAME, "Shorten this to at most 100 characters."),
    ("who", {"given_name": ""}, "Enter the given name. If there is none, put a dash."),
    ("who", {"patronymic": "№"}, "Write the name in letters."),
    ("who", {"latin_family_name": "Серік"}, "Write this in Latin letters, as in the passport."),
    ("who", {"latin_given_name": "Ерлан"}, "Write this in Latin letters, as in the passport."),
    ("who", {"email": ""}, "Enter your e-mail address."),
    ("who", {"email": "erlan@"}, "Enter an e-mail address like name@example.org."),
    ("who", {"phone": "сто"}, "Enter a phone number with its country code, such as +7 701 123 45 67."),
    ("who", {"language": "xx"}, "Choose one of the list."),
    ("company", {"company_text": "Nowhere Ltd"}, "We do not know this company yet. Enter it as a new one."),
    ("company", {"company_text": "Прогресс"}, "Choose your company, or enter it as a new one."),
    ("company", {"company": "999999", "company_text": ""}, "Choose your company, or enter it as a new one."),
    ("new-company", {"company_name": ""}, "Enter the name of the company."),
    ("new-company", {"company_name": "«»"}, "Enter the name of the company."),
    ("new-company", {"company_form": "gmbh & co"}, "Choose one of the list."),
    ("new-company", {"company_badge_kk": "К" * 101}, "Shorten this to at most 100 characters."),
    ("business", {"sectors": []}, "Choose at least one sector."),
    ("business", {"offers": "х" * 2001}, "Shorten this to at most 2000 characters."),
    ("work", {"position_kk": ""}, "Enter the position in one language at least."),
    ("work", {"spoken": []}, "Choose at least one language."),
    ("work", {"town": "х" * 101}, "Shorten this to at most 100 characters."),
    ("work", {"region": "atlantis"}, "Choose one of the list."),
    ("stay", {"arrives_on": "ертең"}, "Enter a day such as 2.12.2026."),
    ("stay", {"arrives_time": "таңертең"}, "Enter a time such as 9:30."),
    ("stay", {"arrives_time": ""}, "Add the time: roughly is enough."),
    ("stay", {"leaves_time": "9"}, "Add the day to this time."),
    (
        "stay",
        {"leaves_on": "1.12.2026", "leaves_time": "9"},
        "The departure is before the arrival. Check the days and times.",
    ),
    (
        "stay",
        {"arrives_on": "2.12.2062"},
        "This day is far from those of the forum. Check the month and the year.",
    ),
    ("stay", {"diet": "х" * 201}, "Shorten this to at most 200 characters."),
    ("stay", {"access_needs": "х" * 1001}, "Shorten this to at most 1000 characters."),
    ("consents", {"consent_processing": ""}, "Nobody can take part without this consent. Tick it to go on."),
    ("consents", {"consent_transfer": ""}, "Nobody can take part without this consent. Tick it to go on."),
    ("consents", {"visibility": "aliens"}, "Choose one of the list."),
)


@pytest.mark.parametrize(
    ("step", "typed", "sentence"), BAD, ids=[f"{case[0]}-{n}" for n, case in enumerate(BAD)]
)
def test_bad_input_is_said_in_three_languages_and_nothing_is_lost(
    client: FlaskClient, event: Event, step: str, typed: Mapping[str, Any], sentence: str
) -> None:
    if typed.get("company_text") == "Прогресс":
        factories.given(factories.company, event=event, name="Прогресс")
    begin(client)
    fill_in(
        client,
        {name: sent for name, sent in STEPS.items() if list(STEPS).index(name) < list(STEPS).index(step)},
    )
    sent = {name: value for name, value in {**STEPS[step], **typed}.items() if name != "do"}
    said = {}
    for language in ("ru", "kk", "en"):
        client.set_cookie("language", language)
        answer = client.post(f"/e/forum/register/{step}", data=sent)
        assert answer.status_code == 422
        said[language] = _errors(answer.text)
        assert said[language] == _errors(client.get(f"/e/forum/register/{step}").text)
        for name, value in sent.items():
            assert _is_shown(answer.text, name, value), (language, name)
    assert sentence in said["en"]
    assert len({tuple(texts) for texts in said.values()}) == 3


def _errors(page: str) -> list[str]:
    """What is said at the fields, the same as in the summary above them where there is one."""
    at_fields = [
        html.unescape(re.sub("<.*?>", "", text)).split(":", 1)[1].strip()
        for text in re.findall(r'<p class="field-error".*?</p>', page, re.S)
    ]
    summary = re.search(r"data-error-summary.*?</ul>", page, re.S)
    if summary:
        lines = re.findall(r"<li>(.*?)</li>", summary.group(), re.S)
        assert [html.unescape(re.sub("<.*?>", "", line)).strip() for line in lines] == at_fields
    return at_fields


def _is_shown(page: str, name: str, value: Any) -> bool:
    """Whether the page gives back what was typed: in a control, or ticked."""
    if isinstance(value, list):
        return all(f'value="{each}" checked' in page for each in value)
    controls = re.findall(rf'<(?:input|select|textarea)[^>]*name="{name}"[^>]*>(?:[^<]*</textarea>)?', page)
    text = html.escape(str(value), quote=True)
    if name in ("company", "company_form", "company_region", "language", "region", "visibility"):
        return True  # what no list offers cannot come from a page
    if any('type="checkbox"' in each for each in controls):
        return any("checked" in each for each in controls) == bool(value)
    shown = [each for each in controls if text in each or html.unescape(text) in html.unescape(each)]
    return bool(shown) or _as_shown(name, value) in "".join(controls)


def _as_shown(name: str, value: str) -> str:
    """Days and times are shown as the browser's own controls want them."""
    return {
        "2.12.2026": "2026-12-02",
        "1.12.2026": "2026-12-01",
        "2.12.2062": "2062-12-02",
        "9": "09:00",
    }.get(value, value)


def test_good_input_says_nothing(client: FlaskClient, event: Event) -> None:
    """The control: the same pages without a fault have no sentence of that kind."""
    begin(client)
    fill_in(client, {name: sent for name, sent in STEPS.items() if name != "check"})
    assert [_errors(client.get(f"/e/forum/register/{step}").text) for step in STEPS] == [[]] * len(STEPS)


def test_a_browser_that_forgot_who_it_was_loses_nothing(
    app: Flask, client: FlaskClient, event: Event
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client.set_cookie("language", "en")
    page = client.get("/e/forum/register").text
    client.post("/e/forum/register/begin", data={"category": "delegate", "csrf_token": _token(page)})
    client.delete_cookie("session")
    answer = client.post("/e/forum/register/who", data=WHO)
    assert (answer.status_code, "Nothing is lost" in answer.text) == (400, True)
    assert all(value in answer.text for value in WHO.values())
    again = client.post(
        "/e/forum/register/who", data={**WHO, "csrf_token": _token(answer.text), "seen": _seen(answer.text)}
    )
    assert again.location == "/e/forum/register/company"


def test_two_windows_see_each_other(client: FlaskClient, event: Event) -> None:
    begin(client, language="en")
    first = _seen(client.get("/e/forum/register/stay").text)
    client.post("/e/forum/register/stay", data={"diet": "халал", "seen": first})
    stale = client.post("/e/forum/register/stay", data={"diet": "без орехов", "seen": first})
    assert (stale.status_code, "халал" in stale.text, "без орехов" in stale.text) == (409, True, True)
    insisted = client.post("/e/forum/register/stay", data={"diet": "без орехов", "seen": _seen(stale.text)})
    assert insisted.status_code == 303


def test_the_link_in_the_mail_goes_on_elsewhere(app: Flask, client: FlaskClient, event: Event) -> None:
    begin(client)
    client.post("/e/forum/register/who", data=WHO)
    link = re.search(r"/e/forum/register/go-on/\S+", db.session.query(Message).one().body)
    assert link is not None
    laptop = app.test_client()
    assert laptop.get(link.group()).status_code == 200
    assert laptop.get("/e/forum/register/who").location == "/e/forum/register"  # opening alone does nothing
    laptop.post(link.group())
    assert "Сұлтанғазиев" in laptop.get("/e/forum/register/who").text


def test_a_link_of_nobody_says_so(client: FlaskClient, event: Event) -> None:
    client.set_cookie("language", "en")
    assert "no longer works" in client.get("/e/forum/register/go-on/nothing").text
    assert client.post("/e/forum/register/go-on/nothing").location == "/e/forum/register/go-on/nothing"


def test_a_known_company_is_found_in_another_script_and_not_doubled(
    client: FlaskClient, event: Event
) -> None:
    company = factories.given(
        factories.company, event=event, name="Прогресс", legal_form="too", identity_key="too:прогресс"
    )
    begin(client)
    found = client.post("/e/forum/register/company", data={"company_text": "progress"}).text
    assert f'name="company" value="{company.id}"' in found
    client.post("/e/forum/register/company", data={"company_text": "progress", "do": "new"})
    answer = client.post("/e/forum/register/new-company", data={"company_name": "ПРОГРЕСС ЖШС"})
    assert answer.location == "/e/forum/register/company?known=1"
    assert f'value="{company.id}"' in client.get(answer.location).text


def test_a_step_that_was_changed_from_the_check_leads_back_there(client: FlaskClient, event: Event) -> None:
    begin(client)
    fill_in(client, {name: sent for name, sent in STEPS.items() if name != "check"})
    page = client.get("/e/forum/register/stay?back=check").text
    assert 'name="back" value="check"' in page
    answer = client.post("/e/forum/register/stay", data={**STEPS["stay"], "back": "check"})
    assert answer.location == "/e/forum/register/check"


def test_an_unfinished_registration_is_not_sent(client: FlaskClient, event: Event) -> None:
    begin(client)
    client.post("/e/forum/register/who", data=WHO)
    answer = client.post("/e/forum/register/check")
    assert (answer.status_code, db.session.query(Delegate).count()) == (422, 0)
    assert "/e/forum/register/consents?back=check" in answer.text


def test_press_and_companions_have_a_shorter_form(client: FlaskClient, event: Event) -> None:
    begin(client, "press")
    assert client.get("/e/forum/register/business").location == "/e/forum/register/who"


def test_what_no_form_asks_is_not_kept(client: FlaskClient, event: Event) -> None:
    begin(client)
    client.post("/e/forum/register/stay", data={"diet": "халал", "status": "approved", "delegate_id": "1"})
    answers = db.session.query(RegistrationDraft).one().answers
    assert {"status", "delegate_id", "csrf_token"} & set(answers) == set()


def test_the_badge_is_drawn_from_what_is_being_typed(client: FlaskClient, event: Event) -> None:
    begin(client, language="en")
    assert client.post("/e/forum/register/preview", data={}).text.count("data:image/png") == 0
    drawn = client.post(
        "/e/forum/register/preview", data={"family_name": "Щукина", "given_name": "Үміт"}
    ).text
    assert (drawn.count("data:image/png;base64,"), "Щукина" in drawn) == (1, True)
    assert '<span data-proposal="latin_family_name" hidden>Shchukina</span>' in drawn
    hostile = client.post(
        "/e/forum/register/preview", data={"family_name": "<script>", "language": "xx", "visibility": "x"}
    )
    assert (hostile.status_code, "<script>" in hostile.text) == (200, False)


def test_what_is_typed_is_kept_while_the_page_is_open(client: FlaskClient, event: Event) -> None:
    begin(client)
    page = client.get("/e/forum/register/who").text
    answer = client.post(
        "/e/forum/register/who", data={"family_name": "Серік", "do": "keep", "seen": _seen(page)}
    )
    assert answer.text == _seen(client.get("/e/forum/register/who").text)
    assert db.session.query(RegistrationDraft).one().answers["family_name"] == "Серік"


def test_details_go_along_from_one_forum_to_the_next(app: Flask, event: Event) -> None:
    account = cast.account()
    with transaction():
        earlier = factories.event(code="earlier", title=Localized(en="The first forum"))
        company = factories.company(
            earlier, "Заря", identity_key="ooo:заря", short_name=Localized(ru="ООО «Заря»")
        )
        factories.delegate(earlier, account_id=account.id, company_id=company.id, family_name="Иволгин")
    client = cast.browser(app, account)
    begin(client, language="en")
    assert "Take your details from “The first forum”?" in client.get("/e/forum/register/who").text
    client.post("/e/forum/register/take-over")
    answers = db.session.query(RegistrationDraft).one().answers
    assert (answers["family_name"], answers["company"], answers["company_name"]) == (
        "Иволгин",
        "new",
        "ООО «Заря»",
    )


def test_a_photo_is_kept_and_shown_to_its_sender_alone(app: Flask, client: FlaskClient, event: Event) -> None:
    begin(client)
    file = io.BytesIO()
    Image.new("RGB", (600, 800), "navy").save(file, "PNG")
    file.seek(0)
    client.post(
        "/e/forum/register/photo", data={"photo": (file, "me.png")}, content_type="multipart/form-data"
    )
    photo_id = db.session.query(RegistrationDraft).one().photo_id
    shown = client.get(f"/e/forum/register/photo/{photo_id}")
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    assert app.test_client().get(f"/e/forum/register/photo/{photo_id}").status_code == 404


@pytest.mark.parametrize(("opens", "closes", "said"), [(1, 2, "has not begun yet"), (-2, -1, "is over")])
def test_outside_the_window_the_page_says_what_to_do(
    client: FlaskClient, event: Event, opens: int, closes: int, said: str
) -> None:
    with transaction():
        row = db.session.get_one(Event, event.id)
        row.registration_opens_at = clock.now() + timedelta(days=opens)
        row.registration_closes_at = clock.now() + timedelta(days=closes)
    client.set_cookie("language", "en")
    page = client.get("/e/forum/register").text
    assert (said in page, "/register/begin" in page) == (True, False)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_asks_the_same_of_the_database_however_many_there_are(
    app: Flask, client: FlaskClient, event: Event, step: str
) -> None:
    begin(client)
    fill_in(client, {name: sent for name, sent in STEPS.items() if name != "check"})
    client.get(f"/e/forum/register/{step}")
    few = _counted(app, client, step)
    with transaction():
        for number in range(12):
            factories.delegate(event, company_id=factories.company(event, f"Прогресс {number}").id)
    client.get(f"/e/forum/register/{step}")
    assert _counted(app, client, step) == few


def _counted(app: Flask, client: FlaskClient, step: str) -> int:
    with statements(app) as asked:
        assert client.get(f"/e/forum/register/{step}").status_code == 200
    return len(asked)


def _token(page: str) -> str:
    return page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]


def _seen(page: str) -> str:
    return page.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]


def test_the_desk_sees_who_stopped_where(app: Flask, client: FlaskClient, event: Event) -> None:
    begin(client)
    client.post("/e/forum/register/who", data=WHO)
    desk = cast.browser(app, cast.account(Role.ORGANISER, event_id=event.id))
    page = desk.get("/e/forum/desk/registrations/begun").text
    assert ("Сұлтанғазиев Ерлан" in page, "After “Who you are”" in page) == (True, True)
    assert client.get("/e/forum/desk/registrations/begun").status_code == 303


def test_questions_of_the_forum_are_asked_kept_and_sent(client: FlaskClient, event: Event) -> None:
    with transaction():
        question = Question(
            event_id=event.id,
            code="hotel",
            kind=QuestionKind.CHOICE,
            stage=QuestionStage.REGISTRATION,
            title=Localized(en="Do you need a hotel?"),
            options=[{"code": code, "title": {"en": code}} for code in ("yes", "no")],
            is_required=True,
        )
        db.session.add(question)
    begin(client, language="en")
    fill_in(client, {name: sent for name, sent in STEPS.items() if name not in ("consents", "check")})
    page = client.get("/e/forum/register/questions").text
    unanswered = client.post("/e/forum/register/questions", data={"shown": "hotel"})
    assert ("Do you need a hotel?" in page, unanswered.status_code) == (True, 422)
    assert "Answer this question." in client.get("/e/forum/register/check").text
    client.post("/e/forum/register/questions", data={"shown": "hotel", "q_hotel": "yes"})
    fill_in(client, {name: STEPS[name] for name in ("consents", "check")})
    assert db.session.query(Answer).one().value == {"value": "yes"}

"""Badge and profile in the cabinet."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from forum import clock
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import Approval, Category, Opening, RegistrationStatus
from forum.models import Account, Admission, Company, Delegate, Delegation, Event, JournalEntry, ProfileEdit
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import badge_documents, events
from forum.services import own_registrations
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.services.test_portraits import corners, written

S = RegistrationStatus


class Home:
    """A person with an account, at home in the cabinet."""

    def __init__(self, app: Flask, *, language: str = "en", **values: Any) -> None:
        app.config["WTF_CSRF_ENABLED"] = False
        with transaction():
            self.event: Event = factories.event(contact_email="office@example.org")
            self.delegation: Delegation = factories.delegation(self.event)
            self.company: Company = factories.company(self.event, "Прогресс")
        self.account: Account = cast.account(Role.DELEGATE, event_id=self.event.id)
        self.id = self.person(**values).id
        self.browser: FlaskClient = cast.browser(app, self.account, language=language)

    def person(self, **values: Any) -> Delegate:
        defaults = {
            "account_id": self.account.id,
            "delegation_id": self.delegation.id,
            "company_id": self.company.id,
            "phone": "+77011234567",
        }
        return factories.given(
            lambda: factories.delegate(db.session.get_one(Event, self.event.id), **defaults | values)
        )

    @property
    def row(self) -> Delegate:
        db.session.expire_all()
        return db.session.get_one(Delegate, self.id)

    def path(self, rest: str = "profile") -> str:
        return f"/e/{self.event.code}/my/{rest}"

    def page(self, rest: str = "profile") -> str:
        return self.browser.get(self.path(rest)).get_data(as_text=True)

    def edited(self, **changes: Any) -> TestResponse:
        row = self.row
        typed = {
            "version": row.version, "family_name": row.family_name, "given_name": row.given_name,
            "patronymic": row.patronymic or "", "latin_family_name": row.latin_family_name or "",
            "latin_given_name": row.latin_given_name or "", "company": "ООО «Прогресс»",
            "position_ru": "директор", "email": row.email, "phone": "+7 701 123 45 67", "spoken": ["ru"],
            "language": "ru", "visibility": "participants",
        }  # fmt: skip
        return self.browser.post(self.path("profile/edit"), data=typed | changes)

    def send_photo(self, content: bytes, **more: Any) -> TestResponse:
        data = {"version": self.row.version, "photo": (io.BytesIO(content), "me.jpg"), **more}
        return self.browser.post(self.path("profile/photo"), data=data, content_type="multipart/form-data")


def is_confirmed(home: Home) -> bool:
    return home.id in badge_documents.confirmed(events.get(home.event.id), [home.id])


def confirm(home: Home) -> TestResponse:
    from_page = home.page().split('name="content" value="')[1].split('"')[0]
    return home.browser.post(home.path("profile/badge"), data={"content": from_page})


def test_the_page_says_everything_that_the_forum_knows(app: Flask) -> None:
    home = Home(app, diet="халяль", town="Тараз")
    page = home.page()
    told = (
        "Иволгин",
        "Ivolgin",
        "ООО «Прогресс»",
        "директор",
        "халяль",
        "Тараз",
        "+7 701",
        "русский",
    )
    assert [text for text in told if text not in page] == ["русский"]
    assert "Russian" in page


def test_the_picture_of_the_badge_is_there(app: Flask) -> None:
    home = Home(app)
    answer = home.browser.get(home.path("badge.png"))
    assert (answer.status_code, answer.mimetype, answer.data[:4]) == (200, "image/png", b"\x89PNG")


def test_the_picture_has_its_words_and_what_could_look_better(app: Flask) -> None:
    home = Home(app, latin_family_name=None, latin_given_name=None)
    page = home.page()
    assert 'alt="How the badge will look: Иволгин; Владимир Иванович; ООО «Прогресс»; директор' in page
    assert "Name in Latin letters: missing." in page


def test_the_badge_is_found_right(app: Flask) -> None:
    home = Home(app)
    answer = confirm(home)
    assert (answer.status_code, is_confirmed(home), "Found right" in home.page()) == (303, True, True)
    entry = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.subject_id) == ("badge_confirmed", home.id)


def test_a_badge_that_has_changed_meanwhile_is_not_found_right(app: Flask) -> None:
    home = Home(app)
    content = home.page().split('name="content" value="')[1].split('"')[0]
    home.edited(family_name="Сокол")
    home.browser.post(home.path("profile/badge"), data={"content": content})
    assert not is_confirmed(home)


@pytest.mark.parametrize(("change", "stays"), [({"family_name": "Сокол"}, False), ({"diet": "халяль"}, True)])
def test_a_printed_field_that_changes_ends_the_confirmation(
    app: Flask, change: dict[str, str], stays: bool
) -> None:
    home = Home(app)
    confirm(home)
    home.edited(**change)
    assert is_confirmed(home) is stays


def test_what_is_changed_is_kept_and_noted(app: Flask) -> None:
    home = Home(app)
    answer = home.edited(family_name="Сокол", diet="халяль", position_kk="директор", town="Тараз")
    row = home.row
    assert (answer.status_code, row.family_name, row.diet, row.town) == (303, "Сокол", "халяль", "Тараз")
    assert dict(row.position) == {"ru": "директор", "kk": "директор"}
    edit = db.session.scalars(select(ProfileEdit)).one()
    assert sorted(edit.changes) == ["diet", "family_name", "position", "town"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Enter a phone number with its country code"),
        ("ru", "Укажите номер телефона с кодом страны"),
        ("kk", "Телефон нөмірін ел кодымен"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    app: Flask, language: str, sentence: str
) -> None:
    home = Home(app, language=language)
    answer = home.edited(family_name="Сокол", phone="седьмой", diet="халяль")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert [text for text in ("Сокол", "седьмой", "халяль", 'id="phone-error"') if text not in page] == []
    assert home.row.family_name == "Иволгин"


def test_whoever_was_overtaken_sees_both_versions(app: Flask) -> None:
    home = Home(app)
    stale = home.row.version
    home.edited(town="Тараз")
    answer = home.edited(version=stale, town="Караганда", diet="халяль")
    page = answer.get_data(as_text=True)
    assert (answer.status_code, home.row.town) == (409, "Тараз")
    assert [text for text in ("Тараз", "Караганда", "халяль", "There now", "Айгүл") if text not in page] == []
    fresh = page.split('name="version" type="hidden" value="')[1].split('"')[0]
    again = home.edited(version=fresh, town="Караганда", diet="халяль")
    assert (again.status_code, home.row.town) == (303, "Караганда")


def test_another_company_is_chosen_from_the_list(app: Flask) -> None:
    home = Home(app)
    other = factories.given(lambda: factories.company(db.session.get_one(Event, home.event.id), "Рассвет"))
    home.edited(company="рассвет", company_id=other.id)
    assert home.row.company_id == other.id


def test_what_is_typed_without_a_choice_is_looked_for(app: Flask) -> None:
    home = Home(app)
    other = factories.given(lambda: factories.company(db.session.get_one(Event, home.event.id), "Рассвет"))
    page = home.edited(company="Рассвет").get_data(as_text=True)
    assert f'name="company_id" value="{other.id}"' in page
    assert ("Choose the company you mean." in page, home.row.company_id) == (True, home.company.id)


def test_a_new_company_is_added_once_the_person_says_so(app: Flask) -> None:
    home = Home(app)
    factories.given(lambda: factories.company(db.session.get_one(Event, home.event.id), "Рассвет"))
    home.edited(company="АО «Рассвет-Агро»", is_new_company="y")
    name = db.session.get_one(Company, home.row.company_id).short_name.in_language("ru")
    assert name == "АО «Рассвет-Агро»"


def test_a_company_of_another_forum_is_refused(app: Flask) -> None:
    home, other = Home(app), Home(app)
    home.edited(company="Чужая", company_id=other.company.id)
    assert home.row.company_id == home.company.id


def test_a_photo_is_sent_and_removed(app: Flask) -> None:
    home = Home(app)
    sent = home.send_photo(written(corners()))
    has_photo = home.row.photo_id is not None
    shown = home.browser.get(f"/e/{home.event.code}/people/{home.id}/photo").status_code
    gone = home.browser.post(
        home.path("profile/photo"), data={"version": home.row.version, "drop_photo": "y"}
    )
    assert (sent.status_code, has_photo, shown, gone.status_code, home.row.photo_id) == (
        303,
        True,
        200,
        303,
        None,
    )


def test_the_part_that_was_chosen_is_kept(app: Flask) -> None:
    home = Home(app)
    home.send_photo(written(corners()), photo_left="0.5", photo_top="0", photo_width="0.5")
    picture = home.browser.get(f"/e/{home.event.code}/people/{home.id}/photo").data
    assert b"JFIF" in picture[:20]


@pytest.mark.parametrize("numbers", [("nan", "0", "1"), ("", "", ""), ("x", "0", "1"), ("0", "0", "inf")])
def test_a_part_that_makes_no_sense_is_no_part(app: Flask, numbers: tuple[str, str, str]) -> None:
    left, top, width = numbers
    home = Home(app)
    assert (
        home.send_photo(written(corners()), photo_left=left, photo_top=top, photo_width=width).status_code
        == 303
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no photo", "This file is not a photo that can be opened here"),
        (b"", "The file is empty."),
        (written(corners(100, 100)), "The photo is too small: at least 150 by 200"),
    ],
)
def test_what_is_wrong_with_a_photo_is_said_at_its_field(app: Flask, content: bytes, sentence: str) -> None:
    home = Home(app)
    answer = home.send_photo(content)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, sentence in page, 'id="photo-error"' in page) == (422, True, True)


def test_no_photo_at_all_is_said_too(app: Flask) -> None:
    home = Home(app)
    answer = home.browser.post(home.path("profile/photo"), data={"version": home.row.version})
    assert (answer.status_code, "Choose a photo first." in answer.get_data(as_text=True)) == (422, True)


def test_a_coarse_photo_is_kept_with_a_warning(app: Flask) -> None:
    home = Home(app)
    home.send_photo(written(corners(200, 280)))
    assert "too small to look well on paper" in home.page()


def decided_edits(home: Home) -> None:
    with transaction():
        db.session.add(
            Admission(
                event_id=home.event.id, category=Category.DELEGATE, opening=Opening.OPEN,
                approval=Approval.DECIDED, edits_need_decision=True, most_companions=0, asked={},
            )
        )  # fmt: skip


def test_a_change_that_waits_is_shown_field_by_field(app: Flask) -> None:
    home = Home(app)
    decided_edits(home)
    warned = "An organiser looks at what you change." in home.page("profile/edit")
    home.edited(family_name="Сокол")
    page = home.page()
    told = ("A change waits for an organiser", "Before:</span> Иволгин", "Now:</span> Сокол")
    assert (warned, [text for text in told if text not in page]) == (True, [])


_STANDINGS = {
    S.APPLIED: "Your registration is with the organisers",
    S.ASKED: "The organisers have a question",
    S.WAITING: "You are on the waiting list",
    S.OFFERED: "A place has become free for you",
    S.DECLINED: "Your registration was declined",
    S.WITHDRAWN: "Your registration is withdrawn",
}


@pytest.mark.parametrize("status", list(S))
@pytest.mark.parametrize("rest", ["profile", ""])
def test_every_state_is_said_honestly(app: Flask, status: S, rest: str) -> None:
    home = Home(app, status=status, decision_note="Список участников закрыт.")
    page = home.page(rest)
    assert [each for each, text in _STANDINGS.items() if text in page] == [status] * (
        status is not S.APPROVED
    )


@pytest.mark.parametrize("status", [S.ASKED, S.DECLINED, S.WITHDRAWN])
def test_the_question_or_the_reason_is_there_to_read(app: Flask, status: S) -> None:
    home = Home(app, status=status, decision_note="Список участников закрыт.")
    assert "Список участников закрыт." in home.page()


def test_a_question_is_answered_after_an_edit(app: Flask) -> None:
    home = Home(app, status=S.ASKED, decision_note="Уточните должность.")
    home.edited(position_ru="главный инженер")
    answer = home.browser.post(home.path("registration/answer"), data={"reply": "Исправлено."})
    row = home.row
    assert (answer.status_code, row.status, row.reply, row.position["ru"]) == (
        303, S.APPLIED, "Исправлено.", "главный инженер",
    )  # fmt: skip


def test_an_empty_answer_is_refused_at_its_field(app: Flask) -> None:
    home = Home(app, status=S.ASKED, decision_note="Уточните должность.")
    answer = home.browser.post(home.path("registration/answer"), data={"reply": " "})
    page = answer.get_data(as_text=True)
    assert (answer.status_code, 'id="reply-error"' in page, home.row.status) == (422, True, S.ASKED)


@pytest.mark.parametrize(("verb", "status"), [("accept", S.APPROVED), ("refuse", S.WITHDRAWN)])
def test_an_offered_place_is_taken_or_left(app: Flask, verb: str, status: S) -> None:
    with clock.frozen(factories.at(9, day=1)):
        home = Home(app, status=S.OFFERED, offer_ends_at=factories.at(18, day=1))
        page = home.page()
        home.browser.post(home.path(f"registration/{verb}"))
    assert ("18:00 (Moscow, UTC+3)" in page, home.row.status) == (True, status)


def test_an_offer_that_has_ended_says_so_and_takes_nothing(app: Flask) -> None:
    with clock.frozen(factories.at(19, day=1)):
        home = Home(app, status=S.OFFERED, offer_ends_at=factories.at(18, day=1))
        page = home.page()
        home.browser.post(home.path("registration/accept"))
    assert ("The time to answer is over" in page, "Take the place" in page, home.row.status) == (
        True, False, S.OFFERED,
    )  # fmt: skip


def test_whoever_withdraws_can_register_again(app: Flask) -> None:
    home = Home(app)
    home.browser.post(home.path("registration/withdraw"), data={"reason": "Заболел"})
    left = (home.row.status, home.row.decision_note, "Register again" in home.page())
    home.browser.post(home.path("registration/again"))
    assert (left, home.row.status) == ((S.WITHDRAWN, "Заболел", True), S.APPLIED)


def _withdrawn(home: Home) -> int:
    """The number of the journal's line, as the toast's undo carries it."""
    page = home.browser.post(home.path("registration/withdraw"), follow_redirects=True)
    return int(page.get_data(as_text=True).split('name="entry" value="')[1].split('"')[0])


def test_a_withdrawal_is_undone_at_once(app: Flask) -> None:
    home = Home(app)
    entry_id = _withdrawn(home)
    left = home.row.status
    home.browser.post(home.path("registration/back"), data={"entry": entry_id})
    assert (left, home.row.status) == (S.WITHDRAWN, S.APPROVED)


def test_nobody_elses_withdrawal_is_undone(app: Flask) -> None:
    home, other = Home(app), Home(app)
    with transaction():
        stranger = factories.delegate(db.session.get_one(Event, home.event.id))
    entry_id = own_registrations.withdraw(actor=SYSTEM, event_id=home.event.id, delegate_id=stranger.id)
    codes = [
        each.browser.post(each.path("registration/back"), data={"entry": entry_id}).status_code
        for each in (home, other)
    ]
    assert (codes, db.session.get_one(Delegate, stranger.id).status) == ([404, 422], S.WITHDRAWN)


def test_a_registration_that_has_ended_cannot_be_withdrawn_again(app: Flask) -> None:
    home = Home(app, status=S.DECLINED)
    assert 'action="' + home.path("registration/withdraw") not in home.page()


class Pair(Home):
    """An assistant who has registered somebody else too."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.other = self.person(family_name="Ширшова", given_name="Галина", patronymic=None).id


def test_with_one_registration_there_is_nothing_to_choose(app: Flask) -> None:
    assert "Another person" not in Home(app).page()


def test_the_choice_of_a_person_stays(app: Flask) -> None:
    pair = Pair(app)
    before = pair.page()
    pair.browser.post(pair.path("whose"), data={"whose": pair.other, "next": pair.path()})
    after, day = pair.page(), pair.page("")
    assert ["<strong>Ширшова Галина</strong>" in page for page in (before, after, day)] == [False, True, True]


def test_a_form_is_about_the_person_it_was_shown_for(app: Flask) -> None:
    """Another tab has chosen somebody else meanwhile."""
    pair = Pair(app)
    pair.browser.post(pair.path("whose"), data={"whose": pair.other})
    pair.edited(whose=pair.id, town="Тараз")
    pair.browser.post(pair.path("registration/withdraw"), data={"whose": pair.id})
    other = db.session.get_one(Delegate, pair.other)
    assert (pair.row.town, pair.row.status, other.town, other.status) == (
        "Тараз",
        S.WITHDRAWN,
        None,
        S.APPROVED,
    )


def _every_way(pair: Home, whose: int) -> dict[str, int]:
    decisions = ("accept", "refuse", "answer", "withdraw", "again", "back")
    posts = (
        "whose",
        "profile/edit",
        "profile/photo",
        "profile/badge",
        *(f"registration/{d}" for d in decisions),
    )
    gets = ("", "profile", "profile/edit", "badge.png", "agenda.pdf", "agenda.ics", "visits")
    browser = pair.browser
    return {
        f"GET {rest}": browser.get(pair.path(rest), query_string={"whose": whose}).status_code
        for rest in gets
    } | {f"POST {rest}": browser.post(pair.path(rest), data={"whose": whose}).status_code for rest in posts}


def test_nobody_elses_registration_can_be_named(app: Flask) -> None:
    home = Home(app)
    stranger = factories.given(lambda: factories.delegate(db.session.get_one(Event, home.event.id)))
    assert set(_every_way(home, stranger.id).values()) == {404}


@pytest.mark.parametrize("whose", ["0", "-1", "x", "", "9" * 30])
def test_nonsense_is_nobody(app: Flask, whose: str) -> None:
    assert Home(app).browser.get(Home(app).path(), query_string={"whose": whose}).status_code == 404


def test_a_persons_own_pages_are_there(app: Flask) -> None:
    """The negative control of the two above."""
    pair = Pair(app)
    found = _every_way(pair, pair.other)
    assert [way for way, status in found.items() if status == 404] == []


def test_whoever_takes_part_comes_before_whoever_does_not(app: Flask) -> None:
    home = Home(app, status=S.WITHDRAWN)
    other = home.person(family_name="Ширшова")
    assert f'name="whose" value="{other.id}" aria-current="true"' in home.page()


def test_the_erased_are_nobodys_registration(app: Flask) -> None:
    home = Home(app, erased_at=factories.at(9))
    assert home.browser.get(home.path()).status_code == 404


def test_the_number_of_statements_does_not_grow_with_the_people(app: Flask) -> None:
    from_one = Home(app)
    count = db.session.scalar(select(func.count()).select_from(Delegate))
    assert (count, from_one.browser.get(from_one.path()).status_code) == (1, 200)


def test_titles_are_in_the_readers_language(app: Flask) -> None:
    page = Home(app, language="kk").page()
    assert [
        text for text in ("Бейдж және деректер", "Деректеріңіз", "Сіздің бейджіңіз") if text not in page
    ] == []


def test_a_company_with_names_in_several_languages_is_kept_as_it_is(app: Flask) -> None:
    home = Home(app, language="kk")
    with transaction():
        company = db.session.get_one(Company, home.company.id)
        company.short_name = Localized(ru="ООО «Прогресс»", kk="«Прогресс» ЖШС")
    home.edited(company="«Прогресс» ЖШС", town="Тараз")
    assert (home.row.company_id, home.row.town) == (home.company.id, "Тараз")

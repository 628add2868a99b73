"""The interface for programs: what a token opens, and what comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest
from flask import Flask

from forum import clock
from forum.domain.folding import fold
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus
from forum.models import ApiToken, Delegate, JournalEntry, Message
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import api_tokens
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given
from tests.queries_counted import statements

READS: Final = ("/api/v1/event", "/api/v1/registrations", "/api/v1/companies", "/api/v1/delegations")


def _code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["code"]


def test_without_a_token_nothing_opens(app: Flask) -> None:
    given(factories.event)
    answers = [app.test_client().get(path) for path in READS]
    assert [(_code(answer), answer.headers["WWW-Authenticate"]) for answer in answers] == [
        ((401, "token_needed"), "Bearer")
    ] * len(READS)


def test_a_sign_in_is_no_token(app: Flask) -> None:
    event = given(factories.event)
    browser = cast.browser(app, cast.account(Role.ORGANISER, event_id=event.id))
    assert _code(browser.get("/api/v1/registrations")) == (401, "token_needed")


@pytest.mark.parametrize("path", READS)
def test_an_organisers_program_reads_everything(app: Flask, path: str) -> None:
    event = given(factories.event)
    assert cast.program(app, Role.ORGANISER, event_id=event.id).get(path).status_code == 200


def test_a_revoked_token_opens_nothing(app: Flask) -> None:
    event = given(factories.event)
    program = cast.program(app, Role.ORGANISER, event_id=event.id)
    token_id = db.session.query(ApiToken.id).scalar()
    api_tokens.revoke(actor=SYSTEM, event_id=event.id, token_id=token_id)
    assert _code(program.get("/api/v1/event")) == (401, "token_needed")


def test_an_expired_token_opens_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    event, now = given(factories.event), clock.now()
    made = api_tokens.create(
        actor=SYSTEM, event_id=event.id, name="X", role=Role.DESK, expires_at=now + timedelta(hours=1)
    )
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=2))
    answer = app.test_client().get("/api/v1/event", headers={"Authorization": f"Bearer {made.secret}"})
    assert _code(answer) == (401, "token_needed")


def test_a_token_sees_its_own_forum_only(app: Flask) -> None:
    event, other = given(factories.event), given(factories.event)
    stranger = given(factories.delegate, event=other)
    program = cast.program(app, Role.ORGANISER, event_id=event.id)
    assert program.get("/api/v1/registrations").get_json()["total"] == 0
    assert _code(program.get(f"/api/v1/registrations/{stranger.id}")) == (404, "not_found")


def test_a_coordinators_program_sees_its_own_delegation_only(app: Flask) -> None:
    event = given(factories.event)
    own, other = given(factories.delegation, event=event), given(factories.delegation, event=event)
    mine = given(factories.delegate, event=event, delegation_id=own.id)
    theirs = given(factories.delegate, event=event, delegation_id=other.id)
    program = cast.program(app, Role.COORDINATOR, event_id=event.id, delegation_id=own.id)
    rows = program.get("/api/v1/registrations").get_json()["rows"]
    assert [row["id"] for row in rows] == [mine.id]
    assert _code(program.get(f"/api/v1/registrations/{theirs.id}")) == (404, "not_found")
    assert [row["id"] for row in program.get("/api/v1/delegations").get_json()] == [own.id]


def test_a_registration_is_told_whole(app: Flask) -> None:
    event = given(factories.event)
    company = given(factories.company, event=event, name="Прогресс")
    row = given(
        factories.delegate,
        event=event,
        number=7,
        company_id=company.id,
        diet="halal",
        position=Localized(ru="директор", kk="директор"),
    )
    told = cast.program(app, Role.ORGANISER, event_id=event.id).get(f"/api/v1/registrations/{row.id}")
    assert told.get_json() == {
        "id": row.id,
        "number": 7,
        "status": "approved",
        "category": "delegate",
        "company": {"ru": "ООО «Прогресс»"},
        "delegation": None,
        "delegation_id": None,
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
        "version": 1,
        "profile": {
            "family_name": "Иволгин",
            "given_name": "Владимир",
            "patronymic": "Иванович",
            "latin_family_name": "Ivolgin",
            "latin_given_name": "Vladimir",
            "company_id": company.id,
            "position": {"ru": "директор", "kk": "директор"},
            "email": row.email,
            "phone": None,
            "phone_extension": None,
            "town": None,
            "region": None,
            "spoken": ["ru"],
            "language": "ru",
            "diet": "halal",
            "access_needs": None,
            "arrives_at": None,
            "leaves_at": None,
            "visibility": "participants",
        },
    }


def test_meals_are_for_those_who_manage_people(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, diet="halal", access_needs="ramp")
    told = cast.program(app, Role.DESK, event_id=event.id).get(f"/api/v1/registrations/{row.id}").get_json()
    assert (told["profile"]["diet"], told["profile"]["access_needs"]) == (None, None)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=approved", ["Иволгин"]),
        ("status=waiting", ["Сұлтанғазиев"]),
        ("q=Sultangaziyev", ["Сұлтанғазиев"]),
        ("category=press", []),
        ("changed_since=2100-01-01T00:00:00Z", []),
        ("page=2&page_size=1", ["Сұлтанғазиев"]),
    ],
)
def test_registrations_are_filtered_and_paged(app: Flask, query: str, found: list[str]) -> None:
    event = given(factories.event)
    given(factories.delegate, event=event, search_key=fold("Иволгин"))
    given(
        factories.delegate,
        event=event,
        family_name="Сұлтанғазиев",
        search_key=fold("Сұлтанғазиев"),
        status=RegistrationStatus.WAITING,
    )
    program = cast.program(app, Role.ORGANISER, event_id=event.id)
    rows = program.get(f"/api/v1/registrations?{query}").get_json()["rows"]
    assert [row["profile"]["family_name"] for row in rows] == found


def test_a_change_touches_only_what_is_sent(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event)
    program = cast.program(app, Role.ORGANISER, event_id=event.id, can_write=True)
    path = f"/api/v1/registrations/{row.id}"
    before = program.get(path).get_json()
    sent = {"version": 1, "town": "Қонаев", "phone": "8 (701) 123-45-67", "patronymic": ""}
    after = program.patch(path, json=sent).get_json()
    expected = {**before["profile"], "town": "Қонаев", "phone": "+77011234567", "patronymic": None}
    assert (after["profile"], after["version"]) == (expected, 2)


def test_the_journal_says_which_program_it_was(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event)
    program = cast.program(app, Role.ORGANISER, event_id=event.id, can_write=True)
    program.patch(f"/api/v1/registrations/{row.id}", json={"version": 1, "town": "Клин"})
    entry = db.session.query(JournalEntry).filter_by(action="profile_changed").one()
    assert (entry.account_id, entry.data["program"]) == (None, "Exchange")


def test_a_stale_change_is_refused(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event)
    with transaction():
        db.session.get_one(Delegate, row.id).town = "Клин"
    program = cast.program(app, Role.ORGANISER, event_id=event.id, can_write=True)
    path = f"/api/v1/registrations/{row.id}"
    assert _code(program.patch(path, json={"version": 1, "town": "Тверь"})) == (409, "profile_stale")
    assert program.get(path).get_json()["profile"]["town"] == "Клин"


def test_a_token_that_reads_does_not_write(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event)
    program = cast.program(app, Role.ORGANISER, event_id=event.id)
    answer = program.patch(f"/api/v1/registrations/{row.id}", json={"version": 1, "town": "Тверь"})
    assert _code(answer) == (403, "token_reads_only")


def test_a_role_without_the_permission_does_not_write(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event)
    program = cast.program(app, Role.DESK, event_id=event.id, can_write=True)
    answer = program.patch(f"/api/v1/registrations/{row.id}", json={"version": 1, "town": "Тверь"})
    assert _code(answer) == (403, "not_allowed")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"version": 1, "family_name": "  "}, "family_name"),
        ({"version": 1, "email": "nobody"}, "email"),
        ({"version": 1, "phone": "12"}, "phone"),
        ({"version": 1, "spoken": ["xx"]}, "spoken"),
        ({"version": 1, "visibility": "some"}, "visibility"),
        ({"version": 1, "arrives_at": "2026-12-01T10:00"}, "arrives_at"),
        ({"version": 1, "town": "a\u0000b"}, "town"),
        ({"version": 1, "town": "\ud800"}, "town"),
        ({"version": 1, "town": "a" * 81}, "town"),
        ({"version": 1, "company_id": 2**40}, "company_id"),
        ({"version": 1, "position": {"de": "Direktor"}}, "position"),
        ({"version": 1, "status": "approved"}, "status"),
        ({"town": "Клин"}, "version"),
    ],
)
def test_what_cannot_be_taken_is_named(app: Flask, sent: dict[str, Any], field: str) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event)
    program = cast.program(app, Role.ORGANISER, event_id=event.id, can_write=True)
    answer = program.patch(f"/api/v1/registrations/{row.id}", json=sent)
    assert (_code(answer), list(answer.get_json()["errors"]["json"])) == ((422, "invalid"), [field])


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        ("{", "application/json", (400, "bad_request")),
        ("[" * 100_000, "application/json", (400, "bad_request")),
        ("town=Клин", "application/x-www-form-urlencoded", (422, "invalid")),
    ],
)
def test_a_body_that_is_no_json_is_refused(
    app: Flask, body: str, content_type: str, code: tuple[int, str]
) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event)
    program = cast.program(app, Role.ORGANISER, event_id=event.id, can_write=True)
    answer = program.patch(f"/api/v1/registrations/{row.id}", data=body, content_type=content_type)
    assert _code(answer) == code


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/nothing", "/api/v1/registrations/999999999999999999"])
def test_what_is_not_there_is_said_in_json(app: Flask, path: str) -> None:
    assert _code(app.test_client().get(path)) == (404, "not_found")


def test_statements_do_not_grow_with_the_rows(app: Flask) -> None:
    event = given(factories.event)
    program = cast.program(app, Role.ORGANISER, event_id=event.id)
    program.get("/api/v1/event")  # the first use of a token is noted
    counts = []
    for _ in range(2):
        for _ in range(5):
            company = given(factories.company, event=event)
            given(factories.delegate, event=event, company_id=company.id)
        with statements(app) as counted:
            program.get("/api/v1/registrations")
            program.get("/api/v1/companies")
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_the_description_names_every_route(app: Flask) -> None:
    described = app.test_client().get("/api/v1/openapi.json").get_json()
    there = {
        (rule.rule.replace("<int:", "{").replace(">", "}"), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith("api.")
    }
    told = {
        (path, method)
        for path, item in described["paths"].items()
        for method in item
        if method != "parameters"
    }
    assert told == there


def test_a_decision_is_made_and_told(app: Flask) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=RegistrationStatus.APPLIED)
    program = cast.program(app, Role.ORGANISER, event_id=event.id, can_write=True)
    answer = program.post(f"/api/v1/registrations/{row.id}/decision", json={"status": "approved"})
    assert (answer.status_code, answer.get_json()["status"]) == (200, "approved")
    assert [mail.recipient for mail in db.session.query(Message)] == [row.email]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"status": "declined"}, (422, "decline_reason_missing")),
        ({"status": "asked", "reason": " "}, (422, "question_missing")),
        ({"status": "offered"}, (422, "no_such_move")),
        ({"status": "approved", "version": 7}, (409, "registration_moved")),
        ({"status": "erased"}, (422, "invalid")),
    ],
)
def test_a_decision_that_cannot_be_made_is_refused(
    app: Flask, sent: dict[str, Any], code: tuple[int, str]
) -> None:
    event = given(factories.event)
    row = given(factories.delegate, event=event, status=RegistrationStatus.APPLIED)
    program = cast.program(app, Role.ORGANISER, event_id=event.id, can_write=True)
    answer = program.post(f"/api/v1/registrations/{row.id}/decision", json=sent)
    assert (_code(answer), program.get(f"/api/v1/registrations/{row.id}").get_json()["status"]) == (
        code,
        "applied",
    )


def test_somebody_is_registered_and_written_to(app: Flask) -> None:
    event = given(factories.event)
    side = given(factories.delegation, event=event)
    program = cast.program(app, Role.ORGANISER, event_id=event.id, can_write=True)
    sent = {
        "family_name": "Сұлтанғазиева",
        "given_name": "Әлия",
        "email": "Aliya@Example.org",
        "delegation_id": side.id,
        "category": "press",
        "spoken": ["kk", "ru"],
        "language": "kk",
    }
    answer = program.post("/api/v1/registrations", json=sent)
    made = answer.get_json()
    told = {name: made[name] for name in ("status", "category", "delegation_id")}
    assert (answer.status_code, told, made["profile"]["email"]) == (
        201,
        {"status": "applied", "category": "press", "delegation_id": side.id},
        "aliya@example.org",
    )
    assert [(mail.recipient, mail.language) for mail in db.session.query(Message)] == [
        ("aliya@example.org", "kk")
    ]


def test_the_same_key_registers_once(app: Flask) -> None:
    event = given(factories.event)
    program = cast.program(app, Role.ORGANISER, event_id=event.id, can_write=True)
    headers, sent = {"Idempotency-Key": "row 17"}, {"family_name": "Иволгин"}
    answers = [program.post("/api/v1/registrations", json=sent, headers=headers) for _ in range(2)]
    assert (answers[0].status_code, _code(answers[1])) == (201, (409, "sent_twice"))
    assert program.get("/api/v1/registrations").get_json()["total"] == 1


def test_a_delegation_of_another_forum_is_refused(app: Flask) -> None:
    event, other = given(factories.event), given(factories.event)
    side = given(factories.delegation, event=other)
    program = cast.program(app, Role.ORGANISER, event_id=event.id, can_write=True)
    answer = program.post("/api/v1/registrations", json={"family_name": "И", "delegation_id": side.id})
    assert _code(answer) == (422, "no_such_delegation")


def test_a_company_is_made_once_however_it_is_spelled(app: Flask) -> None:
    event = given(factories.event)
    program = cast.program(app, Role.ORGANISER, event_id=event.id, can_write=True)
    answers = [
        program.post("/api/v1/companies", json={"name": name}) for name in ("ТОО «Ақ жайық»", "Ак жайык ЖШС")
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    first, second = (answer.get_json() for answer in answers)
    assert (first["id"], first["short_name"]["kk"]) == (second["id"], "«Ақ жайық» ЖШС")


def test_a_company_is_changed_only_where_it_is_said(app: Flask) -> None:
    event = given(factories.event)
    program = cast.program(app, Role.ORGANISER, event_id=event.id, can_write=True)
    made = program.post("/api/v1/companies", json={"name": "ТОО Жетісу"}).get_json()
    path = f"/api/v1/companies/{made['id']}"
    sent = {"version": made["version"], "sectors": ["food"], "offers": "Қымыз", "about": {"en": "Dairy"}}
    answer = program.patch(path, json=sent)
    after = answer.get_json()
    changed = {name for name in made if made[name] != after[name]}
    assert (answer.status_code, changed) == (200, {"sectors", "offers", "about", "version", "updated_at"})
    assert _code(program.patch(path, json=sent)) == (409, "company_stale")

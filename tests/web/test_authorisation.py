"""Every route x method x reader. A route that somebody adds is in here without being asked.

What readers may do is written out by hand, not read from ``GRANTS``: whoever changes the one
must mean it, and change the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule

from forum.domain.roles import GRANTS, Permission, Role
from forum.domain.states import (
    FileKind,
    ImportStatus,
    JobStatus,
    MessageStatus,
    PaperKind,
    PlanStatus,
    PrintJobStatus,
    QuestionKind,
    Visibility,
)
from forum.models import (
    Account,
    ApiToken,
    Delegate,
    Event,
    Import,
    Interpreter,
    Message,
    Plan,
    PrintJob,
    PrintRun,
    PrintStation,
    Webhook,
)
from forum.models.base import db
from forum.sealing import seal
from forum.services import files, print_runs
from forum.unit_of_work import transaction
from forum.web.access import View
from tests import cast, factories
from tests.furnished import designed
from tests.workbooks.books import xlsx

EVERYONE: Final = frozenset({"public"})
SIGNED_IN: Final = EVERYONE | {"signed_in"}
_DESK: Final = SIGNED_IN | {"lead_buses", "see_catalogue", "see_desk", "see_delegates"}
MAY: Final[Mapping[str, frozenset[str]]] = {
    "anonymous": EVERYONE,
    "delegate": SIGNED_IN | {"ask_for_meetings", "lead_buses", "own_cabinet", "see_catalogue"},
    "interpreter": SIGNED_IN | {"lead_buses", "own_cabinet"},
    "host": SIGNED_IN,
    "coordinator": _DESK | {"manage_members"},
    "desk": _DESK | {"check_in", "print", "run_meetings"},
    "protocol": _DESK
    | {"manage_delegates", "manage_delegations", "manage_members", "print", "reveal_documents"},
    "organiser": _DESK
    | {"check_in", "import", "print", "see_journal", "see_messages"}
    | {"manage_accounts", "manage_delegates", "manage_delegations", "manage_event", "manage_meetings"}
    | {"manage_members", "manage_privacy", "manage_visits", "reveal_documents", "run_meetings"},
    "organiser of another forum": SIGNED_IN,
}
UNKNOWN_ROW: Final = 2_000_000_000
UNKNOWN_WORD: Final = "no-such-thing"


@dataclass(frozen=True)
class Call:
    """One way to call a route. ``is_sure``: everything that its address names is there."""

    endpoint: str
    method: str
    path: str
    permission: str
    is_sure: bool

    def __str__(self) -> str:
        return f"{self.method} {self.path} ({self.permission})"


@dataclass(frozen=True)
class Stage:
    """A forum with one row of each kind, another forum, and an account of every reader."""

    event: Event
    other: Event
    rows: Mapping[str, int]
    accounts: Mapping[str, Account]


@pytest.fixture
def stage(app: Flask) -> Stage:
    app.config["WTF_CSRF_ENABLED"] = False
    with transaction():
        event, other = factories.event(code="here", catalogue_is_public=True), factories.event(code="there")
        delegation = factories.delegation(event)
    accounts = {
        role.value: cast.account(role, event_id=event.id, delegation_id=delegation.id) for role in Role
    }
    accounts["organiser of another forum"] = cast.account(Role.ORGANISER, event_id=other.id)
    file = print_runs.file_of("badges.pdf")
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"%PDF")
    with transaction():
        own = factories.company(event)
        for role in (Role.DELEGATE, Role.INTERPRETER):
            factories.delegate(event, account_id=accounts[role.value].id, company_id=own.id)
            db.session.add(
                Interpreter(
                    event_id=event.id, account_id=accounts[role.value].id, name="Дина", spoken=["ru", "kk"]
                )
            )
        rows = _rows(event, delegation.id)
    return Stage(event, other, rows, accounts)


def _rows(event: Event, delegation_id: int) -> dict[str, int]:
    """Ids of rows of the forum, by the names that addresses give them."""
    picture = files.keep(event_id=event.id, kind=FileKind.SITE_MAP, content=b"-", media_type="image/png")
    site = factories.site(event, map_picture_id=picture.id)
    visit = factories.visit(event, site)
    now = factories.at(9)
    company = factories.company(event)
    photo = files.keep(event_id=event.id, kind=FileKind.PHOTO, content=b"-", media_type="image/jpeg")
    delegate = factories.delegate(
        event,
        delegation_id=delegation_id,
        company_id=company.id,
        visibility=Visibility.PUBLIC,
        photo_id=photo.id,
    )
    plan = Plan(event_id=event.id, status=PlanStatus.DRAFT, created_at=now)
    run = PrintRun(
        event_id=event.id,
        kind=PaperKind.BADGE,
        sheet="a6",
        choice={},
        status=JobStatus.DONE,
        file_name="badges.pdf",
        created_at=now,
    )
    message = Message(
        event_id=event.id,
        occasion="note",
        kind="note",
        recipient="a@example.org",
        language="ru",
        subject="Тема",
        body="Текст",
        status=MessageStatus.FAILED,
        created_at=now,
    )
    workbook = Import(
        event_id=event.id,
        kind="delegates",
        status=ImportStatus.COMMITTED,
        file_name="list.xlsx",
        content=xlsx(("Участники", [("ФИО", "Организация")])),
        sheet="Участники",
        mapping={"row": 1, "columns": [], "sheets": [], "issues": []},
        counts=dict.fromkeys(("new", "changed", "same", "skipped", "rows", "noted"), 0),
        created_at=now,
        committed_at=now,
    )
    token = ApiToken(
        event_id=event.id, name="Exchange", role=Role.DESK, secret_hash="-", hint="-", created_at=now
    )
    webhook = Webhook(
        event_id=event.id,
        address="https://example.org/",
        occasions=["test"],
        sealed_secret=seal(b"key", binding="nothing"),
        created_at=now,
    )
    station = PrintStation(event_id=event.id, name="Desk", sheet="a6", created_at=now)
    job = PrintJob(
        event_id=event.id,
        delegate_id=delegate.id,
        kind=PaperKind.BADGE,
        status=PrintJobStatus.QUEUED,
        created_at=now,
    )
    db.session.add_all([plan, run, message, workbook, token, webhook, station, job])
    db.session.flush()
    design_id, picture_id = designed(event.id)
    question = factories.question(event, kind=QuestionKind.FILE)
    for person in db.session.query(Delegate).filter_by(event_id=event.id):
        factories.sent_file(question, person)
    return {
        "list_id": factories.access_list(visit).id,
        "delegate_id": delegate.id,
        "delegation_id": delegation_id,
        "design_id": design_id,
        "picture_id": picture_id,
        "question_id": question.id,
        "site_id": site.id,
        "visit_id": visit.id,
        "bus_id": factories.bus(factories.visit(event, site)).id,
        "company_id": company.id,
        "person_id": delegate.id,
        "edit_id": factories.edit(delegate).id,
        "member_id": delegate.id,
        "message_id": message.id,
        "plan_id": plan.id,
        "run_id": run.id,
        "station_id": station.id,
        "job_id": job.id,
        "token_id": token.id,
        "webhook_id": webhook.id,
        "workbook_id": workbook.id,
    }


def _calls(app: Flask, event_code: str, rows: Mapping[str, int]) -> Iterator[Call]:
    """Every route with every method; what ``rows`` does not know is something that is not there."""
    adapter = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint == "static" or rule.endpoint.startswith("api."):
            continue  # programs have no browser: test_api_authorisation has theirs
        values = {name: _value(rule, name, event_code, rows) for name in rule.arguments}
        is_sure = UNKNOWN_ROW not in values.values() and UNKNOWN_WORD not in values.values()
        permission = str(app.view_functions[rule.endpoint].permission)  # type: ignore[attr-defined]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            path = adapter.build(rule.endpoint, values, method=method)
            yield Call(rule.endpoint, method, path, permission, is_sure)


def _value(rule: Rule, name: str, event_code: str, rows: Mapping[str, int]) -> object:
    if name == "event_code":
        return event_code
    if isinstance(rule._converters[name], IntegerConverter):
        return rows.get(name, UNKNOWN_ROW)
    return UNKNOWN_WORD


def _browser(app: Flask, stage: Stage, reader: str) -> FlaskClient:
    return app.test_client() if reader == "anonymous" else cast.browser(app, stage.accounts[reader])


def _surprises(app: Flask, stage: Stage, reader: str, endpoint: str = "") -> list[str]:
    """Calls, of all routes or of one, that answer otherwise than ``MAY`` says."""
    browser = _browser(app, stage, reader)
    found = []
    for call in sorted(_calls(app, stage.event.code, stage.rows), key=_comes_last):
        if endpoint and call.endpoint != endpoint:
            continue
        if _spends_the_browser(call):
            browser = _browser(app, stage, reader)
        status, location = _answer(browser, call)
        if not _is_as_expected(call, reader, status, location):
            found.append(f"{call}: {status}")
    return found


def _answer(browser: FlaskClient, call: Call) -> tuple[int, str]:
    """Status and where it leads; an answer that is a file has to be closed."""
    with browser.open(call.path, method=call.method) as answer:
        return answer.status_code, answer.headers.get("Location", "")


def _comes_last(call: Call) -> bool:
    """What it does would be in the way of other calls."""
    return _spends_the_browser(call) or call.endpoint.endswith("_remove")


def _spends_the_browser(call: Call) -> bool:
    """Whether the call may end the reader's sign-ins: such calls come last, each with a new browser."""
    return call.endpoint.startswith("auth.")


def _is_as_expected(call: Call, reader: str, status: int, location: str) -> bool:
    is_sent_to_sign_in = status == 303 and location.startswith("/sign-in?next=")
    if call.permission in MAY[reader]:
        is_let_in = status < 500 and not is_sent_to_sign_in
        return is_let_in and (status != 404 or not call.is_sure)
    if reader == "anonymous" and call.method == "GET":
        return is_sent_to_sign_in
    return status == 404


def test_the_table_says_what_the_roles_grant() -> None:
    granted = {role.value: {permission.value for permission in GRANTS[role]} for role in Role}
    assert {reader: set(MAY[reader] - SIGNED_IN) for reader in granted} == {
        reader: permissions - SIGNED_IN for reader, permissions in granted.items()
    }


def test_no_permission_is_without_a_reader() -> None:
    assert {permission.value for permission in Permission} == frozenset().union(*MAY.values())


@pytest.mark.parametrize("reader", MAY)
def test_every_route_answers_as_its_permission_says(app: Flask, stage: Stage, reader: str) -> None:
    assert _surprises(app, stage, reader) == []


def test_what_belongs_to_another_forum_is_not_there(app: Flask, stage: Stage) -> None:
    """The same rows, asked for under the address of a forum whose organiser asks."""
    browser = _browser(app, stage, "organiser of another forum")
    found = [
        f"{call}: {status}"
        for call in _calls(app, stage.other.code, stage.rows)
        if call.path.startswith("/e/") and _names_a_row(call, stage)
        if (status := _answer(browser, call)[0]) != 404
    ]
    assert found == []


def _names_a_row(call: Call, stage: Stage) -> bool:
    parts = set(call.path.split("/"))
    return bool(parts & ({str(row) for row in stage.rows.values()} | {str(UNKNOWN_ROW)}))


@pytest.mark.parametrize("path", ["/e/nowhere/desk/", "/e/nowhere/", "/e/nowhere/my/"])
def test_a_forum_that_is_not_there_is_not_there_for_anybody(app: Flask, stage: Stage, path: str) -> None:
    statuses = {reader: _browser(app, stage, reader).get(path).status_code for reader in MAY}
    assert statuses == dict.fromkeys(MAY, 404)


def test_a_number_that_no_database_knows_is_not_there(app: Flask, stage: Stage) -> None:
    browser = _browser(app, stage, "organiser")
    assert browser.get(f"/e/here/desk/delegates/{10**30}").status_code == 404


def test_a_route_without_its_guard_would_be_found(app: Flask, stage: Stage) -> None:
    app.view_functions["desk.journal"] = _unguarded(Permission.SEE_JOURNAL)
    readers = ("anonymous", "delegate", "organiser")
    surprises = {reader: _surprises(app, stage, reader, "desk.journal") for reader in readers}
    found = "GET /e/here/desk/journal (see_journal): 200"
    assert surprises == {"anonymous": [found], "delegate": [found], "organiser": []}


def test_a_route_closed_to_those_who_may_would_be_found(app: Flask, stage: Stage) -> None:
    app.view_functions["desk.journal"] = _closed(Permission.SEE_JOURNAL)
    assert _surprises(app, stage, "organiser", "desk.journal") == [
        "GET /e/here/desk/journal (see_journal): 404"
    ]


def _unguarded(permission: Permission) -> View:
    def view(**_arguments: object) -> str:
        return "open to everybody"

    view.permission = permission  # type: ignore[attr-defined]
    return view


def _closed(permission: Permission) -> View:
    def view(**_arguments: object) -> tuple[str, int]:
        return "closed to everybody", 404

    view.permission = permission  # type: ignore[attr-defined]
    return view

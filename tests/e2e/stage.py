"""The sample forum with everything in it, and the list of all its screens."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from flask import Flask
from sqlalchemy import func, literal, select
from werkzeug.routing import Rule

from forum import clock
from forum.domain.consents import CATALOGUE
from forum.domain.roles import Permission, Role
from forum.domain.states import Category, PaperKind, QuestionKind, RegistrationStatus, SeatStatus, Visibility
from forum.models import (
    AccessList,
    Account,
    ApiToken,
    BadgeDesign,
    Bus,
    Capacity,
    Consent,
    Delegate,
    Delegation,
    DesignPicture,
    Erasure,
    Import,
    Interpreter,
    Invitation,
    Meeting,
    Message,
    Plan,
    PrintRun,
    PrintStation,
    Question,
    Request,
    Seat,
    Separation,
    SignInLink,
    Site,
    Table,
    Visit,
    Webhook,
)
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import events
from forum.queries.events import EventView
from forum.queries.papers import PaperChoice
from forum.queries.sign_ins import hash_of
from forum.sample.forum import sample_forum
from forum.sample.workbook import messy_sheets
from forum.services import (
    api_tokens,
    check_ins,
    imports,
    papers,
    plans,
    print_claims,
    print_jobs,
    print_runs,
    sample,
    solving,
    webhooks,
)
from forum.services.import_readings import ImportKind
from forum.unit_of_work import transaction
from forum.web.act_links import signed
from forum.workbooks.as_typed import write_as_typed

PASSWORD: Final = "a password of the tests"
_NOT_A_PAGE: Final = (
    "/qr.",
    ".pdf",
    ".xlsx",
    ".ics",
    ".png",
    ".json",
    ".css",
    "/file",
    "/healthz",
    "/map",
    "/photo",
    "/hits",
    "/static/",
    "/progress",
    "/register/",
    "/worker.js",
)
_READER: Final[Mapping[Permission, str | None]] = {
    Permission.ASK_FOR_MEETINGS: "delegate@forum.example",
    Permission.PUBLIC: None,
    Permission.OWN_CABINET: "delegate@forum.example",
    Permission.SIGNED_IN: "delegate@forum.example",
    Permission.CHECK_IN: "desk@forum.example",
    Permission.LEAD_BUSES: "organiser@forum.example",
    Permission.RUN_MEETINGS: "desk@forum.example",
    Permission.SEE_CATALOGUE: "delegate@forum.example",
}
_ORGANISER: Final = "organiser@forum.example"


def _of_somebody_public(event_id: int, column: Any) -> Any:
    """For the catalogue: whom everybody may see, with the longest name."""
    return (
        select(column)
        .where(
            Delegate.event_id == event_id,
            Delegate.status == RegistrationStatus.APPROVED,
            Delegate.visibility == Visibility.PUBLIC,
            Delegate.company_id.is_not(None),
            Delegate.id.in_(
                select(Consent.delegate_id).where(
                    Consent.purpose == CATALOGUE, Consent.withdrawn_at.is_(None)
                )
            ),
        )
        .order_by(func.length(Delegate.family_name).desc(), Delegate.id)
    )


# The rows that show a screen at its fullest, by the name of the argument in its address.
_FULLEST: Final[Mapping[str, Callable[[int], Any]]] = {
    "capacity_id": lambda event_id: select(Capacity.id).where(Capacity.event_id == event_id),
    "act_id": lambda event_id: select(Erasure.id).where(Erasure.event_id == event_id),
    "company_id": lambda event_id: _of_somebody_public(event_id, Delegate.company_id),
    "delegate_id": lambda event_id: (
        select(Delegate.id)
        .where(Delegate.event_id == event_id)
        .order_by(func.length(Delegate.family_name).desc())
    ),
    "group": lambda _event_id: select(literal("messages")),
    "invitation_id": lambda event_id: (
        select(Invitation.id)
        .where(Invitation.event_id == event_id)
        .order_by(Invitation.email.is_not(None), Invitation.uses.desc())
    ),
    "design_id": lambda event_id: select(BadgeDesign.id).where(BadgeDesign.event_id == event_id),
    "picture_id": lambda event_id: select(DesignPicture.id).where(DesignPicture.event_id == event_id),
    "delegation_id": lambda event_id: (
        select(Delegation.id).where(Delegation.event_id == event_id).order_by(Delegation.id.desc())
    ),
    "member_id": lambda event_id: (
        select(Delegate.id)
        .join(Request, Request.receiver_id == Delegate.company_id)
        .where(
            Delegate.event_id == event_id,
            Delegate.status == RegistrationStatus.APPROVED,
            Delegate.category == Category.DELEGATE,
            ~Delegate.is_vip,
        )
        .group_by(Delegate.id)
        .order_by(func.count().desc())
    ),
    "holder": lambda _event_id: select(literal("table")),
    "holder_id": lambda event_id: select(Table.id).where(Table.event_id == event_id),
    "list_id": lambda event_id: select(AccessList.id).where(AccessList.event_id == event_id),
    "message_id": lambda event_id: select(Message.id).where(Message.event_id == event_id),
    "person_id": lambda event_id: _of_somebody_public(event_id, Delegate.id),
    "plan_id": lambda event_id: select(Plan.id).where(Plan.event_id == event_id).order_by(Plan.id.desc()),
    "question_id": lambda event_id: select(Question.id).where(
        Question.event_id == event_id, Question.kind == QuestionKind.CHOICES
    ),
    "purpose": lambda _event_id: select(literal("processing")),
    "request_id": lambda event_id: (
        select(Meeting.request_id).join(Plan).where(Plan.event_id == event_id).order_by(Plan.id.desc())
    ),
    "run_id": lambda event_id: select(PrintRun.id).where(PrintRun.event_id == event_id),
    "station_id": lambda event_id: select(PrintStation.id).where(PrintStation.event_id == event_id),
    "separation_id": lambda event_id: select(Separation.id).where(Separation.event_id == event_id),
    "bus_id": lambda event_id: select(Bus.id).join(Visit).where(Visit.event_id == event_id),
    "led_bus_id": lambda event_id: select(Bus.id).join(Visit).where(Visit.event_id == event_id),
    "site_id": lambda event_id: select(Site.id).where(Site.event_id == event_id),
    "token_id": lambda event_id: select(ApiToken.id).where(ApiToken.event_id == event_id),
    "visit_id": lambda event_id: (
        select(Visit.id)
        .join(Seat)
        .where(Visit.event_id == event_id, Seat.status == SeatStatus.WAITING)
        .group_by(Visit.id)
        .order_by(func.count().desc())
    ),
    "wish_id": lambda event_id: (
        select(Request.id)
        .join(Delegate, Delegate.company_id == Request.receiver_id)
        .join(Account, Account.id == Delegate.account_id)
        .where(Request.event_id == event_id, Account.email == "delegate@forum.example")
        .order_by(Request.status.desc())
    ),
    "webhook_id": lambda event_id: select(Webhook.id).where(Webhook.event_id == event_id),
    "workbook_id": lambda event_id: select(Import.id).where(Import.event_id == event_id),
}


@dataclass(frozen=True)
class Screen:
    """A page and who looks at it: an address of the sample's accounts, None for anybody."""

    name: str
    path: str
    reader: str | None


def set_stage(app: Flask, *, people: int = 150, seed: int = 1) -> EventView:
    """Load the sample forum, publish a schedule, compute a second one, print badges, let some arrive."""
    sample.load(actor=SYSTEM, people=people, seed=seed, password=PASSWORD)
    event = events.chosen(None)
    for is_published in (True, False):
        plan_id = plans.order(actor=SYSTEM, event_id=event.id, seed=int(is_published))
        solving.work(plan_id)
        if is_published:
            plans.publish(actor=SYSTEM, event_id=event.id, plan_id=plan_id)
    run_id = papers.order(
        actor=SYSTEM, event_id=event.id, kind=PaperKind.BADGE, sheet="a6", choice=PaperChoice()
    )
    print_runs.work(run_id)
    _let_some_arrive(event)
    _let_a_station_print(event)
    _let_the_delegate_interpret(event)
    _let_programs_in(event)
    _check_a_workbook(event)
    return events.chosen(None)


def _let_a_station_print(event: EventView) -> None:
    """Badges in every state: one has come out, one may have, one has failed, others wait."""
    station_id = db.session.scalars(select(PrintStation.id).filter_by(event_id=event.id)).first() or 0
    ids = db.session.scalars(
        select(Delegate.id)
        .where(Delegate.event_id == event.id, Delegate.status == RegistrationStatus.APPROVED)
        .order_by(func.length(Delegate.family_name).desc(), Delegate.id)
        .limit(7)
    ).all()
    print_jobs.order(actor=SYSTEM, event_id=event.id, delegate_ids=ids, reason="Бейдж потерян")
    who = {"actor": SYSTEM, "event_id": event.id, "station_id": station_id}
    for ending in ("printed", "failed", "handed", "left"):
        claim = print_claims.take(**who, can_resume=False)
        if claim is None or ending == "left":
            return
        print_claims.drawn(actor=SYSTEM, claim=claim)
        print_claims.hand(claim=claim)
        if ending == "printed":
            print_claims.printed(claim=claim)
        elif ending == "failed":
            print_claims.failed(claim=claim, error="printer_gave_up")
        else:
            print_claims.let_go(claim=claim)


def _let_the_delegate_interpret(event: EventView) -> None:
    """One who is both sees both cabinets."""
    with transaction():
        row = db.session.scalars(select(Interpreter).filter_by(event_id=event.id)).first()
        if row is not None:
            row.account_id = account_of("delegate@forum.example").id


def screens(app: Flask, event: EventView) -> tuple[Screen, ...]:
    """Every page that the app has, in the order of its routes, each with the row that fills it most."""
    rules = [rule for rule in app.url_map.iter_rules() if _is_page(rule)]
    return tuple(_screen(app, event, rule) for rule in rules)


def account_of(email: str) -> Account:
    """The sample's account with that address."""
    return db.session.scalars(select(Account).where(Account.email == email)).one()


def _is_page(rule: Rule) -> bool:
    is_for_people = not rule.endpoint.startswith("api.")
    return (
        is_for_people and "GET" in (rule.methods or ()) and not any(mark in rule.rule for mark in _NOT_A_PAGE)
    )


def _screen(app: Flask, event: EventView, rule: Rule) -> Screen:
    arguments = {name: _argument(event, name) for name in rule.arguments}
    with app.test_request_context():
        path = app.url_for(rule.endpoint, **arguments)
    permission = app.view_functions[rule.endpoint].permission  # type: ignore[attr-defined]
    return Screen(rule.endpoint, path, _READER.get(permission, _ORGANISER))


def _argument(event: EventView, name: str) -> Any:
    if name == "event_code":
        return event.code
    if name == "category":
        return Category.DELEGATE.value
    if name == "secret":
        return _link()
    if name == "act_key":
        return signed(_argument(event, "act_id"))
    return db.session.scalars(_FULLEST[name](event.id).limit(1)).one()


def _link() -> str:
    secret = secrets.token_urlsafe(8)
    now = clock.now()
    with transaction():
        account = account_of("delegate@forum.example")
        db.session.add(
            SignInLink(
                account_id=account.id,
                secret_hash=hash_of(secret),
                created_at=now,
                expires_at=now + timedelta(hours=1),
            )
        )
    return secret


def _let_programs_in(event: EventView) -> None:
    api_tokens.create(actor=SYSTEM, event_id=event.id, name="1С: Бухгалтерия", role=Role.DESK)
    made = webhooks.add(
        actor=SYSTEM,
        event_id=event.id,
        address="https://office.example/forum/registrations-and-arrivals",
        occasions=["registration.decided", "arrival.marked"],
    )
    webhooks.try_out(actor=SYSTEM, event_id=event.id, webhook_id=made.id)


def _let_some_arrive(event: EventView) -> None:
    ids = db.session.scalars(
        select(Delegate.id)
        .where(Delegate.event_id == event.id, Delegate.status == RegistrationStatus.APPROVED)
        .order_by(Delegate.id)
        .limit(40)
    ).all()
    for place, delegate_id in enumerate(ids):
        with clock.frozen(clock.now() + timedelta(minutes=3 * place)):
            check_ins.check_in(actor=SYSTEM, event_id=event.id, delegate_id=delegate_id)


def _check_a_workbook(event: EventView) -> None:
    """Other people's messy workbook, checked and not yet imported."""
    sheets = messy_sheets(sample_forum(seed=2, people=60, now=clock.now()), seed=2)
    imports.preview(
        actor=SYSTEM,
        event_id=event.id,
        kind=ImportKind.DELEGATES,
        file_name="office.xlsx",
        content=write_as_typed((sheet.title, sheet.rows) for sheet in sheets),
    )

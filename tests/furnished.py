"""A forum with one of everything, and a way to ask every route of the app."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.routing import Rule

from forum import mail
from forum.config import ROOT
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import Category, PaperKind, QuestionKind, SeparationKind, Visibility
from forum.models import Account, Delegate, Invitation, Message, PrintJob
from forum.models.base import db
from forum.policy import SYSTEM
from forum.printing.designs import standard
from forum.printing.sheets import A6
from forum.queries import designs as known_designs
from forum.queries.papers import PaperChoice
from forum.services import (
    api_tokens,
    capacities,
    design_pictures,
    designs,
    invitations,
    meeting_orders,
    papers,
    plans,
    print_jobs,
    request_guests,
    separations,
    stations,
    visits,
    webhooks,
)
from forum.services.capacities import Wanted
from forum.services.inviting import Terms
from forum.unit_of_work import transaction
from forum.web.act_links import signed
from tests import cast, factories
from tests.factories import given
from tests.small_forums import SmallForum, small_forum
from tests.workbooks_in_the_forum import ALIYA, PETR, looked_at, people

_READ: Final = re.compile(r"""\.(?:get|getlist)\(\s*"(\w+)\"""")
_BEYOND_THE_APP: Final = ("static",)


@dataclass(frozen=True)
class Furnished:
    """``arguments`` fill the addresses of routes; ``accounts`` are by role, None is a stranger."""

    forum: SmallForum
    arguments: dict[str, Any]
    accounts: dict[Role | None, Account | None]

    def path(self, app: Flask, rule: Rule, **other: Any) -> str:
        """An address of ``rule`` that leads to something."""
        filled = {name: self.arguments.get(name, 1) for name in rule.arguments}
        with app.test_request_context():
            return app.url_for(rule.endpoint, **filled | other)


def furnished() -> Furnished:
    """Companies, a published plan and a draft, a visit with a seat, a session, a print run, a mail."""
    forum = small_forum(companies=3, slots=3, tables=2)
    event = forum.event
    with transaction():
        delegation = factories.delegation(event)
        for person in forum.delegates:
            db.session.merge(person).delegation_id = delegation.id
        db.session.merge(event).catalogue_is_public = True
        db.session.merge(forum.delegates[0]).visibility = Visibility.PUBLIC
        factories.session(event)
        site = factories.site(event)
        visit = factories.visit(event, site)
        bus = factories.bus(visit, leader_id=forum.delegates[0].id)
        mail.write(
            occasion="hello", kind="invitation", recipient="a@example.org", language="ru",
            subject="Приглашение", body="Здравствуйте!", event_id=event.id,
        )  # fmt: skip
    accounts: dict[Role | None, Account | None] = {
        role: cast.account(role, event_id=event.id, delegation_id=delegation.id) for role in Role
    }
    with transaction():
        own = accounts[Role.DELEGATE]
        assert own is not None
        db.session.merge(forum.delegates[0]).account_id = own.id
    me = forum.delegates[0].id
    with transaction():
        edit = factories.edit(db.session.get_one(Delegate, me))
    visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=me)
    plans.publish(actor=SYSTEM, event_id=event.id, plan_id=forum.solved())
    draft_id = forum.solved(seed=1)
    run_id = papers.order(
        actor=SYSTEM, event_id=event.id, kind=PaperKind.BADGE, sheet="a6", choice=PaperChoice()
    )
    station_id = stations.add(actor=SYSTEM, event_id=event.id, name="Стойка 1", sheet="a6")
    print_jobs.order(actor=SYSTEM, event_id=event.id, delegate_ids=[me])
    token = api_tokens.create(actor=SYSTEM, event_id=event.id, name="Exchange", role=Role.DESK)
    webhook = webhooks.add(
        actor=SYSTEM, event_id=event.id, address="https://example.org/", occasions=["registration.decided"]
    )
    invitation_id = invitations.link(
        actor=SYSTEM,
        event_id=event.id,
        name="Выставка",
        most_uses=30,
        terms=Terms(category=Category.PRESS, language="ru", delegation_id=delegation.id),
    )
    with transaction():
        question = factories.question(event, kind=QuestionKind.FILE)
        factories.sent_file(question, db.session.merge(forum.delegates[0]))
    apart = separations.separate(
        actor=SYSTEM,
        event_id=event.id,
        company_ids=(forum.companies[0].id, forum.companies[2].id),
        kind=SeparationKind.APART,
    )
    order_id = meeting_orders.put(
        actor=SYSTEM, event_id=event.id, before_id=forum.requests[0].id, after_id=forum.requests[-1].id
    )
    request_guests.invite(actor=SYSTEM, event_id=event.id, request_id=forum.requests[-1].id, guest_id=me)
    hall = Wanted(title=Localized(ru="Зал"), categories=[Category.DELEGATE], places=50, offer_hours=24)
    act = given(factories.erasure, event=event)
    design_id, picture_id = designed(event.id)
    arguments = {
        "event_code": event.code,
        "category": Category.PRESS.value,
        "capacity_id": capacities.add(actor=SYSTEM, event_id=event.id, wanted=hall),
        "question_id": question.id,
        "invitation_id": invitation_id,
        "invitation_code": db.session.get_one(Invitation, invitation_id).code,
        "delegate_id": me,
        "member_id": me,
        "joined_id": forum.requests[-1].id,
        "order_id": order_id,
        "edit_id": edit.id,
        "delegation_id": delegation.id,
        "design_id": design_id,
        "picture_id": picture_id,
        "person_id": me,
        "company_id": forum.companies[0].id,
        "holder": "table",
        "holder_id": forum.tables[0].id,
        "meeting_id": forum.requests[0].id,
        "plan_id": draft_id,
        "request_id": forum.requests[0].id,
        "wish_id": forum.requests[0].id,
        "separation_id": apart,
        "visit_id": visit.id,
        "bus_id": bus.id,
        "led_bus_id": bus.id,
        "list_id": given(factories.access_list, visit=visit).id,
        "site_id": site.id,
        "run_id": run_id,
        "station_id": station_id,
        "job_id": db.session.query(PrintJob.id).limit(1).scalar(),
        "token_id": token.id,
        "webhook_id": webhook.id,
        "workbook_id": looked_at(event.id, people(ALIYA, PETR)),
        "message_id": db.session.query(Message.id).limit(1).scalar(),
        "secret": "nobody-knows",
        "act_id": act.id,
        "act_key": signed(act.id),
        "group": "name",
        "number": 1,
        "purpose": "catalogue",
    }
    return Furnished(forum, arguments, {None: None, **accounts})


def designed(event_id: int) -> tuple[int, int]:
    """A design of badges that nothing is printed after, and a picture that no design shows."""
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path d="M0 0h4v2z"/></svg>'
    picture = design_pictures.clean(drawing)
    design_pictures.keep(actor=SYSTEM, event_id=event_id, picture=picture, name="logo.svg")
    design_id = designs.add(actor=SYSTEM, event_id=event_id, title="Гости", design=standard(A6).design)
    [kept] = known_designs.pictures(event_id=event_id)
    return design_id, kept.id


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every route for people with each of its methods, except files that are served as they are.

    What programs may ask is asked by ``described_requests``.
    """
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint not in _BEYOND_THE_APP and not rule.endpoint.startswith("api."):
            for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
                yield rule, method


def field_names() -> tuple[str, ...]:
    """Every name that a page reads from an address or a form."""
    sources = (path.read_text(encoding="utf-8") for path in Path(ROOT, "forum", "web").rglob("*.py"))
    named = {name for source in sources for name in _READ.findall(source)}
    return tuple(sorted(named | {name for form in _forms(FlaskForm) for name in _fields(form)}))


def _forms(base: type) -> Iterator[type]:
    for form in base.__subclasses__():
        yield form
        yield from _forms(form)


def _fields(form: type) -> Iterator[str]:
    return (name for name in dir(form) if type(getattr(form, name)).__name__ == "UnboundField")

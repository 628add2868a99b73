"""An installation of an earlier version keeps its people when its tables are brought up to date."""

from __future__ import annotations

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text

from forum.domain.company_names import parse_company_name
from forum.domain.states import Category, RegistrationStatus, RequestStatus
from forum.models import Delegate, Quota, Request
from forum.models.base import db
from forum.services import company_columns
from forum.unit_of_work import transaction
from tests import factories

S = RegistrationStatus


def _people() -> list[tuple[str, RegistrationStatus, Category]]:
    rows = db.session.execute(
        select(Delegate.family_name, Delegate.status, Delegate.category).order_by(Delegate.number)
    )
    return [(row.family_name, row.status, row.category) for row in rows]


def _person(**values: object) -> None:
    with transaction():
        event = db.session.get(factories.Event, 1) or factories.event()
        factories.delegate(event, **values)


def test_people_of_0_1_0_stay_who_they_were(any_app: Flask) -> None:
    for number, status in enumerate((S.APPLIED, S.WAITING, S.APPROVED, S.DECLINED, S.WITHDRAWN)):
        _person(number=number, family_name=status.value, status=status)
    before = _people()
    db.session.remove()
    downgrade(revision="0001")
    db.session.remove()
    upgrade()
    assert _people() == before


def test_a_draft_of_0_1_0_is_an_application(any_app: Flask) -> None:
    _person(number=1, family_name="Иволгин")
    db.session.remove()
    downgrade(revision="0001")
    with transaction():
        db.session.execute(text("UPDATE delegates SET status = 'draft'"))
    db.session.remove()
    upgrade()
    assert _people() == [("Иволгин", S.APPLIED, Category.DELEGATE)]


def test_what_0_1_0_does_not_know_becomes_what_it_does(any_app: Flask) -> None:
    states = {S.ASKED: "applied", S.OFFERED: "waiting"}
    for number, status in enumerate(states):
        _person(number=number, family_name="И", status=status)
    _person(number=9, family_name="К", category=Category.COMPANION)
    with transaction():
        delegation = factories.delegation(db.session.get_one(factories.Event, 1))
        db.session.add(Quota(delegation_id=delegation.id, category=Category.COMPANION, places=2))
    db.session.remove()
    downgrade(revision="0001")
    rows = db.session.execute(text("SELECT status, category FROM delegates ORDER BY number")).all()
    quotas = db.session.execute(text("SELECT category FROM quotas")).all()
    db.session.remove()
    upgrade()
    assert ([tuple(row) for row in rows], [tuple(row) for row in quotas]) == (
        [("applied", "delegate"), ("waiting", "delegate"), ("approved", "staff")],
        [],
    )


def test_a_request_of_0_1_0_is_one_slot_long_and_one_that_ran_out_is_withdrawn_there(any_app: Flask) -> None:
    with transaction():
        event = factories.event()
        sender, receiver = factories.company(event), factories.company(event)
        factories.request(event, sender, receiver, status=RequestStatus.EXPIRED, length=3)
    db.session.remove()
    downgrade(revision="0002")
    before = db.session.execute(text("SELECT status FROM requests")).scalar_one()
    db.session.remove()
    upgrade()
    after = db.session.execute(select(Request.status, Request.length)).one()
    assert (before, tuple(after)) == ("withdrawn", (RequestStatus.WITHDRAWN, 1))


def test_a_number_of_0_5_0_is_found_by_all_its_digits(any_app: Flask) -> None:
    with transaction():
        event = factories.event()
        name = parse_company_name("ООО «Завод 1100»")
        company = factories.company(event, **company_columns.of_name(name))
        erased = factories.company(event, "№ 1100", search_key="")
        kept, gone = company.id, erased.id
    db.session.remove()
    downgrade(revision="0005")
    before = _company_keys()
    db.session.remove()
    upgrade()
    assert (before, _company_keys()) == (
        {kept: "10 zavod zavod", gone: ""},
        {kept: "1100 zavod zavod", gone: ""},
    )


def _company_keys() -> dict[int, str]:
    rows = db.session.execute(text("SELECT id, search_key FROM companies"))
    return {row.id: row.search_key for row in rows}

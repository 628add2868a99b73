"""The main job from the screen, in Kazakh: from the office's workbook to the delegate's own day."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from forum import jobs
from forum.catalogues import text_in
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import PlanStatus
from forum.models import Delegate, Meeting, MeetingParticipant, Message, Plan
from forum.models.base import db
from forum.policy import SYSTEM, RoleGranted
from forum.services import accounts, events
from forum.services.events import Hours
from tests.e2e.conftest import OpenPage, Served
from tests.e2e.stage import PASSWORD
from tests.workbooks.books import sample_path

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("whole-job")]

EVENT = "whole-job"


def _kk(text: str, **values: object) -> str:
    return text_in("kk", text, **values)


@pytest.fixture
def workbook(served: Served, tmp_path: Path) -> Path:
    """The office's workbook where it lies beside the project, else one that the project makes itself."""
    shared = sample_path()
    if shared:
        return shared
    made = tmp_path / "office.xlsx"
    served.app.test_cli_runner().invoke(args=["sample", "workbook", "--out", str(made)])
    return made


def _prepare() -> None:
    events.create(
        actor=SYSTEM,
        code=EVENT,
        title=Localized(ru="Форум", kk="Форум", en="Forum"),
        starts_on=date(2026, 12, 2),
        ends_on=date(2026, 12, 3),
        time_zone="Europe/Moscow",
        hours=Hours(time(10), time(18), 20, tables=15, interpreters=4),
        visit_capacity=45,
    )
    accounts.create(
        actor=SYSTEM,
        email="organiser@forum.example",
        name="Айгүл",
        password=PASSWORD,
        language="kk",
        roles=[RoleGranted(Role.ORGANISER, None)],
    )


def test_from_the_workbook_to_ones_own_day(
    served: Served, open_page: OpenPage, workbook: Path, tmp_path: Path
) -> None:
    _prepare()
    desk = open_page(served, language="kk")
    _sign_in(desk.page)
    for kind in (_kk("People and their companies"), _kk("Requests for meetings")):
        _import(desk.page, workbook, kind)
    people = _count(Delegate)
    _schedule(served, desk.page)
    assert _badges(served, desk.page, tmp_path) == people

    delegate = open_page(served, language="kk", width=390)
    person = _somebody_with_meetings()
    _come_in_by_link(delegate.page, person.email or "")
    expect(delegate.page.locator("h1")).to_have_text(_kk("My day"))
    assert delegate.page.locator(".timeline use[href$='#handshake']").count() == _meetings_of(person)
    assert (desk.problems, delegate.problems) == ([], [])


def _sign_in(page: Page) -> None:
    page.goto(f"/e/{EVENT}/desk/")
    page.get_by_label(_kk("E-mail address")).fill("organiser@forum.example")
    page.get_by_label(_kk("Password")).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name=_kk("Sign in")).click()
    expect(page.locator("h1")).to_have_text(_kk("Today"))


def _import(page: Page, workbook: Path, kind: str) -> None:
    page.goto(f"/e/{EVENT}/desk/imports")
    page.locator("input[type=file]").set_input_files(workbook)
    page.get_by_label(kind).check()
    page.get_by_role("button", name=_kk("Check the workbook")).click()
    page.locator("form[action$='/apply'] button").click()
    expect(page.get_by_role("button", name=_kk("Undo the import"))).to_be_visible()


def _schedule(served: Served, page: Page) -> None:
    page.goto(f"/e/{EVENT}/desk/meetings/")
    page.get_by_role("button", name=_kk("Compute the schedule")).click()
    jobs.work_off(served.app)
    page.get_by_role("link", name=_kk("See changes and publish")).click()
    page.get_by_role("button", name=_kk("Publish")).click()
    expect(page.get_by_text(_kk("In force: revision %(number)s", number=1))).to_be_visible()


def _badges(served: Served, page: Page, folder: Path) -> int:
    """Order badges, wait for the bar to go, keep the PDF; how many pages it has."""
    page.goto(f"/e/{EVENT}/desk/papers")
    page.get_by_role("button", name=_kk("Print"), exact=True).click()
    jobs.work_off(served.app)
    with page.expect_download() as download:
        page.get_by_role("link", name=_kk("Download")).click()
    file = folder / "badges.pdf"
    download.value.save_as(file)
    return len(pypdf.PdfReader(file).pages)


def _come_in_by_link(page: Page, email: str) -> None:
    page.goto(f"/e/{EVENT}/")
    page.get_by_role("main").get_by_role("link", name=_kk("Sign in"), exact=True).click()
    page.get_by_label(_kk("E-mail address")).fill(email)
    page.get_by_role("button", name=_kk("Send me a link")).click()
    expect(page.locator("h1")).to_be_visible()
    db.session.rollback()
    body = db.session.scalars(
        select(Message.body).where(Message.recipient == email, Message.kind == "sign_in_link")
    ).one()
    found = re.search(r"/sign-in/link/\S+", body)
    assert found is not None
    page.goto(found[0])
    page.get_by_role("main").get_by_role("button", name=_kk("Sign in")).click()


def _somebody_with_meetings() -> Delegate:
    db.session.rollback()
    return db.session.scalars(
        select(Delegate)
        .join(MeetingParticipant, MeetingParticipant.delegate_id == Delegate.id)
        .where(Delegate.email.is_not(None))
        .group_by(Delegate.id)
        .order_by(func.count().desc(), Delegate.id)
        .limit(1)
    ).one()


def _meetings_of(person: Delegate) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(MeetingParticipant)
            .join(Meeting, Meeting.id == MeetingParticipant.meeting_id)
            .join(Plan, Plan.id == Meeting.plan_id)
            .where(MeetingParticipant.delegate_id == person.id, Plan.status == PlanStatus.PUBLISHED)
        )
        or 0
    )


def _count(table: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0

"""Visits from the host's form to the last seat on the bus home, and until nothing is left of the papers."""

from __future__ import annotations

import io
import subprocess
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from playwright.sync_api import Page, expect
from sqlalchemy import select

from forum import clock, jobs
from forum.domain.identity_documents import DocumentKind, IdentityData
from forum.domain.roles import Role
from forum.domain.roll_call import Leg
from forum.domain.states import Category, SeatStatus
from forum.models import (
    AccessListEntry,
    Account,
    BoardingTick,
    Departure,
    Erasure,
    IdentityDocument,
    Message,
    Seat,
    Visit,
)
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import backups, identity_documents, wishes
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.e2e.conftest import OpenPage, Served
from tests.tools import need
from tests.written_files import contents, database_files

pytestmark = pytest.mark.browser

PEOPLE, SEATS, TYPED = 120, 45, 4
NUMBERS = ("71 9073516", "71 9073524")  # of the delegate's document, and of the member's
HEADERS = (("№ п/п", 7), ("ФИО", 41), ("Организация", 33), ("Дата рождения", 15), ("Серия и номер", 23))
SHEET, HEADER_ROW, PREPARED = "Проход", 4, 5
FIRST_ROW, LAST_ROW = HEADER_ROW + 1, HEADER_ROW + SEATS


@dataclass
class Story:
    """``people`` are ids in the order of asking, the first of them with ``accounts``; the visits are known by
    their ids once they are planned. All of it is a week ahead, whenever the test runs.
    """

    event_id: int
    code: str
    day: date
    side: int
    people: list[int]
    idle: list[int]
    accounts: list[Account]
    leaders: list[Account]
    leader_ids: list[int]
    addresses: dict[int, str]

    def path(self, rest: str) -> str:
        return f"/e/{self.code}/{rest}"

    @property
    def visits(self) -> list[int]:
        db.session.rollback()
        return list(db.session.scalars(select(Visit.id).order_by(Visit.departs_at)))

    def seated(self, visit_id: int) -> list[int]:
        db.session.rollback()
        rows = select(Seat.delegate_id).where(Seat.visit_id == visit_id, Seat.status == SeatStatus.SEATED)
        return sorted(db.session.scalars(rows))


def _story() -> Story:
    day = clock.now().date() + timedelta(days=8)
    with transaction():
        event = factories.event(starts_on=day, ends_on=day + timedelta(days=1))
        side = factories.delegation(event)
    accounts = [cast.account(Role.DELEGATE, event_id=event.id) for _ in range(TYPED + 2)]
    with transaction():
        firms = [factories.company(event) for _ in range(PEOPLE // 3 + 1)]
        crowd = [
            factories.delegate(
                event,
                company_id=firms[place // 3].id,
                delegation_id=side.id,
                account_id=accounts[place].id if place < TYPED else None,
                family_name=f"Участник-{place:03}",
                given_name="А.",
                patronymic=None,
                sort_en=f"{place:03}".encode(),
            )
            for place in range(PEOPLE + 3)
        ]
        staff = [
            factories.delegate(event, category=Category.STAFF, account_id=account.id)
            for account in accounts[TYPED:]
        ]
        return Story(
            event_id=event.id,
            code=event.code,
            day=day,
            side=side.id,
            people=[one.id for one in crowd[:PEOPLE]],
            idle=[one.id for one in crowd[PEOPLE:]],
            accounts=accounts[:TYPED],
            leaders=accounts[TYPED:],
            leader_ids=[one.id for one in staff],
            addresses={one.id: str(one.email) for one in crowd},
        )


def test_from_the_hosts_form_to_the_last_seat_home(
    served: Served, open_page: OpenPage, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level("DEBUG", logger="forum")
    caplog.set_level("INFO", logger="werkzeug")
    story, out = _story(), tmp_path_factory.mktemp("at-the-host")
    desk = open_page(served, cast.account(Role.ORGANISER, event_id=story.event_id)).page
    _sets_up(desk, story)
    _wish(served, open_page, story)
    assert _told() == []
    _gives_seats(served, desk, story)
    north, south = story.visits
    assert (len(story.seated(north)), len(story.seated(south))) == (SEATS, SEATS)
    assert _told() == sorted(story.addresses[key] for key in story.people)
    _moves_an_hour(desk, story, south)
    assert _told() == sorted(story.addresses[key] for key in story.seated(south))
    _enter_documents(served, open_page, story, north)
    _hands_out(desk, story, north, out / "list.xlsx")
    _is_as_the_host_made_it(out)
    _fills_buses(desk, story, north)
    assert _told() == sorted(story.addresses[key] for key in story.seated(north))
    _call_the_roll(served, open_page, desk, story, north)
    _erases(served, story, north, tmp_path, monkeypatch)
    assert [number for number in NUMBERS if number[3:] in caplog.text] == []


def _host_form() -> bytes:
    """A form with a head of its own, wide columns, coloured headers, days with dots, and a sum below."""
    book = Workbook()
    page: Any = book.active
    page.title = SHEET
    page.merge_cells("A1:E1")
    page["A1"] = "ЗАЯВКА НА ПРОХОД"
    page["A1"].font = Font(bold=True, size=16)
    for letter, (title, width) in zip("ABCDE", HEADERS, strict=True):
        page.column_dimensions[letter].width = width
        head = page[f"{letter}{HEADER_ROW}"]
        head.value, head.font = title, Font(bold=True, color="FF1F3864")
        head.fill = PatternFill("solid", fgColor="FFDDEBF7")
    last, line = HEADER_ROW + PREPARED, Side(style="thin")
    for row in page[f"A{FIRST_ROW}:E{last}"]:
        for cell in row:
            cell.border = Border(left=line, right=line, top=line, bottom=line)
        row[3].number_format = "dd.mm.yyyy"
    page[f"B{last + 2}"] = f"=COUNTA(B{FIRST_ROW}:B{last})"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sets_up(page: Page, story: Story) -> None:
    """The site with what its gate asks, the host's form, and two visits whose seats go by wishes."""
    page.goto(story.path("desk/sites/new"))
    _fill(page, title_ru="Парк", title_kk="Парк", title_en="Park", code="park", kept_days="1")
    for name, value in (
        ("id_fields", "document_number"), ("id_fields", "birth_date"), ("documents", "ru_foreign"),
    ):  # fmt: skip
        page.check(f"[name={name}][value={value}]")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Form of the host").click()
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("#book", {"name": "форма.xlsx", "mimeType": sheet, "buffer": _host_form()})
    page.get_by_role("button", name="Upload").click()
    chosen = [page.locator(f"[name=column-{letter}]").input_value() for letter in "ABCDE"]
    assert chosen == ["number", "full_name", "company", "birth_date", "document"]
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Lists can be made")).to_be_visible()
    for hour in (9, 14):
        page.goto(story.path("desk/visits/new"))
        times = {"departs": hour, "starts": hour + 1, "ends": hour + 2, "returns": hour + 3}
        _fill(
            page, departs_on=f"{story.day}", **{f"{name}_time": f"{at:02}:00" for name, at in times.items()}
        )
        _fill(page, capacity=f"{SEATS}", meeting_point_ru="Вход Б")
        page.check("[name=sign_up_mode][value=assigned]")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("The visit has been planned.")).to_be_visible()


def _fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.fill(f"#{name}", value)


def _wish(served: Served, open_page: OpenPage, story: Story) -> None:
    """Two of three would rather go in the morning; every second one would go in the afternoon as well."""
    said = {
        "kk": ("Тілектерді сақтау", "Тілектеріңіз жазылды."),
        "ru": ("Сохранить пожелания", "Ваши пожелания"),
    }
    for account, language in zip(story.accounts, ("kk", "ru", "kk", "ru"), strict=True):
        button, noted = said[language]
        page = open_page(served, account, language=language, width=390).page
        page.goto(story.path("my/visits/wishes"))
        page.locator("#first").select_option(index=1)
        page.locator("#second").select_option(index=2)
        page.get_by_role("button", name=button).click()
        expect(page.get_by_text(noted)).to_be_visible()
        page.context.close()
    north, south = story.visits
    for place, key in enumerate(story.people[TYPED:]):
        wanted = [south] if place % 3 == 0 else [north, south] if place % 2 else [north]
        wishes.wish(actor=SYSTEM, event_id=story.event_id, delegate_id=key, visit_ids=wanted)


def _gives_seats(served: Served, page: Page, story: Story) -> None:
    """Computed, read with its reasons, given, and only then told."""
    page.goto(story.path("desk/visits/assignment"))
    page.get_by_role("checkbox", name="Keep colleagues of one company").uncheck()
    page.get_by_role("button", name="Compute").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    jobs.work_off(served.app)
    expect(page.get_by_text("none: it is proven that nothing is better")).to_be_visible()
    assert [len(story.seated(key)) for key in story.visits] == [0, 0]
    page.get_by_role("link", name="No seat", exact=True).click()
    expect(page.locator(".why-not").first).to_be_visible()
    page.get_by_role("button", name="Give the seats").click()
    expect(page.get_by_text("90 people have a seat. Nobody has been told yet.")).to_be_visible()
    assert _told() == []
    page.get_by_role("button", name="Send the letters").click()
    expect(page.get_by_text("120 letters are on their way.")).to_be_visible()


def _told() -> list[str]:
    """To whom the forum has written since it was asked last."""
    with transaction():
        rows = db.session.scalars(select(Message)).all()
        found = sorted(row.recipient for row in rows)
        for row in rows:
            db.session.delete(row)
    return found


def _moves_an_hour(page: Page, story: Story, visit_id: int) -> None:
    page.goto(story.path(f"desk/visits/{visit_id}/plan"))
    _fill(page, departs_time="13:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("45 letters were written.")).to_be_visible()


def _enter_documents(served: Served, open_page: OpenPage, story: Story, visit_id: int) -> None:
    """One by the delegate, one by the coordinator for a member, the others as if they had been typed."""
    own, member, *rest = story.seated(visit_id)
    assert own == story.people[0]
    coordinator = cast.account(Role.COORDINATOR, event_id=story.event_id, delegation_id=story.side)
    page = open_page(served, story.accounts[0], language="kk", width=390).page
    page.goto(story.path("my/document"))
    _types_document(page, NUMBERS[0], "Құжатты сақтау")
    page = open_page(served, coordinator, language="ru").page
    page.goto(story.path(f"desk/delegates/{member}/consents"))
    _types_document(page, NUMBERS[1], "Сохранить документ")
    for place, key in enumerate(rest):
        data = IdentityData(
            kind=DocumentKind.RU_FOREIGN, number=f"72 {place:07}", birth_date=date(1981, 3, 14)
        )
        identity_documents.enter(actor=SYSTEM, event_id=story.event_id, delegate_id=key, data=data)


def _types_document(page: Page, number: str, button: str) -> None:
    """From then on there is only its mask."""
    _fill(page, number=number, birth_date="1981-03-14")
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text(f"•{number[-2:]}")).to_be_visible()
    assert number[3:] not in page.content()
    page.context.close()


def _hands_out(page: Page, story: Story, visit_id: int, path: Path) -> None:
    page.goto(story.path(f"desk/visits/{visit_id}/access-lists"))
    page.get_by_role("button", name="Make the list").click()
    give = page.get_by_role("button", name="The host's form, filled")
    give.click()
    expect(page.locator(".field-error")).to_be_visible()  # not without a reason
    page.get_by_label("Why do you need to see it?").fill("Заявка на проходную")
    with page.expect_download() as waited:
        give.click()
    waited.value.save_as(path)
    page.get_by_role("button", name="The host has it").click()
    expect(page.get_by_text("The host has list 1.")).to_be_visible()


def _is_as_the_host_made_it(folder: Path) -> None:
    """As LibreOffice reads it: everybody, and the head, widths, colours, days and the sum of the host."""
    subprocess.run(
        [need("soffice"), f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", "xlsx", "--outdir", str(folder / "read"), str(folder / "list.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    page = load_workbook(folder / "read" / "list.xlsx", data_only=True)[SHEET]
    rows = [[cell.value for cell in row] for row in page[f"A{FIRST_ROW}:E{LAST_ROW}"]]
    assert [row[0] for row in rows] == list(range(1, SEATS + 1))
    assert {row[4] for row in rows} == {*NUMBERS, *(f"72 {place:07}" for place in range(SEATS - 2))}
    assert {row[3].date() for row in rows} == {date(1981, 3, 14)}
    formats = {page[f"D{row}"].number_format.replace("\\", "") for row in range(FIRST_ROW, LAST_ROW + 1)}
    assert formats == {"dd.mm.yyyy"}
    assert page[f"B{LAST_ROW + 2}"].value == SEATS
    assert [str(each) for each in page.merged_cells.ranges] == ["A1:E1"]
    heads = [page[f"{letter}{HEADER_ROW}"] for letter in "ABCDE"]
    assert [head.value for head in heads] == [title for title, _ in HEADERS]
    assert {(head.font.b, head.font.color.rgb, head.fill.fgColor.rgb) for head in heads} == {
        (True, "FF1F3864", "FFDDEBF7")
    }
    widths = [page.column_dimensions[letter].width for letter in "ABCDE"]
    assert widths == pytest.approx([width for _, width in HEADERS], abs=1)


def _fills_buses(page: Page, story: Story, visit_id: int) -> None:
    for label, leader in zip(("1", "2"), story.leader_ids, strict=True):
        page.goto(story.path(f"desk/visits/{visit_id}/buses/add"))
        _fill(page, label=label, capacity="25", plate=f"А 10{label} ВС 50")
        page.locator("#leader").select_option(str(leader))
        page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Fill the buses").click()
    expect(page.get_by_text("The buses are filled. It cannot be done better.")).to_be_visible()
    page.get_by_role("button", name="Tell them").click()
    expect(page.get_by_text("45 people are told of the bus.")).to_be_visible()


def _call_the_roll(served: Served, open_page: OpenPage, desk: Page, story: Story, visit_id: int) -> None:
    """Each leader has opened the list once; then there is no network, and one of the second bus gets into the
    first. On the way back he stays where he is.
    """
    phones = []
    for account in story.leaders:
        phone = open_page(served, account, language="ru", width=390).page
        phone.goto(story.path("venue/buses/"))
        phone.locator("main a[href*='venue/buses/']").first.click()
        expect(phone.locator("[data-kept]")).to_be_visible()
        phone.context.set_offline(True)
        phone.reload()
        phones.append(phone)
    first, second = phones
    guest = second.locator("[data-own] .name").first.text_content() or ""
    _tick_everybody(first)
    first.locator("[data-show-link=others]").click()
    first.locator(".roll-tick:visible", has_text=guest).click()
    _tick_everybody(second, except_for=guest)
    _leave(first, second)
    for phone in phones:
        phone.context.set_offline(True)
        phone.locator("[data-way-link=back]").click()
        phone.locator("[data-show-link=all]").click()
    _tick_everybody(first)
    _tick_everybody(second, except_for=guest)
    _leave(first, second)
    desk.goto(story.path(f"desk/visits/{visit_id}/roll-call"))
    expect(desk.get_by_text("Everybody is aboard")).to_have_count(4)
    db.session.rollback()
    ticks = db.session.scalars(select(BoardingTick.leg))
    assert Counter(leg.value for leg in ticks) == {"out": SEATS, "back": SEATS}
    there, back = [_departures(leg) for leg in Leg]
    assert [sum(aboard for aboard, _ in way) for way in (there, back)] == [SEATS, SEATS]
    assert [aboard == expected for aboard, expected in back] == [True, True]


def _departures(leg: Leg) -> list[tuple[int, int]]:
    """How many each bus left with, and for how many it waited."""
    rows = select(Departure.aboard, Departure.expected).where(Departure.leg == leg)
    return [(aboard, expected) for aboard, expected in db.session.execute(rows)]


def _tick_everybody(phone: Page, except_for: str = "nobody") -> None:
    ticks = phone.locator(".roll-tick[aria-pressed=false]:visible").filter(has_not_text=except_for)
    ticks.evaluate_all("all => all.forEach(one => one.click())")


def _leave(*phones: Page) -> None:
    """Both depart without a network; then it is back, and each phone sends what it has kept."""
    for phone in phones:
        phone.locator("[data-go]:visible").click()
    for phone in phones:
        phone.context.set_offline(False)
        expect(phone.locator("[data-sent]")).to_have_text("Всё отправлено")
    for phone in phones:
        phone.reload()


def _erases(
    served: Served, story: Story, visit_id: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day and an hour after the return the worker makes its round."""
    db.session.rollback()
    sealed = [
        *db.session.scalars(select(IdentityDocument.sealed)),
        *db.session.scalars(select(AccessListEntry.sealed)),
    ]
    planted = [*(number[3:].encode() for number in NUMBERS), *(each for each in sealed if each)]
    over_at = db.session.get_one(Visit, visit_id).returns_at + timedelta(days=1, hours=1)
    db.session.remove()
    assert _found(planted, folder) == {*planted[2:]}  # sealed it is there until then, and open it never was
    monkeypatch.setattr(clock, "now", lambda: over_at)
    jobs.go_round()
    backups.make(actor=SYSTEM, out=folder / "copy.tar.gz")
    assert [act.groups for act in db.session.scalars(select(Erasure))] == [{"document": 2 * SEATS}]
    db.session.remove()
    assert _found(planted, folder) == set()


def _found(planted: list[bytes], folder: Path) -> set[bytes]:
    """What of it is in the database, in its log or in any file of ``folder``, backups included."""
    places = [*database_files(), *folder.rglob("*")]
    parts = [part for path in places if path.is_file() for part in contents(path)]
    return {text for text in planted if any(text in part for part in parts)}

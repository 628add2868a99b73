"""What comes out when an office's workbook goes in."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from forum import clock
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import (
    Category,
    ImportStatus,
    RegistrationStatus,
    RequestRank,
    RequestStatus,
    SeatStatus,
    SeparationKind,
    SignUpMode,
    Visibility,
)
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import Company, Delegate, Import, ImportRow, Request, Seat, Site, Visit, Wish
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import imports, separations, wish_tables
from forum.services.import_readings import ImportKind, WordingKind
from forum.unit_of_work import transaction
from forum.workbooks.errors import WorkbookError
from tests import cast, factories
from tests.factories import given
from tests.workbooks_in_the_forum import (
    ALIYA,
    HEADERS,
    OLEG,
    PETR,
    forum_of_two_regions,
    forum_with_wishes,
    looked_at,
    people,
    taken_in,
    wished,
    wishes,
)


def _actions(import_id: int) -> dict[int, str]:
    rows = select(ImportRow.number, ImportRow.action).where(ImportRow.import_id == import_id)
    return {row.number: row.action for row in db.session.execute(rows.order_by(ImportRow.number))}


def _codes(import_id: int) -> dict[int, list[str]]:
    rows = select(ImportRow.number, ImportRow.issues).where(ImportRow.import_id == import_id)
    return {
        number: [issue["code"] for issue in issues if issue["severity"] != "info"]
        for number, issues in db.session.execute(rows)
    }


def _changes(import_id: int) -> dict[int, dict[str, object]]:
    rows = select(ImportRow.number, ImportRow.changes).where(ImportRow.import_id == import_id)
    return {number: changes for number, changes in db.session.execute(rows) if changes}


def _everybody() -> list[Delegate]:
    db.session.rollback()
    return list(db.session.scalars(select(Delegate).order_by(Delegate.number)))


def _columns(row: object, names: str) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in names.split())


# What comes out


def test_a_person_comes_out_field_by_field(app: Flask) -> None:
    event = forum_of_two_regions()
    taken_in(event.id, people(ALIYA))
    (person,) = _everybody()
    assert _columns(
        person, "number family_name given_name patronymic latin_family_name latin_given_name"
    ) == (
        1,
        "Сейтқали",
        "Әлия",
        "Ерланқызы",
        "Seitkali",
        "Aliia",
    )
    assert _columns(person, "email phone phone_extension town region spoken language diet") == (
        "aliya@altyn.example",
        "+77015551234",
        None,
        "Қонаев",
        "almaty_region",
        ["kk", "ru"],
        "kk",
        "халал",
    )
    assert _columns(person, "category status visibility position is_head account_id") == (
        Category.DELEGATE,
        RegistrationStatus.APPROVED,
        Visibility.PARTICIPANTS,
        Localized(ru="Бас директор"),
        False,
        None,
    )
    assert person.delegation is not None
    assert person.delegation.code == "almaty-region"


def test_a_company_comes_out_field_by_field(app: Flask) -> None:
    event = forum_of_two_regions()
    taken_in(event.id, people(PETR, OLEG))
    (company,) = db.session.scalars(select(Company))
    assert _columns(company, "legal_form bare_name town region offers seeks") == (
        "ooo",
        "Прогресс",
        "Химки",
        "moscow_region",
        "Плёнка",
        "Мука",
    )
    assert company.short_name == Localized(ru="ООО «Прогресс»", kk="«Прогресс» ЖШС", en="Progress LLC")
    assert [one.sector for one in company.sectors] == ["packaging"]
    assert {person.company_id for person in _everybody()} == {company.id}


def test_names_in_capitals_and_extensions_are_put_right(app: Flask) -> None:
    event = forum_of_two_regions()
    taken_in(event.id, people(PETR))
    (person,) = _everybody()
    assert _columns(person, "family_name given_name patronymic phone phone_extension") == (
        "Иволгин",
        "Пётр",
        "Иванович",
        "+74951234567",
        "12",
    )


def test_numbers_go_on_where_they_ended(app: Flask) -> None:
    event = forum_of_two_regions()
    given(factories.delegate, event=event, number=40, email="other@firm.example")
    taken_in(event.id, people(ALIYA, PETR))
    assert [person.number for person in _everybody()] == [40, 41, 42]


def test_a_latin_name_in_the_sheet_wins_over_the_proposal(app: Flask) -> None:
    event = forum_of_two_regions()
    headers = ("ФИО", "ФИО латиницей", "Организация")
    taken_in(event.id, people(("Иванов Юрий", "IVANOV YURY", "ООО «Прогресс»"), headers=headers))
    assert _columns(_everybody()[0], "latin_family_name latin_given_name") == ("Ivanov", "Yury")


def test_people_without_an_address_are_kept(app: Flask) -> None:
    event = forum_of_two_regions()
    taken_in(event.id, people(OLEG))
    assert [person.email for person in _everybody()] == [None]


def test_a_region_without_a_delegation_is_said(app: Flask) -> None:
    event = forum_of_two_regions()
    import_id = taken_in(event.id, people((*PETR[:4], "Тульская область", *PETR[5:])))
    assert (_codes(import_id), _everybody()[0].delegation_id) == ({2: ["delegation_unknown"]}, None)


def test_two_people_may_share_an_address(app: Flask) -> None:
    event = forum_of_two_regions()
    other = ("Сомов Павел", *PETR[1:])
    for _ in range(2):
        taken_in(event.id, people(PETR, other))
    assert [person.family_name for person in _everybody()] == ["Иволгин", "Сомов"]


# The same file again


def test_the_same_file_again_changes_nothing(app: Flask) -> None:
    event = forum_of_two_regions(seats=1)
    content = people(ALIYA, PETR, OLEG)
    taken_in(event.id, content)
    again = taken_in(event.id, content)
    assert (_actions(again), _changes(again)) == ({2: "same", 3: "same", 4: "same"}, {})


def test_a_corrected_file_updates_and_shows_old_and_new(app: Flask) -> None:
    event = forum_of_two_regions()
    taken_in(event.id, people(PETR))
    corrected = ("Иволгин Пётр Иванович", PETR[1], "Генеральный директор", "Москва", *PETR[4:])
    again = taken_in(event.id, people(corrected))
    assert _changes(again) == {
        2: {
            "company.town": ["Химки", "Москва"],
            "position": [{"ru": "Директор"}, {"ru": "Генеральный директор"}],
            "town": ["Химки", "Москва"],
        }
    }
    (person,) = _everybody()
    assert person.position == Localized(ru="Генеральный директор")


def test_a_misspelled_name_is_put_right_by_the_address(app: Flask) -> None:
    event = forum_of_two_regions()
    taken_in(event.id, people(("Ивологин Пётр Иванович", *PETR[1:])))
    taken_in(event.id, people(PETR))
    (person,) = _everybody()
    assert _columns(person, "family_name latin_family_name identity_key") == (
        "Иволгин",
        "Ivolgin",
        "ivanovich ivolgin petr",
    )


def test_an_empty_cell_wipes_nothing_out(app: Flask) -> None:
    event = forum_of_two_regions()
    taken_in(event.id, people(PETR))
    again = taken_in(event.id, people((*PETR[:2], *[""] * 11)))
    assert (_actions(again), _everybody()[0].email) == ({2: "same"}, "petr@progress.example")


def test_a_number_alone_is_not_a_person(app: Flask) -> None:
    event = forum_of_two_regions()
    taken_in(event.id, people(PETR))
    taken_in(event.id, people(("Сомов Павел", "ООО «Рубеж»", *[""] * 5, PETR[7], *[""] * 5)))
    assert [person.family_name for person in _everybody()] == ["Иволгин", "Сомов"]


def test_a_declined_person_stays_declined(app: Flask) -> None:
    event = forum_of_two_regions(seats=5)
    taken_in(event.id, people(PETR))
    with transaction():
        _everybody()[0].status = RegistrationStatus.DECLINED
    again = taken_in(event.id, people((*PETR[:9], "да", *PETR[10:])))
    assert _codes(again) == {2: ["not_approved"]}
    assert _everybody()[0].status is RegistrationStatus.DECLINED
    assert db.session.scalar(select(func.count()).select_from(Seat)) == 0


# Visits


def test_seats_go_in_the_order_of_the_rows_and_never_over(app: Flask) -> None:
    event = forum_of_two_regions(seats=2)
    wanting = [(f"Житель {name}", f"ООО «{name}»", *[""] * 7, "да", "", "", "") for name in "АБВГ"]
    taken_in(event.id, people(*wanting))
    rows = db.session.execute(
        select(Delegate.given_name, Seat.status, Seat.position).join(Seat).order_by(Seat.position)
    )
    assert [tuple(row) for row in rows] == [
        ("А", SeatStatus.SEATED, 1),
        ("Б", SeatStatus.SEATED, 2),
        ("В", SeatStatus.WAITING, 3),
        ("Г", SeatStatus.WAITING, 4),
    ]
    assert db.session.scalars(select(Visit.taken)).one() == 2


def test_without_a_visit_a_wish_is_said_and_the_person_kept(app: Flask) -> None:
    event = forum_of_two_regions()
    import_id = taken_in(event.id, people(ALIYA))
    assert (_codes(import_id), len(_everybody())) == ({2: ["visit_missing"]}, 1)


def test_the_place_named_is_the_one_visited(app: Flask) -> None:
    event = forum_of_two_regions(seats=3)
    site = given(factories.site, event=event, title=Localized(ru="Парк «Холмогоры»"))
    visit = given(factories.visit, event=event, site=site)
    taken_in(event.id, people((*ALIYA[:9], "Холмогоры", *ALIYA[10:])))
    assert db.session.scalars(select(Seat.visit_id)).all() == [visit.id]


def test_a_place_that_nobody_visits_is_said(app: Flask) -> None:
    event = forum_of_two_regions(seats=3)
    import_id = taken_in(event.id, people((*ALIYA[:9], "Байконур", *ALIYA[10:])))
    assert _codes(import_id) == {2: ["visit_place_unknown"]}


def test_whoever_is_engaged_elsewhere_gets_a_warning_and_no_seat(app: Flask) -> None:
    event = forum_of_two_regions(seats=3)
    taken_in(event.id, people((*ALIYA[:9], "", *ALIYA[10:])))
    (person,) = _everybody()
    site = given(factories.site, event=event, title=Localized(ru="Завод"))
    rival = given(factories.visit, event=event, site=site)
    with transaction():
        db.session.add(
            Seat(
                visit_id=rival.id,
                delegate_id=person.id,
                status=SeatStatus.SEATED,
                position=1,
                asked_at=factories.at(9),
            )
        )
    again = taken_in(event.id, people((*ALIYA[:9], "Есипово", *ALIYA[10:])))
    assert _codes(again) == {2: ["visit_conflict"]}
    assert db.session.scalars(select(Seat.visit_id)).all() == [rival.id]


# Requests


def _forum_with_firms() -> int:
    event_id = forum_of_two_regions().id
    taken_in(event_id, people(ALIYA, PETR))
    return event_id


def test_a_request_comes_out_field_by_field(app: Flask) -> None:
    event_id = _forum_with_firms()
    taken_in(event_id, wishes(("ООО «Прогресс»", "«Алтын Дән» ЖШС", "высокий", "Мука")), ImportKind.REQUESTS)
    (request,) = db.session.scalars(select(Request))
    assert (request.sender.bare_name, request.receiver.bare_name) == ("Прогресс", "Алтын Дән")
    assert _columns(request, "rank status message") == (RequestRank.MUST, RequestStatus.ACCEPTED, "Мука")


def test_a_request_again_is_updated_instead_of_doubled(app: Flask) -> None:
    event_id = _forum_with_firms()
    taken_in(event_id, wishes(("ООО «Прогресс»", "«Алтын Дән» ЖШС", "1", "")), ImportKind.REQUESTS)
    again = taken_in(
        event_id, wishes(("ООО «Прогресс»", "«Алтын Дән» ЖШС", "3", "Мука")), ImportKind.REQUESTS
    )
    assert _changes(again) == {2: {"rank": ["must", "nice"], "message": [None, "Мука"]}}
    assert db.session.scalar(select(func.count()).select_from(Request)) == 1


def test_a_declined_request_stays_declined(app: Flask) -> None:
    event_id = _forum_with_firms()
    content = wishes(("ООО «Прогресс»", "«Алтын Дән» ЖШС", "1", ""))
    taken_in(event_id, content, ImportKind.REQUESTS)
    with transaction():
        db.session.scalars(select(Request)).one().status = RequestStatus.DECLINED
    again = taken_in(event_id, content, ImportKind.REQUESTS)
    assert (_actions(again), _codes(again)) == ({2: "same"}, {2: ["request_closed"]})


def test_companies_that_never_meet_are_named_and_left(app: Flask) -> None:
    event_id = _forum_with_firms()
    first, second = db.session.scalars(select(Company.id).order_by(Company.id)).all()[:2]
    separations.separate(
        actor=SYSTEM, event_id=event_id, company_ids=(first, second), kind=SeparationKind.NEVER
    )
    import_id = taken_in(
        event_id, wishes(("ООО «Прогресс»", "«Алтын Дән» ЖШС", "1", "")), ImportKind.REQUESTS
    )
    assert (_actions(import_id), _codes(import_id)) == ({2: "skipped"}, {2: ["never_meet"]})
    assert db.session.scalars(select(Request)).all() == []


def test_unknown_firms_and_oneself_are_named_and_left(app: Flask) -> None:
    event_id = _forum_with_firms()
    rows = [("ООО Прогресс", "Никто", "", ""), ("ООО Прогресс", "«ПРОГРЕСС»", "", "")]
    import_id = taken_in(event_id, wishes(*rows), ImportKind.REQUESTS)
    assert _codes(import_id)[3] == ["company_guessed", "request_to_oneself"]
    assert _actions(import_id) == {2: "skipped", 3: "skipped"}


# Corrections


def test_a_corrected_header_is_read_again_and_remembered(app: Flask) -> None:
    event = forum_of_two_regions()
    headers = ("ФИО", "Организация", "Кем трудится")
    content = people(("Рощин Олег", "ООО «Прогресс»", "Инженер"), headers=headers)
    import_id = looked_at(event.id, content)
    imports.reread(
        actor=SYSTEM,
        event_id=event.id,
        import_id=import_id,
        corrections={WordingKind.HEADER: {"Кем трудится": "position"}},
    )
    assert _changes(import_id)[2]["position"] == [{}, {"ru": "Инженер"}]
    later = looked_at(event.id, content)
    assert _changes(later)[2]["position"] == [{}, {"ru": "Инженер"}]


def test_a_corrected_wording_holds_for_this_forum_only(app: Flask) -> None:
    event, other = forum_of_two_regions(), forum_of_two_regions()
    content = people((*PETR[:5], "бондарное ремесло", *PETR[6:]))
    import_id = looked_at(event.id, content)
    imports.reread(
        actor=SYSTEM,
        event_id=event.id,
        import_id=import_id,
        corrections={WordingKind.SECTOR: {"Бондарное ремесло": "packaging"}},
    )
    assert _codes(import_id) == {2: []}
    assert _codes(looked_at(other.id, content)) == {2: ["sector_unknown"]}


def test_a_correction_that_leaves_nothing_to_read_is_refused_and_forgotten(app: Flask) -> None:
    event = forum_of_two_regions()
    import_id = looked_at(event.id, people(PETR))
    with pytest.raises(ForumError, match="import_columns_missing"):
        imports.reread(
            actor=SYSTEM,
            event_id=event.id,
            import_id=import_id,
            corrections={WordingKind.HEADER: {"ФИО": ""}},
        )
    assert _actions(looked_at(event.id, people(PETR))) == {2: "new"}


@pytest.mark.parametrize(
    "corrections",
    [{WordingKind.SECTOR: {"тара": "nonsense"}}, {WordingKind.HEADER: {"«»": "name"}}],
)
def test_a_correction_to_nonsense_is_refused(
    app: Flask, corrections: dict[WordingKind, dict[str, str]]
) -> None:
    event = forum_of_two_regions()
    import_id = looked_at(event.id, people(PETR))
    with pytest.raises(ForumError, match="import_bad_correction"):
        imports.reread(actor=SYSTEM, event_id=event.id, import_id=import_id, corrections=corrections)


# Guards


def test_a_preview_changes_nobody(app: Flask) -> None:
    event = forum_of_two_regions()
    looked_at(event.id, people(PETR))
    assert _everybody() == []


def test_only_who_may_import_does(app: Flask) -> None:
    event = forum_of_two_regions()
    import_id = looked_at(event.id, people(PETR))
    desk = cast.actor(Role.DESK, event_id=event.id)
    with pytest.raises(NotAllowedError):
        imports.apply(actor=desk, event_id=event.id, import_id=import_id)


def test_the_import_of_another_forum_is_not_there(app: Flask) -> None:
    event, other = forum_of_two_regions(), forum_of_two_regions()
    import_id = looked_at(event.id, people(PETR))
    with pytest.raises(ForumError, match="no_such_import"):
        imports.apply(actor=SYSTEM, event_id=other.id, import_id=import_id)


def test_a_preview_that_has_been_overtaken_asks_for_a_new_one(app: Flask) -> None:
    event = forum_of_two_regions()
    import_id = looked_at(event.id, people(PETR))
    taken_in(event.id, people(PETR))
    with pytest.raises(StaleError, match="import_stale"):
        imports.apply(actor=SYSTEM, event_id=event.id, import_id=import_id)
    assert len(_everybody()) == 1


def test_a_preview_read_again_elsewhere_is_not_the_one_that_was_seen(app: Flask) -> None:
    event = forum_of_two_regions()
    import_id = looked_at(event.id, people(PETR))
    seen = db.session.get_one(Import, import_id).version
    imports.reread(
        actor=SYSTEM,
        event_id=event.id,
        import_id=import_id,
        corrections={WordingKind.HEADER: {"Город": ""}},
    )
    with pytest.raises(StaleError, match="import_stale"):
        imports.apply(actor=SYSTEM, event_id=event.id, import_id=import_id, version=seen)


def test_a_second_commit_changes_nothing(any_app: Flask) -> None:
    event = forum_of_two_regions(seats=1)
    import_id = looked_at(event.id, people(ALIYA, PETR))
    event_id, start, errors = event.id, threading.Barrier(2), []

    def commit() -> None:
        with any_app.app_context():
            start.wait()
            try:
                imports.apply(actor=SYSTEM, event_id=event_id, import_id=import_id)
            except ForumError as error:
                errors.append(error)

    db.session.rollback()
    rivals = [threading.Thread(target=commit) for _ in range(2)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    assert (errors, [person.number for person in _everybody()]) == ([], [1, 2])
    assert db.session.scalars(select(Import.status)).one() is ImportStatus.COMMITTED


def test_two_imports_at_once_make_nobody_twice(any_app: Flask) -> None:
    """Both previews are of an empty forum: whoever comes second has to look again."""
    event = forum_of_two_regions()
    ids = [looked_at(event.id, people(ALIYA, PETR)) for _ in range(2)]
    event_id, start, outcomes = event.id, threading.Barrier(2), Counter[str]()

    def commit(import_id: int) -> None:
        with any_app.app_context():
            start.wait()
            try:
                imports.apply(actor=SYSTEM, event_id=event_id, import_id=import_id)
                outcomes["done"] += 1
            except StaleError:
                outcomes["stale"] += 1

    db.session.rollback()
    rivals = [threading.Thread(target=commit, args=[import_id]) for import_id in ids]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    assert outcomes == {"done": 1, "stale": 1}
    assert [person.number for person in _everybody()] == [1, 2]


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_a_file_that_is_none_leaves_nothing_behind(app: Flask, content: bytes) -> None:
    event = forum_of_two_regions()
    with pytest.raises(WorkbookError):
        looked_at(event.id, content)
    assert db.session.scalars(select(Import.id)).all() == []


def test_a_sheet_that_fits_neither_kind_is_refused(app: Flask) -> None:
    event = forum_of_two_regions()
    with pytest.raises(ForumError, match="import_no_sheet"):
        looked_at(event.id, people(("1", "2"), headers=("Цена", "Вес")))


def test_the_kind_is_found_by_the_headers(app: Flask) -> None:
    event_id = _forum_with_firms()
    import_id = looked_at(event_id, wishes(("ООО «Прогресс»", "«Алтын Дән» ЖШС", "1", "")), None)
    assert db.session.get_one(Import, import_id).kind == ImportKind.REQUESTS


def test_headers_are_those_of_the_tests() -> None:
    assert {len(row) for row in (ALIYA, PETR, OLEG)} == {len(HEADERS)}


def test_the_extension_of_an_earlier_number_goes_with_it(app: Flask) -> None:
    event = forum_of_two_regions()
    taken_in(event.id, people(PETR))
    taken_in(event.id, people((*PETR[:7], "+7 916 123-45-67", *PETR[8:])))
    assert _columns(_everybody()[0], "phone phone_extension") == ("+79161234567", None)


def test_a_position_in_another_language_replaces_the_only_one(app: Flask) -> None:
    event = forum_of_two_regions()
    taken_in(event.id, people(PETR))
    taken_in(event.id, people((*PETR[:2], "Бас директордың орынбасары", *PETR[3:])))
    assert _everybody()[0].position == Localized(kk="Бас директордың орынбасары")


def test_what_a_later_row_says_of_a_firm_holds_for_its_first_person(app: Flask) -> None:
    event = forum_of_two_regions()
    first = ("Иволгин Пётр", "ООО «Прогресс»", *[""] * 11)
    taken_in(event.id, people(first, OLEG))
    assert [person.delegation.code for person in _everybody() if person.delegation] == ["moscow-region"] * 2


# Wishes for visits


def _wishes() -> dict[str, list[int]]:
    rows = db.session.execute(
        select(Delegate.family_name, Wish.visit_id)
        .join(Wish, Wish.delegate_id == Delegate.id)
        .order_by(Delegate.number, Wish.choice)
    )
    found: dict[str, list[int]] = {}
    for name, visit_id in rows:
        found.setdefault(name, []).append(visit_id)
    return found


def test_choices_become_wishes_in_their_order(app: Flask) -> None:
    event, park, zone = forum_with_wishes()
    taken_in(event.id, wished((ALIYA, "ОЭЗ «Исток»", "Esipovo"), (PETR, "-", "парк Есипово")))
    assert _wishes() == {"Сейтқали": [zone, park], "Иволгин": [park]}


def test_an_empty_cell_leaves_wishes_as_they_are(app: Flask) -> None:
    event, park, _ = forum_with_wishes()
    taken_in(event.id, wished((ALIYA, "Есипово", "")))
    again = taken_in(event.id, wished((ALIYA, "", "")))
    assert (_actions(again), _wishes()) == ({2: "same"}, {"Сейтқали": [park]})


def test_a_choice_that_cannot_be_had_is_said_at_its_row(app: Flask) -> None:
    """Unknown, twice the same, closed, and a visit where seats go to whoever comes first."""
    event, park, zone = forum_with_wishes()
    site = given(factories.site, event=event, title=Localized(ru="Завод «Заря»"))
    given(factories.visit, event=event, site=site)
    with transaction():
        db.session.get_one(Visit, zone).sign_up_closes_at = clock.now()
    rows = ((ALIYA, "Жұпар", "Есипово"), (PETR, "Есипово", "есипово"), (OLEG, "Исток", "Заря"))
    import_id = taken_in(event.id, wished(*rows))
    codes = {2: ["wish_unknown"], 3: ["wish_repeated"], 4: ["wish_closed", "wish_not_needed"]}
    assert (_codes(import_id), _wishes()) == (codes, {"Сейтқали": [park], "Иволгин": [park]})


def test_two_visits_to_one_site_are_told_apart_by_their_day(app: Flask) -> None:
    event, park, _ = forum_with_wishes()
    visit = db.session.get_one(Visit, park)
    later = timedelta(days=1)
    names = ("departs_at", "starts_at", "ends_at", "returns_at")
    other = given(
        factories.visit,
        event=event,
        site=db.session.get_one(Site, visit.site_id),
        sign_up_mode=SignUpMode.ASSIGNED,
        **{name: getattr(visit, name) + later for name in names},
    )
    day = f"{other.departs_at.astimezone(ZoneInfo(event.time_zone)):%d.%m}"
    import_id = taken_in(event.id, wished((ALIYA, "Есипово", ""), (PETR, f"Есипово {day}", "")))
    assert (_codes(import_id), _wishes()) == ({2: ["wish_ambiguous"], 3: []}, {"Иволгин": [other.id]})


def test_wishes_written_out_are_read_again_in_every_language(app: Flask) -> None:
    event, park, zone = forum_with_wishes()
    taken_in(event.id, wished((ALIYA, "Исток", "Есипово")))
    files = {each: wish_tables.workbook(event_id=event.id, language=each) for each in ("ru", "kk", "en")}
    for language, file in files.items():
        with transaction():
            db.session.execute(delete(Wish))
        taken_in(event.id, file)
        assert _wishes() == {"Сейтқали": [zone, park]}, language

"""An import taken back leaves the forum as it was, or is refused as a whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.domain.localized import Localized
from forum.domain.states import ImportStatus, PaperKind, PlanStatus, SeatStatus
from forum.errors import ForumError
from forum.models import (
    Badge,
    CheckIn,
    Company,
    Delegate,
    Import,
    Meeting,
    MeetingParticipant,
    Paper,
    Plan,
    Request,
    Seat,
    Visit,
)
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import imports, visits
from forum.services import wishes as wishes_of
from forum.services.import_readings import ImportKind
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given
from tests.workbooks_in_the_forum import (
    ALIYA,
    OLEG,
    PETR,
    everything,
    forum_of_two_regions,
    forum_with_wishes,
    looked_at,
    people,
    taken_in,
    wished,
    wishes,
)


def _undo(event_id: int, import_id: int) -> None:
    imports.undo(actor=SYSTEM, event_id=event_id, import_id=import_id)


def _person(family_name: str) -> Delegate:
    return db.session.scalars(select(Delegate).where(Delegate.family_name == family_name)).one()


def test_a_first_import_leaves_no_trace(any_app: Flask) -> None:
    event = forum_of_two_regions(seats=1)
    before = everything()
    _undo(event.id, taken_in(event.id, people(ALIYA, PETR, OLEG)))
    assert everything() == before


def test_a_correction_is_taken_back_field_by_field(any_app: Flask) -> None:
    event = forum_of_two_regions(seats=5)
    taken_in(event.id, people(ALIYA, PETR))
    before = everything(without=("version", "updated_at"))
    corrected = ("Иволгина Пётр Иванович", PETR[1], "Инженер", "Москва", PETR[4], "металлургия", *PETR[6:9])
    _undo(event.id, taken_in(event.id, people(ALIYA, OLEG, (*corrected, "да", "вегетарианец", "", ""))))
    assert everything(without=("version", "updated_at")) == before


def test_a_move_to_a_new_firm_is_taken_back(any_app: Flask) -> None:
    event = forum_of_two_regions()
    taken_in(event.id, people(PETR))
    before = everything(without=("version", "updated_at"))
    _undo(event.id, taken_in(event.id, people((PETR[0], "ООО «Новый завод»", *PETR[2:]))))
    assert everything(without=("version", "updated_at")) == before


def test_requests_are_taken_back(any_app: Flask) -> None:
    event = forum_of_two_regions()
    taken_in(event.id, people(ALIYA, PETR))
    taken_in(event.id, wishes(("ООО «Прогресс»", "ТОО «Алтын Дән»", "1", "")), ImportKind.REQUESTS)
    before = everything(without=("version", "updated_at"))
    rows = [("ООО «Прогресс»", "ТОО «Алтын Дән»", "3", "Мука"), ("ТОО «Алтын Дән»", "ООО «Прогресс»", "", "")]
    _undo(event.id, taken_in(event.id, wishes(*rows), ImportKind.REQUESTS))
    assert everything(without=("version", "updated_at")) == before


def test_after_an_undo_the_same_file_can_come_again(app: Flask) -> None:
    event = forum_of_two_regions()
    first = taken_in(event.id, people(ALIYA))
    _undo(event.id, first)
    taken_in(event.id, people(ALIYA))
    assert (_person("Сейтқали").number, db.session.get_one(Import, first).status) == (1, ImportStatus.UNDONE)


def test_a_second_undo_changes_nothing(app: Flask) -> None:
    event = forum_of_two_regions()
    import_id = taken_in(event.id, people(ALIYA))
    _undo(event.id, import_id)
    taken_in(event.id, people(PETR))
    _undo(event.id, import_id)
    assert [person.family_name for person in db.session.scalars(select(Delegate))] == ["Иволгин"]


def test_a_preview_cannot_be_undone(app: Flask) -> None:
    event = forum_of_two_regions()
    with pytest.raises(ForumError, match="import_not_committed"):
        _undo(event.id, looked_at(event.id, people(ALIYA)))


def test_a_freed_seat_goes_to_who_waits(app: Flask) -> None:
    event = forum_of_two_regions(seats=1)
    import_id = taken_in(event.id, people(ALIYA))
    rival = given(factories.delegate, event=event)
    visit_id = db.session.scalars(select(Visit.id)).one()
    visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit_id, delegate_id=rival.id)
    _undo(event.id, import_id)
    rows = db.session.execute(select(Seat.delegate_id, Seat.status, Seat.position))
    assert [tuple(row) for row in rows] == [(rival.id, SeatStatus.SEATED, 2)]
    assert db.session.scalars(select(Visit.taken)).one() == 1


def _rename(event_id: int) -> None:
    _person("Сейтқали").town = "Алматы"


def _change_company(event_id: int) -> None:
    db.session.scalars(select(Company)).one().offers = "Жарма"


def _print(event_id: int) -> None:
    paper = Paper(
        event_id=event_id,
        delegate_id=_person("Сейтқали").id,
        kind=PaperKind.BADGE,
        revision=1,
        content_hash="0",
        created_at=clock.now(),
    )
    db.session.add(paper)


def _issue_badge(event_id: int) -> None:
    person = _person("Сейтқали")
    db.session.add(Badge(event_id=event_id, delegate_id=person.id, code="X1", issued_at=clock.now()))


def _check_in(event_id: int) -> None:
    person = _person("Сейтқали")
    db.session.add(CheckIn(event_id=event_id, delegate_id=person.id, at=clock.now()))


def _another_colleague(event_id: int) -> None:
    company = db.session.scalars(select(Company)).one()
    event = company.event_id
    person = _person("Сейтқали")
    db.session.add(
        Delegate(
            event_id=event,
            number=99,
            category=person.category,
            status=person.status,
            family_name="Новый",
            given_name="Коллега",
            position=Localized(),
            spoken=[],
            language="kk",
            identity_key="",
            search_key="",
            company_id=company.id,
            created_at=clock.now(),
            updated_at=clock.now(),
        )
    )


@pytest.mark.parametrize(
    ("use", "code"),
    [
        pytest.param(_rename, "import_changed_since", id="a person was edited"),
        pytest.param(_change_company, "import_changed_since", id="a company was edited"),
        pytest.param(_print, "import_used_printed", id="a paper was made"),
        pytest.param(_issue_badge, "import_used_printed", id="a badge was issued"),
        pytest.param(_check_in, "import_used_arrived", id="the person has arrived"),
        pytest.param(_another_colleague, "import_used_people", id="somebody joined the company"),
    ],
)
def test_what_has_been_built_upon_stays_as_a_whole(app: Flask, use: Callable[[int], None], code: str) -> None:
    event = forum_of_two_regions()
    import_id = taken_in(event.id, people(ALIYA))
    with transaction():
        use(event.id)
    before = everything()
    with pytest.raises(ForumError, match=code):
        _undo(event.id, import_id)
    assert everything() == before


def test_people_whose_firms_have_asked_for_meetings_stay(app: Flask) -> None:
    event = forum_of_two_regions()
    first = taken_in(event.id, people(ALIYA, PETR))
    taken_in(event.id, wishes(("ООО «Прогресс»", "ТОО «Алтын Дән»", "1", "")), ImportKind.REQUESTS)
    with pytest.raises(ForumError, match="import_used_requests") as refused:
        _undo(event.id, first)
    assert refused.value.data == {"row": 2, "name": "Сейтқали Әлия Ерланқызы"}


def test_requests_that_have_become_meetings_stay(app: Flask) -> None:
    event = forum_of_two_regions()
    taken_in(event.id, people(ALIYA, PETR))
    content = wishes(("ООО «Прогресс»", "ТОО «Алтын Дән»", "1", ""))
    import_id = taken_in(event.id, content, ImportKind.REQUESTS)
    with transaction():
        slot = factories.slot(event, factories.at(10), factories.at(11))
        table = factories.table(event, 1)
        plan = Plan(event_id=event.id, status=PlanStatus.DRAFT, created_at=clock.now())
        request = db.session.scalars(select(Request)).one()
        plan.meetings = [
            Meeting(
                request_id=request.id,
                slot_id=slot.id,
                table_id=table.id,
                participants=[MeetingParticipant(delegate_id=_person("Иволгин").id)],
            )
        ]
        db.session.add(plan)
    with pytest.raises(ForumError, match="import_used_meets"):
        _undo(event.id, import_id)


def test_wishes_of_an_import_are_taken_back_with_it(any_app: Flask) -> None:
    """Those of before come again with their place in the order of asking; who had none has none."""
    event, park, _ = forum_with_wishes()
    taken_in(event.id, people(ALIYA))
    wishes_of.wish(actor=SYSTEM, event_id=event.id, delegate_id=_person("Сейтқали").id, visit_ids=[park])
    before = everything(without=("id", "version", "updated_at"))
    _undo(event.id, taken_in(event.id, wished((ALIYA, "Исток", "Есипово"), (PETR, "Есипово", "нет"))))
    assert everything(without=("id", "version", "updated_at")) == before


def test_wishes_changed_since_keep_an_import(app: Flask) -> None:
    event, _, zone = forum_with_wishes()
    import_id = taken_in(event.id, wished((ALIYA, "Есипово", "")))
    wishes_of.wish(actor=SYSTEM, event_id=event.id, delegate_id=_person("Сейтқали").id, visit_ids=[zone])
    with pytest.raises(ForumError, match="import_changed_since"):
        _undo(event.id, import_id)

"""Whatever is imported, undone and imported again, and in whatever order: nobody is there twice."""

from __future__ import annotations

from contextlib import suppress

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from forum.errors import ForumError
from forum.models import Company, Delegate, Import, Seat, Visit
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import imports
from forum.unit_of_work import transaction
from tests.workbooks_in_the_forum import everything, forum_of_two_regions, people, taken_in

pytestmark = pytest.mark.slow

_FIRMS = ("ООО «Прогресс»", 'ооо "ПРОГРЕСС"', "ТОО «Алтын Дән»", "«Алтын Дән» ЖШС")
_PEOPLE = ("Иволгин Пётр Иванович", "ИВОЛГИН  петр  Иванович", "Сейтқали Әлия", "Рощин Олег Олегович")
_rows = st.lists(
    st.tuples(
        st.sampled_from(_PEOPLE),
        st.sampled_from(_FIRMS),
        st.sampled_from(("", "Директор", "Инженер")),
        st.sampled_from(("", "Химки")),
        st.sampled_from(("", "МО", "Алматинская область")),
        st.sampled_from(("", "агро", "упаковка")),
        st.sampled_from(("", "a@firm.example", "b@firm.example")),
        st.sampled_from(("", "+7 916 123-45-67")),
        st.just(""),
        st.sampled_from(("", "да", "нет")),
        st.just(""),
        st.just(""),
        st.just(""),
    ),
    min_size=1,
    max_size=4,
)
_steps = st.lists(st.one_of(_rows, st.integers(min_value=0, max_value=3)), min_size=1, max_size=4)


def _person(row: Delegate) -> tuple[str, str, int | None]:
    """Who somebody is in these sheets: nobody has a namesake in the same firm."""
    return row.family_name.replace("ё", "е"), row.given_name.replace("ё", "е"), row.company_id


@pytest.fixture
def event_id(app: Flask) -> int:
    return forum_of_two_regions(seats=2).id


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_steps)
def test_nobody_and_no_firm_is_there_twice(event_id: int, steps: list[list[tuple[str, ...]] | int]) -> None:
    """A list of rows is an import, a number the undoing of one of those before."""
    _empty(event_id)
    done: list[int] = []
    for step in steps:
        if isinstance(step, list):
            done.append(taken_in(event_id, people(*step)))
        elif done:
            with suppress(ForumError):
                imports.undo(actor=SYSTEM, event_id=event_id, import_id=done[step % len(done)])
        _look(event_id)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=_rows, second=_rows)
def test_an_import_and_its_undoing_are_nothing(
    event_id: int, first: list[tuple[str, ...]], second: list[tuple[str, ...]]
) -> None:
    _empty(event_id)
    taken_in(event_id, people(*first))
    before = everything(without=("version", "updated_at"))
    imports.undo(actor=SYSTEM, event_id=event_id, import_id=taken_in(event_id, people(*second)))
    assert everything(without=("version", "updated_at")) == before


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=_rows)
def test_the_same_sheet_twice_is_the_sheet_once(event_id: int, rows: list[tuple[str, ...]]) -> None:
    _empty(event_id)
    taken_in(event_id, people(*rows))
    before = everything()
    taken_in(event_id, people(*rows))
    assert everything() == before


def _empty(event_id: int) -> None:
    """Examples share a database: each begins with an empty forum."""
    with transaction():
        for table in (Import, Seat, Delegate, Company):
            db.session.execute(delete(table))
        visit = db.session.scalars(select(Visit)).one()
        visit.taken = visit.last_position = 0


def _look(event_id: int) -> None:
    db.session.rollback()
    rows = db.session.scalars(select(Delegate).where(Delegate.event_id == event_id)).all()
    people_there = [_person(row) for row in rows]
    assert sorted(set(people_there), key=str) == sorted(people_there, key=str)
    companies = db.session.scalars(select(Company.identity_key)).all()
    assert len(companies) == len(set(companies)) <= 2
    visit = db.session.scalars(select(Visit)).one()
    seated = [seat for seat in db.session.scalars(select(Seat)) if seat.status == "seated"]
    assert len(seated) == visit.taken <= visit.capacity

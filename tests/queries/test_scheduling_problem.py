"""What the tables say about meetings reaches the problem."""

from __future__ import annotations

from flask import Flask

from forum.domain.states import Category, PartOfDay, RequestRank, SeparationKind
from forum.models import Delegate, Request, RequestGuest, Separation, Table, TableClosing
from forum.models.base import db
from forum.queries import scheduling_problem
from forum.scheduling.problem import Separation as Apart
from forum.scheduling.problem import Table as Seat
from forum.unit_of_work import transaction
from tests import factories
from tests.small_forums import small_forum


def test_every_rule_of_the_tables_is_in_the_problem(app: Flask) -> None:
    forum = small_forum(companies=3, slots=4, tables=2, pairs=[(0, 1), (1, 0)])
    firms = [firm.id for firm in forum.companies]
    people = [one.id for one in forum.delegates]
    with transaction():
        asked, back = (db.session.get_one(Request, each.id) for each in forum.requests)
        asked.length, asked.part_of_day, asked.rank = 2, PartOfDay.MORNING, RequestRank.MUST
        back.length, back.part_of_day, back.rank = 1, PartOfDay.MORNING, RequestRank.NICE
        back.guests = [RequestGuest(delegate_id=people[2])]
        host = db.session.get_one(Delegate, people[0])
        host.most_meetings, host.rest_after = 3, 2
        host.spoken, host.meeting_language, host.wants_interpreter = ["ru", "kk"], "kk", True
        host.category = Category.OFFICIAL
        room = db.session.get_one(Table, forum.tables[1].id)
        room.zone, room.for_officials = "gallery", True
        db.session.add(TableClosing(table_id=room.id, slot_id=forum.slots[0].id))
        db.session.add(
            Separation(
                event_id=forum.event.id, first_id=firms[0], second_id=firms[2], kind=SeparationKind.APART
            )
        )

    gathered = scheduling_problem.gather(event_id=forum.event.id)
    problem = gathered.problem
    (request,) = problem.requests
    person = problem.person_by_id[people[0]]

    assert gathered.twins == {back.id: asked.id}
    assert (request.people, request.length, request.part) == (tuple(people), 2, PartOfDay.MORNING)
    assert (request.must, request.weight) == (True, 6)
    assert (person.max_meetings, person.rest_after, person.meets_in, person.is_official) == (3, 2, "kk", True)
    assert problem.tables == (
        Seat(forum.tables[0].id),
        Seat(room.id, frozenset({forum.slots[0].id}), zone="gallery", for_officials=True),
    )
    assert problem.separations == (Apart(firms[0], firms[2], SeparationKind.APART),)


def test_noon_is_that_of_the_forum(app: Flask) -> None:
    forum = small_forum(companies=2, slots=0, tables=1, pairs=[(0, 1)])
    with transaction():
        event = db.session.merge(forum.event)
        event.time_zone = "Asia/Almaty"
        for hour in (9, 10):  # in Moscow: 11 and 12 in Almaty
            factories.slot(event, factories.at(hour), factories.at(hour, 30))

    slots = scheduling_problem.gather(event_id=forum.event.id).problem.slots

    assert [slot.part for slot in slots] == [PartOfDay.MORNING, PartOfDay.AFTERNOON]

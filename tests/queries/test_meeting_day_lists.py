"""What can be chosen on the day stays short, however many tables and absent people there are."""

from __future__ import annotations

from flask import Flask

from forum import clock
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import meeting_day
from forum.services import plans
from forum.unit_of_work import transaction
from tests.small_forums import small_forum


def test_of_many_tables_those_looked_at_are_offered_and_any_by_its_number(app: Flask) -> None:
    forum = small_forum(slots=1, tables=meeting_day.MOST_TABLES + 1, pairs=[(0, 1)])
    plans.publish(actor=SYSTEM, event_id=forum.event.id, plan_id=forum.solved())
    looked_at, found = (meeting_day.day(event_id=forum.event.id, text=text) for text in ("", "51"))
    assert [row.number for row in looked_at.tables] == [row.table_number for row in looked_at.page.rows]
    assert ([row.number for row in found.tables], found.has_more_tables) == ([51], True)


def test_of_many_who_do_not_come_a_page_is_listed_and_anybody_by_name(app: Flask) -> None:
    forum = small_forum(companies=meeting_day.PAGE_SIZE + 2, slots=1, tables=1, pairs=[(0, 1)])
    with transaction():
        for person in forum.delegates:
            db.session.merge(person).no_show_at = clock.now()
        name = db.session.merge(forum.delegates[-1]).search_key
    listed, found = (meeting_day.day(event_id=forum.event.id, text=text) for text in ("", name))
    assert (len(listed.gone), listed.more_gone, len(listed.absent)) == (20, 2, 22)
    assert forum.delegates[-1].id in found.gone

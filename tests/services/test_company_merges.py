"""Two companies that are one: made one with everything of both, and parted again as they were."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.domain.company_names import parse_company_name
from forum.domain.roles import Role
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import Company, Delegate, Event, JournalEntry, MeetingOrder, Request, Table
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import companies as queries
from forum.queries import company_merges
from forum.queries.companies import CompanyView
from forum.services import company_columns
from forum.services import company_merges as merges
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.small_forums import small_forum


@dataclass
class Two:
    """«Заря» has a person and has asked the third; «Зоря» has two, has asked the third too, and the first."""

    event_id: int
    keep: int
    other: int
    third: int
    people: list[int]
    asked: int

    def view(self, company_id: int) -> CompanyView:
        db.session.rollback()
        found = queries.find(event_id=self.event_id, row_id=company_id)
        assert found is not None
        return found

    def merge(self, **values: object) -> merges.Merged:
        keep, other = self.view(self.keep), self.view(self.other)
        arguments = {
            "actor": SYSTEM, "event_id": self.event_id, "company_id": keep.id, "version": keep.version,
            "other_id": other.id, "other_version": other.version,
        }  # fmt: skip
        return merges.merge(**{**arguments, **values})  # type: ignore[arg-type]

    def state(self) -> dict[str, object]:
        """Everything of the companies, by names and not by ids, which a company that comes back has anew."""
        db.session.rollback()
        names = {row.id: row.bare_name for row in db.session.scalars(select(Company))}
        profiles = {row.bare_name: queries.profile_of(row) for row in db.session.scalars(select(Company))}
        people = {row.id: names.get(row.company_id) for row in db.session.scalars(select(Delegate))}
        asked = sorted(
            (names[row.sender_id], names[row.receiver_id], row.rank, row.status, row.message)
            for row in db.session.scalars(select(Request))
        )
        tables = sorted((row.number, names.get(row.company_id)) for row in db.session.scalars(select(Table)))
        return {"profiles": profiles, "people": people, "asked": asked, "tables": tables}


def _company(event: Event, name: str, **values: object) -> Company:
    return factories.company(event, **company_columns.of_name(parse_company_name(name)), **values)


@pytest.fixture
def two(any_app: Flask) -> Two:
    with transaction():
        event = factories.event()
        keep = _company(event, "ООО «Заря»", town="Клин", offers="Сыр")
        other = _company(event, "АО «Зоря»", town="Истра", seeks="Склад", website="https://zoria.example")
        third, fourth = _company(event, "ООО «Третья»"), _company(event, "ООО «Четвёртая»")
        people = [factories.delegate(event, company_id=each.id).id for each in (keep, other, other)]
        factories.request(event, keep, third, message="Мы первые")
        factories.request(event, other, third, message="Мы вторые")
        factories.request(event, other, keep, message="Себе")
        asked = factories.request(event, fourth, other, message="Вам")
        factories.table(event, 1, company_id=other.id)
        return Two(event.id, keep.id, other.id, third.id, people, asked.id)


def test_everything_of_the_other_moves_and_blanks_are_filled(two: Two) -> None:
    preview = company_merges.preview(
        event_id=two.event_id, keep=two.view(two.keep), other=two.view(two.other)
    )
    assert (len(preview.people), preview.requests, preview.dropped, preview.tables) == (2, 1, 2, 1)
    two.merge()
    state = two.state()
    profile = two.view(two.keep).profile
    assert profile == preview.merged
    assert (profile.town, profile.offers, profile.seeks, profile.website) == (
        "Клин", "Сыр", "Склад", "https://zoria.example",
    )  # fmt: skip
    assert "Зоря" not in state["profiles"]  # type: ignore[operator]
    assert set(state["people"].values()) == {"Заря"}  # type: ignore[attr-defined]
    assert [row[:2] for row in state["asked"]] == [("Заря", "Третья"), ("Четвёртая", "Заря")]  # type: ignore[attr-defined]
    assert state["tables"] == [(1, "Заря")]


def test_parting_brings_back_what_was(two: Two) -> None:
    before = two.state()
    entry_id = two.merge().entry_id
    assert two.state() != before
    merges.part(actor=SYSTEM, event_id=two.event_id, entry_id=entry_id)
    assert two.state() == before


def _journalled() -> list[int]:
    rows = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "orders_fallen"))
    return [row.data["count"] for row in rows]


def _orders() -> list[tuple[str, str]]:
    """By the lines of the requests, which a request that comes back has as before."""
    db.session.rollback()
    lines = {row.id: row.message or "" for row in db.session.scalars(select(Request))}
    rows = db.session.scalars(select(MeetingOrder))
    return sorted((lines[row.before_id], lines[row.after_id]) for row in rows)


def test_orders_of_meetings_pass_to_the_request_that_stays_and_come_back(two: Two) -> None:
    """What would go round falls away, and so does what was about the two companies themselves."""
    with transaction():
        asked = {row.message: row.id for row in db.session.scalars(select(Request))}
        for before, after in (
            ("Вам", "Мы первые"),
            ("Мы вторые", "Вам"),
            ("Себе", "Вам"),
        ):
            db.session.add(
                MeetingOrder(event_id=two.event_id, before_id=asked[before], after_id=asked[after])
            )
    before_all = _orders()
    told = company_merges.preview(
        event_id=two.event_id, keep=two.view(two.keep), other=two.view(two.other)
    ).fallen
    merged = two.merge()
    assert _orders() == [("Вам", "Мы первые")]
    assert (merged.fallen_orders, len(told), _journalled()) == (2, 2, [2])
    entry_id = merged.entry_id
    merges.part(actor=SYSTEM, event_id=two.event_id, entry_id=entry_id)
    assert _orders() == before_all


def test_an_order_that_fits_goes_on_with_the_request_that_stays(two: Two) -> None:
    with transaction():
        asked = {row.message: row.id for row in db.session.scalars(select(Request))}
        db.session.add(
            MeetingOrder(event_id=two.event_id, before_id=asked["Мы вторые"], after_id=asked["Вам"])
        )
    done = two.merge()
    merged = _orders()
    entry_id = done.entry_id
    assert (done.fallen_orders, _journalled()) == (0, [])
    merges.part(actor=SYSTEM, event_id=two.event_id, entry_id=entry_id)
    assert (merged, _orders()) == ([("Мы первые", "Вам")], [("Мы вторые", "Вам")])


def test_an_order_of_which_nobody_is_the_same_request_is_told_too_where_it_no_longer_holds(two: Two) -> None:
    """A request that moves is about the same two as one of the other direction: neither meeting is first."""
    with transaction():
        event, keep = db.session.get_one(Event, two.event_id), db.session.get_one(Company, two.keep)
        asked = {row.message: row for row in db.session.scalars(select(Request))}
        fourth = db.session.get_one(Company, asked["Вам"].sender_id)
        mirrored = factories.request(event, keep, fourth, message="Вас")
        db.session.add(MeetingOrder(event_id=event.id, before_id=mirrored.id, after_id=asked["Вам"].id))
    merged = two.merge()
    assert merged.fallen_orders == 1
    merges.part(actor=SYSTEM, event_id=two.event_id, entry_id=merged.entry_id)
    assert _orders() == [("Вас", "Вам")]


def test_parting_leaves_alone_what_has_been_changed_since(two: Two) -> None:
    entry_id = two.merge().entry_id
    with transaction():
        db.session.get_one(Delegate, two.people[1]).company_id = two.third
        db.session.get_one(Company, two.keep).website = "https://new.example"
    merges.part(actor=SYSTEM, event_id=two.event_id, entry_id=entry_id)
    state = two.state()
    assert [state["people"][key] for key in two.people] == ["Заря", "Третья", "Зоря"]  # type: ignore[index]
    assert two.view(two.keep).profile.website == "https://new.example"
    assert two.view(two.keep).profile.seeks is None


def test_parting_twice_is_refused(two: Two) -> None:
    entry_id = two.merge().entry_id
    merges.part(actor=SYSTEM, event_id=two.event_id, entry_id=entry_id)
    with pytest.raises(ForumError, match="nothing_to_undo"):
        merges.part(actor=SYSTEM, event_id=two.event_id, entry_id=entry_id)


def test_parting_is_refused_where_the_name_has_been_taken(two: Two) -> None:
    entry_id = two.merge().entry_id
    with transaction():
        _company(db.session.get_one(Event, two.event_id), "АО «Зоря»")
    with pytest.raises(ForumError, match="company_is_there"):
        merges.part(actor=SYSTEM, event_id=two.event_id, entry_id=entry_id)


def test_what_does_not_fit_is_refused_and_changes_nothing(two: Two) -> None:
    before = two.state()
    stranger = cast.actor(Role.DESK, event_id=two.event_id)
    for values, error in (
        ({"other_id": two.keep}, "merge_with_itself"),
        ({"other_id": 99}, "no_such_company"),
        ({"version": 99}, "company_stale"),
        ({"other_version": 99}, "company_stale"),
        ({"actor": stranger}, "not_allowed"),
    ):
        with pytest.raises((ForumError, StaleError, NotAllowedError), match=error):
            two.merge(**values)
    assert two.state() == before


def test_a_meeting_in_a_schedule_is_not_thrown_away(app: Flask) -> None:
    """Both have a meeting with the third: one of them would have to go."""
    forum = small_forum(companies=3)
    forum.solved()
    keep, other, _ = (each.id for each in forum.companies)
    versions = {key: queries.find(event_id=forum.event.id, row_id=key).version for key in (keep, other)}  # type: ignore[union-attr]
    with pytest.raises(ForumError, match="merge_has_meetings"):
        merges.merge(
            actor=SYSTEM, event_id=forum.event.id, company_id=keep, version=versions[keep],
            other_id=other, other_version=versions[other],
        )  # fmt: skip
    assert db.session.scalar(select(func.count()).select_from(Company)) == 3

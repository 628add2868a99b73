"""The list for the gate: sealed, compared, handed out for a reason, erased after the term."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum import clock
from forum.domain.roles import Role
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import (
    AccessList,
    AccessListEntry,
    Erasure,
    JournalEntry,
    Site,
    StoredFile,
)
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import access_lists as known
from forum.queries import visits as known_visits
from forum.queries.access_lists import Change
from forum.queries.access_rows import Lack
from forum.sample.host_templates import access_list_form
from forum.sealing import seal, unseal
from forum.services import (
    access_lists,
    backups,
    erasing,
    host_templates,
    rekeying,
    retention,
    visits,
)
from forum.unit_of_work import transaction
from forum.workbooks.access_fields import AccessField
from tests import cast, factories
from tests.factories import given
from tests.gate_trips import NUMBER, REASON, RULES, Trip, gate_trip
from tests.written_files import contents, database_files


@pytest.fixture
def trip(app: Flask) -> Trip:
    return gate_trip()


def test_everybody_with_a_seat_is_on_it_as_the_host_wants_it(trip: Trip) -> None:
    made = trip.make()
    rows = trip.hand_out(made.id)
    assert [(row[0], row[1], row[5]) for row in rows] == [
        (1, "Аистов А.", f"71 {NUMBER}"),
        (2, "Бобров А.", "71 5550001"),
        (3, "Волков А.", None),
    ]


def test_whom_the_gate_may_stop_is_named_before(trip: Trip) -> None:
    with transaction():
        rules = {**RULES, "documents": ["kz_passport"], "id_fields": ["document_number", "citizenship"]}
        db.session.execute(update(Site).values(rules=rules))
    visit = known_visits.find(event_id=trip.event.id, row_id=trip.visit.id)
    assert visit is not None
    now = known.current(visit)
    assert now is not None
    assert [(row.name, row.lacks) for row in now.lacking] == [
        ("Аистов А.", (Lack.KIND, Lack.FIELDS)),
        ("Бобров А.", (Lack.KIND, Lack.FIELDS)),
        ("Волков А.", (Lack.DOCUMENT,)),
    ]


def test_what_has_changed_since_the_list_that_was_sent(trip: Trip) -> None:
    first, second, _ = trip.people
    trip.make()  # never sent: the host does not know it
    sent = trip.make()
    trip.send(sent.id)
    newcomer = given(factories.delegate, event=trip.event, family_name="Гусев", given_name="А.")
    whose = {"actor": SYSTEM, "event_id": trip.event.id, "visit_id": trip.visit.id}
    visits.cancel(delegate_id=first.id, **whose)
    visits.sign_up(delegate_id=newcomer.id, **whose)
    trip.enter(second, "5550002")
    made = trip.make()
    found = known.find(event_id=trip.event.id, row_id=made.id)
    assert found is not None
    assert {entry.delegate_id: (entry.change, entry.fields) for entry in found.changes} == {
        newcomer.id: (Change.ADDED, ()),
        second.id: (Change.CHANGED, (AccessField.DOCUMENT,)),
        first.id: (Change.REMOVED, ()),
    }
    assert (found.number, found.compared_with, found.people) == (3, 2, 3)


@pytest.mark.parametrize(("before_start", "is_late"), [(25, False), (23, True)])
def test_a_list_made_after_the_cut_off_is_late(
    trip: Trip, before_start: int, is_late: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = trip.visit.starts_at - timedelta(hours=before_start)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert trip.make().is_late is is_late


def test_it_is_handed_out_only_with_the_right_and_a_reason_and_the_journal_says_so(trip: Trip) -> None:
    made = trip.make()
    stranger = cast.actor(Role.DESK, event_id=trip.event.id)
    with pytest.raises(NotAllowedError):
        access_lists.hand_out(actor=stranger, event_id=trip.event.id, list_id=made.id, reason=REASON)
    with pytest.raises(ForumError, match="reason_too_short"):
        trip.hand_out(made.id, reason="-")
    trip.hand_out(made.id)
    said = db.session.execute(
        select(JournalEntry.subject_kind, JournalEntry.subject_id, JournalEntry.action).where(
            JournalEntry.action.in_(("access_list_handed_out", "document_listed"))
        )
    )
    assert {tuple(row) for row in said} == {
        ("visit", trip.visit.id, "access_list_handed_out"),
        *(("delegate", person.id, "document_listed") for person in trip.people),
    }


def test_a_column_that_the_rules_do_not_ask_for_is_refused(trip: Trip) -> None:
    found = known.template(event_id=trip.event.id, site_id=trip.site.id)
    assert found is not None
    layout = replace(found.layout, columns={**found.layout.columns, "D": AccessField.IIN})
    whose = {"actor": SYSTEM, "event_id": trip.event.id, "site_id": trip.site.id}
    with pytest.raises(ForumError) as refused:
        host_templates.set_layout(template_id=found.file_id, layout=layout, **whose)
    with pytest.raises(StaleError):
        host_templates.set_layout(template_id=found.file_id + 99, layout=found.layout, **whose)
    assert (refused.value.code, refused.value.data["field"]) == ("template_asks_more", "column-D")


def test_another_form_does_not_change_lists_that_were_made(trip: Trip) -> None:
    made = trip.make()
    before = trip.hand_out(made.id)
    host_templates.remove(actor=SYSTEM, event_id=trip.event.id, site_id=trip.site.id)
    assert trip.hand_out(made.id) == before


def test_another_key_opens_lists_too(trip: Trip) -> None:
    made, old_key = trip.make(), b"1" * 32
    before = trip.hand_out(made.id)
    with transaction():
        for entry in db.session.scalars(select(AccessListEntry)):
            assert entry.sealed is not None
            binding = known.binding(entry.list_id, entry.delegate_id)
            entry.sealed = seal(unseal(entry.sealed, binding=binding), binding=binding, key=old_key)
    with pytest.raises(ForumError, match="seal_broken"):
        trip.hand_out(made.id)
    assert rekeying.rekey(actor=SYSTEM, old_key=old_key) == len(before)
    assert trip.hand_out(made.id) == before


def test_a_document_that_the_host_does_not_take_is_refused_at_its_field(trip: Trip) -> None:
    with transaction():
        db.session.execute(update(Site).values(rules={**RULES, "documents": ["kz_passport"]}))
    with pytest.raises(ForumError) as refused:
        trip.enter(trip.people[2], NUMBER)
    assert (refused.value.code, refused.value.data["field"]) == ("document_not_accepted", "kind")


def test_one_persons_erasure_takes_them_out_of_every_list(trip: Trip) -> None:
    made = trip.make()
    erasing.erase(actor=SYSTEM, event_id=trip.event.id, delegate_id=trip.people[0].id, is_confirmed=True)
    held = {key: entry.sealed is None for key, entry in known.entries_of(made.id).items()}
    assert held == dict(zip((person.id for person in trip.people), (True, False, False), strict=True))
    assert [row[1] for row in trip.hand_out(made.id)] == ["Бобров А.", "Волков А."]


def test_after_the_hosts_term_nothing_of_it_is_left_anywhere(
    trip: Trip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Sealed bytes of the list, as they were, are neither in the database and its log nor in a backup."""
    caplog.set_level("DEBUG")
    made, returns_at, event_id = trip.make(), trip.visit.returns_at, trip.event.id
    trip.hand_out(made.id)
    rows = select(AccessListEntry.sealed).where(AccessListEntry.list_id == made.id)
    planted = [NUMBER.encode(), *(content for content in db.session.scalars(rows) if content)]
    db.session.remove()
    assert [_found(planted, tmp_path) > 0, len(planted)] == [True, 4]  # the sealed bytes are there until then
    for days, is_due in ((0.9, False), (1.1, True)):
        moment = returns_at + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        count = retention.run(actor=SYSTEM, event_id=event_id)
        assert (count > 0) is is_due
    backups.make(actor=SYSTEM, out=tmp_path / "copy.tar.gz")
    act = db.session.scalars(select(Erasure)).one()
    row = db.session.get_one(AccessList, made.id)
    assert (act.groups, row.erased_at is not None) == ({"document": 2 + 3}, True)
    with pytest.raises(ForumError, match="list_erased"):
        access_lists.hand_out(actor=SYSTEM, event_id=event_id, list_id=made.id, reason=REASON)
    db.session.remove()
    assert _found(planted, tmp_path) == 0
    assert NUMBER not in caplog.text


def _found(planted: list[bytes], folder: Path) -> int:
    """How often something planted is in the database, in its log or in any file of ``folder``."""
    places = [*database_files(), *folder.rglob("*")]
    parts = [part for path in places if path.is_file() for part in contents(path)]
    return sum(text in part for text in planted for part in parts)


def test_a_form_is_kept_only_while_something_needs_it(trip: Trip) -> None:
    host_templates.put(
        actor=SYSTEM, event_id=trip.event.id, site_id=trip.site.id, content=access_list_form(), name="2.xlsx"
    )
    assert db.session.scalars(select(StoredFile.name)).all() == ["2.xlsx"]
    with pytest.raises(ForumError, match="template_not_mapped"):
        trip.make()

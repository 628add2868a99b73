"""ID documents: sealed, masked, shown with a reason, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.domain.identity_documents import DocumentKind, IdentityData
from forum.domain.roles import Role
from forum.errors import ForumError, NotAllowedError
from forum.models import Account, Delegate, Event, IdentityDocument, JournalEntry, Visit
from forum.models.base import db
from forum.policy import SYSTEM, actor_of
from forum.queries import documents as known
from forum.sealing import seal
from forum.services import backups, identity_documents, rekeying, retention, visits
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given
from tests.queries_counted import statements
from tests.written_files import contents, database_files

NUMBER = "71 9051736"
BORN = date(1981, 3, 14)
DATA = IdentityData(
    kind=DocumentKind.RU_FOREIGN, number=NUMBER, birth_date=BORN, citizenship="RUS", issued_by="ПЛАНТА"
)


@pytest.fixture
def visitor(any_app: Flask) -> tuple[Event, Visit, Delegate, Account]:
    """Somebody with a seat in a visit whose host asks for the document and the day of birth."""
    event = given(factories.event)
    account = cast.account(Role.DELEGATE, event_id=event.id)
    person = given(factories.delegate, event=event, account_id=account.id)
    with transaction():
        rules = {"id_fields": ["document_number", "birth_date"], "cut_off_hours": 24}
        visit = factories.visit(event, factories.site(event, rules=rules))
    visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=person.id)
    return event, visit, person, account


def _enter(event: Event, person: Delegate, account: Account, data: IdentityData = DATA) -> None:
    identity_documents.enter(actor=actor_of(account), event_id=event.id, delegate_id=person.id, data=data)


def test_only_what_the_host_asks_for_is_kept(visitor: tuple[Event, Visit, Delegate, Account]) -> None:
    event, _, person, account = visitor
    _enter(event, person, account)
    row = db.session.scalars(select(IdentityDocument)).one()
    opened = known.opened(row)
    assert opened == IdentityData(kind=DocumentKind.RU_FOREIGN, number=NUMBER, birth_date=BORN)
    shown = known.find(event_id=event.id, row_id=person.id)
    assert shown is not None
    assert (shown.masked_number, shown.fields) == ("•• •••••36", ("birth_date",))


def test_the_sealed_row_of_one_does_not_open_as_that_of_another(
    visitor: tuple[Event, Visit, Delegate, Account],
) -> None:
    event, _, person, account = visitor
    other = given(factories.delegate, event=event)
    _enter(event, person, account)
    sealed = db.session.scalars(select(IdentityDocument.sealed)).one()
    with transaction():
        db.session.add(IdentityDocument(delegate_id=other.id, sealed=sealed, entered_at=clock.now()))
    moved = db.session.scalars(select(IdentityDocument).filter_by(delegate_id=other.id)).one()
    with pytest.raises(ForumError, match="seal_broken"):
        known.opened(moved)


def test_nobody_is_asked_without_a_seat_where_it_is_needed(app: Flask) -> None:
    event = given(factories.event)
    account = cast.account(Role.DELEGATE, event_id=event.id)
    person = given(factories.delegate, event=event, account_id=account.id)
    with transaction():
        visit = factories.visit(event, factories.site(event))
    visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=person.id)
    assert known.demand(event.id, person.id) is None
    with pytest.raises(ForumError, match="document_not_asked"):
        _enter(event, person, account)


def test_what_does_not_hold_names_its_field(visitor: tuple[Event, Visit, Delegate, Account]) -> None:
    event, _, person, account = visitor
    with pytest.raises(ForumError) as refused:
        _enter(event, person, account, replace(DATA, kind=DocumentKind.KZ_PASSPORT))
    assert (refused.value.code, refused.value.data) == ("document_number_kz_passport", {"field": "number"})


def test_the_readiness_board_learns_who_is_missing_in_two_statements(
    visitor: tuple[Event, Visit, Delegate, Account], any_app: Flask
) -> None:
    event, visit, person, account = visitor
    others = [given(factories.delegate, event=event).id for _ in range(3)]
    for other in others[:2]:
        visits.sign_up(actor=SYSTEM, event_id=event.id, visit_id=visit.id, delegate_id=other)
    _enter(event, person, account)
    event_id, ids = event.id, [person.id, *others]
    with statements(any_app) as counted:
        missing = known.needed_and_missing(event_id, ids)
    assert (missing, len(counted)) == (set(others[:2]), 2)


def test_showing_takes_the_right_and_a_reason_and_leaves_a_trace(
    visitor: tuple[Event, Visit, Delegate, Account],
) -> None:
    event, _, person, account = visitor
    _enter(event, person, account)
    officer = cast.actor(Role.PROTOCOL, event_id=event.id)
    about = {"event_id": event.id, "delegate_id": person.id}
    for stranger in (actor_of(account), cast.actor(Role.DESK, event_id=event.id)):
        with pytest.raises(NotAllowedError):
            identity_documents.reveal(actor=stranger, reason="просто посмотреть", **about)
    with pytest.raises(ForumError, match="reason_too_short"):
        identity_documents.reveal(actor=officer, reason=" ok ", **about)
    assert identity_documents.reveal(actor=officer, reason="Пропуск на проходную", **about).number == NUMBER
    seen = db.session.scalars(select(JournalEntry).filter_by(action="document_revealed")).all()
    assert [(entry.account_id, entry.data) for entry in seen] == [
        (officer.account_id, {"reason": "Пропуск на проходную"})
    ]


def test_a_coordinator_enters_and_never_reads(visitor: tuple[Event, Visit, Delegate, Account]) -> None:
    event, _, person, _ = visitor
    delegation = given(factories.delegation, event=event)
    with transaction():
        db.session.get_one(Delegate, person.id).delegation_id = delegation.id
    coordinator = cast.actor(Role.COORDINATOR, event_id=event.id, delegation_id=delegation.id)
    identity_documents.enter(actor=coordinator, event_id=event.id, delegate_id=person.id, data=DATA)
    with pytest.raises(NotAllowedError):
        identity_documents.reveal(
            actor=coordinator, event_id=event.id, delegate_id=person.id, reason="для пропуска"
        )


def test_it_goes_days_after_the_visit_with_an_act(visitor: tuple[Event, Visit, Delegate, Account]) -> None:
    event, visit, person, account = visitor
    _enter(event, person, account)
    returns_at = visit.returns_at
    with clock.frozen(returns_at + timedelta(days=3) - timedelta(minutes=1)):
        assert retention.run(actor=SYSTEM, event_id=event.id) == 0
    with clock.frozen(returns_at + timedelta(days=3)):
        assert retention.run(actor=SYSTEM, event_id=event.id) == 1
    assert known.find(event_id=event.id, row_id=person.id) is None
    assert db.session.scalars(select(IdentityDocument.sealed)).all() == [None]


def test_another_key_takes_over_all_of_it_or_nothing(visitor: tuple[Event, Visit, Delegate, Account]) -> None:
    event, _, person, account = visitor
    _enter(event, person, account)
    old_key = bytes(32)
    with transaction():
        row = db.session.scalars(select(IdentityDocument)).one()
        data = known.opened(row)
        row.sealed = _sealed_with(old_key, person.id, b'{"kind":"ru_foreign","number":"71 9051736"}')
    assert data is not None
    with pytest.raises(ForumError, match="seal_broken"):
        rekeying.rekey(actor=SYSTEM, old_key=b"1" * 32)
    assert rekeying.rekey(actor=SYSTEM, old_key=old_key) == 1
    assert rekeying.rekey(actor=SYSTEM, old_key=old_key) == 0
    found = known.find(event_id=event.id, row_id=person.id)
    assert found is not None
    assert found.kind is DocumentKind.RU_FOREIGN


def _sealed_with(key: bytes, delegate_id: int, content: bytes) -> bytes:
    return seal(content, binding=known.binding(delegate_id), key=key)


def test_a_planted_number_is_found_nowhere(
    visitor: tuple[Event, Visit, Delegate, Account], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in the database and its log, nor in a backup, nor in what the app says while it works."""
    event, _, person, account = visitor
    caplog.set_level("DEBUG")
    _enter(event, person, account)
    officer = cast.actor(Role.PROTOCOL, event_id=event.id)
    identity_documents.reveal(
        actor=officer, event_id=event.id, delegate_id=person.id, reason="Пропуск на проходную"
    )
    archive = tmp_path / "copy.tar.gz"
    backups.make(actor=SYSTEM, out=archive)
    planted = (NUMBER.encode(), NUMBER.replace(" ", "").encode(), NUMBER[3:].encode(), b"1981-03-14")
    row = db.session.scalars(select(IdentityDocument.sealed)).one()
    places = [*database_files(), *(path for path in tmp_path.rglob("*") if path.is_file())]
    parts = [(path.name, part) for path in places for part in contents(path)]
    # What is searched is where the document is: its sealed bytes are found, on SQLite where they are written.
    assert any(row in part for _, part in parts) or db.engine.dialect.name != "sqlite"
    found = [(name, text) for name, part in parts for text in planted if text in part]
    assert found == []
    assert NUMBER not in caplog.text
    everything = [str(row.data) for row in db.session.scalars(select(JournalEntry))]
    assert [text for text in everything if NUMBER[3:] in text] == []

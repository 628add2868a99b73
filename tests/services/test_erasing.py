"""Erasing one person: nothing of theirs is left anywhere, and everything that names nobody stays."""

from __future__ import annotations

import io
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum import clock, mail
from forum.domain.consents import REQUIRED
from forum.domain.identity_documents import DocumentKind, IdentityData
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import (
    Category,
    FileKind,
    PaperKind,
    QuestionKind,
    QuestionStage,
    RegistrationStatus,
    Visibility,
)
from forum.errors import ForumError, NotAllowedError
from forum.models import (
    Absence,
    Account,
    Answer,
    Consent,
    Delegate,
    Erasure,
    Import,
    Invitation,
    JournalEntry,
    Meeting,
    Message,
    PrintRun,
    Question,
    RegistrationDraft,
    Replacement,
    Request,
    Seat,
    SignIn,
    StoredFile,
)
from forum.models.base import Base, db
from forum.policy import SYSTEM, Actor, actor_of
from forum.queries.papers import PaperChoice
from forum.queries.profiles import profile_of
from forum.services import (
    backups,
    check_ins,
    consents,
    erasing,
    files,
    identity_documents,
    imports,
    journal,
    papers,
    plans,
    print_runs,
    profiles,
    visits,
)
from forum.services.import_readings import ImportKind
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.databases import find_postgresql
from tests.factories import given
from tests.small_forums import SmallForum, small_forum
from tests.workbooks_in_the_forum import people

# Every personal field holds a word that is nowhere else, so that what is left of it can be searched for.
MARK = "zqx"
NAME = {"family_name": "Zqxfamily", "given_name": "Zqxgiven", "patronymic": "Zqxpatronymic"}
EMAIL = "zqxperson@example.org"
ROW = ("Zqxfamily Zqxgiven", "ООО Прогресс", "zqxposition", "", "", "", EMAIL, "", "", "", "zqxdiet", "", "")


@dataclass
class Planted:
    """A forum in which somebody has left words everywhere, and those who are there with them."""

    forum: SmallForum
    person_id: int
    account: Account

    @property
    def actor(self) -> Actor:
        return actor_of(db.session.get_one(Account, self.account.id))

    @property
    def event_id(self) -> int:
        return self.forum.event.id


@pytest.fixture
def planted(any_app: Flask) -> Planted:
    forum = small_forum(companies=3, slots=3, tables=2)
    event, person = forum.event, forum.delegates[0]
    account = cast.account(Role.DELEGATE, event_id=event.id)
    world = Planted(forum, person.id, account)
    _describe(world)
    _let_them_act(world)
    _let_the_office_act(world)
    return world


def _describe(world: Planted) -> None:
    with transaction():
        row = db.session.get_one(Delegate, world.person_id)
        row.account_id = world.account.id
        row.decision_note, row.reply = "zqxnote", "zqxreply"
        own = db.session.get_one(Account, world.account.id)
        own.email, own.name = EMAIL, "Zqxgiven Zqxfamily"
        photo = files.keep(
            event_id=world.event_id, kind=FileKind.PHOTO, content=b"zqxphoto", media_type="image/jpeg",
            name="zqxphoto.jpg",
        )  # fmt: skip
        profile = replace(
            profile_of(row),
            **NAME,
            latin_family_name="Zqxlatinfamily",
            latin_given_name="Zqxlatingiven",
            position=Localized(ru="zqxposition"),
            email=EMAIL,
            phone="+79990001122",
            town="zqxtown",
            diet="zqxdiet",
            access_needs="zqxneeds",
            arrives_at=factories.at(8),
            photo_id=photo.id,
        )
        profiles.put(row, profile)
        consents.put(row, REQUIRED)


def _let_them_act(world: Planted) -> None:
    event_id, person_id = world.event_id, world.person_id
    row = db.session.get_one(Delegate, person_id)
    before = profile_of(row)
    profiles.change(
        actor=world.actor, event_id=event_id, delegate_id=person_id, version=row.version,
        profile=replace(before, diet="zqxotherdiet"),
    )  # fmt: skip
    with transaction():
        site = factories.site(world.forum.event, rules={"id_fields": ["document_number"]})
        visit = factories.visit(world.forum.event, site)
    visits.sign_up(actor=world.actor, event_id=event_id, visit_id=visit.id, delegate_id=person_id)
    data = IdentityData(kind=DocumentKind.OTHER, number="ZQXDOCUMENT1")
    identity_documents.enter(actor=world.actor, event_id=event_id, delegate_id=person_id, data=data)
    cast.signed_in_secret(world.account)
    with transaction():
        sent = files.keep(
            event_id=event_id, kind=FileKind.ANSWER, content=b"zqxanswerfile", media_type="text/plain"
        )
        question = Question(
            event_id=event_id, code="story", kind=QuestionKind.TEXT, stage=QuestionStage.REGISTRATION,
            title=Localized(ru="Вопрос"),
        )  # fmt: skip
        db.session.add(question)
        db.session.flush()
        own_request = db.session.get_one(Request, world.forum.requests[0].id)
        own_request.message, own_request.sender_delegate_id = "zqxmessage", person_id
        now = clock.now()
        db.session.add_all(
            [
                Answer(
                    delegate_id=person_id, question_id=question.id, value={"value": "zqxanswer"},
                    file_id=sent.id, answered_at=now,
                ),
                Absence(
                    delegate_id=person_id, starts_at=factories.at(20), ends_at=factories.at(21),
                    reason="zqxabsence",
                ),
                RegistrationDraft(
                    event_id=event_id, category=Category.DELEGATE, secret_hash="h", language="ru",
                    email=EMAIL, answers={"family_name": "zqxdraft"}, created_at=now, updated_at=now,
                    expires_at=now + timedelta(days=9),
                ),
                Invitation(
                    event_id=event_id, category=Category.DELEGATE, code="code", email=EMAIL,
                    name="Zqxinvited", message="zqxinvitation", language="ru", search_key="zqxinvited",
                    created_at=now, most_uses=1,
                ),
                Replacement(event_id=event_id, delegate_id=person_id, former_name="Zqxformer", at=now),
            ]
        )  # fmt: skip


def _let_the_office_act(world: Planted) -> None:
    event_id = world.event_id
    plans.publish(actor=SYSTEM, event_id=event_id, plan_id=world.forum.solved())
    run_id = papers.order(
        actor=SYSTEM, event_id=event_id, kind=PaperKind.BADGE, sheet="a6", choice=PaperChoice()
    )
    print_runs.work(run_id)
    check_ins.check_in(actor=SYSTEM, event_id=event_id, delegate_id=world.person_id)
    with transaction():
        factories.delegation(world.forum.event, code="moscow-region", region="moscow_region")
        mail.write(
            occasion="greeting", kind="note", recipient=EMAIL, language="ru", subject="zqxsubject",
            body="zqxbody", event_id=event_id,
        )  # fmt: skip
        journal.record(actor=SYSTEM, action="role_granted", event_id=None, account="Zqxgiven Zqxfamily")
        journal.record(
            actor=SYSTEM, action="badge_voided", event_id=event_id, subject_kind="delegate",
            subject_id=world.person_id, reason="zqxreason",
        )  # fmt: skip
    imports.preview(
        actor=SYSTEM, event_id=event_id, kind=ImportKind.DELEGATES, file_name="zqxfile.xlsx",
        content=people(ROW),
    )  # fmt: skip


def _erase(world: Planted) -> Erasure:
    act_id = erasing.erase(
        actor=world.actor, event_id=world.event_id, delegate_id=world.person_id, is_confirmed=True
    )
    return db.session.get_one(Erasure, act_id)


def _said_in_tables() -> Iterator[tuple[str, str]]:
    """Every row of every table as text, with what uploaded workbooks hold."""
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            yield table.name, f"{tuple(row)} {[_unzipped(value) for value in row]}".lower()
    db.session.rollback()


def _unzipped(value: Any) -> str:
    if not isinstance(value, bytes) or not zipfile.is_zipfile(io.BytesIO(value)):
        return ""
    with zipfile.ZipFile(io.BytesIO(value)) as book:
        return " ".join(book.read(name).decode(errors="replace") for name in book.namelist())


def _said_in_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.name.endswith(".tar.gz"):
            # Of an archive only what is in it: any three letters stand somewhere in compressed bytes.
            with tarfile.open(path) as archive:
                for member in archive:
                    if held := archive.extractfile(member):
                        yield member.name, _plain(held.read()).lower()
        elif path.is_file():
            yield path.name, path.read_bytes().lower()


def _plain(content: bytes) -> bytes:
    """What is said in a file of an archive; a dump of PostgreSQL is compressed."""
    if not content.startswith(b"PGDMP"):
        return content
    restore = (find_postgresql() or Path()) / "pg_restore"
    return subprocess.run([restore, "--file=-"], input=content, capture_output=True, check=True).stdout


def test_the_marks_are_everywhere_before(planted: Planted, tmp_path: Path) -> None:
    """The negative control: what the next test does not find, this one does."""
    tables = {name for name, text in _said_in_tables() if MARK in text}
    assert tables >= {
        "absences", "accounts", "answers", "delegates", "files", "import_rows", "imports", "invitations",
        "journal", "messages", "profile_edits", "registration_drafts", "replacements", "requests",
    }  # fmt: skip
    assert len([name for name, content in _said_in_files(tmp_path / "files") if b"zqx" in content]) == 2
    backups.make(actor=SYSTEM, out=tmp_path / "before.tar.gz")
    archived = [name for name, content in _said_in_files(tmp_path) if b"zqx" in content]
    assert [name for name in archived if name.startswith("database")] != []


def test_nothing_of_a_person_is_left(planted: Planted, tmp_path: Path) -> None:
    printed = db.session.scalars(select(PrintRun.file_name)).one()
    assert printed is not None
    badges = print_runs.file_of(printed)
    assert badges.exists()
    _erase(planted)
    assert [(name, text) for name, text in _said_in_tables() if MARK in text] == []
    assert not badges.exists()
    backups.make(actor=SYSTEM, out=tmp_path / "after.tar.gz")
    left = [
        name for name, content in _said_in_files(tmp_path) if b"zqx" in content or b"79990001122" in content
    ]
    assert left == []


def test_numbers_and_the_proof_of_consents_stay(planted: Planted) -> None:
    meetings = db.session.scalar(select(func.count()).select_from(Meeting))
    number = db.session.get_one(Delegate, planted.person_id).number
    act = _erase(planted)
    row = db.session.get_one(Delegate, planted.person_id)
    assert (row.family_name, row.number, row.category) == (f"№ {number}", number, Category.DELEGATE)
    assert (row.visibility, row.account_id) == (Visibility.NOBODY, None)
    assert row.erased_at is not None
    given_for = db.session.scalars(select(Consent.purpose).filter_by(delegate_id=row.id)).all()
    assert set(given_for) == set(REQUIRED)
    assert db.session.scalar(select(func.count()).select_from(Meeting)) == meetings
    assert db.session.scalar(select(func.count()).select_from(Seat)) == 1
    assert (act.number, act.delegate_number, act.reason) == (1, number, "asked")


def test_the_act_counts_and_names_nobody(planted: Planted) -> None:
    groups = dict(_erase(planted).groups)
    assert {name: groups[name] for name in ("name", "photo", "answers", "drafts", "document")} == {
        "name": 1, "photo": 1, "answers": 1, "drafts": 2, "document": 1,
    }  # fmt: skip
    assert all(isinstance(count, int) for count in groups.values())
    entry = db.session.scalars(select(JournalEntry).filter_by(action="data_erased")).one()
    assert entry.data == {"act": 1}


def test_others_keep_what_is_theirs(planted: Planted) -> None:
    other = planted.forum.delegates[1]
    with transaction():
        db.session.get_one(Delegate, other.id).diet = "vegan"
        db.session.add(
            Message(
                event_id=planted.event_id, occasion="other", kind="note", recipient="other@example.org",
                language="ru", subject="Тема", body="Текст", status="sent", created_at=clock.now(),
            )
        )  # fmt: skip
    _erase(planted)
    row = db.session.get_one(Delegate, other.id)
    assert (row.family_name, row.diet, row.erased_at) == ("Иволгин", "vegan", None)
    letter = db.session.scalars(select(Message).filter_by(occasion="other")).one()
    assert (letter.recipient, letter.body) == ("other@example.org", "Текст")


def test_an_account_with_another_use_stays(planted: Planted) -> None:
    with transaction():
        other = factories.event()
        factories.delegate(other, account_id=planted.account.id, family_name="Иная")
    _erase(planted)
    account = db.session.get(Account, planted.account.id)
    assert account is not None
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 1


def test_who_takes_part_no_longer_does(planted: Planted) -> None:
    _erase(planted)
    assert db.session.get_one(Delegate, planted.person_id).status is RegistrationStatus.WITHDRAWN


def test_after_the_forum_the_numbers_stay_as_they_were(planted: Planted) -> None:
    with clock.frozen(factories.at(12, day=20)):
        _erase(planted)
    assert db.session.get_one(Delegate, planted.person_id).status is RegistrationStatus.APPROVED


def test_it_needs_the_right_and_a_word(planted: Planted) -> None:
    about = {"event_id": planted.event_id, "delegate_id": planted.person_id}
    with pytest.raises(ForumError, match="erasure_not_confirmed"):
        erasing.erase(actor=planted.actor, is_confirmed=False, **about)
    for role in (Role.PROTOCOL, Role.DELEGATE, Role.DESK):
        with pytest.raises(NotAllowedError):
            erasing.erase(actor=cast.actor(role, event_id=planted.event_id), is_confirmed=True, **about)
    assert db.session.scalar(select(func.count()).select_from(Erasure)) == 0


def test_nobody_is_erased_twice(planted: Planted) -> None:
    _erase(planted)
    organiser = cast.actor(Role.ORGANISER, event_id=planted.event_id)
    with pytest.raises(ForumError, match="no_such_delegate"):
        erasing.erase(
            actor=organiser, event_id=planted.event_id, delegate_id=planted.person_id, is_confirmed=True
        )


def test_a_firm_that_is_a_person_loses_its_name_with_its_last_participant(any_app: Flask) -> None:
    event = given(factories.event)
    with transaction():
        own = factories.company(event, "Zqxowner", legal_form="ip", offers="zqxoffer")
        person = factories.delegate(event, company_id=own.id)
    organiser = cast.actor(Role.ORGANISER, event_id=event.id)
    erasing.erase(actor=organiser, event_id=event.id, delegate_id=person.id, is_confirmed=True)
    assert [text for _, text in _said_in_tables() if MARK in text] == []


def test_an_import_whose_file_is_gone_asks_for_it_again(planted: Planted) -> None:
    import_id = db.session.scalars(select(Import.id)).one()
    _erase(planted)
    with pytest.raises(ForumError, match="import_file_erased"):
        imports.apply(actor=SYSTEM, event_id=planted.event_id, import_id=import_id)


def test_a_file_whose_row_is_gone_is_gone(planted: Planted, tmp_path: Path) -> None:
    _erase(planted)
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
    assert list((tmp_path / "files").glob("*")) == []

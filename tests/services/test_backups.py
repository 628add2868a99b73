"""The drill: a copy made while others write, put into another database and compared row by row."""

from __future__ import annotations

import json
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, make_url, select

from forum import clock, create_app
from forum.config import ROOT, from_environment
from forum.database import dispose
from forum.errors import ForumError
from forum.models import JournalEntry
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import backups, database_copies
from forum.services import sample as samples
from forum.unit_of_work import transaction
from tests import factories
from tests.databases import settings_for
from tests.factories import given

PASSWORD = "жұмсақ алма 2026"
Rows = dict[str, list[tuple[Any, ...]]]


def _rows() -> Rows:
    with db.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in db.metadata.sorted_tables
        }


@contextmanager
def _another(app: Flask, request: pytest.FixtureRequest, folder: Path) -> Iterator[Flask]:
    """An app on an empty migrated database of the same kind, with its context pushed."""
    kind = make_url(app.config["SQLALCHEMY_DATABASE_URI"]).get_backend_name()
    folder.mkdir()
    with request.getfixturevalue(f"{kind}_template").fresh(folder) as url:
        other = create_app(settings_for(url, folder))
        with other.app_context():
            yield other
        dispose(other)


@contextmanager
def _a_writer(app: Flask) -> Iterator[Callable[[], int]]:
    """Somebody who writes two journal entries in every transaction; yields how many transactions so far."""
    is_over, count = threading.Event(), 0

    def write() -> None:
        nonlocal count
        with app.app_context():
            while not is_over.is_set():
                with transaction():
                    for half in ("first", "second"):
                        row = {"at": clock.now(), "action": half, "data": {"number": count}}
                        db.session.execute(insert(JournalEntry).values(**row))
                count += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield lambda: count
    finally:
        is_over.set()
        writer.join()


def _halves(half: str) -> list[int]:
    found = db.session.scalars(select(JournalEntry.data).where(JournalEntry.action == half))
    return sorted(data["number"] for data in found)


def test_a_copy_made_while_others_write_is_whole(
    any_app: Flask, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    samples.load(actor=SYSTEM, people=60, seed=1, password=PASSWORD)
    before = _rows()
    archive = tmp_path / "copy.tar.gz"
    with _a_writer(any_app) as written:
        while written() < 5:
            pass
        earlier = written()
        backups.make(actor=SYSTEM, out=archive)
        later = written()
    with _another(any_app, request, tmp_path / "other"):
        backups.restore(actor=SYSTEM, archive=archive)
        copied, first, second = _rows(), _halves("first"), _halves("second")
    assert later > earlier, "nobody wrote meanwhile"
    assert (first, earlier <= len(first) <= later + 1) == (second, True)
    assert first == list(range(len(first)))
    journal = copied.pop("journal")
    assert [row for row in journal if row[4] not in ("first", "second")] == before.pop("journal")
    assert copied == before


def test_the_comparison_sees_one_changed_row(any_app: Flask) -> None:
    event = given(factories.event)
    person = given(factories.delegate, event=event)
    before = _rows()
    with transaction():
        db.session.get_one(type(person), person.id).given_name = "Другой"
    changed = {name for name, rows in _rows().items() if rows != before[name]}
    assert changed == {"delegates"}


def test_printed_papers_come_along(any_app: Flask, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    given(factories.event)
    paper = Path(any_app.instance_path) / "papers" / "one.pdf"
    paper.parent.mkdir()
    paper.write_bytes(b"%PDF of a badge")
    backups.make(actor=SYSTEM, out=tmp_path / "copy.tar.gz")
    with _another(any_app, request, tmp_path / "other") as other:
        backups.restore(actor=SYSTEM, archive=tmp_path / "copy.tar.gz")
        papers = Path(other.instance_path) / "papers"
        assert {path.name: path.read_bytes() for path in papers.iterdir()} == {"one.pdf": b"%PDF of a badge"}


def test_every_folder_that_keeps_files_is_copied() -> None:
    """A new folder of the instance goes into ``backups.FOLDERS``, or is left out here with a reason."""
    kept = {
        line.split("instance_path() / ")[1].split('"')[1]
        for path in (ROOT / "forum").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if 'instance_path() / "' in line
    }
    assert kept == set(backups.FOLDERS)


def test_data_is_not_overwritten_unasked(any_app: Flask, tmp_path: Path) -> None:
    given(factories.event, code="first")
    backups.make(actor=SYSTEM, out=tmp_path / "copy.tar.gz")
    given(factories.event, code="second")
    before = _rows()
    with pytest.raises(ForumError, match="not_empty"):
        backups.restore(actor=SYSTEM, archive=tmp_path / "copy.tar.gz")
    assert _rows() == before


def test_replacing_gives_up_what_was_there(any_app: Flask, tmp_path: Path) -> None:
    given(factories.event, code="first")
    backups.make(actor=SYSTEM, out=tmp_path / "copy.tar.gz")
    before = _rows()
    given(factories.event, code="second")
    stray = Path(any_app.instance_path) / "papers" / "later.pdf"
    stray.parent.mkdir()
    stray.write_bytes(b"%PDF")
    backups.restore(actor=SYSTEM, archive=tmp_path / "copy.tar.gz", replace=True)
    assert (_rows(), stray.exists()) == (before, False)


def test_a_restored_database_can_be_written(any_app: Flask, tmp_path: Path) -> None:
    """Numbers of rows go on where they stopped: sequences are part of the copy."""
    given(factories.event, code="first")
    backups.make(actor=SYSTEM, out=tmp_path / "copy.tar.gz")
    backups.restore(actor=SYSTEM, archive=tmp_path / "copy.tar.gz", replace=True)
    given(factories.event, code="second")
    assert db.session.scalar(select(func.count()).select_from(db.metadata.tables["events"])) == 2


def test_an_archive_is_not_overwritten(app: Flask, tmp_path: Path) -> None:
    backups.make(actor=SYSTEM, out=tmp_path / "copy.tar.gz")
    with pytest.raises(ForumError, match="archive_exists"):
        backups.make(actor=SYSTEM, out=tmp_path / "copy.tar.gz")


def test_only_the_owner_reads_an_archive(app: Flask, tmp_path: Path) -> None:
    backups.make(actor=SYSTEM, out=tmp_path / "copy.tar.gz")
    assert (tmp_path / "copy.tar.gz").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("place", [0.0, 0.02, 0.3, 0.6, 0.9, 0.999])
def test_an_archive_with_one_wrong_byte_is_refused(app: Flask, tmp_path: Path, place: float) -> None:
    given(factories.event)
    archive = _archive(tmp_path)
    content = bytearray(archive.read_bytes())
    content[int(place * (len(content) - 1))] ^= 0xFF
    archive.write_bytes(content)
    _is_refused(archive, "archive_damaged")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_an_archive_that_ends_early_is_refused(app: Flask, tmp_path: Path, share: float) -> None:
    given(factories.event)
    archive = _archive(tmp_path)
    content = archive.read_bytes()
    archive.write_bytes(content[: int(share * len(content))])
    _is_refused(archive, "archive_damaged")


def test_a_replaced_file_is_refused(app: Flask, tmp_path: Path) -> None:
    archive = _repacked(_archive(tmp_path), lambda name, data: b"else" if name == "database" else data)
    _is_refused(archive, "archive_damaged")


def test_a_file_that_would_leave_the_folder_is_refused(app: Flask, tmp_path: Path) -> None:
    archive = _repacked(_archive(tmp_path), lambda name, data: data, rename={"database": "../database"})
    _is_refused(archive, "archive_damaged")
    assert not (Path(app.instance_path) / "database").exists()


def test_a_packed_folder_of_somebody_else_is_refused(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("hello", encoding="utf-8")
    with tarfile.open(tmp_path / "other.tar.gz", "w:gz") as tar:
        tar.add(tmp_path / "letter.txt", "letter.txt")
    _is_refused(tmp_path / "other.tar.gz", "archive_unknown")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [("database", "postgresql", "other_database"), ("revision", "9999", "archive_newer")],
)
def test_an_archive_that_does_not_fit_is_refused(
    app: Flask, tmp_path: Path, name: str, value: str, code: str
) -> None:
    def changed(file: str, data: bytes) -> bytes:
        return json.dumps({**json.loads(data), name: value}).encode() if file == "manifest.json" else data

    _is_refused(_repacked(_archive(tmp_path), changed), code)


def test_keys_stay_out_of_an_archive(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    with _with_own_keys(request, tmp_path / "own") as app:
        backups.make(actor=SYSTEM, out=tmp_path / "copy.tar.gz")
        assert [name for name in _keys_of(app) if _is_in(tmp_path / "copy.tar.gz", _keys_of(app)[name])] == []


def test_keys_are_in_an_archive_when_asked(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """It also shows that the search of the test above would find them."""
    with _with_own_keys(request, tmp_path / "own") as app:
        backups.make(actor=SYSTEM, out=tmp_path / "copy.tar.gz", with_keys=True)
        found = [name for name in _keys_of(app) if _is_in(tmp_path / "copy.tar.gz", _keys_of(app)[name])]
    assert found == ["documents.key", "secret.key"]


def test_keys_are_restored_for_the_owner_alone(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    with _with_own_keys(request, tmp_path / "own") as app:
        backups.make(actor=SYSTEM, out=tmp_path / "copy.tar.gz", with_keys=True)
        keys = _keys_of(app)
    with _with_own_keys(request, tmp_path / "new") as other:
        done = backups.restore(actor=SYSTEM, archive=tmp_path / "copy.tar.gz")
        modes = {path.stat().st_mode & 0o777 for path in Path(other.instance_path).glob("*.key")}
        assert (_keys_of(other), modes, done.opens_documents) == (keys, {0o600}, True)


def test_a_copy_without_its_key_says_that_documents_stay_closed(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with _with_own_keys(request, tmp_path / "own"):
        backups.make(actor=SYSTEM, out=tmp_path / "copy.tar.gz")
        same = backups.restore(actor=SYSTEM, archive=tmp_path / "copy.tar.gz")
    with _with_own_keys(request, tmp_path / "new"):
        other = backups.restore(actor=SYSTEM, archive=tmp_path / "copy.tar.gz")
    assert (same.opens_documents, other.opens_documents) == (True, False)


def test_keys_of_an_archive_do_not_fight_with_the_environment(
    app: Flask, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with _with_own_keys(request, tmp_path / "own"):
        backups.make(actor=SYSTEM, out=tmp_path / "copy.tar.gz", with_keys=True)
    _is_refused(tmp_path / "copy.tar.gz", "keys_given")


def test_credentials_are_no_arguments() -> None:
    """Arguments of a running program are shown to everybody on the machine."""
    url = make_url("postgresql+psycopg://anna:s%20ecret@db.example:5433/forum?sslmode=require")
    assert database_copies.connection(url) == (
        "postgresql://db.example:5433/forum?sslmode=require",
        {"PGUSER": "anna", "PGPASSWORD": "s ecret"},
    )


def test_what_was_deleted_is_not_in_a_copy(app: Flask, tmp_path: Path) -> None:
    event = given(factories.event)
    person = given(factories.delegate, event=event, family_name="Несуществующий-Удалённый")
    planted = "Несуществующий-Удалённый".encode()
    database = Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    with transaction():
        db.session.delete(db.session.get_one(type(person), person.id))
    backups.make(actor=SYSTEM, out=tmp_path / "copy.tar.gz")
    in_place = planted in database.read_bytes() + database.with_name("forum.db-wal").read_bytes()
    assert (in_place, _is_in(tmp_path / "copy.tar.gz", planted)) == (True, False)


def _archive(folder: Path) -> Path:
    backups.make(actor=SYSTEM, out=folder / "copy.tar.gz")
    return folder / "copy.tar.gz"


def _is_refused(archive: Path, code: str) -> None:
    before = _rows()
    with pytest.raises(ForumError) as refused:
        backups.restore(actor=SYSTEM, archive=archive, replace=True)
    assert (refused.value.code, _rows()) == (code, before)


def _repacked(
    archive: Path, change: Callable[[str, bytes], bytes], rename: dict[str, str] | None = None
) -> Path:
    """The same archive, sound as a tar, with its files changed."""
    target = archive.with_name("repacked.tar.gz")
    with tarfile.open(archive) as source, tarfile.open(target, "w:gz") as tar:
        for member in source:
            content = change(member.name, source.extractfile(member).read())  # type: ignore[union-attr]
            (archive.parent / "piece").write_bytes(content)
            tar.add(archive.parent / "piece", (rename or {}).get(member.name, member.name))
    return target


@contextmanager
def _with_own_keys(request: pytest.FixtureRequest, folder: Path) -> Iterator[Flask]:
    """An app that made its keys in its instance folder, as a first start does."""
    folder.mkdir()
    with request.getfixturevalue("sqlite_template").fresh(folder) as url:
        app = create_app(from_environment({"FORUM_INSTANCE_PATH": str(folder), "FORUM_DATABASE_URL": url}))
        with app.app_context():
            yield app
        dispose(app)


def _keys_of(app: Flask) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path(app.instance_path).glob("*.key"))}


def _is_in(archive: Path, needle: bytes) -> bool:
    with tarfile.open(archive) as tar:
        return any(needle in tar.extractfile(member).read() for member in tar)  # type: ignore[union-attr]

"""Papers: what is printed is what the database says, each revision once, whoever asks."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from flask import Flask
from sqlalchemy import func, select

from forum import clock, jobs
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import JobStatus, PaperKind, RegistrationStatus
from forum.errors import ForumError, NotAllowedError
from forum.models import Badge, Delegate, Event, Paper, Print, PrintRun, Room
from forum.models.base import db
from forum.queries import events, paper_standing, papers
from forum.queries.papers import PaperChoice
from forum.services import badges, leases, print_runs
from forum.services import papers as paper_services
from forum.unit_of_work import transaction
from tests import factories
from tests.cast import actor
from tests.factories import given
from tests.queries_counted import statements


def _people(event: Event, count: int) -> list[Delegate]:
    return [given(factories.delegate, event=event, family_name=f"Иволгин{'абвгд'[i]}") for i in range(count)]


def _order(
    event: Event,
    *,
    kind: PaperKind = PaperKind.BADGE,
    sheet: str = "a6",
    reason: str = "",
    **choice: Any,
) -> int:
    return paper_services.order(
        actor=actor(Role.ORGANISER),
        event_id=event.id,
        kind=kind,
        sheet=sheet,
        choice=PaperChoice(**choice),
        reason=reason,
    )


def _printed(app: Flask, run_id: int) -> papers.RunView:
    jobs.work_off(app)
    db.session.rollback()
    run = db.session.get_one(PrintRun, run_id)
    view = papers.find(event_id=run.event_id, row_id=run_id)
    assert view is not None
    return view


def _text(run: papers.RunView) -> list[str]:
    assert run.file_name is not None
    reader = pypdf.PdfReader(print_runs.file_of(run.file_name))
    return [page.extract_text() for page in reader.pages]


def test_a_run_prints_the_approved_in_the_order_of_numbers(app: Flask) -> None:
    event = given(factories.event)
    people = _people(event, 3)
    given(factories.delegate, event=event, status=RegistrationStatus.DECLINED)
    run = _printed(app, _order(event))
    assert (run.status, run.done, run.total) == (JobStatus.DONE, 3, 3)
    pages = _text(run)
    assert [person.family_name in page for person, page in zip(people, pages, strict=True)] == [True] * 3


def test_four_badges_share_an_a4(app: Flask) -> None:
    event = given(factories.event)
    _people(event, 5)
    run = _printed(app, _order(event, sheet="a4-4xa6"))
    assert len(_text(run)) == 2


def test_printing_again_makes_no_new_revision(app: Flask) -> None:
    event = given(factories.event)
    _people(event, 2)
    for reason in ("", "залиты чаем"):
        _printed(app, _order(event, reason=reason))
    revisions = db.session.scalars(select(Paper.revision)).all()
    assert (sorted(revisions), db.session.scalar(select(func.count()).select_from(Print))) == ([1, 1], 4)


def test_a_changed_field_makes_exactly_that_paper_stale(app: Flask) -> None:
    event = given(factories.event)
    changed, _same = _people(event, 2)
    _printed(app, _order(event))
    with transaction():
        changed.position = Localized(ru="генеральный директор")
    view = events.get(event.id)
    assert paper_standing.standing(view, PaperKind.BADGE) == paper_standing.Standing(
        total=2, unprinted=0, stale=1
    )
    run = _printed(app, _order(event, only="stale"))
    assert (run.total, paper_standing.standing(events.get(event.id), PaperKind.BADGE).stale) == (1, 0)


def test_what_somebody_holds_as_it_is_comes_out_again_only_for_a_reason(app: Flask) -> None:
    event = given(factories.event)
    changed, _same = _people(event, 2)
    _printed(app, _order(event))
    with transaction():
        changed.position = Localized(ru="генеральный директор")
    with pytest.raises(ForumError, match="reprint_unexplained") as refused:
        _order(event)
    assert refused.value.data == {"count": 1}
    assert _printed(app, _order(event, delegate_ids=(changed.id,))).total == 1


def test_a_change_makes_stale_just_the_papers_of_the_forum_that_show_it(app: Flask) -> None:
    event = given(factories.event)
    with transaction():
        first, second = (Room(event_id=event.id, code=code, title=Localized(ru="Зал")) for code in "ab")
        db.session.add_all((first, second))
    kind = PaperKind.DOOR_SIGN
    for languages in (("ru",), ("kk",), ("ru", "en")):  # the last one replaces the first
        _printed(app, _order(event, kind=kind, sheet="sign-a4", languages=languages))
    with transaction():
        db.session.merge(second).title = Localized(ru="Синий зал", kk="Көк зал", en="Blue hall")
    view = events.get(event.id)
    stale = paper_standing.stale_papers(view, kind, "ru")
    assert [(each.subject.id, each.subject.languages, each.label) for each in stale] == [
        (second.id, ("kk",), "Синий зал"),
        (second.id, ("ru", "en"), "Синий зал"),
    ]
    run = _printed(app, _order(event, kind=kind, sheet="sign-a4", only="stale", languages=("en",)))
    assert ["2" in page.split() for page in _text(run)] == [True, True]
    assert paper_standing.standing(view, kind) == paper_standing.Standing(total=2, unprinted=0, stale=0)
    assert first.id not in {each.subject.id for each in stale}


def test_another_language_of_a_paper_was_never_printed(app: Flask) -> None:
    event = given(factories.event)
    given(factories.table, event=event, number=7)
    _printed(app, _order(event, kind=PaperKind.TABLE_AGENDA, languages=("ru", "kk")))
    view = events.get(event.id)
    left = {
        language: len(
            paper_standing.chosen(
                view, PaperKind.TABLE_AGENDA, PaperChoice(only="unprinted", languages=(language,))
            )
        )
        for language in ("ru", "kk", "en")
    }
    assert left == {"ru": 0, "kk": 0, "en": 1}


def test_a_field_that_is_not_printed_makes_nothing_stale(app: Flask) -> None:
    event = given(factories.event)
    (person,) = _people(event, 1)
    _printed(app, _order(event))
    with transaction():
        person.diet = "халяль"
    assert paper_standing.standing(events.get(event.id), PaperKind.BADGE).stale == 0


def test_a_lost_badge_is_void_and_its_successor_has_another_code(app: Flask) -> None:
    event = given(factories.event)
    (person,) = _people(event, 1)
    _printed(app, _order(event))
    desk = actor(Role.DESK, event_id=event.id)
    badges.void(actor=desk, event_id=event.id, delegate_id=person.id, reason="потерян")
    _printed(app, _order(event))
    rows = db.session.execute(select(Badge.code, Badge.voided_at).order_by(Badge.id)).all()
    assert [row.voided_at is None for row in rows] == [False, True]
    assert rows[0].code != rows[1].code


def test_unprinted_means_without_a_print(app: Flask) -> None:
    event = given(factories.event)
    _people(event, 1)
    _printed(app, _order(event))
    _people(event, 2)
    assert _printed(app, _order(event, only="unprinted")).total == 2


def test_there_must_be_somebody_to_print_for(app: Flask) -> None:
    event = given(factories.event)
    with pytest.raises(ForumError, match="nobody_to_print_for"):
        _order(event)


def test_who_may_not_print_cannot(app: Flask) -> None:
    event = given(factories.event)
    _people(event, 1)
    with pytest.raises(NotAllowedError):
        paper_services.order(
            actor=actor(Role.COORDINATOR, event_id=event.id, delegation_id=_delegation(event)),
            event_id=event.id,
            kind=PaperKind.BADGE,
            sheet="a6",
            choice=PaperChoice(),
        )


def _delegation(event: Event) -> int:
    return given(factories.delegation, event=event).id


def test_a_run_that_nobody_began_stops_at_once(app: Flask) -> None:
    event = given(factories.event)
    _people(event, 1)
    run_id = _order(event)
    paper_services.ask_stop(actor=actor(Role.ORGANISER), event_id=event.id, run_id=run_id)
    assert _printed(app, run_id).status is JobStatus.CANCELLED


def test_a_run_under_way_hears_that_it_shall_stop(app: Flask) -> None:
    event = given(factories.event)
    _people(event, 2)
    run_id = _order(event)
    with transaction():
        db.session.get_one(PrintRun, run_id).status = JobStatus.RUNNING
    paper_services.ask_stop(actor=actor(Role.ORGANISER), event_id=event.id, run_id=run_id)
    run = _printed(app, run_id)
    assert (run.status, db.session.scalars(select(Print)).all()) == (JobStatus.CANCELLED, [])


def test_a_worker_that_died_is_replaced_after_its_lease(any_app: Flask) -> None:
    event = given(factories.event)
    _people(event, 1)
    run_id = _order(event)
    start = clock.now()
    with clock.frozen(start):
        leases.take(table=PrintRun, row_id=run_id, statuses=("queued",))
    with clock.frozen(start + leases.LEASE / 2):
        assert _printed(any_app, run_id).status is JobStatus.QUEUED
    with clock.frozen(start + leases.LEASE + timedelta(seconds=1)):
        jobs.go_round()
    assert _printed(any_app, run_id).status is JobStatus.DONE


def test_a_worker_that_comes_back_finds_its_lease_gone(app: Flask) -> None:
    event = given(factories.event)
    _people(event, 1)
    run_id = _order(event)
    start = clock.now()
    with clock.frozen(start):
        old = leases.take(table=PrintRun, row_id=run_id, statuses=("queued",))
    with clock.frozen(start + leases.LEASE + timedelta(seconds=1)):
        new = leases.take(table=PrintRun, row_id=run_id, statuses=("queued",))
        assert old is not None
        assert new is not None
        assert not leases.release(table=PrintRun, row_id=run_id, lease=old, status=JobStatus.FAILED)
        assert leases.release(table=PrintRun, row_id=run_id, lease=new, status=JobStatus.DONE)


def test_a_run_that_keeps_dying_fails(app: Flask) -> None:
    event = given(factories.event)
    _people(event, 1)
    run_id = _order(event)
    with transaction():
        db.session.get_one(PrintRun, run_id).attempts = print_runs.ATTEMPTS
    run = _printed(app, run_id)
    assert (run.status, run.error) == (JobStatus.FAILED, "interrupted")


def test_agendas_are_in_the_language_of_their_holders(app: Flask) -> None:
    event = given(factories.event)
    given(factories.delegate, event=event, language="kk")
    given(factories.delegate, event=event, language="en")
    given(
        factories.session,
        event=event,
        title=Localized(ru="Пленарное заседание", kk="Пленарлық отырыс", en="Plenary session"),
    )
    pages = _text(_printed(app, _order(event, kind=PaperKind.AGENDA)))
    assert [("Пленарлық отырыс" in page, "Plenary session" in page) for page in pages] == [
        (True, False),
        (False, True),
    ]


def test_the_file_is_whole_and_nobody_else_reads_it(app: Flask, tmp_path: Path) -> None:
    event = given(factories.event)
    _people(event, 1)
    run = _printed(app, _order(event))
    assert run.file_name is not None
    content = print_runs.file_of(run.file_name).read_bytes()
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.check_pdf_syntax() == []
    assert [path.name for path in (tmp_path / "papers").iterdir()] == [run.file_name]


def test_standing_asks_as_much_for_many_as_for_few(app: Flask) -> None:
    event = given(factories.event)
    counts = []
    for more in (1, 10):
        for _ in range(more):
            given(factories.delegate, event=event, company_id=given(factories.company, event=event).id)
        given(factories.table, event=event, number=more)
        given(factories.session, event=event)
        for kind in (PaperKind.BADGE, PaperKind.AGENDA, PaperKind.TABLE_AGENDA, PaperKind.SESSION_SHEET):
            _printed(app, _order(event, kind=kind, reason="проба"))
        view = events.get(event.id)
        with statements(app) as seen:
            for kind in PaperKind:
                paper_standing.standing(view, kind)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_what_has_no_translation_is_found_on_the_papers_that_show_it(app: Flask) -> None:
    event = given(factories.event)
    for language in ("ru", "kk"):
        given(
            factories.delegate,
            event=event,
            language=language,
            position=Localized(ru="министр"),
        )
    run = _printed(app, _order(event))
    found = [each for each in run.findings if each["code"] == "missing_translation"]
    assert [(each["delegate_id"], each["data"]) for each in found] == [(2, {"texts": ["министр"]})]

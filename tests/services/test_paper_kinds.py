"""Every kind of paper from the tables to the file."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pdfua
import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.roll_call import Leg
from forum.domain.states import PaperKind, Visibility
from forum.errors import ForumError
from forum.models import BusStop, Interpreter, Room, Seat, Visit
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import events, list_documents
from forum.queries.paper_kinds import KINDS
from forum.queries.papers import PaperChoice
from forum.services import papers
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given
from tests.furnished import furnished
from tests.printing.papers import font_names, page_texts
from tests.small_forums import SmallForum

TAGGED = [kind for kind in KINDS.values() if kind.kind not in (PaperKind.BADGE, PaperKind.AGENDA)]
NAMES = ("Арыстанова", "Белокуров", "Величко")
OWN_LETTERS = "|".join((*NAMES, "Владимир", "Сәуле"))
LATIN_NAMES = ("Arystanova", "Belokurov", "Velichko")
OURS = {"Golos", "Golos-Medium", "Golos-Bold"}


def _world() -> SmallForum:
    """Something of everything that there can be a paper of."""
    forum = furnished().forum
    with transaction():
        event_id = forum.event.id
        for person, name, latin in zip(forum.delegates, NAMES, LATIN_NAMES, strict=True):
            row = db.session.merge(person)
            row.family_name, row.latin_family_name = name, latin
        factories.delegation(db.session.merge(forum.event), is_host=True, code="host")
        hall = Room(event_id=event_id, code="hall", title=Localized(ru="Зал", kk="Зал", en="Hall"))
        db.session.add_all((hall, Interpreter(event_id=event_id, name="Сәуле", spoken=["ru", "kk"])))
    return forum


def _printed(event_id: int, kind: PaperKind, **choice: Any) -> bytes:
    content, _ = papers.print_now(
        actor=SYSTEM, event_id=event_id, kind=kind, sheet="", choice=PaperChoice(**choice)
    )
    return content


def test_every_kind_is_tagged_has_title_and_language_and_only_our_fonts(app: Flask, tmp_path: Path) -> None:
    event_id = _world().event.id
    found = {}
    for kind in TAGGED:
        content = _printed(event_id, kind.kind, languages=("kk", "ru"))
        reader = PdfReader(io.BytesIO(content))
        root, info = reader.root_object, reader.metadata
        assert info is not None
        is_tagged = bool(root["/MarkInfo"]["/Marked"])
        is_accessible = b"pdfuaid" in root["/Metadata"].get_object().get_data()
        title = str(info.title).split(" · ")[0]
        file = tmp_path / kind.code
        file.write_bytes(content)
        faults = [finding.rule_id for finding in pdfua.validate(str(file)).findings]
        found[kind.kind] = (is_tagged, is_accessible, title, font_names(content) - OURS, faults)
    expected = {
        kind.kind: (True, True, kind.title["ru" if kind.is_personal else "kk"], set(), []) for kind in TAGGED
    }
    assert found == expected


def test_a_table_says_who_meets_at_it_in_two_languages(app: Flask) -> None:
    forum = _world()
    event = events.get(forum.event.id)
    (row, *_) = KINDS[PaperKind.TABLE_AGENDA].rows(event, "en")
    (text,) = page_texts(
        _printed(event.id, PaperKind.TABLE_AGENDA, row_ids=(row.id,), languages=("ru", "kk"))
    )
    assert row.label == "Table 1"
    assert "Расписания столов · Үстелдердің кестелері Стол 1 1-үстел Среда, 2 декабря" in text


def test_a_visit_lists_who_has_a_seat_and_a_delegation_whom_it_has(app: Flask) -> None:
    forum = _world()
    (visit,) = page_texts(_printed(forum.event.id, PaperKind.VISIT_LIST, languages=("ru",)))
    assert [name in visit for name in NAMES] == [True, False, False]
    delegation, *_ = page_texts(_printed(forum.event.id, PaperKind.DELEGATION_SHEET, languages=("kk",)))
    assert "Қатысушылар саны: 3" in delegation
    assert [name in delegation for name in NAMES] == [True, True, True]


def test_the_list_of_a_bus_names_each_stop_in_order_of_time_above_those_who_get_in_there(app: Flask) -> None:
    forum = _world()
    with transaction():
        visit = db.session.scalars(select(Visit)).one()
        bus = factories.bus(visit)
        stops = [
            BusStop(
                bus_id=bus.id, leg=Leg.OUT, at=factories.at(hour), title=Localized(ru=name, kk=name, en=name)
            )
            for hour, name in ((14, "Вокзал"), (13, "Волна"))
        ]
        db.session.add_all(stops)
        db.session.flush()
        seated = db.session.scalars(select(Seat)).one()
        seated.bus_id, seated.stop_id = bus.id, stops[0].id
        factories.seated(visit, db.session.merge(forum.delegates[1]), bus, stop_id=stops[1].id)
        factories.seated(visit, db.session.merge(forum.delegates[2]), bus)
    (document,) = list_documents.visit_lists(events.get(forum.event.id), {visit.id}, ("ru",)).values()
    rows = next(part.rows for part in document.parts if part.rows)
    assert [row[0] if len(row) == 1 else row[1].split()[0] for row in rows] == [
        "13:00 Волна",
        NAMES[1],
        NAMES[2],
        "14:00 Вокзал",
        NAMES[0],
    ]


def test_a_paper_in_english_names_people_in_latin_letters(app: Flask) -> None:
    forum = _world()
    with transaction():
        for person in forum.delegates:
            db.session.merge(person).language = "en"
    ours = [kind for kind in KINDS if kind not in (PaperKind.BADGE, PaperKind.TENT_CARD)]
    texts = [" ".join(page_texts(_printed(forum.event.id, kind, languages=("en", "ru")))) for kind in ours]
    assert [kind for kind, text in zip(ours, texts, strict=True) if re.search(OWN_LETTERS, text)] == []
    assert {name for name in (*LATIN_NAMES, "Saule") if name in " ".join(texts)} == {*LATIN_NAMES, "Saule"}
    (table,) = page_texts(_printed(forum.event.id, PaperKind.VISIT_LIST, languages=("ru", "en")))
    assert re.search(OWN_LETTERS, table) is not None


def test_the_booklet_names_nobody_who_is_hidden(app: Flask) -> None:
    forum = _world()
    with transaction():
        db.session.merge(forum.delegates[0]).visibility = Visibility.NOBODY
    text = " ".join(page_texts(_printed(forum.event.id, PaperKind.BOOKLET, languages=("ru",))))
    assert [name in text for name in NAMES] == [False, True, True]


def test_the_pack_has_a_bookmark_for_every_chapter_and_the_page_that_it_names(app: Flask) -> None:
    forum = _world()
    content = _printed(forum.event.id, PaperKind.DAY_PACK, languages=("en",))
    reader = PdfReader(io.BytesIO(content))
    chapters = [mark for mark in reader.outline if not isinstance(mark, list)]
    titles = [str(mark["/Title"]) for mark in chapters]
    assert titles[1:] == [
        "Programme by day",
        "Everybody by name",
        "Programme by room",
        "Table schedules",
        "Interpreters’ schedules",
        "Visit and bus lists",
        "Sign-in sheets: delegations",
    ]
    pages = [(reader.get_destination_page_number(mark) or 0) + 1 for mark in chapters[1:]]
    contents = page_texts(content)[0].split("Contents ")[1]
    assert [f"{title} {page}" in contents for title, page in zip(titles[1:], pages, strict=True)] == [
        True
    ] * 7


def test_what_there_is_none_of_is_refused(app: Flask) -> None:
    event = given(factories.event)
    with pytest.raises(ForumError, match="nothing_to_print"):
        _printed(event.id, PaperKind.TABLE_AGENDA, row_ids=(999,))

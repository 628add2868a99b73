"""Every kind of paper from the tables to the file."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from forum.domain.localized import Localized
from forum.domain.states import PaperKind
from forum.errors import ForumError
from forum.models import Interpreter, Room
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import events
from forum.queries.paper_kinds import KINDS
from forum.queries.papers import PaperChoice
from forum.services import papers
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given
from tests.furnished import furnished
from tests.printing.papers import font_names, page_texts
from tests.small_forums import SmallForum

OF_THE_FORUM = [kind for kind in KINDS.values() if kind.draw is not KINDS[PaperKind.AGENDA].draw][1:]
OURS = {"Golos", "Golos-Medium", "Golos-Bold"}


def _world() -> SmallForum:
    """Something of everything that there can be a paper of."""
    forum = furnished().forum
    with transaction():
        event_id = forum.event.id
        hall = Room(event_id=event_id, code="hall", title=Localized(ru="Зал", kk="Зал", en="Hall"))
        db.session.add_all((hall, Interpreter(event_id=event_id, name="Сәуле", spoken=["ru", "kk"])))
    return forum


def _printed(event_id: int, kind: PaperKind, **choice: Any) -> bytes:
    content, _ = papers.print_now(
        actor=SYSTEM, event_id=event_id, kind=kind, sheet="", choice=PaperChoice(**choice)
    )
    return content


def test_every_kind_is_tagged_has_title_and_language_and_only_our_fonts(app: Flask) -> None:
    event_id = _world().event.id
    found = {}
    for kind in OF_THE_FORUM:
        content = _printed(event_id, kind.kind, languages=("kk", "ru"))
        reader = PdfReader(io.BytesIO(content))
        root, info = reader.root_object, reader.metadata
        assert info is not None
        is_tagged = bool(root["/MarkInfo"]["/Marked"])
        is_accessible = b"pdfuaid" in root["/Metadata"].get_object().get_data()
        title = str(info.title).split(" · ")[0]
        found[kind.kind] = (is_tagged, is_accessible, title, font_names(content) - OURS)
    expected = {kind.kind: (True, True, kind.title["kk"], set()) for kind in OF_THE_FORUM}
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


def test_what_there_is_none_of_is_refused(app: Flask) -> None:
    event = given(factories.event)
    with pytest.raises(ForumError, match="nothing_to_print"):
        _printed(event.id, PaperKind.TABLE_AGENDA, row_ids=(999,))

"""How two delegations sit face to face, by precedence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.states import PaperKind
from forum.models import Delegation
from forum.models.base import db
from forum.printing import paper_labels as words
from forum.printing.paper_documents import SeatedPerson, SeatingDocument, SeatingSide
from forum.printing.paper_labels import said, titles
from forum.printing.paper_titles import TITLES
from forum.queries.events import EventView
from forum.queries.paper_headings import heading
from forum.queries.paper_people import Listed, by_precedence, everybody
from forum.queries.paper_rows import PaperRow

AT_THE_TABLE: Final = 40
"""On each side: a table that is longer is no table any more."""


def seating_rows(event: EventView, language: str) -> tuple[PaperRow, ...]:
    """The host with each of the others; the number is that of the other delegation."""
    pairs = _pairs(event.id)
    return tuple(
        PaperRow(key, said((language,), words.FACING, left=host, right=guest))
        for (_, host), (key, guest) in pairs
    )


def seating_plans(
    event: EventView, ids: Collection[int], languages: Sequence[str]
) -> Mapping[int, SeatingDocument]:
    """Who sits where. Whom the table has no room for sits behind."""
    people = everybody(event.id, languages[0])
    head = heading(event, languages, TITLES[PaperKind.SEATING_PLAN])
    return {
        guest_id: SeatingDocument(
            heading=head,
            **titles(languages, words.FACING, left=host, right=guest),
            left=_side(people, host_id, host, languages),
            right=_side(people, guest_id, guest, languages),
            behind=said(languages, words.SECOND_ROW),
            note=said(languages[:1], words.HEADS_IN_THE_MIDDLE),
        )
        for (host_id, host), (guest_id, guest) in _pairs(event.id)
        if guest_id in ids
    }


def _pairs(event_id: int) -> list[tuple[tuple[int, Localized], tuple[int, Localized]]]:
    rows = db.session.execute(
        select(Delegation.id, Delegation.title)
        .where(Delegation.event_id == event_id)
        .order_by(Delegation.is_host.desc(), Delegation.position, Delegation.id)
    )
    host, *guests = [(row.id, row.title) for row in rows] or [(0, Localized())]
    return [(host, guest) for guest in guests]


def _side(
    people: Sequence[Listed], delegation_id: int, title: Localized, languages: Sequence[str]
) -> SeatingSide:
    own = by_precedence([one for one in people if one.delegation_id == delegation_id])
    seated = [
        SeatedPerson(rank=rank, name=one.name, position=_position(one, languages[0]))
        for rank, one in enumerate(own, 1)
    ]
    return SeatingSide(
        title=said(languages[:1], title),
        people=tuple(seated[:AT_THE_TABLE]),
        behind=tuple(seated[AT_THE_TABLE:]),
    )


def _position(one: Listed, language: str) -> str:
    return one.position.in_language(language) or one.company.in_language(language)

"""Everything that the day can be run with if nothing but paper is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from babel.dates import format_date
from sqlalchemy import select

from forum.domain.states import PaperKind, SeatStatus
from forum.models import Seat, Visit
from forum.models.base import db
from forum.printing import paper_labels as words
from forum.printing.paper_documents import Chapter, ListColumn, ListDocument, ListPart, PackDocument
from forum.printing.paper_labels import BOTH, said, titles
from forum.printing.paper_titles import TITLES
from forum.queries import appointments, plans
from forum.queries import list_documents as lists
from forum.queries import schedule_documents as schedules
from forum.queries.events import EventView
from forum.queries.held_agendas import Holder
from forum.queries.paper_headings import day_of, heading, time_of
from forum.queries.paper_people import company_and_position, everybody
from forum.queries.paper_rows import PaperRow

Rows = Callable[[EventView, str], tuple[PaperRow, ...]]
Make = Callable[[EventView, Collection[int], Sequence[str]], Mapping[int, Chapter]]


def day_packs(event: EventView, ids: Collection[int], languages: Sequence[str]) -> Mapping[int, PackDocument]:
    """The pack: programme, everybody with what they have, tables, interpreters, visits, delegations."""
    if event.id not in ids:
        return {}
    sources: tuple[tuple[PaperKind, Rows, Make], ...] = (
        (PaperKind.PROGRAMME, schedules.day_rows, schedules.day_documents),
        (PaperKind.ROOM_PROGRAMME, schedules.room_rows, schedules.room_documents),
        (PaperKind.TABLE_AGENDA, *schedules.of_holders(Holder.TABLE)),
        (PaperKind.INTERPRETER_AGENDA, *schedules.of_holders(Holder.INTERPRETER)),
        (PaperKind.VISIT_LIST, lists.visit_rows, lists.visit_lists),
        (PaperKind.DELEGATION_SHEET, lists.delegation_rows, lists.delegation_sheets),
    )
    chapters: list[tuple[str, tuple[Chapter, ...]]] = []
    for kind, rows, documents in sources:
        keys = [row.id for row in rows(event, languages[0])]
        found = tuple(documents(event, keys, languages).values())
        if found:
            chapters.append((said(languages[:1], TITLES[kind]), found))
    chapters.insert(1, (said(languages[:1], words.EVERYBODY), (_everybody(event, languages),)))
    plan = plans.in_force(event.id)
    contacts = BOTH.join(filter(None, (event.contact_phone, event.contact_email)))
    pack = PackDocument(
        heading=heading(
            event, languages, TITLES[PaperKind.DAY_PACK], revision=plan.revision if plan else None
        ),
        **titles(languages, event.title),
        lines=(
            said(languages, words.PACK_LEAD),
            said(languages, words.CALL, contacts=contacts) if contacts else "",
        ),
        contents=said(languages, words.CONTENTS),
        chapters=tuple(chapters),
    )
    return {event.id: pack}


def _everybody(event: EventView, languages: Sequence[str]) -> ListDocument:
    """Everybody by name with where they have to be when."""
    engaged = _engagements(event, languages)
    return ListDocument(
        heading=heading(event, languages, TITLES[PaperKind.DAY_PACK]),
        **titles(languages, words.EVERYBODY),
        columns=(
            ListColumn(title=said(languages[:1], words.NUMBER), width=12, kind="number"),
            ListColumn(title=said(languages, words.NAME), width=48),
            ListColumn(title=said(languages[:1], words.COMPANY_AND_POSITION), width=48),
            ListColumn(title=said(languages, words.DAY)),
        ),
        parts=(
            ListPart(
                rows=tuple(
                    (str(one.number), one.name, company_and_position(one, languages), engaged[one.id])
                    for one in everybody(event.id, languages[0])
                )
            ),
        ),
        nothing=said(languages, words.NOBODY_YET),
    )


def _engagements(event: EventView, languages: Sequence[str]) -> Mapping[int, str]:
    """By delegate, one line a day: «2 дек.: 10:00 стол 7, 10:20 стол 3»."""
    found: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    plan = plans.in_force(event.id)
    for one in appointments.of_plan(plan.id) if plan else ():
        where = said(languages[:1], words.TABLE, number=one.table_number)
        for person in one.people:
            found[person.delegate_id].append((one.starts_at, where))
    rows = select(Seat.delegate_id, Visit).join(Visit, Visit.id == Seat.visit_id)
    for delegate_id, visit in db.session.execute(
        rows.where(Visit.event_id == event.id, Seat.status == SeatStatus.SEATED)
    ):
        found[delegate_id].append((visit.departs_at, said(languages[:1], visit.site.title)))
    lines = defaultdict(str)
    for key, items in found.items():
        lines[key] = _by_day(event, languages[0], sorted(items))
    return lines


def _by_day(event: EventView, language: str, items: Sequence[tuple[datetime, str]]) -> str:
    days: dict[str, list[str]] = defaultdict(list)
    for instant, where in items:
        label = str(format_date(day_of(event, instant), "d MMM", locale=language))
        days[label].append(f"{time_of(event, instant)} {where}")
    return "\n".join(f"{label}: {', '.join(texts)}" for label, texts in days.items())

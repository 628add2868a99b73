"""Agendas as they stand today, in the language of whoever holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from babel.dates import format_date
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from forum.catalogues import text_in
from forum.dates import days_in, zone_in
from forum.models import Company, Delegate
from forum.models.base import db
from forum.printing.documents import AgendaDay, AgendaDocument, AgendaEntry
from forum.queries import agendas
from forum.queries.agendas import AgendaItem, AgendaView
from forum.queries.events import EventView
from forum.queries.people import full_name, latin_name, name_in


def agenda_documents(event: EventView, delegate_ids: Collection[int]) -> Mapping[int, AgendaDocument]:
    """Agendas by delegate, in the order of their numbers."""
    rows = db.session.scalars(
        select(Delegate)
        .outerjoin(Delegate.company)
        .options(contains_eager(Delegate.company).lazyload(Company.sectors))
        .where(Delegate.event_id == event.id, Delegate.id.in_(delegate_ids))
        .order_by(Delegate.number)
    ).all()
    views = agendas.agendas_of(event.id, [row.id for row in rows])
    return {row.id: _document(event, row, views[row.id]) for row in rows}


def _document(event: EventView, row: Delegate, view: AgendaView) -> AgendaDocument:
    language = row.language
    contacts = (event.contact_phone, event.contact_email)
    return AgendaDocument(
        language=language,
        event_title=event.title.in_language(language),
        dates=days_in(language, event.starts_on, event.ends_on),
        place=event.place.in_language(language),
        person=name_in(language, full_name(row.family_name, row.given_name, row.patronymic), latin_name(row)),
        position=row.position.in_language(language),
        company=row.company.short_name.in_language(language) if row.company else "",
        days=_days(view.items, event.zone, language),
        time_zone=text_in(
            language,
            "Times are those of: %(zone)s.",
            zone=zone_in(language, event.zone, event.starts_on),
        ),
        contacts=" · ".join(contact for contact in contacts if contact),
    )


def _days(items: Collection[AgendaItem], zone: ZoneInfo, language: str) -> tuple[AgendaDay, ...]:
    by_day: dict[date, list[AgendaEntry]] = defaultdict(list)
    for item in items:
        by_day[item.starts_at.astimezone(zone).date()].append(_entry(item, zone, language))
    return tuple(
        AgendaDay(date_label=_day_label(day, language), entries=tuple(entries))
        for day, entries in by_day.items()
    )


def _day_label(day: date, language: str) -> str:
    label = str(format_date(day, "EEEE, d MMMM", locale=language))
    return label[:1].upper() + label[1:]


def _entry(item: AgendaItem, zone: ZoneInfo, language: str) -> AgendaEntry:
    title = item.title.in_language(language)
    is_meeting = item.table is not None
    return AgendaEntry(
        kind=item.kind.value,
        start=item.starts_at.astimezone(zone).strftime("%H:%M"),
        end=item.ends_at.astimezone(zone).strftime("%H:%M"),
        title="" if is_meeting else title,
        company=title if is_meeting else "",
        with_whom=", ".join(partner.name_in(language) for partner in item.partners),
        place=item.place.in_language(language),
        table=str(item.table) if is_meeting else "",
        interpreter=name_in(language, item.interpreter or ""),
        note=item.bus or "",
    )

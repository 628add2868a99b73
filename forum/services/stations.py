"""Stations that print: setting them up, holding them for a while, and their signs of life."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import select, update

from forum import clock
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models import PrintStation
from forum.models.base import db
from forum.policy import Actor, require
from forum.printing.adjusting import adjusted, adjustment_of, is_sheet, sheet_by_code
from forum.printing.calibration import calibration_pdf
from forum.services import journal
from forum.unit_of_work import transactional

FURTHEST_MM: Final = 20.0
_LONGEST_NAME: Final = 60
_HEARTBEAT: Final = timedelta(seconds=5)


@transactional
def add(
    *,
    actor: Actor,
    event_id: int,
    name: str,
    sheet: str,
    right_mm: float = 0.0,
    down_mm: float = 0.0,
    prints_papers: bool = False,
    is_two_sided: bool = False,
) -> int:
    """Set up a station of badges, or of papers, which come as large as they are. Returns its id.

    Raises:
        ForumError: ``station_name_missing``, ``station_name_taken``, ``unknown_sheet``, ``offset_too_large``.
    """
    require(actor, Permission.PRINT, event_id)
    name = _good(event_id, None, name, sheet, right_mm, down_mm)
    row = PrintStation(
        event_id=event_id,
        name=name,
        sheet=sheet,
        right_mm=right_mm,
        down_mm=down_mm,
        prints_papers=prints_papers,
        is_two_sided=is_two_sided,
        created_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    _record(actor, row, "station_added")
    return row.id


@transactional
def change(
    *,
    actor: Actor,
    event_id: int,
    station_id: int,
    name: str,
    sheet: str,
    right_mm: float,
    down_mm: float,
    prints_papers: bool = False,
    is_two_sided: bool = False,
) -> None:
    """Change a station; papers that it draws from now on are drawn so. Errors as of ``add``."""
    require(actor, Permission.PRINT, event_id)
    row = of(event_id, station_id)
    row.name = _good(event_id, station_id, name, sheet, right_mm, down_mm)
    row.sheet, row.right_mm, row.down_mm = sheet, right_mm, down_mm
    row.prints_papers, row.is_two_sided = prints_papers, is_two_sided
    _record(actor, row, "station_changed")


@transactional
def pause(*, actor: Actor, event_id: int, station_id: int, is_paused: bool) -> None:
    """Stop the station after the paper that it has in hand, or let it go on."""
    require(actor, Permission.PRINT, event_id)
    row = of(event_id, station_id)
    if row.is_paused != is_paused:
        row.is_paused = is_paused
        _record(actor, row, "station_paused" if is_paused else "station_resumed")


@transactional
def remove(*, actor: Actor, event_id: int, station_id: int) -> None:
    """Take a station away; what waited for it may then be printed by any other."""
    require(actor, Permission.PRINT, event_id)
    row = of(event_id, station_id)
    _record(actor, row, "station_removed")
    db.session.delete(row)


@transactional
def seen(*, event_id: int, station_id: int, printer: str | None) -> None:
    """The station has shown that it is alive; noted every few seconds."""
    now = clock.now()
    db.session.execute(
        update(PrintStation)
        .where(PrintStation.event_id == event_id, PrintStation.id == station_id)
        .where(
            PrintStation.seen_at.is_(None)
            | (PrintStation.seen_at < now - _HEARTBEAT)
            | PrintStation.printer.is_distinct_from(printer)
        )
        .values(seen_at=now, printer=printer)
    )


def calibration(*, sheet: str, right_mm: float = 0.0, down_mm: float = 0.0, language: str) -> bytes:
    """A PDF that shows how a printer prints that format, moved as a station of it would be.

    Raises:
        ForumError: ``unknown_sheet``, ``offset_too_large``.
    """
    _check_offset(right_mm, down_mm)
    if not is_sheet(sheet):
        raise ForumError("unknown_sheet", sheet=sheet)
    if right_mm or down_mm:
        own = adjustment_of(sheet)
        sheet = adjusted(sheet, replace(own, right=round(right_mm, 2), down=round(down_mm, 2)))
    return calibration_pdf(sheet_by_code(sheet), language)


def _check_offset(*offsets: float) -> None:
    if not all(abs(each) <= FURTHEST_MM for each in offsets):
        raise ForumError("offset_too_large", most=int(FURTHEST_MM))


def check_prints(event_id: int, station_id: int | None, *, papers: bool) -> None:
    """That the station prints papers, or badges; where none is named, that there is one for papers.

    Raises:
        ForumError: ``no_such_station``; ``station_prints_papers``; ``station_prints_badges``;
            ``no_station_for_papers``.
    """
    if station_id is not None:
        if of(event_id, station_id).prints_papers != papers:
            raise ForumError("station_prints_badges" if papers else "station_prints_papers")
        return
    able = select(PrintStation.id).where(PrintStation.event_id == event_id, PrintStation.prints_papers)
    if papers and db.session.scalar(able.limit(1)) is None:
        raise ForumError("no_station_for_papers")


def of(event_id: int, station_id: int) -> PrintStation:
    """The row of that station; ``ForumError`` ``no_such_station`` when it has been taken away."""
    row = db.session.scalar(
        select(PrintStation).where(PrintStation.event_id == event_id, PrintStation.id == station_id)
    )
    if row is None:
        raise ForumError("no_such_station")
    return row


def _good(
    event_id: int, station_id: int | None, name: str, sheet: str, right_mm: float, down_mm: float
) -> str:
    name = " ".join(name.split())[:_LONGEST_NAME]
    if not name:
        raise ForumError("station_name_missing")
    same = select(PrintStation.id).where(PrintStation.event_id == event_id, PrintStation.name == name)
    if db.session.scalar(same) not in (None, station_id):
        raise ForumError("station_name_taken", name=name)
    _check_offset(right_mm, down_mm)
    if not is_sheet(sheet):
        raise ForumError("unknown_sheet", sheet=sheet)
    return name


def _record(actor: Actor, row: PrintStation, action: str) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="print_station",
        subject_id=row.id,
        station=row.name,
    )

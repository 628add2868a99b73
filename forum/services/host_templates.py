"""The workbook in which a site's host wants the list of visitors, and what its columns hold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select

from forum.domain import host_rules
from forum.domain.states import FileKind
from forum.errors import ForumError, StaleError
from forum.models import AccessList, Site
from forum.models.base import db
from forum.policy import Actor
from forum.queries import access_lists as known
from forum.queries import access_rows
from forum.queries.access_lists import HostTemplate
from forum.services import files, journal, sites
from forum.unit_of_work import transactional
from forum.workbooks import access_templates
from forum.workbooks.access_templates import CELL, MOST_ROWS, Layout, TemplateColumn

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def put(*, actor: Actor, event_id: int, site_id: int, content: bytes, name: str) -> None:
    """Keep the host's workbook; what its columns hold is proposed, and somebody has to confirm it.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_site``; a ``WorkbookProblem``.
    """
    layout = access_templates.recognise(content).layout
    _keep(actor=actor, event_id=event_id, site_id=site_id, content=content, name=name, layout=layout)


@transactional
def _keep(*, actor: Actor, event_id: int, site_id: int, content: bytes, name: str, layout: Layout) -> None:
    site = sites.locked(actor, event_id, site_id, None)
    _put(site, content, name, layout)
    _note(actor, site, "host_template_put")


@dataclass(frozen=True)
class Shown:
    """The kept workbook to be looked at: its sheets, its columns, and where in it what goes."""

    kept: HostTemplate
    sheets: tuple[str, ...]
    columns: tuple[TemplateColumn, ...]
    layout: Layout


def shown(
    *, event_id: int, site_id: int, sheet: str | None = None, header_row: int | None = None
) -> Shown | None:
    """The host's workbook, None where there is none; ``sheet`` and ``header_row``: look there anew.

    Raises:
        ForumError: a ``WorkbookProblem``.
    """
    found = known.template(event_id=event_id, site_id=site_id)
    content = files.content(event_id=event_id, file_id=found.file_id) if found else None
    if found is None or content is None:
        return None
    if sheet is not None and header_row is not None:
        seen = access_templates.recognise(content, sheet=sheet, header_row=header_row)
        return Shown(found, seen.sheets, seen.columns, seen.layout)
    book = access_templates.opened(content)
    columns = access_templates.columns(book[found.layout.sheet], found.layout)
    return Shown(found, tuple(book.sheetnames), columns, found.layout)


@transactional
def set_layout(*, actor: Actor, event_id: int, site_id: int, template_id: int, layout: Layout) -> None:
    """Say what the columns of the host's workbook hold. What stood in the list's rows is taken out of it.

    Args:
        template_id: the file that the layout is about, as the organiser saw it.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        StaleError: ``template_stale``: another workbook has been put meanwhile.
        ForumError: ``no_such_site``, ``no_host_template``; what does not hold, with its ``field``.
    """
    site = sites.locked(actor, event_id, site_id, None)
    found = known.template_of(site)
    content = files.content(event_id=event_id, file_id=site.template_id) if site.template_id else None
    if found is None or content is None:
        raise ForumError("no_host_template")
    if found.file_id != template_id:
        raise StaleError("template_stale")
    _refuse_bad(site, layout)
    kept = replace(layout, patterns=found.layout.patterns, is_settled=found.layout.is_settled)
    try:
        emptied, settled = access_templates.settled(content, kept)
    except KeyError as error:
        raise ForumError("template_sheet", field="sheet") from error
    _put(site, emptied, found.name, settled)
    _note(actor, site, "host_template_mapped")


@transactional
def remove(*, actor: Actor, event_id: int, site_id: int) -> None:
    """Take the host's workbook away; lists that were made can still be handed out.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_site``; ``no_host_template``.
    """
    site = sites.locked(actor, event_id, site_id, None)
    if site.template_id is None:
        raise ForumError("no_host_template")
    former, site.template_id, site.template_layout = site.template_id, None, {}
    drop_unused([former])
    _note(actor, site, "host_template_removed")


def drop_unused(file_ids: Collection[int]) -> None:
    """Within a command: workbooks that no site and no list that can be handed out needs any more."""
    db.session.flush()
    used = set(db.session.scalars(select(Site.template_id).where(Site.template_id.in_(file_ids))))
    used |= set(
        db.session.scalars(
            select(AccessList.template_id).where(
                AccessList.template_id.in_(file_ids), AccessList.erased_at.is_(None)
            )
        )
    )
    files.drop(set(file_ids) - used)


def _put(site: Site, content: bytes, name: str, layout: Layout) -> None:
    former = site.template_id
    site.template_id = files.keep(
        event_id=site.event_id, kind=FileKind.HOST_TEMPLATE, content=content, media_type=XLSX, name=name
    ).id
    site.template_layout = layout.as_data()
    if former:
        drop_unused([former])


def _refuse_bad(site: Site, layout: Layout) -> None:
    asked = host_rules.from_data(site.rules).id_fields
    for letter, field in layout.columns.items():
        needs = access_rows.OF_DOCUMENT.get(field)
        if needs is not None and needs not in asked:
            raise ForumError("template_asks_more", field=f"column-{letter}")
    fields = list(layout.columns.values())
    twice = next((letter for letter, each in layout.columns.items() if fields.count(each) > 1), None)
    bad_cell = next((cell for cell in layout.cells if not CELL.fullmatch(cell)), None)
    problems = (
        ("columns", "template_empty", not fields),
        (f"column-{twice}", "template_twice", twice is not None),
        ("first_row", "template_rows", not layout.header_row < layout.first_row <= layout.last_row),
        ("last_row", "template_row", layout.last_row > MOST_ROWS),
        ("cells", "template_cell", bad_cell is not None),
    )
    for name, code, is_wrong in problems:
        if is_wrong:
            raise ForumError(code, field=name, most=MOST_ROWS)


def _note(actor: Actor, site: Site, action: str) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=site.event_id,
        subject_kind="site",
        subject_id=site.id,
        site=dict(site.title),
    )

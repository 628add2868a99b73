"""The sites that a forum visits: what is there, whom to ask, what the host demands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select, update

from forum import clock
from forum.domain import host_rules
from forum.domain.host_rules import HostRules, HostRulesError
from forum.domain.localized import Localized
from forum.domain.roles import Permission
from forum.domain.sectors import SECTORS
from forum.domain.site_kinds import SITE_KINDS
from forum.domain.states import FileKind
from forum.errors import ForumError, StaleError
from forum.models import Place, Site, Visit
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import answer_files, files, journal
from forum.unit_of_work import transactional

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_ASKED: Final = ("id_fields", "documents")
_SAID: Final = ("id_fields", "clothing", "bring", "note", "photos")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, kw_only=True)
class SiteWanted:
    """What a site shall be; see ``models.Site``."""

    code: str
    kind: str
    title: Localized
    summary: Localized = Localized()  # noqa: RUF009 - immutable
    address: Localized = Localized()  # noqa: RUF009
    sectors: tuple[str, ...] = ()
    place_id: int | None = None
    contact_name: str = ""
    contact: str = ""
    contact_phone: str = ""
    rules: HostRules = HostRules()  # noqa: RUF009
    is_public: bool = True


@transactional
def add(*, actor: Actor, event_id: int, wanted: SiteWanted) -> int:
    """A new site. Its id.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: what does not hold, with the ``field`` it is about.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    _refuse_bad(event_id, wanted)
    row = Site(event_id=event_id)
    _put(row, wanted)
    db.session.add(row)
    db.session.flush()
    _note(actor, row, "site_added")
    return row.id


@transactional
def change(*, actor: Actor, event_id: int, site_id: int, version: int, wanted: SiteWanted) -> None:
    """Change a site. Where its rules are other ones, visitors who have read the former ones are told in time.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        StaleError: ``site_stale``.
        ForumError: ``no_such_site``, or as ``add``.
    """
    row = locked(actor, event_id, site_id, version)
    _refuse_bad(event_id, wanted, row.id)
    was = host_rules.from_data(row.rules)
    _put(row, wanted)
    _make_due(row, was, host_rules.from_data(row.rules))
    row.version += 1
    _note(actor, row, "site_changed")


def _make_due(row: Site, was: HostRules, now: HostRules) -> None:
    """The reminder of documents and the last details, which the worker writes in time, are due again for
    visits to come, if what they say does not hold any more."""
    told = [
        name
        for name, fields in (("documents_reminded_at", _ASKED), ("briefed_at", _SAID))
        if any(getattr(was, field) != getattr(now, field) for field in fields)
    ]
    if told:
        to_come = update(Visit).where(Visit.site_id == row.id, Visit.departs_at > clock.now())
        db.session.execute(to_come.values(dict.fromkeys(told)))


@transactional
def remove(*, actor: Actor, event_id: int, site_id: int) -> None:
    """Take a site away to which no visit was ever planned.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_site``; ``site_has_visits``.
    """
    row = locked(actor, event_id, site_id, None)
    if db.session.scalar(select(Visit.id).where(Visit.site_id == row.id).limit(1)):
        raise ForumError("site_has_visits")
    _note(actor, row, "site_removed")
    gone = [file_id for file_id in (row.map_picture_id, row.template_id) if file_id]
    db.session.delete(row)
    db.session.flush()
    files.drop(gone)


@transactional
def put_map(*, actor: Actor, event_id: int, site_id: int, content: bytes, name: str) -> None:
    """Give the site a picture of where it is, in place of the one it had.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_site``; ``map_not_a_picture``, or as ``answer_files.checked``.
    """
    upload = _picture(content, name)
    row = locked(actor, event_id, site_id, None)
    former = row.map_picture_id
    row.map_picture_id = files.keep(
        event_id=event_id,
        kind=FileKind.SITE_MAP,
        content=upload.content,
        media_type=upload.media_type,
        name=upload.name,
    ).id
    db.session.flush()
    files.drop([former] if former else [])
    _note(actor, row, "site_map_put")


@transactional
def remove_map(*, actor: Actor, event_id: int, site_id: int) -> None:
    """Take the picture away.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        ForumError: ``no_such_site``.
    """
    row = locked(actor, event_id, site_id, None)
    former, row.map_picture_id = row.map_picture_id, None
    db.session.flush()
    if former:
        files.drop([former])
        _note(actor, row, "site_map_removed")


def _picture(content: bytes, name: str) -> answer_files.Upload:
    try:
        upload = answer_files.checked(content=content, name=name)
    except ForumError as error:
        # Answers may be a PDF too, and the sentence of that refusal says so.
        raise ForumError("map_not_a_picture") if error.code == "file_not_accepted" else error from None
    if not upload.media_type.startswith("image/"):
        raise ForumError("map_not_a_picture")
    return upload


def locked(actor: Actor, event_id: int, site_id: int, version: int | None) -> Site:
    """Within a command: the site as it is now, until its end; ``version`` None takes any.

    Raises:
        NotAllowedError: without ``MANAGE_VISITS``.
        StaleError: ``site_stale``.
        ForumError: ``no_such_site``.
    """
    require(actor, Permission.MANAGE_VISITS, event_id)
    row = db.session.scalar(
        select(Site)
        .where(Site.event_id == event_id, Site.id == site_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise ForumError("no_such_site")
    if version is not None and row.version != version:
        raise StaleError("site_stale")
    return row


def _refuse_bad(event_id: int, wanted: SiteWanted, site_id: int | None = None) -> None:
    problems = (
        ("code", "site_code", not _CODE.fullmatch(wanted.code)),
        ("code", "site_code_taken", _is_taken(event_id, wanted.code, site_id)),
        ("kind", "site_kind", wanted.kind not in SITE_KINDS),
        ("title", "site_untitled", not wanted.title),
        ("contact", "site_contact", bool(wanted.contact) and not _EMAIL.fullmatch(wanted.contact)),
        ("sectors", "site_sectors", any(code not in SECTORS for code in wanted.sectors)),
        ("place", "no_such_hall", not _is_place(event_id, wanted.place_id)),
    )
    for field, code, is_wrong in problems:
        if is_wrong:
            raise ForumError(code, field=field)
    try:
        host_rules.checked(wanted.rules)
    except HostRulesError as error:
        raise ForumError(error.code, field=error.field, **error.data) from error


def _is_taken(event_id: int, code: str, site_id: int | None) -> bool:
    others = select(Site.id).where(Site.event_id == event_id, Site.code == code, Site.id != (site_id or 0))
    return db.session.scalar(others) is not None


def _is_place(event_id: int, place_id: int | None) -> bool:
    known = select(Place.id).where(Place.event_id == event_id, Place.id == place_id)
    return place_id is None or db.session.scalar(known) is not None


def _put(row: Site, wanted: SiteWanted) -> None:
    row.code, row.kind, row.place_id = wanted.code, wanted.kind, wanted.place_id
    row.title, row.summary, row.address = wanted.title, wanted.summary, wanted.address
    row.sectors, row.is_public = list(wanted.sectors), wanted.is_public
    row.contact_name = wanted.contact_name or None
    row.contact, row.contact_phone = wanted.contact or None, wanted.contact_phone or None
    row.rules = wanted.rules.as_data()


def _note(actor: Actor, row: Site, action: str) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="site",
        subject_id=row.id,
        site=dict(row.title),
    )

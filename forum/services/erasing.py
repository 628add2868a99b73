"""Erasing what is held about one person, at their request, with an act that says so."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Collection, Iterable

from sqlalchemy import func, select

from forum import clock
from forum.database import forget
from forum.domain.retention import STAYS, Group
from forum.domain.roles import Permission
from forum.domain.states import REGISTRATION_MOVES, RegistrationStatus
from forum.errors import ForumError
from forum.models import Account, Delegate, Erasure, Event, Import, SignIn
from forum.models.base import db
from forum.policy import SYSTEM, Actor, require
from forum.queries.held_rows import FINDERS, Whom, whom
from forum.services import erasers, journal, own_registrations, places, precedence
from forum.unit_of_work import after_commit, transactional

ASKED = "asked"
TERM = "term"


@transactional
def erase(*, actor: Actor, event_id: int, delegate_id: int, is_confirmed: bool) -> int:
    """Erase the person from the forum: all but the proof of consents, and numbers that name nobody.

    Whoever still takes part is withdrawn first. Their account goes too where it has no other use.

    Returns:
        The id of the act.

    Raises:
        NotAllowedError: neither the person nor ``MANAGE_PRIVACY``.
        ForumError: ``no_such_delegate``; ``erasure_not_confirmed``.
    """
    places.lock(event_id)  # before any person, as every command that counts places
    precedence.lock_of(event_id, [delegate_id])
    row = _locked(actor, event_id, delegate_id)
    if not is_confirmed:
        raise ForumError("erasure_not_confirmed")
    _end_participation(actor, row)
    number, account_id = row.number, row.account_id
    sign_ins = _count_sign_ins(account_id)
    groups = _erase_groups(event_id, whom(event_id, [delegate_id]))
    is_account_gone = account_id is not None and db.session.get(Account, account_id) is None
    if is_account_gone:
        groups[Group.SIGN_INS] = sign_ins
    doer = SYSTEM if is_account_gone and actor.account_id == account_id else actor
    act = open_act(event_id, ASKED, delegate_id=delegate_id, delegate_number=number)
    act.groups, act.erased_at, act.account_id = dict(groups), clock.now(), doer.account_id
    journal.record(
        actor=doer,
        action="data_erased",
        event_id=event_id,
        subject_kind="delegate",
        subject_id=delegate_id,
        act=act.number,
    )
    after_commit(forget, key="forget")
    return act.id


def open_act(event_id: int, reason: str, **columns: int) -> Erasure:
    """Within a command: an act with the next number of the forum."""
    db.session.execute(select(Event.id).where(Event.id == event_id).with_for_update())
    last = db.session.scalar(select(func.max(Erasure.number)).where(Erasure.event_id == event_id)) or 0
    act = Erasure(
        event_id=event_id,
        number=last + 1,
        reason=reason,
        groups={},
        asked_at=clock.now() if reason == ASKED else None,
        **columns,
    )
    db.session.add(act)
    db.session.flush()
    return act


def _locked(actor: Actor, event_id: int, delegate_id: int) -> Delegate:
    row = db.session.scalar(
        select(Delegate)
        .where(Delegate.event_id == event_id, Delegate.id == delegate_id, Delegate.erased_at.is_(None))
        .with_for_update()
    )
    if row is None:
        raise ForumError("no_such_delegate")
    if actor.account_id is None or row.account_id != actor.account_id:
        require(actor, Permission.MANAGE_PRIVACY, event_id)
    return row


def _end_participation(actor: Actor, row: Delegate) -> None:
    """After the forum its numbers stay as they were; before, nobody takes part without a name."""
    is_over = db.session.get_one(Event, row.event_id).ends_on < clock.now().date()
    if not is_over and RegistrationStatus.WITHDRAWN in REGISTRATION_MOVES[row.status]:
        own_registrations.withdraw(actor=actor, event_id=row.event_id, delegate_id=row.id)


def _erase_groups(event_id: int, people: Whom) -> dict[str, int]:
    """What went, by group; names last, since everything else is found by them."""
    counts: dict[str, int] = {}
    for group, kinds in FINDERS.items():
        if group in STAYS or group is Group.SIGN_INS:
            continue
        for kind, find in kinds.items():
            ids = db.session.scalars(find(event_id, people)).all()
            if kind == "workbook":
                ids = _naming(ids, people)
            if ids:
                erasers.erase(kind, ids)
                counts[group] = counts.get(group, 0) + len(ids)
    return counts


def _naming(import_ids: Iterable[int], people: Whom) -> list[int]:
    """The uploaded workbooks in which one of the people is written down."""
    found = []
    for import_id in import_ids:
        content = db.session.scalar(select(Import.content).where(Import.id == import_id))
        if content and _is_written_in(content, people.texts):
            found.append(import_id)
    return found


def _is_written_in(workbook: bytes, texts: Collection[str]) -> bool:
    """Whether a workbook has all the words of one of ``texts``; one that cannot be read counts as naming."""
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as book:
            parts = [book.read(name) for name in book.namelist() if name.endswith((".xml", ".rels"))]
    except (zipfile.BadZipFile, RuntimeError):
        return True
    everything = html.unescape(b"\n".join(parts).decode(errors="replace")).casefold()
    return any(all(word in everything for word in text.casefold().split()) for text in texts)


def _count_sign_ins(account_id: int | None) -> int:
    return (
        db.session.scalar(select(func.count()).select_from(SignIn).where(SignIn.account_id == account_id))
        or 0
    )

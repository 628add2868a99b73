"""Who comes to a meeting beside the two who speak for their companies."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from forum.domain.requests import MOST_GUESTS, STANDING
from forum.domain.roles import Permission
from forum.domain.states import Category, RegistrationStatus
from forum.errors import ForumError
from forum.models import Delegate, Request, RequestGuest
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import calling_off, journal, request_mails
from forum.services import request_steps as steps
from forum.services.request_mails import Told
from forum.unit_of_work import transactional


@transactional
def join(*, actor: Actor, event_id: int, delegate_id: int, request_id: int, guest_id: int) -> None:
    """Let a colleague (or oneself) come along, in the name of ``delegate_id``, whose company they are of.

    Raises:
        NotAllowedError: the delegate is not the actor's own.
        ForumError: ``request_is_gone``, ``requests_frozen``, ``request_is_closed``; ``no_such_person``: not a
            colleague who takes part, or a VIP of whom one is not the aide; ``comes_already``,
            ``too_many_guests``.
    """
    me = steps.speaker(actor, event_id, delegate_id, speaks=False)
    row = steps.locked(event_id, request_id, _either(actor, me))
    guest = _guest(event_id, guest_id)
    is_hidden = guest.is_vip and me.id not in (guest.id, guest.aide_id)
    if guest.company_id is None or guest.company_id != me.company_id or is_hidden:
        raise ForumError("no_such_person")
    _add(actor, row, guest)


@transactional
def leave(*, actor: Actor, event_id: int, delegate_id: int, request_id: int, guest_id: int) -> None:
    """Let a colleague not come along after all.

    Raises:
        NotAllowedError, ForumError: as ``join``.
    """
    me = steps.speaker(actor, event_id, delegate_id, speaks=False)
    calling_off.hold(event_id)
    row = steps.locked(event_id, request_id, _either(actor, me))
    guest = db.session.get(Delegate, guest_id)
    if guest is None or me.company_id is None or guest.company_id != me.company_id:
        raise ForumError("no_such_person")
    _remove(actor, row, guest_id)


@transactional
def stay_away(*, actor: Actor, event_id: int, delegate_id: int, request_id: int) -> None:
    """Not come along, for the guest ``delegate_id``: oneself, or a VIP of whom one is the aide.

    Whoever speaks for the guest's company there hears of it.

    Raises:
        NotAllowedError: the guest is somebody else.
        ForumError: ``request_is_gone``: one does not come along there; ``requests_frozen``.
    """
    guest = db.session.get(Delegate, delegate_id)
    aide = db.session.get(Delegate, guest.aide_id) if guest and guest.is_vip and guest.aide_id else None
    steps.speaker(actor, event_id, aide.id if aide else delegate_id, speaks=False)
    calling_off.hold(event_id)
    comes = Request.guests.any(RequestGuest.delegate_id == delegate_id)
    row = steps.locked(event_id, request_id, comes)
    _remove(actor, row, delegate_id)


@transactional
def invite(*, actor: Actor, event_id: int, request_id: int, guest_id: int) -> None:
    """Let anybody who takes part come along, also of a third company: the organiser's to do.

    Raises:
        NotAllowedError: without ``MANAGE_MEETINGS``.
        ForumError: ``request_is_gone``, ``no_such_person``, ``request_is_closed``, ``comes_already``,
            ``too_many_guests``.
    """
    _add(actor, _any(actor, event_id, request_id), _guest(event_id, guest_id))


@transactional
def uninvite(*, actor: Actor, event_id: int, request_id: int, guest_id: int) -> None:
    """Take a guest off again.

    Raises:
        NotAllowedError, ForumError: as ``invite``.
    """
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    calling_off.hold(event_id)
    _remove(actor, _any(actor, event_id, request_id), guest_id)


def _either(actor: Actor, me: Delegate) -> ColumnElement[bool]:
    return or_(steps.sent_by(actor, me), steps.received_by(actor, me))


def _any(actor: Actor, event_id: int, request_id: int) -> Request:
    require(actor, Permission.MANAGE_MEETINGS, event_id)
    row = db.session.scalar(
        select(Request)
        .where(Request.event_id == event_id, Request.id == request_id)
        .with_for_update(of=Request)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise ForumError("request_is_gone")
    return row


def _guest(event_id: int, guest_id: int) -> Delegate:
    row = db.session.get(Delegate, guest_id, populate_existing=True)
    if (
        row is None
        or row.event_id != event_id
        or row.status is not RegistrationStatus.APPROVED
        or row.category is Category.COMPANION
    ):
        raise ForumError("no_such_person")
    return row


def _add(actor: Actor, row: Request, guest: Delegate) -> None:
    if row.status not in STANDING:
        raise ForumError("request_is_closed")
    there = {row.sender_delegate_id, row.receiver_delegate_id, *(each.delegate_id for each in row.guests)}
    if guest.id in there:
        raise ForumError("comes_already")
    if len(row.guests) >= MOST_GUESTS:
        raise ForumError("too_many_guests", most=MOST_GUESTS)
    row.guests.append(RequestGuest(delegate_id=guest.id))
    db.session.flush()
    entry_id = _note(actor, row, guest.id, "request_joined")
    if actor.account_id is None or actor.account_id != guest.account_id:
        request_mails.write_to_guest(row, guest, told=Told.JOINED, entry_id=entry_id)


def _remove(actor: Actor, row: Request, guest_id: int) -> None:
    for each in row.guests:
        if each.delegate_id == guest_id:
            row.guests.remove(each)
            db.session.flush()
            _tell_of_leaving(actor, row, db.session.get_one(Delegate, guest_id))
            return


def _tell_of_leaving(actor: Actor, row: Request, guest: Delegate) -> None:
    """The guest, by the letter about the meeting if there is one already; else the company, if it is they."""
    entry_id = _note(actor, row, guest.id, "request_left")
    told = calling_off.stay_away(
        actor=actor,
        event_id=row.event_id,
        request_id=row.id,
        delegate_id=guest.id,
        news=lambda _request_id, language: request_mails.why_left(row, language),
    )
    if actor.account_id is not None and actor.account_id == guest.account_id:
        request_mails.write_of_guest(row, guest, entry_id=entry_id)
    elif not told:
        request_mails.write_to_guest(row, guest, told=Told.LEFT, entry_id=entry_id)


def _note(actor: Actor, row: Request, guest_id: int, action: str) -> int:
    return journal.record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="request",
        subject_id=row.id,
        delegate=guest_id,
    )

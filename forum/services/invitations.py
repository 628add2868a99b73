"""Inviting people: by mail, each with a link of their own, or by one link for many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_, update

from forum import clock
from forum.domain.invitations import MOST_AT_ONCE, REMINDER_PAUSE, InvitationState
from forum.errors import ForumError
from forum.models import Event, Invitation, JournalEntry
from forum.models.base import db
from forum.policy import Actor, delegations_seen
from forum.queries import invitations, invited
from forum.queries.invitations import InvitationFilter
from forum.services import invitation_mails, inviting, journal
from forum.services.inviting import Terms
from forum.unit_of_work import transactional


@dataclass(frozen=True, slots=True)
class Invitee:
    """A person to write to; ``email`` in small letters. Without a language: that of the terms."""

    name: str
    email: str
    language: str | None = None


@dataclass(frozen=True)
class Outcome:
    """Ids of what was done, by journal entry ``entry_id``; of what was left, the address or name with the
    code of the reason.
    """

    ids: tuple[int, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)
    entry_id: int | None = None


@transactional
def send(*, actor: Actor, event_id: int, invitees: Sequence[Invitee], terms: Terms) -> Outcome:
    """Write to everybody who is neither invited nor registered yet, each address once.

    Raises:
        NotAllowedError: neither ``MANAGE_DELEGATES`` nor a coordinator of the delegation.
        ForumError: ``nobody_to_invite``, ``invitees_too_many``, ``invitation_ends_in_the_past``,
            ``no_such_delegation``, ``no_such_language``, ``message_too_long``,
            ``bad_invitation_name``, ``quota_too_small``.
    """
    inviting.refuse_terms(actor, event_id, terms)
    event = inviting.locked(event_id)
    left = invited.known(event_id=event_id, emails={each.email for each in invitees})
    new = {each.email: each for each in reversed(invitees) if each.email not in left}
    if not new:
        raise ForumError("nobody_to_invite")
    if len(new) > MOST_AT_ONCE:
        raise ForumError("invitees_too_many", most=MOST_AT_ONCE)
    inviting.refuse_over_quota(actor, event_id, terms, len(new))
    ids = []
    for each in reversed(new.values()):
        row = inviting.add(actor, event_id, terms, name=each.name, email=each.email, language=each.language)
        _deliver(event, row)
        ids.append(row.id)
    return Outcome(tuple(ids), left, _note_many(actor, event_id, "invitations.send", ids))


@transactional
def link(*, actor: Actor, event_id: int, name: str, most_uses: int, terms: Terms) -> int:
    """Make one link for ``most_uses`` people; the id of the invitation.

    Raises:
        NotAllowedError, ForumError: as ``send``; ``bad_most_uses``.
    """
    inviting.refuse_terms(actor, event_id, terms)
    inviting.refuse_uses(most_uses)
    inviting.locked(event_id)
    inviting.refuse_over_quota(actor, event_id, terms, most_uses)
    row = inviting.add(actor, event_id, terms, name=name, most_uses=most_uses)
    _note(actor, row, "invitations.link", count=most_uses)
    return row.id


@transactional
def change(
    *, actor: Actor, event_id: int, invitation_id: int, expires_at: datetime | None, most_uses: int
) -> None:
    """Let an invitation hold longer or shorter, a link also for more or fewer people.

    Raises:
        NotAllowedError: ``actor`` invites nobody here.
        ForumError: ``no_such_invitation``, ``invitation_ends_in_the_past``, ``bad_most_uses``,
            ``invitation_used_more``, ``quota_too_small``.
    """
    row = inviting.manageable(actor, event_id, invitation_id)
    inviting.refuse_past(expires_at)
    inviting.refuse_uses(most_uses)
    if row.email is not None:
        most_uses = row.most_uses
    if most_uses < row.uses:
        raise ForumError("invitation_used_more", uses=row.uses)
    if most_uses > row.most_uses:
        terms = Terms(category=row.category, language=row.language, delegation_id=row.delegation_id)
        inviting.refuse_over_quota(actor, event_id, terms, most_uses - row.most_uses)
    row.expires_at, row.most_uses = expires_at, most_uses
    _note(actor, row, "invitations.change")


@transactional
def resend(*, actor: Actor, event_id: int, invitation_id: int, expires_at: datetime | None = None) -> None:
    """Send the same link again, also where it had been withdrawn; ``expires_at`` moves its end.

    Raises:
        NotAllowedError: ``actor`` invites nobody here.
        ForumError: ``no_such_invitation``, ``invitation_without_address``, ``invitation_used_up``,
            ``invitation_ends_in_the_past``, ``invitation_expired``, ``already_invited``.
    """
    event, row = inviting.locked(event_id), inviting.manageable(actor, event_id, invitation_id)
    if row.email is None:
        raise ForumError("invitation_without_address")
    if row.uses >= row.most_uses:
        raise ForumError("invitation_used_up")
    inviting.refuse_past(expires_at)
    row.expires_at = expires_at or row.expires_at
    if row.expires_at is not None and row.expires_at <= clock.now():
        raise ForumError("invitation_expired")
    if row.withdrawn_at is not None:
        _refuse_known(event_id, row.email)
        row.withdrawn_at = None
    _deliver(event, row)
    _note(actor, row, "invitations.resend")


@transactional
def remind(*, actor: Actor, event_id: int, invitation_ids: Collection[int] | None = None) -> Outcome:
    """Write once more to those chosen (None: all that ``actor`` sees) who have not begun a form.

    Who has been written to within ``REMINDER_PAUSE`` is left: nobody is reminded twice by accident.

    Raises:
        NotAllowedError: ``actor`` invites nobody here.
    """
    inviting.require_inviting(actor, event_id)
    event = inviting.locked(event_id)
    asleep = _asleep(actor, event_id)
    done, left = [], {}
    for row in inviting.chosen(actor, event_id, asleep if invitation_ids is None else invitation_ids):
        reason = _no_reminder(row, asleep)
        if reason:
            left[row.email or row.name] = reason
            continue
        row.reminded_at = clock.now()
        invitation_mails.remind(event, row)
        done.append(row.id)
    return Outcome(tuple(done), left, _note_many(actor, event_id, "invitations.remind", done))


@transactional
def withdraw(*, actor: Actor, event_id: int, invitation_ids: Collection[int]) -> Outcome:
    """Let the chosen invitations open nothing any more; those that were used up stay as they are.

    Raises:
        NotAllowedError: ``actor`` invites nobody here.
    """
    rows = inviting.chosen(actor, event_id, invitation_ids)
    done = [row for row in rows if row.withdrawn_at is None and row.uses < row.most_uses]
    for row in done:
        row.withdrawn_at = clock.now()
    ids = tuple(row.id for row in done)
    left = {row.email or row.name: "invitation_not_open" for row in rows if row.id not in ids}
    return Outcome(ids, left, _note_many(actor, event_id, "invitations.withdraw", ids))


@transactional
def restore(*, actor: Actor, event_id: int, invitation_ids: Collection[int]) -> Outcome:
    """Undo ``withdraw``; who has been invited anew or has registered meanwhile is left.

    Raises:
        NotAllowedError: ``actor`` invites nobody here.
    """
    inviting.require_inviting(actor, event_id)
    inviting.locked(event_id)
    rows = [row for row in inviting.chosen(actor, event_id, invitation_ids) if row.withdrawn_at is not None]
    left = invited.known(event_id=event_id, emails={row.email for row in rows if row.email})
    done = [row for row in rows if row.email not in left]
    for row in done:
        row.withdrawn_at = None
    db.session.flush()
    ids = tuple(row.id for row in done)
    return Outcome(ids, left, _note_many(actor, event_id, "invitations.restore", ids))


@transactional
def take_back(*, actor: Actor, event_id: int, entry_id: int) -> Outcome:
    """Undo the withdrawal that a journal entry tells of, as ``restore`` does.

    Raises:
        NotAllowedError: ``actor`` invites nobody here.
        ForumError: ``nothing_to_undo``.
    """
    entry = db.session.get(JournalEntry, entry_id)
    if entry is None or entry.event_id != event_id or entry.action != "invitations.withdraw":
        raise ForumError("nothing_to_undo")
    return restore(actor=actor, event_id=event_id, invitation_ids=entry.data["ids"])


@transactional
def opened(*, code: str) -> None:
    """Note that somebody has seen the page behind the link. The first time counts; anybody may say so."""
    db.session.execute(
        update(Invitation)
        .where(Invitation.code == code, Invitation.opened_at.is_(None))
        .values(opened_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def use(invitation_id: int) -> None:
    """Within a command: count one registration by the invitation, never more than it has.

    The count is one conditional statement, so that it holds however many come at once.

    Raises:
        ForumError: ``no_such_invitation``, ``invitation_used_up``, ``invitation_expired``,
            ``invitation_withdrawn``.
    """
    counted = db.session.scalar(
        update(Invitation)
        .where(
            Invitation.id == invitation_id,
            Invitation.uses < Invitation.most_uses,
            Invitation.withdrawn_at.is_(None),
            or_(Invitation.expires_at.is_(None), Invitation.expires_at > clock.now()),
        )
        .values(uses=Invitation.uses + 1)
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    )
    if counted is None:
        _refuse_use(invitation_id)


def _refuse_use(invitation_id: int) -> None:
    row = db.session.get(Invitation, invitation_id, populate_existing=True)
    if row is None:
        raise ForumError("no_such_invitation")
    if row.uses >= row.most_uses:
        raise ForumError("invitation_used_up")
    raise ForumError("invitation_withdrawn" if row.withdrawn_at is not None else "invitation_expired")


def _refuse_known(event_id: int, email: str) -> None:
    reason = invited.known(event_id=event_id, emails={email}).get(email)
    if reason:
        raise ForumError(reason)


def _asleep(actor: Actor, event_id: int) -> frozenset[int]:
    """Ids of the invitations that nobody has begun a form with."""
    seen = delegations_seen(actor, event_id)
    chosen = InvitationFilter(is_personal=True, delegations=seen)
    awake = (InvitationState.SENT, InvitationState.OPENED)
    return frozenset(
        each.id for each in invitations.every(event_id=event_id, chosen=chosen) if each.state in awake
    )


def _no_reminder(row: Invitation, asleep: frozenset[int]) -> str | None:
    if row.id not in asleep:
        return "invitation_not_asleep"
    latest = max((at for at in (row.sent_at, row.reminded_at) if at), default=None)
    return "invitation_fresh" if latest and latest > clock.now() - REMINDER_PAUSE else None


def _deliver(event: Event, row: Invitation) -> None:
    row.sendings = (row.sendings or 0) + 1
    row.sent_at = clock.now()
    db.session.flush()
    invitation_mails.invite(event, row)


def _note(actor: Actor, row: Invitation, action: str, **data: int) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=row.event_id,
        subject_kind="invitation",
        subject_id=row.id,
        name=row.name,
        **data,
    )


def _note_many(actor: Actor, event_id: int, action: str, ids: Sequence[int]) -> int | None:
    if not ids:
        return None
    return journal.record(actor=actor, action=action, event_id=event_id, ids=list(ids), count=len(ids))

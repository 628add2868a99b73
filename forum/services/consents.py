"""Giving consents and taking them back. Every change is a row with its time and the version of the text."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from forum import clock
from forum.domain.consents import CATALOGUE, PURPOSES, REQUIRED
from forum.domain.states import REGISTRATION_MOVES, RegistrationStatus, Visibility
from forum.errors import ForumError
from forum.models import Consent, Delegate
from forum.models.base import db
from forum.policy import Actor
from forum.queries.consents import standing
from forum.services import journal, own_registrations, places, precedence, profiles
from forum.unit_of_work import transactional


def put(
    row: Delegate, purposes: Collection[str], *, on_paper: bool = False, noted_by: int | None = None
) -> tuple[str, ...]:
    """Within a command: note that the person agrees to ``purposes``, in the versions in force.

    Whoever has not agreed to the catalogue is not shown in it, whatever the profile says.

    Args:
        on_paper: signed by hand; the account ``noted_by`` has seen the paper.

    Returns:
        The purposes that are new; what stood already in the same version stays as it is.

    Raises:
        ForumError: ``no_such_purpose``.
    """
    _refuse_unknown(purposes)
    known = {(each.purpose, each.text_version) for each in _standing(row.id)}
    fresh = [code for code in PURPOSES if code in purposes and (code, PURPOSES[code].version) not in known]
    for code in fresh:
        db.session.add(
            Consent(
                delegate_id=row.id,
                purpose=code,
                text_version=PURPOSES[code].version,
                given_at=clock.now(),
                on_paper=on_paper,
                noted_by_id=noted_by,
            )
        )
    db.session.flush()
    if CATALOGUE not in standing(row.id):
        row.visibility = Visibility.NOBODY
    return tuple(fresh)


@transactional
def give(*, actor: Actor, event_id: int, delegate_id: int, purpose: str) -> bool:
    """Agree to ``purpose`` in the version in force; somebody else than the person notes it from paper.

    Returns:
        Whether that is new.

    Raises:
        NotAllowedError, ForumError: as ``profiles.editable``; ``no_such_purpose``.
    """
    row = profiles.editable(actor, event_id, delegate_id)
    on_paper = not _is_own(actor, row)
    noted_by = actor.account_id if on_paper else None
    if not put(row, (purpose,), on_paper=on_paper, noted_by=noted_by):
        return False
    if purpose == CATALOGUE and row.visibility is Visibility.NOBODY:
        row.visibility = Visibility.PARTICIPANTS
    _note(actor, row, "consent_given", purpose, PURPOSES[purpose].version, on_paper)
    return True


@transactional
def withdraw(
    *, actor: Actor, event_id: int, delegate_id: int, purpose: str, is_confirmed: bool = False
) -> bool:
    """Take ``purpose`` back. Without a required one the registration is withdrawn too.

    Returns:
        Whether there was anything to take back.

    Raises:
        NotAllowedError, ForumError: as ``profiles.editable``; ``no_such_purpose``;
            ``consent_ends_participation`` until it is confirmed.
    """
    _refuse_unknown((purpose,))
    if purpose in REQUIRED:
        places.lock(event_id)  # before any person, as every command that counts places
        precedence.lock_of(event_id, [delegate_id])
    row = profiles.editable(actor, event_id, delegate_id)
    given = [each for each in _standing(row.id) if each.purpose == purpose]
    if not given:
        return False
    if purpose in REQUIRED and _takes_part(row) and not is_confirmed:
        raise ForumError("consent_ends_participation")
    for each in given:
        each.withdrawn_at = clock.now()
    if purpose == CATALOGUE:
        row.visibility = Visibility.NOBODY
    _note(actor, row, "consent_withdrawn", purpose, given[-1].text_version, not _is_own(actor, row))
    if purpose in REQUIRED and _takes_part(row):
        own_registrations.withdraw(actor=actor, event_id=event_id, delegate_id=delegate_id)
    return True


def _standing(delegate_id: int) -> list[Consent]:
    return list(
        db.session.scalars(
            select(Consent)
            .where(Consent.delegate_id == delegate_id, Consent.withdrawn_at.is_(None))
            .order_by(Consent.given_at, Consent.id)
        )
    )


def _refuse_unknown(purposes: Collection[str]) -> None:
    if not set(purposes) <= set(PURPOSES):
        raise ForumError("no_such_purpose")


def _is_own(actor: Actor, row: Delegate) -> bool:
    return actor.account_id is not None and row.account_id == actor.account_id


def _takes_part(row: Delegate) -> bool:
    return RegistrationStatus.WITHDRAWN in REGISTRATION_MOVES[row.status]


def _note(actor: Actor, row: Delegate, action: str, purpose: str, version: str, on_paper: bool) -> None:
    journal.about(
        row,
        actor=actor,
        action=action,
        purpose=purpose,
        text_version=version,
        on_paper=on_paper,
    )

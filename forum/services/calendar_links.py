"""Making the secret address of a calendar anew: whoever had the old one reads no more."""

from __future__ import annotations

from forum.domain.roles import Permission
from forum.domain.states import RegistrationStatus
from forum.errors import NotAllowedError
from forum.models import CalendarLink
from forum.models.base import db
from forum.policy import Actor, may
from forum.queries import held_agendas, own_registrations
from forum.queries.calendar_links import DELEGATE
from forum.queries.held_agendas import Holder
from forum.services import journal
from forum.unit_of_work import transactional


@transactional
def renew(*, actor: Actor, event_id: int, kind: str, subject_id: int) -> None:
    """The address of a delegate's own agenda is theirs to renew, all others those of the desk too.

    Raises:
        NotAllowedError: ``not_allowed``.
    """
    if not _may(actor, event_id, kind, subject_id):
        raise NotAllowedError("not_allowed")
    row = db.session.get(CalendarLink, (event_id, kind, subject_id), with_for_update=True)
    if row is None:
        row = CalendarLink(event_id=event_id, kind=kind, subject_id=subject_id, number=0)
        db.session.add(row)
    row.number += 1
    journal.record(
        actor=actor,
        action="calendar_link_renewed",
        event_id=event_id,
        subject_kind="delegate" if kind == DELEGATE else None,
        subject_id=subject_id if kind == DELEGATE else None,
        holder=kind,
        holder_id=subject_id,
    )


def _may(actor: Actor, event_id: int, kind: str, subject_id: int) -> bool:
    people = own_registrations.of_account(event_id=event_id, account_id=actor.account_id)
    if kind == DELEGATE:
        return subject_id in {person.id for person in people}
    if may(actor, Permission.RUN_MEETINGS, event_id):
        return True
    if kind == Holder.COMPANY:
        approved = RegistrationStatus.APPROVED
        return subject_id in {person.company_id for person in people if person.status is approved}
    own = held_agendas.interpreter_of_account(event_id, actor.account_id)
    return kind == Holder.INTERPRETER and own is not None and own.id == subject_id

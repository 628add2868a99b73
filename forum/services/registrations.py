"""Decisions on who takes part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from forum.domain.places import Occupancy
from forum.domain.roles import Permission
from forum.domain.states import HOLDS_A_PLACE, REGISTRATION_MOVES, RegistrationStatus
from forum.errors import ForumError
from forum.models import Delegate
from forum.policy import Actor, require
from forum.queries.companions import ENDED
from forum.services import companions, journal, leaving, places, precedence, registration_mails, standing
from forum.unit_of_work import transactional

_MISSING: Final = {
    RegistrationStatus.ASKED: "question_missing",
    RegistrationStatus.DECLINED: "decline_reason_missing",
}


@dataclass(frozen=True)
class Left:
    """Somebody whom a decision did not reach, and why: the code and data of a refusal."""

    delegate_id: int
    code: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """Whom it reached, whom it could not, who was offered a place because of it, and the journal's line
    by which it can be undone.
    """

    entry_id: int
    decided: tuple[int, ...]
    left: tuple[Left, ...]
    promoted: tuple[int, ...]


@dataclass(frozen=True)
class _Verdict:
    status: RegistrationStatus
    note: str | None
    override: str | None
    occupancy: Occupancy


def moves_from(status: RegistrationStatus) -> tuple[RegistrationStatus, ...]:
    """Where a registration in ``status`` can be brought, in a steady order."""
    return tuple(move for move in RegistrationStatus if move in REGISTRATION_MOVES[status])


def named(status: str) -> RegistrationStatus:
    """The status with that name.

    Raises:
        ForumError: ``no_such_decision``.
    """
    if status not in list(RegistrationStatus):
        raise ForumError("no_such_decision")
    return RegistrationStatus(status)


@transactional
def decide(
    *,
    actor: Actor,
    event_id: int,
    delegate_ids: Iterable[int],
    status: RegistrationStatus,
    note: str = "",
    override: str = "",
    versions: Mapping[int, int] | None = None,
    from_status: RegistrationStatus | None = None,
) -> Decision:
    """Bring everybody named to ``status``, whoever applied first before the others; who cannot move stays.

    Args:
        note: the question, or the reason why somebody is declined; its reader is the delegate.
        override: why somebody gets in although no place is left; its readers are the organisers.
        versions: of the registrations as the organiser saw them: whoever has been changed since, stays.
        from_status: where the organiser saw all of them: whoever stands elsewhere by now, stays.

    Raises:
        ForumError: ``nobody_chosen``, ``question_missing``, ``decline_reason_missing``; if nobody could be
            moved, why the first could not: ``no_such_delegate``, ``registration_moved``, ``no_such_move``,
            ``place_is_free``, ``no_place``, ``no_place_in_delegation``.
    """
    require(actor, Permission.MANAGE_DELEGATES, event_id)
    note = _note_for(status, note)
    ids = set(delegate_ids)
    verdict = _Verdict(status, note or None, override.strip() or None, places.lock(event_id))
    precedence.lock_of(event_id, ids)
    people = sorted(places.lock_people(event_id, ids), key=_first_come)
    if not people:
        raise ForumError("nobody_chosen")
    left = [Left(delegate_id, "no_such_delegate") for delegate_id in ids - {row.id for row in people}]
    before, refused = _brought(people, verdict, versions, from_status)
    left += refused
    if status in ENDED:
        people += _let_go(event_id, before, verdict)
    if not before:
        raise ForumError(left[-1].code, **left[-1].data)
    return _concluded(actor, event_id, [row for row in people if row.id in before], before, left, verdict)


def _brought(
    people: Iterable[Delegate],
    verdict: _Verdict,
    versions: Mapping[int, int] | None,
    from_status: RegistrationStatus | None,
) -> tuple[dict[int, standing.Standing], list[Left]]:
    """Move whoever can be moved: how each of them stood before, and who stays."""
    before: dict[int, standing.Standing] = {}
    left = []
    for row in people:
        try:
            _refuse_moved(row, versions, from_status)
            _refuse_move(row, verdict)
        except ForumError as refused:
            left.append(Left(row.id, refused.code, refused.data))
            continue
        before[row.id] = standing.of(row)
        standing.move(row, verdict.status, occupancy=verdict.occupancy, note=verdict.note)
    return before, left


def _let_go(event_id: int, before: dict[int, standing.Standing], verdict: _Verdict) -> Sequence[Delegate]:
    """Who came along only with somebody who ends goes with them, and comes back with them by an undo."""
    found = [row for row in companions.lock_with(event_id, before) if row.id not in before]
    for row in found:
        before[row.id] = standing.of(row)
        standing.move(row, verdict.status, occupancy=verdict.occupancy, note=verdict.note)
    return found


def _note_for(status: RegistrationStatus, note: str) -> str:
    note = note.strip()
    if not note and status in _MISSING:
        raise ForumError(_MISSING[status])
    return note


def _first_come(row: Delegate) -> tuple[Any, int]:
    return row.waiting_since or row.created_at, row.id


def _refuse_moved(
    row: Delegate, versions: Mapping[int, int] | None, from_status: RegistrationStatus | None
) -> None:
    """What somebody else has changed meanwhile is reported and not forced."""
    is_changed = versions is not None and versions.get(row.id) != row.version
    if is_changed or (from_status is not None and row.status is not from_status):
        raise ForumError("registration_moved")


def _refuse_move(row: Delegate, verdict: _Verdict) -> None:
    if verdict.status not in REGISTRATION_MOVES[row.status]:
        raise ForumError("no_such_move")
    who = places.seeker(row)
    if verdict.status in HOLDS_A_PLACE and not standing.holds_a_place(row) and verdict.override is None:
        places.refuse_full(verdict.occupancy, who)
    if verdict.status is RegistrationStatus.WAITING and places.would_fit(
        verdict.occupancy, who, holds=standing.holds_a_place(row)
    ):
        raise ForumError("place_is_free")


def _concluded(
    actor: Actor,
    event_id: int,
    moved: Sequence[Delegate],
    before: Mapping[int, standing.Standing],
    left: list[Left],
    verdict: _Verdict,
) -> Decision:
    """Let go what those moved leave behind, note it, write to them."""
    gone = [row.id for row in moved if _was(before[row.id]) and not standing.holds_a_place(row)]
    seats = leaving.leave(event_id, [key for key in gone if before[key]["status"] == _APPROVED])
    promoted = places.promote(event_id) if gone else {}
    entry_id = _noted(actor, event_id, moved, verdict, before=before, seats=seats, promoted=promoted)
    for row in moved:
        registration_mails.write(row, entry_id=entry_id)
    return Decision(entry_id, tuple(row.id for row in moved), tuple(left), tuple(promoted))


_APPROVED: Final = RegistrationStatus.APPROVED.value


def _was(before: standing.Standing) -> bool:
    return before["status"] in HOLDS_A_PLACE


def _noted(
    actor: Actor, event_id: int, moved: Sequence[Delegate], verdict: _Verdict, **what: Mapping[int, Any]
) -> int:
    """One line for the decision; where it concerned several people, one more for each of them."""
    data: dict[str, Any] = {"to": verdict.status.value, "note": verdict.note, "override": verdict.override}
    action = "registration_decided" if verdict.override is None else "registration_let_in"
    to_undo: dict[str, Any] = {
        name: {str(key): value for key, value in each.items()} for name, each in what.items()
    }
    if len(moved) == 1:
        return journal.record(
            actor=actor,
            action=action,
            event_id=event_id,
            subject_kind="delegate",
            subject_id=moved[0].id,
            **data,
            **to_undo,
        )
    for row in moved:
        journal.record(
            actor=actor,
            action=action,
            event_id=event_id,
            subject_kind="delegate",
            subject_id=row.id,
            **data,
        )
    return journal.record(
        actor=actor, action="registrations_decided", event_id=event_id, count=len(moved), **data, **to_undo
    )

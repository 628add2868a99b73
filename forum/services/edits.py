"""What organisers make of changes to approved registrations: keep them, or put them back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import select

from forum import clock
from forum.domain.localized import Localized
from forum.domain.roles import Permission
from forum.domain.states import EditOutcome, Visibility
from forum.errors import ForumError
from forum.models import Company, Delegate, ProfileEdit, StoredFile
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries.profiles import profile_of
from forum.services import edit_mails, files, journal, profiles
from forum.services.profiles import as_data
from forum.unit_of_work import transactional


@dataclass(frozen=True)
class PutBack:
    """Fields that stand as before again, and those that do not: changed since, or what was there is gone."""

    fields: tuple[str, ...]
    left: tuple[str, ...]


@transactional
def keep(*, actor: Actor, event_id: int, edit_ids: Iterable[int]) -> int:
    """Let changes stand that wait for a decision: each person hears of it in one mail.

    Returns how many; others are left alone.

    Raises:
        ForumError: ``no_such_edit``: none of them waits for a decision.
    """
    require(actor, Permission.MANAGE_DELEGATES, event_id)
    edits = _undecided(event_id, edit_ids)
    for edit in edits:
        _conclude(actor, edit, EditOutcome.KEPT)
        _drop_former_photo(edit)
        _note(actor, edit, "edit_kept")
    for _person, own in groupby(sorted(edits, key=_whose), key=_whose):
        theirs = list(own)
        edit_mails.write(theirs, EditOutcome.KEPT, {name for edit in theirs for name in edit.changes})
    return len(edits)


@transactional
def put_back(*, actor: Actor, event_id: int, edit_id: int) -> PutBack:
    """Undo a change that waits for a decision, field by field, where nobody has changed the field since.

    The person hears of it, unless nothing is put back.

    Raises:
        ForumError: ``no_such_edit``.
    """
    require(actor, Permission.MANAGE_DELEGATES, event_id)
    (edit,) = _undecided(event_id, [edit_id])
    row = profiles.editable(actor, event_id, edit.delegate_id)
    values = {
        name: _READERS.get(name, _as_it_is)(change["before"])
        for name, change in edit.changes.items()
        if as_data(getattr(row, name)) == change["after"] and _is_there(name, change["before"])
    }
    _conclude(actor, edit, EditOutcome.PUT_BACK)
    if values:
        profiles.change(
            actor=actor,
            event_id=event_id,
            delegate_id=row.id,
            version=row.version,
            profile=replace(profile_of(row), **values),
        )
    _drop_former_photo(edit)
    _note(actor, edit, "edit_put_back")
    if values:
        edit_mails.write([edit], EditOutcome.PUT_BACK, values)
    return PutBack(tuple(values), tuple(name for name in edit.changes if name not in values))


def _undecided(event_id: int, edit_ids: Iterable[int]) -> list[ProfileEdit]:
    edits = db.session.scalars(
        select(ProfileEdit)
        .where(
            ProfileEdit.event_id == event_id,
            ProfileEdit.id.in_(list(edit_ids)),
            ProfileEdit.needs_decision,
            ProfileEdit.outcome.is_(None),
        )
        .order_by(ProfileEdit.id)
        .with_for_update(key_share=True)
    ).all()
    if not edits:
        raise ForumError("no_such_edit")
    return list(edits)


def _whose(edit: ProfileEdit) -> int:
    return edit.delegate_id


def _conclude(actor: Actor, edit: ProfileEdit, outcome: EditOutcome) -> None:
    edit.outcome, edit.decided_at, edit.decided_by_id = outcome, clock.now(), actor.account_id
    db.session.flush()


def _note(actor: Actor, edit: ProfileEdit, action: str) -> None:
    journal.record(
        actor=actor,
        action=action,
        event_id=edit.event_id,
        subject_kind="delegate",
        subject_id=edit.delegate_id,
    )


def _drop_former_photo(edit: ProfileEdit) -> None:
    """A photo that was kept until the decision, and is not the person's again, is nobody's."""
    former = edit.changes.get("photo_id", {}).get("before")
    now = db.session.scalar(select(Delegate.photo_id).where(Delegate.id == edit.delegate_id))
    if former is not None and former != now:
        files.drop([former])


def _is_there(name: str, before: Any) -> bool:
    """Whether what a field pointed to is still there to be pointed to."""
    table = _POINTS_TO.get(name)
    return table is None or before is None or db.session.get(table, before) is not None


def _as_it_is(value: Any) -> Any:
    return value


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


_POINTS_TO: Final[Mapping[str, type[Company] | type[StoredFile]]] = {
    "company_id": Company,
    "photo_id": StoredFile,
}
_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "position": Localized,
    "spoken": tuple,
    "visibility": Visibility,
    "arrives_at": _instant,
    "leaves_at": _instant,
}

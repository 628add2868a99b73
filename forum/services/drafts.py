"""Registrations under way: kept at every step, resumed by a link, gone when nobody comes back."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select

from forum import clock, config, jobs, mail
from forum.catalogues import text_in
from forum.domain.localized import LANGUAGES
from forum.domain.registration_steps import Step, further
from forum.domain.roles import Permission
from forum.domain.states import Category
from forum.errors import ForumError, StaleError
from forum.models import Event, RegistrationDraft
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import registration_windows
from forum.queries.drafts import DraftView, view_of
from forum.queries.sign_ins import hash_of
from forum.services import answer_files, files, photos, tries
from forum.services.answer_files import Upload
from forum.services.portraits import Portrait
from forum.unit_of_work import transactional

LASTS: Final = timedelta(days=30)
LINK_KIND: Final = "registration_link"
_LONGEST_VALUE: Final = 10_000
_MOST_VALUES: Final = 200
ANSWER_FILES: Final = "answer_files"


@dataclass(frozen=True)
class Begun:
    """A draft that has just begun, or changed hands: only its holder knows the ``secret``."""

    draft: DraftView
    secret: str


@transactional
def begin(
    *,
    actor: Actor,
    event_id: int,
    category: Category,
    language: str,
    invitation_id: int | None = None,
    accompanies_id: int | None = None,
    answers: Mapping[str, Any] | None = None,
) -> Begun:
    """Begin a registration. ``answers`` are what is known beforehand, by the names of the fields.

    Raises:
        ForumError: ``registration_not_open_yet``, ``registration_closed``, ``category_not_open``; with an
            invitation whatever it is refused for.
    """
    require(actor, Permission.PUBLIC)
    registration_windows.refuse_closed(
        event_id=event_id,
        category=category,
        invitation_id=invitation_id,
        accompanies_id=accompanies_id,
    )
    now, secret = clock.now(), secrets.token_urlsafe(32)
    row = RegistrationDraft(
        event_id=event_id,
        category=category,
        invitation_id=invitation_id,
        account_id=actor.account_id,
        accompanies_id=accompanies_id,
        secret_hash=hash_of(secret),
        language=language if language in LANGUAGES else LANGUAGES[0],
        answers=_bounded(answers or {}),
        created_at=now,
        updated_at=now,
        expires_at=now + LASTS,
    )
    db.session.add(row)
    db.session.flush()
    return Begun(view_of(row), secret)


@transactional
def save(
    *,
    actor: Actor,
    event_id: int,
    secret: str,
    step: Step,
    typed: Mapping[str, Any],
    seen: str | None = None,
    holds: bool = True,
    uploads: Mapping[str, Upload] | None = None,
) -> DraftView:
    """Keep what was typed at ``step``, whether or not it holds.

    Args:
        seen: the ``mark_of`` the fields when their form was shown; None takes no notice of other windows.
        holds: whether the step is done, so that the next one is reached.
        uploads: files that were sent as answers now, by the code of their question.

    Raises:
        ForumError: ``no_such_draft``, ``draft_sent``.
        StaleError: ``draft_changed``: another window has changed these very fields meanwhile.
    """
    row = _held(actor, event_id, secret)
    kept = _bounded(typed)
    if seen is not None and mark_of(row.answers, kept) not in (seen, mark_of(kept, kept)):
        raise StaleError("draft_changed")
    if ANSWER_FILES in kept or uploads:
        kept[ANSWER_FILES] = _with_files(row, kept.get(ANSWER_FILES) or {}, uploads or {})
    row.answers = {**row.answers, **kept}
    row.updated_at = clock.now()
    row.expires_at = row.updated_at + LASTS
    if holds:
        row.reached = further(row.reached, step)
    db.session.flush()
    return view_of(row)


@transactional
def give_photo(*, actor: Actor, event_id: int, secret: str, portrait: Portrait | None) -> DraftView:
    """Keep a photo for the registration in place of the one before; None takes it away.

    Raises:
        ForumError: as ``save``.
    """
    row = _held(actor, event_id, secret)
    before, row.photo_id = row.photo_id, None
    if portrait is not None:
        row.photo_id = photos.keep(event_id=event_id, content=portrait).id
    db.session.flush()
    if before is not None:
        files.drop([before])
    return view_of(row)


def send_link(*, actor: Actor, event_id: int, secret: str, email: str, address: str | None) -> str | None:
    """Send the way back into the form to ``email``, once for every address; not within another command.

    Whoever got a link by a slip of the pen must not go on with it: another address makes a new secret.
    Too many tries send nothing and refuse nothing: the form goes on without.

    Returns:
        The secret that holds from now on, None where it is still the same.
    """
    require(actor, Permission.PUBLIC)
    with suppress(ForumError):
        tries.count(kind="draft", email=email, address=address)
        return _write_to(actor=actor, event_id=event_id, secret=secret, email=email)
    return None


def expired() -> Iterable[int]:
    """Ids of drafts whose time is over."""
    return db.session.scalars(
        select(RegistrationDraft.id).where(RegistrationDraft.expires_at <= clock.now()).limit(500)
    ).all()


@jobs.handles("expired_draft", waiting=expired)
@transactional
def sweep(draft_id: int) -> None:
    """Remove a draft whose time is over; photo and files go along unless it has been sent."""
    row = db.session.get(RegistrationDraft, draft_id, with_for_update=True)
    if row is not None and row.expires_at <= clock.now():
        _remove(row)


def held(actor: Actor, event_id: int, secret: str) -> RegistrationDraft:
    """Within a command: the locked draft of whoever holds ``secret``, sent or not.

    Raises:
        ForumError: ``no_such_draft``.
    """
    require(actor, Permission.PUBLIC)
    row = db.session.scalar(
        select(RegistrationDraft)
        .where(
            RegistrationDraft.event_id == event_id,
            RegistrationDraft.secret_hash == hash_of(secret),
            RegistrationDraft.expires_at > clock.now(),
        )
        .with_for_update()
    )
    if row is None:
        raise ForumError("no_such_draft")
    return row


def answer_file_ids(answers: Mapping[str, Any]) -> dict[str, int]:
    """The files among the answers of a draft, by the code of their question."""
    return dict(answers.get(ANSWER_FILES) or {})


def mark_of(answers: Mapping[str, Any], names: Iterable[str]) -> str:
    """A mark that changes with what ``answers`` say under any of ``names``."""
    said = {name: answers[name] for name in sorted(names) if answers.get(name)}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def _held(actor: Actor, event_id: int, secret: str) -> RegistrationDraft:
    row = held(actor, event_id, secret)
    if row.delegate_id is not None:
        raise ForumError("draft_sent")
    return row


def _remove(row: RegistrationDraft) -> None:
    if row.delegate_id is None:
        files.drop([*answer_file_ids(row.answers).values(), *([row.photo_id] if row.photo_id else [])])
    db.session.delete(row)


def _with_files(
    row: RegistrationDraft, kept: Mapping[str, int], uploads: Mapping[str, Upload]
) -> dict[str, int]:
    """The files of the draft from now on; those that were replaced or taken back go."""
    before = answer_file_ids(row.answers)
    after = {code: key for code, key in kept.items() if before.get(code) == key}
    for code, upload in uploads.items():
        after[code] = answer_files.keep(event_id=row.event_id, upload=upload).id
    files.drop(set(before.values()) - set(after.values()))
    return after


def _bounded(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What a draft keeps: enough for any form, and no room for more."""
    return {name: _cut(value) for name, value in list(typed.items())[:_MOST_VALUES]}


def _cut(value: Any) -> Any:
    if isinstance(value, str):
        return value[:_LONGEST_VALUE]
    if isinstance(value, Mapping):
        return _bounded(value)
    return [_cut(each) for each in value[:_MOST_VALUES]] if isinstance(value, list | tuple) else value


@transactional
def _write_to(*, actor: Actor, event_id: int, secret: str, email: str) -> str | None:
    row = _held(actor, event_id, secret)
    if row.email == email:
        return None
    changed = None
    if row.email is not None:
        changed = secret = secrets.token_urlsafe(32)
        row.secret_hash = hash_of(secret)
    row.email = email
    event = db.session.get_one(Event, event_id)
    link = f"{config.in_force().base_url}/e/{event.code}/register/go-on/{secret}"
    language = row.language
    mail.write(
        occasion=f"registration-link-{row.id}-{row.version}",
        kind=LINK_KIND,
        recipient=email,
        language=language,
        subject=text_in(language, "Your registration: %(title)s", title=event.title.in_language(language)),
        body=text_in(
            language,
            "Hello!\n\n"
            "You have begun to register for the forum “%(title)s”. What you have entered is kept "
            "for %(days)s days. To go on, on this device or another, open this page:\n%(link)s\n\n"
            "If it was not you, simply ignore this message.",
            title=event.title.in_language(language),
            days=LASTS.days,
            link=link,
        ),
        event_id=event_id,
    )
    return changed

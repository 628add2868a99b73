"""Photos and confirmed badges of the invented forum's people, within ``sample.load``."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import update

from forum.domain.states import FileKind, RegistrationStatus
from forum.models import Delegate
from forum.models.base import db
from forum.printing.documents import said_hash
from forum.queries import badge_documents, events
from forum.sample.portraits import portrait
from forum.sample.records import Forum, Person
from forum.services import files

Ids = Mapping[Any, int]
_MOST_PHOTOS: Final = 60
_SHARE_OF_PHOTOS: Final = 0.5
_SHARE_OF_CONFIRMED: Final = 0.6


def write(event_id: int, forum: Forum, people: Ids, *, seed: int) -> None:
    """Some have sent a photo, more have found their badge right; whoever can sign in has still to look."""
    generator = random.Random(f"badges {seed}")
    with_account = {each.person for each in forum.sign_ins if each.person is not None}
    approved = [each for each in forum.people if each.status is RegistrationStatus.APPROVED]
    pictured = [each for each in approved if generator.random() < _SHARE_OF_PHOTOS][:_MOST_PHOTOS]
    pictured += [each for each in approved if each.number in with_account and each not in pictured]
    for person in pictured:
        _photo(event_id, person, people[person.number])
    confirmed = [each for each in approved if generator.random() < _SHARE_OF_CONFIRMED]
    _confirm(event_id, [people[each.number] for each in confirmed if each.number not in with_account])


def _photo(event_id: int, person: Person, delegate_id: int) -> None:
    content = portrait(person.name, person.number)
    file = files.keep(event_id=event_id, kind=FileKind.PHOTO, content=content, media_type="image/jpeg")
    db.session.execute(update(Delegate).where(Delegate.id == delegate_id).values(photo_id=file.id))


def _confirm(event_id: int, ids: list[int]) -> None:
    documents = badge_documents.sample_documents(events.get(event_id), ids)
    for delegate_id, document in documents.items():
        db.session.execute(
            update(Delegate)
            .where(Delegate.id == delegate_id)
            .values(badge_confirmed_hash=said_hash(document))
        )

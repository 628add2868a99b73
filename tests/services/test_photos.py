"""Photos of people: kept, replaced, shown to whoever may see the person."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.domain.roles import Role
from forum.domain.states import Approval, Category, Opening, RegistrationStatus, Visibility
from forum.errors import ForumError, NotAllowedError, StaleError
from forum.models import Account, Admission, Delegate, JournalEntry, ProfileEdit, StoredFile
from forum.models.base import db
from forum.policy import ANONYMOUS, SYSTEM, Actor, actor_of
from forum.services import edits, photos
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.services.test_portraits import corners, written

PHOTO = written(corners())


class Someone:
    """A person of a forum with a photo, and their account."""

    def __init__(self, **values: object) -> None:
        with transaction():
            self.event = factories.event(catalogue_is_public=values.pop("catalogue_is_public", False))
            self.delegation = factories.delegation(self.event)
        self.account: Account = cast.account(Role.DELEGATE, event_id=self.event.id)
        self.row: Delegate = factories.given(
            factories.delegate, event=self.event, delegation_id=self.delegation.id,
            account_id=self.account.id, **values,
        )  # fmt: skip

    @property
    def own(self) -> Actor:
        return actor_of(self.account)

    def put(self, actor: Actor | None = None, content: bytes = PHOTO) -> None:
        photos.put(
            actor=actor or self.own, event_id=self.event.id, delegate_id=self.row.id,
            version=self.row.version, content=content,
        )  # fmt: skip

    def remove(self, actor: Actor | None = None) -> None:
        photos.remove(
            actor=actor or self.own, event_id=self.event.id, delegate_id=self.row.id, version=self.row.version
        )

    def shown_to(self, actor: Actor) -> bool:
        found = photos.shown(actor=actor, event_id=self.event.id, delegate_id=self.row.id)
        return found is not None


def _kept(app: Flask) -> tuple[int, int]:
    rows = db.session.scalar(select(func.count()).select_from(StoredFile)) or 0
    return rows, len(list(Path(app.instance_path, "files").glob("*")))


def test_a_photo_is_kept_with_its_person(any_app: Flask) -> None:
    someone = Someone()
    someone.put()
    found = photos.shown(actor=someone.own, event_id=someone.event.id, delegate_id=someone.row.id)
    assert (found or b"")[:3] == b"\xff\xd8\xff"


def test_the_new_photo_drops_the_old_one(app: Flask) -> None:
    someone = Someone()
    someone.put()
    someone.put(content=written(corners(900, 1200)))
    assert _kept(app) == (1, 1)


def test_a_photo_taken_away_is_gone(app: Flask) -> None:
    someone = Someone()
    someone.put()
    someone.remove()
    assert (_kept(app), someone.shown_to(SYSTEM)) == ((0, 0), False)


def _with_another_photo_to_decide_on() -> tuple[Someone, int | None, int]:
    """Somebody who has replaced their photo, the first photo, and the change that waits."""
    someone = Someone()
    someone.put()
    first = someone.row.photo_id
    with transaction():
        db.session.add(
            Admission(
                event_id=someone.event.id, category=Category.DELEGATE, opening=Opening.OPEN,
                approval=Approval.DECIDED, edits_need_decision=True, most_companions=0, asked={},
            )
        )  # fmt: skip
    someone.put(content=written(corners(900, 1200)))
    edit_id = db.session.scalars(select(ProfileEdit.id).where(ProfileEdit.needs_decision)).one()
    return someone, first, edit_id


def test_where_changes_are_decided_the_old_photo_stays_until_then(app: Flask) -> None:
    someone, first, edit_id = _with_another_photo_to_decide_on()
    before = _kept(app)
    edits.keep(actor=SYSTEM, event_id=someone.event.id, edit_ids=[edit_id])
    assert (before, _kept(app), someone.row.photo_id == first) == ((2, 2), (1, 1), False)


def test_a_photo_that_is_put_back_is_the_old_one_and_the_new_one_is_gone(app: Flask) -> None:
    someone, first, edit_id = _with_another_photo_to_decide_on()
    edits.put_back(actor=SYSTEM, event_id=someone.event.id, edit_id=edit_id)
    assert (_kept(app), someone.row.photo_id) == ((1, 1), first)


def test_nothing_is_kept_of_a_photo_that_is_refused(app: Flask) -> None:
    someone = Someone()
    with pytest.raises(ForumError) as error:
        someone.put(content=b"no photo")
    assert (error.value.code, _kept(app)) == ("photo_unreadable", (0, 0))


def test_no_photo_cannot_be_taken_away(app: Flask) -> None:
    with pytest.raises(ForumError) as error:
        Someone().remove()
    assert error.value.code == "no_photo"


def test_the_photo_of_others_is_not_ones_own_to_change(app: Flask) -> None:
    someone, other = Someone(), Someone()
    with pytest.raises(NotAllowedError):
        someone.put(actor=other.own)
    assert _kept(app)[0] == 0


def test_a_change_meanwhile_is_not_overwritten(app: Flask) -> None:
    someone = Someone()
    stale = someone.row.version
    someone.put()
    with pytest.raises(StaleError):
        photos.put(
            actor=someone.own, event_id=someone.event.id, delegate_id=someone.row.id,
            version=stale, content=PHOTO,
        )  # fmt: skip
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 1


def test_the_journal_knows(app: Flask) -> None:
    someone = Someone()
    someone.put()
    entry = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.data["fields"]) == ("profile_changed", ["photo_id"])


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.PROTOCOL, Role.DESK, Role.COORDINATOR])
def test_the_desk_sees_photos_whatever_the_catalogue_says(app: Flask, role: Role) -> None:
    someone = Someone(visibility=Visibility.NOBODY)
    someone.put()
    reader = cast.actor(role, event_id=someone.event.id, delegation_id=someone.delegation.id)
    assert someone.shown_to(reader)


def test_a_coordinator_of_others_sees_no_more_than_nobody(app: Flask) -> None:
    someone = Someone(visibility=Visibility.NOBODY)
    someone.put()
    other = factories.given(factories.delegation, event=someone.event)
    assert not someone.shown_to(
        cast.actor(Role.COORDINATOR, event_id=someone.event.id, delegation_id=other.id)
    )


def test_the_desk_of_another_forum_sees_nothing(app: Flask) -> None:
    someone, elsewhere = Someone(), Someone()
    someone.put()
    assert not someone.shown_to(cast.actor(Role.ORGANISER, event_id=elsewhere.event.id))


@pytest.mark.parametrize(
    ("values", "participant", "stranger"),
    [
        ({"visibility": Visibility.PUBLIC, "catalogue_is_public": True}, True, True),
        ({"visibility": Visibility.PUBLIC}, True, False),
        ({"visibility": Visibility.PARTICIPANTS, "catalogue_is_public": True}, True, False),
        ({"visibility": Visibility.NOBODY, "catalogue_is_public": True}, False, False),
        ({"visibility": Visibility.PUBLIC, "catalogue_is_public": True, "is_vip": True}, False, False),
        (
            {
                "visibility": Visibility.PUBLIC,
                "catalogue_is_public": True,
                "status": RegistrationStatus.APPLIED,
            },
            False,
            False,
        ),
    ],
)
def test_others_see_what_the_catalogue_shows(
    app: Flask, values: dict[str, object], participant: bool, stranger: bool
) -> None:
    someone = Someone(**values)
    someone.put()
    account = cast.account(Role.DELEGATE, event_id=someone.event.id)
    factories.given(factories.delegate, event=someone.event, account_id=account.id)
    reader = actor_of(account)
    assert (someone.shown_to(reader), someone.shown_to(ANONYMOUS), someone.shown_to(someone.own)) == (
        participant, stranger, True,
    )  # fmt: skip


def test_the_address_of_a_photo_answers_as_the_rule_says(app: Flask) -> None:
    someone = Someone(visibility=Visibility.NOBODY)
    someone.put()
    path = f"/e/{someone.event.code}/people/{someone.row.id}/photo"
    mine = cast.browser(app, someone.account).get(path)
    other = cast.browser(app, cast.account(Role.DELEGATE, event_id=someone.event.id)).get(path)
    assert (mine.status_code, mine.mimetype, mine.headers["Cache-Control"], other.status_code) == (
        200, "image/jpeg", "no-store", 404,
    )  # fmt: skip


def test_the_photo_of_one_forum_is_not_in_another(app: Flask) -> None:
    someone, elsewhere = Someone(), Someone()
    someone.put()
    assert photos.shown(actor=SYSTEM, event_id=elsewhere.event.id, delegate_id=someone.row.id) is None

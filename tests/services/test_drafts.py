"""Registrations under way: nothing typed is lost, nobody else gets at it, and it ends."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from PIL import Image

from forum import clock, jobs
from forum.domain.registration_steps import Step
from forum.domain.states import Category
from forum.errors import ForumError, StaleError
from forum.models import Event, Message, RegistrationDraft, StoredFile
from forum.models.base import db
from forum.policy import ANONYMOUS
from forum.queries import drafts as known
from forum.services import drafts
from forum.services.answer_files import checked
from forum.services.drafts import Begun, mark_of
from forum.services.portraits import portrait
from tests import factories


@pytest.fixture
def event(any_app: Flask) -> Event:
    return factories.given(factories.event)


@pytest.fixture
def begun(event: Event) -> Begun:
    return drafts.begin(actor=ANONYMOUS, event_id=event.id, category=Category.DELEGATE, language="kk")


def _save(event: Event, begun: Begun, step: Step = Step.WHO, **typed: object) -> known.DraftView:
    return drafts.save(
        actor=ANONYMOUS, event_id=event.id, secret=begun.secret, step=step, typed=typed, holds=True
    )


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (600, 800), "navy").save(file, "JPEG")
    return file.getvalue()


def test_only_the_hash_of_the_secret_is_kept(event: Event, begun: Begun) -> None:
    row = db.session.query(RegistrationDraft).one()
    assert begun.secret not in (row.secret_hash, str(row.answers))
    assert known.with_secret(event_id=event.id, secret=begun.secret) == begun.draft


def test_steps_add_up_and_the_furthest_is_remembered(event: Event, begun: Begun) -> None:
    _save(event, begun, Step.STAY, diet="халал")
    draft = _save(event, begun, Step.WHO, family_name="Серік")
    assert (draft.answers, draft.reached) == ({"diet": "халал", "family_name": "Серік"}, "stay")


def test_what_does_not_hold_is_kept_too(event: Event, begun: Begun) -> None:
    draft = drafts.save(
        actor=ANONYMOUS,
        event_id=event.id,
        secret=begun.secret,
        step=Step.WHO,
        typed={"phone": "12"},
        holds=False,
    )
    assert (draft.answers, draft.reached) == ({"phone": "12"}, "")


def test_a_second_window_does_not_overwrite_the_first_unseen(event: Event, begun: Begun) -> None:
    seen = mark_of({}, ["diet"])
    _save(event, begun, Step.STAY, diet="халал")
    with pytest.raises(StaleError, match="draft_changed"):
        drafts.save(
            actor=ANONYMOUS,
            event_id=event.id,
            secret=begun.secret,
            step=Step.STAY,
            typed={"diet": "вегетариандық"},
            seen=seen,
        )
    assert known.with_secret(event_id=event.id, secret=begun.secret).answers == {"diet": "халал"}  # type: ignore[union-attr]


def test_windows_at_different_steps_do_not_mind_each_other(event: Event, begun: Begun) -> None:
    seen = mark_of({}, ["diet"])
    _save(event, begun, Step.WHO, family_name="Серік")
    draft = drafts.save(
        actor=ANONYMOUS,
        event_id=event.id,
        secret=begun.secret,
        step=Step.STAY,
        typed={"diet": "халал"},
        seen=seen,
    )
    assert draft.answers == {"family_name": "Серік", "diet": "халал"}


def test_the_same_said_twice_is_no_quarrel(event: Event, begun: Begun) -> None:
    seen = mark_of({}, ["diet"])
    for _time in range(2):
        draft = drafts.save(
            actor=ANONYMOUS,
            event_id=event.id,
            secret=begun.secret,
            step=Step.STAY,
            typed={"diet": "халал"},
            seen=seen,
        )
    assert draft.answers == {"diet": "халал"}


def test_a_stranger_and_another_forum_find_nothing(event: Event, begun: Begun) -> None:
    other = factories.given(factories.event)
    for event_id, secret in ((event.id, "guessed"), (other.id, begun.secret)):
        assert known.with_secret(event_id=event_id, secret=secret) is None
        with pytest.raises(ForumError, match="no_such_draft"):
            drafts.save(actor=ANONYMOUS, event_id=event_id, secret=secret, step=Step.WHO, typed={})


def test_a_draft_has_room_for_a_form_and_no_more(event: Event, begun: Begun) -> None:
    draft = _save(event, begun, access_needs="х" * 50_000, spoken=["kk"] * 5_000)
    assert (len(draft.answers["access_needs"]), len(draft.answers["spoken"])) == (10_000, 200)


def test_the_link_leads_back_and_is_sent_once(event: Event, begun: Begun) -> None:
    for _time in range(2):
        drafts.send_link(
            actor=ANONYMOUS, event_id=event.id, secret=begun.secret, email="a@example.org", address=None
        )
    message = db.session.query(Message).one()
    found = re.search(rf"/e/{event.code}/register/go-on/(\S+)", message.body)
    assert (message.recipient, message.language, found and found.group(1)) == (
        "a@example.org",
        "kk",
        begun.secret,
    )


def test_a_link_to_a_wrong_address_dies_with_the_right_one(event: Event, begun: Begun) -> None:
    wrong = begun.secret
    drafts.send_link(actor=ANONYMOUS, event_id=event.id, secret=wrong, email="b@example.org", address=None)
    right = drafts.send_link(
        actor=ANONYMOUS, event_id=event.id, secret=wrong, email="a@example.org", address=None
    )
    assert right is not None
    assert known.with_secret(event_id=event.id, secret=wrong) is None
    assert known.with_secret(event_id=event.id, secret=right) is not None


def test_nobody_is_flooded_with_links(event: Event) -> None:
    for _time in range(8):
        begun = drafts.begin(actor=ANONYMOUS, event_id=event.id, category=Category.DELEGATE, language="ru")
        drafts.send_link(
            actor=ANONYMOUS, event_id=event.id, secret=begun.secret, email="victim@example.org", address=None
        )
    assert db.session.query(Message).count() == 5


def test_a_photo_takes_the_place_of_the_one_before(event: Event, begun: Begun) -> None:
    for _time in range(2):
        draft = drafts.give_photo(
            actor=ANONYMOUS, event_id=event.id, secret=begun.secret, portrait=portrait(_picture(), None)
        )
    assert [row.id for row in db.session.query(StoredFile)] == [draft.photo_id]


def test_a_file_taken_back_goes_and_one_of_another_draft_cannot_be_claimed(
    event: Event, begun: Begun
) -> None:
    upload = checked(content=_picture(), name="x.jpg")
    draft = drafts.save(
        actor=ANONYMOUS,
        event_id=event.id,
        secret=begun.secret,
        step=Step.QUESTIONS,
        typed={},
        uploads={"cv": upload},
    )
    mine = draft.answers["answer_files"]["cv"]
    other = drafts.begin(actor=ANONYMOUS, event_id=event.id, category=Category.DELEGATE, language="ru")
    claimed = _save(event, other, Step.QUESTIONS, answer_files={"cv": mine})
    assert claimed.answers["answer_files"] == {}
    _save(event, begun, Step.QUESTIONS, answer_files={})
    assert db.session.query(StoredFile).count() == 0


def test_the_round_sweeps_what_has_expired(
    any_app: Flask, event: Event, begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.give_photo(
        actor=ANONYMOUS, event_id=event.id, secret=begun.secret, portrait=portrait(_picture(), None)
    )
    now = clock.now()
    jobs.go_round()
    assert db.session.query(RegistrationDraft).count() == 1
    monkeypatch.setattr(clock, "now", lambda: now + drafts.LASTS + timedelta(minutes=1))
    assert known.with_secret(event_id=event.id, secret=begun.secret) is None
    jobs.go_round()
    assert (db.session.query(RegistrationDraft).count(), db.session.query(StoredFile).count()) == (0, 0)


def test_the_desk_knows_how_far_people_came(event: Event, begun: Begun) -> None:
    _save(event, begun, Step.WORK, position_kk="директор")
    drafts.begin(actor=ANONYMOUS, event_id=event.id, category=Category.DELEGATE, language="ru")
    assert known.stopped_at(event_id=event.id) == {"work": 1, "": 1}
    assert len(known.unsent(event_id=event.id)) == 2

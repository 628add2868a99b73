"""A copy of everything that is held about a person."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import select

from forum.domain.retention import Group
from forum.domain.roles import Role
from forum.errors import ForumError, NotAllowedError
from forum.models import JournalEntry
from forum.models.base import db
from forum.queries import holdings
from forum.services import data_copies
from tests import cast
from tests.queries_counted import statements
from tests.services.test_erasing import MARK, Planted, planted

__all__ = ["planted"]  # the same person who has left words everywhere


def test_the_copy_says_every_word_that_was_left(planted: Planted) -> None:
    copy = data_copies.own_copy(actor=planted.actor, event_id=planted.event_id, delegate_id=planted.person_id)
    said = data_copies.as_json(copy).decode().lower()
    words = ("family", "given", "patronymic", "latinfamily", "position", "person@", "town", "diet", "needs")
    words += ("otherdiet", "answer", "absence", "message", "draft", "invited", "former", "subject", "body")
    words += ("reason", "photo.jpg", "file.xlsx", "note")
    assert [word for word in words if MARK + word not in said] == []
    assert "zqxdocument1" not in said  # masked even for its holder
    shape = json.loads(said)
    assert (shape["format"], set(shape["groups"])) == ("forum-person-1", {group.value for group in Group})


def test_counts_are_those_of_the_records_in_one_statement_for_all(planted: Planted, any_app: Flask) -> None:
    about = (planted.event_id, planted.person_id)
    everything = holdings.everything(*about)
    with statements(any_app) as counted:
        counts = holdings.counts(*about)
    assert len(counted) == 2  # who it is, and all the numbers
    assert {group: counts[group] for group in Group} == {
        group: len(found) if group not in (Group.STAY,) else 1 for group, found in everything.items()
    }


def test_others_get_none(planted: Planted) -> None:
    about = {"event_id": planted.event_id, "delegate_id": planted.person_id}
    with pytest.raises(ForumError, match="no_such_delegate"):
        data_copies.own_copy(actor=cast.actor(Role.ORGANISER, event_id=planted.event_id), **about)
    with pytest.raises(NotAllowedError):
        data_copies.hand_out(actor=cast.actor(Role.PROTOCOL, event_id=planted.event_id), **about)


def test_that_the_desk_handed_it_out_is_noted(planted: Planted) -> None:
    organiser = cast.actor(Role.ORGANISER, event_id=planted.event_id)
    data_copies.hand_out(actor=organiser, event_id=planted.event_id, delegate_id=planted.person_id)
    noted = db.session.scalars(select(JournalEntry.account_id).filter_by(action="data_exported")).all()
    assert noted == [organiser.account_id]

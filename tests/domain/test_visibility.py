"""Whom a reader of the catalogue may see."""

from __future__ import annotations

import pytest

from forum.domain.states import Category, Visibility
from forum.domain.visibility import Audience, Reader, Shown, may_see

STRANGER = Reader(Audience.EVERYBODY)
GUEST = Reader(Audience.PARTICIPANTS, Category.DELEGATE)
OFFICIAL = Reader(Audience.PARTICIPANTS, Category.OFFICIAL)
COORDINATOR = Reader(Audience.PARTICIPANTS)
OFFICE = Reader(Audience.OFFICE)
READERS = (STRANGER, GUEST, OFFICIAL, COORDINATOR, OFFICE)


@pytest.mark.parametrize(
    ("person", "seen_by"),
    [
        (Shown(Visibility.PUBLIC), {STRANGER, GUEST, OFFICIAL, COORDINATOR, OFFICE}),
        (Shown(Visibility.PARTICIPANTS), {GUEST, OFFICIAL, COORDINATOR, OFFICE}),
        (Shown(Visibility.NOBODY), {OFFICE}),
        (Shown(Visibility.PUBLIC, has_agreed=False), {OFFICE}),
        (Shown(Visibility.PUBLIC, is_vip=True), {OFFICIAL, OFFICE}),
        (Shown(Visibility.PARTICIPANTS, is_vip=True), {OFFICIAL, OFFICE}),
        (Shown(Visibility.NOBODY, is_vip=True), {OFFICE}),
    ],
)
def test_a_person_is_seen_by(person: Shown, seen_by: set[Reader]) -> None:
    assert {reader for reader in READERS if may_see(reader, person, {"official"})} == seen_by

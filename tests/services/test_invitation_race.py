"""Many who come at once by one link: as many as it holds, and not one more."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import select, update

from forum.domain.states import Category
from forum.errors import ForumError
from forum.models import Invitation
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import invitations
from forum.services.invitations import Invitee
from forum.services.inviting import Terms
from forum.unit_of_work import transaction
from tests import factories
from tests.factories import given

PLACES, RIVALS = 5, 24


def _link() -> int:
    event = given(factories.event)
    return invitations.link(
        actor=SYSTEM,
        event_id=event.id,
        name="Выставка",
        most_uses=PLACES,
        terms=Terms(category=Category.PRESS, language="ru"),
    )


def _at_once(app: Flask, ask: Callable[[], object], rivals: int = RIVALS) -> Counter[str]:
    start = threading.Barrier(rivals)

    def run(_number: int) -> str:
        start.wait(timeout=60)
        with app.app_context():
            try:
                ask()
            except ForumError as error:
                return error.code
            return "in"

    db.session.rollback()
    with ThreadPoolExecutor(rivals) as pool:
        return Counter(pool.map(run, range(rivals)))


def _uses(invitation_id: int) -> int:
    db.session.rollback()
    uses = db.session.scalars(select(Invitation.uses).where(Invitation.id == invitation_id)).one()
    db.session.rollback()  # for others to have the connection
    return uses


def test_a_link_lets_in_as_many_as_it_holds(any_app: Flask) -> None:
    invitation_id = _link()

    def register() -> None:
        with transaction():
            invitations.use(invitation_id)

    told = _at_once(any_app, register)
    assert (told, _uses(invitation_id)) == (
        {"in": PLACES, "invitation_used_up": RIVALS - PLACES},
        PLACES,
    )


def test_a_count_that_looks_first_would_be_found(any_app: Flask) -> None:
    """The negative control: everybody looks whether there is room, then everybody takes it."""
    invitation_id = _link()
    looked = threading.Barrier(RIVALS)

    def register() -> None:
        uses = _uses(invitation_id)
        looked.wait(timeout=60)
        if uses < PLACES:
            with transaction():
                db.session.execute(
                    update(Invitation).where(Invitation.id == invitation_id).values(uses=uses + 1)
                )

    told = _at_once(any_app, register)
    assert (told, _uses(invitation_id)) == ({"in": RIVALS}, 1)


def test_two_who_paste_the_same_list_write_to_everybody_once(any_app: Flask) -> None:
    event_id = given(factories.event).id
    people = [Invitee(f"Гость {number}", f"guest{number}@example.org") for number in range(5)]

    def send() -> None:
        terms = Terms(category=Category.DELEGATE, language="ru")
        invitations.send(actor=SYSTEM, event_id=event_id, invitees=people, terms=terms)

    told = _at_once(any_app, send, rivals=4)
    db.session.rollback()
    addresses = Counter(db.session.scalars(select(Invitation.email)))
    assert (told, addresses) == (
        {"in": 1, "nobody_to_invite": 3},
        {person.email: 1 for person in people},
    )

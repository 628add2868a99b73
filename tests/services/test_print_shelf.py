"""Reprints find what was drawn before; whoever is erased is found no more."""

from __future__ import annotations

from flask import Flask

from forum import jobs
from forum.domain.roles import Role
from forum.domain.states import PaperKind
from forum.models import Delegate, Event
from forum.policy import SYSTEM
from forum.printing.shelf import Drawing
from forum.queries.papers import PaperChoice
from forum.services import erasers, erasing, papers, print_shelf
from forum.services.erasing import open_act
from forum.unit_of_work import transaction
from tests import factories
from tests.cast import actor
from tests.factories import given

DRAWING = Drawing(b"packed", (1,), {400: frozenset({7})})


def _print(app: Flask, event: Event) -> None:
    papers.order(
        actor=actor(Role.ORGANISER),
        event_id=event.id,
        kind=PaperKind.BADGE,
        sheet="a6",
        choice=PaperChoice(),
        reason="проба",
    )
    jobs.work_off(app)


def _erase(person: Delegate) -> None:
    erasing.erase(actor=SYSTEM, event_id=person.event_id, delegate_id=person.id, is_confirmed=True)


def test_a_print_from_the_desk_draws_a_badge_once(app: Flask, drawn: list[str]) -> None:
    event = given(factories.event)
    given(factories.delegate, event=event)
    _print(app, event)
    given(factories.delegate, event=event)
    _print(app, event)
    assert len(drawn) == len(set(drawn)) == 2


def test_after_an_erasure_nothing_is_left_of_anybody(app: Flask, drawn: list[str]) -> None:
    event = given(factories.event)
    person, other = (given(factories.delegate, event=event) for _ in range(2))
    _print(app, event)
    _erase(person)
    del drawn[:]
    _print(app, event)
    assert drawn == [str(other.number)]


def test_a_print_that_began_before_an_erasure_keeps_nothing(app: Flask) -> None:
    person = given(factories.delegate, event=given(factories.event))
    shelf = print_shelf.opened()
    _erase(person)
    shelf.add({b"key": DRAWING})
    assert print_shelf.opened().found([b"key"]) == {}


def test_every_piece_that_a_term_erases_empties_it_again(app: Flask) -> None:
    person = given(factories.delegate, event=given(factories.event))
    with transaction():
        act = open_act(person.event_id, erasing.TERM)
    for count in (1, 2):
        print_shelf.opened().add({b"key": DRAWING})
        with transaction():
            erasers.erase("stay", [person.id])
            act.groups = {"stay": count}
        assert print_shelf.opened().found([b"key"]) == {}


def test_without_an_erasure_it_stays(app: Flask) -> None:
    print_shelf.opened().add({b"key": DRAWING})
    assert print_shelf.opened().found([b"key"]) == {b"key": DRAWING}

"""Who is ready, from what is known of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forum.domain.admissions import DEFAULTS, Rules
from forum.domain.localized import LANGUAGES
from forum.domain.readiness import FIELDS, TITLES, TO_DO, Facts, Need, State, is_ready, lacking, states
from forum.domain.states import Asked, Category, RegistrationStatus

RULES = DEFAULTS[Category.DELEGATE]
READY = Facts(
    status=RegistrationStatus.APPROVED,
    filled=frozenset({"company", "position", "sectors", "spoken", "phone", "photo"}),
    has_latin_name=True,
    has_consents=True,
    questions=2,
    unanswered=0,
    has_document=True,
    has_confirmed_badge=True,
    has_address=True,
    has_signed_in=True,
)


def with_photo(asked: Asked) -> Rules:
    return replace(RULES, asked={**RULES.asked, "photo": asked})


def test_somebody_with_everything_is_ready() -> None:
    found = states(READY, RULES)
    assert set(found.values()) == {State.DONE}
    assert is_ready(found)


@pytest.mark.parametrize(
    ("need", "without"),
    [
        (Need.PROFILE, {"filled": READY.filled - {"phone"}}),
        (Need.LATIN_NAME, {"has_latin_name": False}),
        (Need.CONSENTS, {"has_consents": False}),
        (Need.QUESTIONS, {"unanswered": 1}),
        (Need.DOCUMENT, {"has_document": False}),
        (Need.BADGE, {"has_confirmed_badge": False}),
    ],
)
def test_each_thing_that_is_missing_keeps_from_being_ready(need: Need, without: dict[str, object]) -> None:
    found = states(replace(READY, **without), RULES)  # type: ignore[arg-type]
    assert [each for each, state in found.items() if state is State.MISSING] == [need]
    assert not is_ready(found)


@pytest.mark.parametrize(
    ("asked", "state"),
    [(Asked.REQUIRED, State.MISSING), (Asked.OPTIONAL, State.OPEN), (Asked.HIDDEN, State.NOT_ASKED)],
)
def test_a_photo_is_missing_only_where_it_is_required(asked: Asked, state: State) -> None:
    without = replace(READY, filled=READY.filled - {"photo"})
    assert states(without, with_photo(asked))[Need.PHOTO] is state


def test_what_does_not_concern_somebody_keeps_nobody_from_being_ready() -> None:
    stranger = replace(READY, questions=0, has_document=None, has_address=False, has_signed_in=False)
    found = states(stranger, RULES)
    assert [need for need, state in found.items() if state is State.NOT_ASKED] == [
        Need.QUESTIONS,
        Need.DOCUMENT,
        Need.SIGN_IN,
    ]
    assert is_ready(found)


def test_before_they_are_approved_people_have_no_badge_to_confirm() -> None:
    applied = replace(READY, status=RegistrationStatus.APPLIED, has_confirmed_badge=False)
    assert states(applied, RULES)[Need.BADGE] is State.NOT_ASKED


def test_nobody_has_to_sign_in() -> None:
    found = states(replace(READY, has_signed_in=False), RULES)
    assert (found[Need.SIGN_IN], is_ready(found)) == (State.OPEN, True)


def test_what_a_category_does_not_require_is_not_lacking() -> None:
    assert lacking((), DEFAULTS[Category.COMPANION]) == ()
    assert lacking((), RULES) == ("company", "position", "sectors", "spoken", "phone")


@pytest.mark.parametrize("words", [TITLES, TO_DO, FIELDS])
def test_everything_is_said_in_all_languages(words: dict[str, object]) -> None:
    assert [key for key, text in words.items() if not text.is_complete(LANGUAGES)] == []  # type: ignore[attr-defined]


def test_every_need_has_its_words() -> None:
    assert (set(TITLES), set(TO_DO)) == (set(Need), set(Need))

"""Consents as texts: every purpose can be read in every language, and nothing optional is demanded."""

from __future__ import annotations

import pytest

from forum.domain.consents import NEWS, PROCESSING, PURPOSES, REQUIRED, TRANSFER, missing
from forum.domain.localized import LANGUAGES


@pytest.mark.parametrize("code", PURPOSES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_purpose_answers_the_same_five_questions(code: str, language: str) -> None:
    purpose = PURPOSES[code]
    assert purpose.label.is_complete()
    assert all(text.is_complete() for text in purpose.texts.values())
    questions = [line.split(":")[0] for line in purpose.lines(language)]
    assert questions == [line.split(":")[0] for line in PURPOSES[PROCESSING].lines(language)]


def test_only_what_taking_part_needs_is_required() -> None:
    assert REQUIRED == (PROCESSING, TRANSFER)
    assert NEWS not in REQUIRED


def test_what_is_missing_is_named_in_the_order_asked() -> None:
    assert missing([]) == (PROCESSING, TRANSFER)
    assert missing([TRANSFER, NEWS]) == (PROCESSING,)
    assert missing(PURPOSES) == ()


def test_the_version_of_the_sample_stays_readable() -> None:
    assert PURPOSES[PROCESSING].lines("ru", "2026-11")


def test_a_version_that_never_was_is_not_read_as_another() -> None:
    with pytest.raises(KeyError):
        PURPOSES[PROCESSING].lines("ru", "1999-01")

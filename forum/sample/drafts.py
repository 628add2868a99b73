"""Invented people who have begun to register and not sent it yet, each as far as people come."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any, Final

from forum.domain.registration_steps import Step
from forum.domain.states import Category
from forum.domain.transliteration import to_latin
from forum.sample.names import almaty_name, moscow_name

# The company is where most stop: they do not know how it is written. Some never do the first step.
_STOPPED: Final = (
    None,
    Step.WHO,
    Step.WHO,
    Step.WHO,
    Step.NEW_COMPANY,
    Step.BUSINESS,
    Step.WORK,
    Step.CONSENTS,
)


@dataclass(frozen=True, slots=True)
class BegunForm:
    """``hours`` before now it was last changed; ``reached`` is the furthest step that was done."""

    category: Category
    language: str
    reached: Step | None
    hours: int
    email: str | None
    answers: dict[str, Any]


def begun_forms(*, seed: int) -> tuple[BegunForm, ...]:
    """The same for the same ``seed``."""
    random = Random(f"{seed}:drafts")
    return tuple(_form(random, reached) for reached in _STOPPED)


def _form(random: Random, reached: Step | None) -> BegunForm:
    is_kazakh = random.random() < 0.5
    name = (almaty_name if is_kazakh else moscow_name)(random).name
    language = "kk" if is_kazakh else "ru"
    mailbox = to_latin(f"{name.given}.{name.family}").lower().replace(" ", "")
    email = f"{mailbox}@mail.example" if reached else None
    answers = {
        "family_name": name.family,
        "given_name": name.given,
        "patronymic": name.patronymic,
        "email": email or "",
        "language": language,
    }
    return BegunForm(
        category=random.choice((Category.DELEGATE, Category.DELEGATE, Category.PRESS)),
        language=language,
        reached=reached,
        hours=random.randint(1, 24 * 9),
        email=email,
        answers=answers if reached else {"language": language},
    )

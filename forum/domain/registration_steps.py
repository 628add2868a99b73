"""The steps of a registration: which ones somebody goes through, in what order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from forum.domain.admissions import Rules


class Step(StrEnum):
    """``COMPANY``: choosing one; ``NEW_COMPANY``: naming one that nobody has named yet; ``BUSINESS``: what
    it does, where that is not known.
    """

    WHO = "who"
    COMPANY = "company"
    NEW_COMPANY = "new-company"
    BUSINESS = "business"
    WORK = "work"
    STAY = "stay"
    PHOTO = "photo"
    QUESTIONS = "questions"
    CONSENTS = "consents"
    CHECK = "check"


_BUSINESS: Final = ("sectors", "offers", "seeks")
_WORK: Final = ("position", "spoken", "town")
_STAY: Final = ("stay", "diet", "access_needs")


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides on the steps beside the rules of the category."""

    names_company: bool = False  # a company that is not among those known
    tells_business: bool = False  # nobody has said yet what the company does
    has_questions: bool = False


def steps_for(rules: Rules, situation: Situation) -> tuple[Step, ...]:
    """The steps in order; the last one is always ``Step.CHECK``."""
    has_company = rules.asks("company")
    wanted = {
        Step.WHO: True,
        Step.COMPANY: has_company,
        Step.NEW_COMPANY: has_company and situation.names_company,
        Step.BUSINESS: has_company and situation.tells_business and any(map(rules.asks, _BUSINESS)),
        Step.WORK: any(map(rules.asks, _WORK)),
        Step.STAY: any(map(rules.asks, _STAY)),
        Step.PHOTO: rules.asks("photo"),
        Step.QUESTIONS: situation.has_questions,
        Step.CONSENTS: True,
        Step.CHECK: True,
    }
    return tuple(step for step in Step if wanted[step])


def after(step: Step, steps: tuple[Step, ...]) -> Step:
    """The step that follows; the last one follows itself, and a step that is no more leads to the first."""
    if step not in steps:
        return steps[0]
    return steps[min(steps.index(step) + 1, len(steps) - 1)]


def further(reached: str, step: Step) -> Step:
    """The later one of the furthest step reached so far (``""``: none) and ``step``."""
    order = list(Step)
    if reached not in order:
        return step
    return max(Step(reached), step, key=order.index)

"""What somebody still has to do before the forum, and whether that keeps them from being ready."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from forum.domain.admissions import ASKABLE, Rules
from forum.domain.localized import Localized
from forum.domain.states import RegistrationStatus


class Need(StrEnum):
    """In the order of the board's columns."""

    PROFILE = "profile"
    LATIN_NAME = "latin_name"
    PHOTO = "photo"
    CONSENTS = "consents"
    QUESTIONS = "questions"
    DOCUMENT = "document"
    BADGE = "badge"
    SIGN_IN = "sign_in"


class State(StrEnum):
    """``OPEN``: not there, but nobody has to have it. ``NOT_ASKED``: has nothing to do with this person."""

    DONE = "done"
    MISSING = "missing"
    OPEN = "open"
    NOT_ASKED = "not_asked"


ON_BOARD: Final = (
    RegistrationStatus.APPLIED,
    RegistrationStatus.ASKED,
    RegistrationStatus.OFFERED,
    RegistrationStatus.APPROVED,
)
"""Whoever waits without a place has nothing to get ready yet."""

TITLES: Final[Mapping[Need, Localized]] = MappingProxyType(
    {
        Need.PROFILE: Localized(ru="Анкета", kk="Сауалнама", en="Profile"),
        Need.LATIN_NAME: Localized(ru="Имя латиницей", kk="Латынша аты-жөні", en="Latin name"),
        Need.PHOTO: Localized(ru="Фото", kk="Фото", en="Photo"),
        Need.CONSENTS: Localized(ru="Согласия", kk="Келісімдер", en="Consents"),
        Need.QUESTIONS: Localized(ru="Вопросы", kk="Сұрақтар", en="Questions"),
        Need.DOCUMENT: Localized(ru="Документ", kk="Құжат", en="ID document"),
        Need.BADGE: Localized(ru="Бейдж", kk="Бейдж", en="Badge"),
        Need.SIGN_IN: Localized(ru="Вход", kk="Кіру", en="Sign-in"),
    }
)
"""Short, for the columns of a board."""

TO_DO: Final[Mapping[Need, Localized]] = MappingProxyType(
    {
        Need.PROFILE: Localized(ru="заполнить анкету", kk="сауалнаманы толтыру", en="complete the profile"),
        Need.LATIN_NAME: Localized(
            ru="указать имя и фамилию латиницей, как в паспорте",
            kk="аты-жөнін төлқұжаттағыдай латын әріптерімен жазу",
            en="give the name in Latin letters, as in the passport",
        ),
        Need.PHOTO: Localized(ru="добавить фотографию", kk="фотосурет қосу", en="add a photo"),
        Need.CONSENTS: Localized(
            ru="дать согласия, без которых участвовать нельзя",
            kk="қатысу үшін қажет келісімдерді беру",
            en="give the consents that taking part needs",
        ),
        Need.QUESTIONS: Localized(
            ru="ответить на вопросы организаторов",
            kk="ұйымдастырушылардың сұрақтарына жауап беру",
            en="answer the organisers' questions",
        ),
        Need.DOCUMENT: Localized(
            ru="указать данные документа для пропуска на площадку",
            kk="алаңға кіру рұқсаты үшін құжат деректерін енгізу",
            en="enter the ID document for the gate of the site",
        ),
        Need.BADGE: Localized(
            ru="проверить и подтвердить бейдж",
            kk="бейджді тексеріп, растау",
            en="check and confirm the badge",
        ),
        Need.SIGN_IN: Localized(
            ru="войти в личный кабинет", kk="жеке кабинетке кіру", en="sign in to the cabinet"
        ),
    }
)
"""What to do, as the line of a list."""

FIELDS: Final[Mapping[str, Localized]] = MappingProxyType(
    {
        "company": Localized(ru="компания", kk="компания", en="company"),
        "position": Localized(ru="должность", kk="лауазым", en="position"),
        "sectors": Localized(ru="отрасли компании", kk="компанияның салалары", en="sectors of the company"),
        "offers": Localized(
            ru="что предлагает компания", kk="компания не ұсынады", en="what the company offers"
        ),
        "seeks": Localized(ru="что ищет компания", kk="компания не іздейді", en="what the company seeks"),
        "spoken": Localized(ru="языки", kk="тілдер", en="languages"),
        "phone": Localized(ru="телефон", kk="телефон", en="phone"),
        "town": Localized(ru="город", kk="қала", en="town"),
        "stay": Localized(ru="приезд и отъезд", kk="келуі мен кетуі", en="arrival and departure"),
        "diet": Localized(ru="питание", kk="тамақтану", en="meals"),
        "access_needs": Localized(ru="особые потребности", kk="ерекше қажеттіліктер", en="access needs"),
    }
)
"""Parts of a profile that a category may require, in the middle of a sentence."""
_IN_PROFILE: Final = tuple(name for name in ASKABLE if name in FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of somebody.

    ``filled`` names those of ``domain.admissions.ASKABLE`` that they have given. ``has_document`` is None
    for whoever needs none, ``unanswered`` counts required questions, ``has_address`` says whether they can
    sign in at all.
    """

    status: RegistrationStatus
    filled: Collection[str]
    has_latin_name: bool
    has_consents: bool
    questions: int
    unanswered: int
    has_document: bool | None
    has_confirmed_badge: bool
    has_address: bool
    has_signed_in: bool


def lacking(filled: Collection[str], rules: Rules) -> tuple[str, ...]:
    """Required parts of the profile that are not ``filled``; the photo is a matter of its own."""
    return tuple(name for name in _IN_PROFILE if name not in filled and rules.requires(name))


def states(facts: Facts, rules: Rules) -> Mapping[Need, State]:
    """Where somebody stands with every need."""
    is_in = facts.status is RegistrationStatus.APPROVED
    return {
        Need.PROFILE: _done(not lacking(facts.filled, rules)),
        Need.LATIN_NAME: _done(facts.has_latin_name),
        Need.PHOTO: _photo("photo" in facts.filled, rules),
        Need.CONSENTS: _done(facts.has_consents),
        Need.QUESTIONS: _done(not facts.unanswered) if facts.questions else State.NOT_ASKED,
        Need.DOCUMENT: State.NOT_ASKED if facts.has_document is None else _done(facts.has_document),
        Need.BADGE: _done(facts.has_confirmed_badge) if is_in else State.NOT_ASKED,
        Need.SIGN_IN: _sign_in(facts),
    }


def is_ready(found: Mapping[Need, State]) -> bool:
    """Whether nothing is missing."""
    return State.MISSING not in found.values()


def _done(is_done: bool) -> State:
    return State.DONE if is_done else State.MISSING


def _photo(is_there: bool, rules: Rules) -> State:
    if is_there:
        return State.DONE
    if rules.requires("photo"):
        return State.MISSING
    return State.OPEN if rules.asks("photo") else State.NOT_ASKED


def _sign_in(facts: Facts) -> State:
    """Nobody has to: a coordinator can do everything for them."""
    if facts.has_signed_in:
        return State.DONE
    return State.OPEN if facts.has_address else State.NOT_ASKED

"""Invented invitations, rules of the categories and places: what the office has set before anybody came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from forum.domain.admissions import DEFAULTS, Rules
from forum.domain.localized import Localized
from forum.domain.states import Approval, Asked, Category, Opening, RegistrationStatus
from forum.sample.company_lists import ALMATY, MOSCOW
from forum.sample.names import almaty_name, moscow_name
from forum.sample.records import Forum, Person

_MESSAGES: Final = {
    "ru": "Будем рады видеть вас на пленарном заседании и на площадке «Есипово».",
    "kk": "Сізді пленарлық отырыста және «Есипово» алаңында көруге қуаныштымыз.",
}
_PRESS_LINK: Final = "Журналисты области"
_CHAMBER_LINK: Final = "Кәсіпкерлер палатасы"


@dataclass(frozen=True, slots=True)
class Invitation:
    """``people`` are the numbers of those who came by it; ``days`` are before now, ``lasts`` after it."""

    code: str
    name: str
    email: str | None
    language: str
    category: Category
    delegation: str | None
    days: int
    lasts: int | None = 30
    most_uses: int = 1
    message: str | None = None
    is_opened: bool = False
    is_begun: bool = False
    is_withdrawn: bool = False
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    title: Localized
    categories: tuple[Category, ...]
    places: int
    offer_hours: int


def admissions() -> dict[Category, Rules]:
    """Where the forum differs from what every forum begins with."""
    press, official, delegate = (
        DEFAULTS[category] for category in (Category.PRESS, Category.OFFICIAL, Category.DELEGATE)
    )
    return {
        Category.OFFICIAL: Rules(opening=Opening.INVITED, most_companions=2, asked=official.asked),
        Category.DELEGATE: Rules(
            opening=Opening.OPEN, edits_need_decision=True, most_companions=1, asked=delegate.asked
        ),
        Category.PRESS: Rules(
            opening=Opening.OPEN,
            approval=Approval.AUTOMATIC,
            asked={**press.asked, "photo": Asked.REQUIRED, "diet": Asked.HIDDEN},
        ),
    }


def capacities(forum: Forum) -> tuple[Places, ...]:
    """The hall is full: whoever waits, waits for it. The press has a few places left."""
    held = Counter(person.category for person in forum.people if person.status is RegistrationStatus.APPROVED)
    return (
        Places(
            Localized(ru="Зал переговоров", kk="Келіссөздер залы", en="Hall of talks"),
            (Category.DELEGATE,),
            held[Category.DELEGATE],
            48,
        ),
        Places(
            Localized(ru="Пресс-центр", kk="Баспасөз орталығы", en="Press centre"),
            (Category.PRESS,),
            held[Category.PRESS] + 3,
            24,
        ),
    )


def invitations(forum: Forum, *, seed: int, now: datetime) -> tuple[Invitation, ...]:
    """A dozen in every state. The people who have not come are nobody of the sample."""
    random = Random(f"{seed}:invitations")
    came = [person for person in forum.people if person.email and _is_in(person, now)]
    guests = [person for person in came if person.category in (Category.OFFICIAL, Category.SPEAKER)][:3]
    press = [person for person in came if person.category is Category.PRESS][:4]
    return (
        *_strangers(random),
        *(_of_guest(random, person) for person in guests),
        Invitation(
            _code(random), _PRESS_LINK, None, "ru", Category.PRESS, MOSCOW, 25, most_uses=12,
            is_opened=True, people=tuple(person.number for person in press),
        ),
        Invitation(
            _code(random), _CHAMBER_LINK, None, "kk", Category.DELEGATE, ALMATY, 2, most_uses=20,
            message=_MESSAGES["kk"],
        ),
    )  # fmt: skip


def _is_in(person: Person, now: datetime) -> bool:
    is_early = person.registered_at < now - timedelta(days=1)
    return person.status is RegistrationStatus.APPROVED and is_early


def _strangers(random: Random) -> Sequence[Invitation]:
    """Seven who were written to and are not there yet, as far as each has come."""
    steps: tuple[dict[str, bool | int], ...] = (
        {"days": 1},
        {"days": 5},
        {"days": 8},
        {"days": 6, "is_opened": True},
        {"days": 4, "is_opened": True, "is_begun": True},
        {"days": 30, "lasts": -9, "is_opened": True},
        {"days": 12, "is_withdrawn": True},
    )
    found = []
    for number, step in enumerate(steps, start=1):
        side = ALMATY if number % 2 else MOSCOW
        named = almaty_name(random) if side is ALMATY else moscow_name(random)
        language = "kk" if named.tongue == "kk" else "ru"
        category = Category.SPEAKER if number % 3 == 0 else Category.DELEGATE
        facts = {"message": _MESSAGES[language], **step}
        found.append(
            Invitation(
                _code(random),
                named.name.given_first,
                f"guest{number}@forum.example",
                language,
                category,
                side,
                **facts,  # type: ignore[arg-type]  # a step holds what the record has
            )
        )
    return found


def _of_guest(random: Random, person: Person) -> Invitation:
    return Invitation(
        _code(random),
        person.name.given_first,
        person.email,
        person.language,
        person.category,
        person.delegation,
        35,
        is_opened=True,
        people=(person.number,),
    )


def _code(random: Random) -> str:
    return f"{random.getrandbits(96):024x}"

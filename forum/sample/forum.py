"""The invented forum as a whole."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from forum.domain.intervals import Interval
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import Category
from forum.sample.calendar import TIME_ZONE, calendar
from forum.sample.companies import bodies, firms, newsrooms
from forum.sample.company_lists import ALMATY, MOSCOW, REGIONS
from forum.sample.meetings import interpreters, requests, tables
from forum.sample.people import SHOWN_FIRMS, register, shares
from forum.sample.programme import PLACES, TRAVEL, rooms, sessions
from forum.sample.records import Delegation, Forum, Person, SignIn
from forum.sample.sites import sites

CODE: Final = "moscow-almaty-2026"
LEAST_PEOPLE: Final = 60
MOST_PEOPLE: Final = 5_000

_TITLE: Final = Localized(
    ru="Форум предпринимателей Московской и Алматинской областей",
    kk="Мәскеу және Алматы облыстары кәсіпкерлерінің форумы",
    en="Forum of Entrepreneurs of Moscow Region and Almaty Region",
)
_SUMMARY: Final = Localized(
    ru="Два дня переговоров, пленарное заседание, посещение индустриальных площадок Подмосковья"
    " и подписание соглашений.",
    kk="Екі күндік келіссөздер, пленарлық отырыс, Мәскеу облысының өндірістік алаңдарына бару"
    " және келісімдерге қол қою.",
    en="Two days of meetings, a plenary session, visits to industrial sites of Moscow Region"
    " and the signing of agreements.",
)
_TOWN: Final = Localized(ru="Красногорск", kk="Красногорск", en="Krasnogorsk")
_DELEGATIONS: Final = {
    MOSCOW: Localized(ru="Московская область", kk="Мәскеу облысы", en="Moscow Region"),
    ALMATY: Localized(ru="Алматинская область", kk="Алматы облысы", en="Almaty Region"),
}


def sample_forum(*, seed: int, people: int, now: datetime) -> Forum:
    """A forum of ``people`` that begins nine days or a little more after ``now``.

    The same arguments give the same forum.

    Raises:
        ValueError: ``people`` is not between ``LEAST_PEOPLE`` and ``MOST_PEOPLE``.
    """
    if not LEAST_PEOPLE <= people <= MOST_PEOPLE:
        raise ValueError(f"a sample has {LEAST_PEOPLE} to {MOST_PEOPLE} people, not {people}")
    return _forum_of(Random(seed), people, now)


def _forum_of(random: Random, people: int, now: datetime) -> Forum:
    days = calendar(now)
    count = shares(people)
    business = firms(random, count.firms)
    public = bodies(len(business) + 1)
    press = newsrooms(len(business) + len(public) + 1)
    everybody = register(random, days, count, business, public, press)
    return Forum(
        code=CODE,
        title=_TITLE,
        summary=_SUMMARY,
        place=_TOWN,
        address=PLACES[0].address,
        starts_on=days.first_day,
        ends_on=days.last_day,
        time_zone=TIME_ZONE,
        contact_email="office@forum.example",
        contact_phone="+79000000000",
        registration=Interval(now - timedelta(days=40), days.at(-1, "18:00")),
        requesting=Interval(now - timedelta(days=14), days.at(-2, "18:00")),
        freeze_at=days.at(0, "12:00"),
        delegations=tuple(_delegation(code, everybody) for code in (MOSCOW, ALMATY)),
        companies=(*business, *public, *press),
        people=everybody,
        places=PLACES,
        travel=TRAVEL,
        rooms=rooms(people),
        sessions=sessions(days, everybody),
        slots=days.slots(),
        tables=tables(business, people),
        interpreters=interpreters(days, everybody),
        requests=requests(random, days, business, everybody),
        sites=sites(random, days, everybody),
        sign_ins=_sign_ins(everybody),
    )


def _delegation(code: str, people: Sequence[Person]) -> Delegation:
    """Its quotas leave room for one more in ten."""
    counts = Counter(person.category for person in people if person.delegation == code)
    quotas = tuple((category, math.ceil(counts[category] * 1.1)) for category in Category)
    return Delegation(code, _DELEGATIONS[code], REGIONS[code], code == MOSCOW, quotas)


def _sign_ins(people: Sequence[Person]) -> tuple[SignIn, ...]:
    """One of every role; the cabinets are those of real people of the sample."""
    interpreter = next(person for person in people if person.category is Category.INTERPRETER)
    shown = [person for person in people if person.email in SHOWN_FIRMS.values()]
    return (
        SignIn("organiser@forum.example", "Арина Дорохова", Role.ORGANISER, "ru"),
        SignIn("protocol@forum.example", "Глеб Вишневский", Role.PROTOCOL, "ru"),
        SignIn("coordinator.moscow@forum.example", "Вера Рощина", Role.COORDINATOR, "ru", delegation=MOSCOW),
        SignIn("coordinator.almaty@forum.example", "Әсел Омарова", Role.COORDINATOR, "kk", delegation=ALMATY),
        SignIn("desk@forum.example", "Никита Зорин", Role.DESK, "ru"),
        SignIn("host@forum.example", "Марина Левашова", Role.HOST, "ru", site="esipovo"),
        _sign_in("interpreter@forum.example", interpreter, Role.INTERPRETER),
        *(_sign_in(person.email or "", person, Role.DELEGATE) for person in shown),
    )


def _sign_in(email: str, person: Person, role: Role) -> SignIn:
    return SignIn(email, person.name.given_first, role, person.language, person=person.number)

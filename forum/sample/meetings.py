"""Tables, interpreters and the requests for meetings of the invented forum."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Final

from forum.domain.states import Category, RegistrationStatus, RequestRank, RequestStatus
from forum.sample.calendar import Calendar
from forum.sample.company_lists import ALMATY, MOSCOW
from forum.sample.records import Company, Interpreter, Person, Request, Table

_ASKS: Final = (5, 7)  # of each person: about ten requests touch everybody
_WITHIN_SECTOR: Final = 0.6
_STATUSES: Final = (
    (RequestStatus.ACCEPTED, 78),
    (RequestStatus.PENDING, 13),
    (RequestStatus.DECLINED, 7),
    (RequestStatus.WITHDRAWN, 2),
)
_MESSAGES: Final = {
    "ru": (
        "Хотим обсудить поставки на следующий год.",
        "Ищем партнёра для совместного производства, привезём образцы.",
        "Интересны ваши условия для дистрибьюторов.",
        "Готовы показать расчёт по проекту и обсудить сроки.",
    ),
    "kk": (
        "Келесі жылғы жеткізілімдерді талқылағымыз келеді.",
        "Бірлескен өндіріске серіктес іздейміз, үлгілерді ала келеміз.",
        "Дистрибьюторларға арналған шарттарыңызды білгіміз келеді.",
    ),
    "en": ("We would like to discuss supplies for the coming year.", "We are looking for a local partner."),
}
_REASONS: Final = {
    "ru": "Наша продукция вам не подойдёт.",
    "kk": "Біздің өнім сізге сәйкес келмейді.",
    "en": "Our products are not what you need.",
}


def tables(firms: Sequence[Company], people: int) -> tuple[Table, ...]:
    """A table for every five people, at least twelve; every tenth is a firm's own."""
    count = max(12, round(people * 0.2))
    return tuple(
        Table(
            number=number,
            zone="ABCDEFGH"[(number - 1) * 8 // count] if count > 40 else "AB"[(number - 1) * 2 // count],
            room="meeting-hall",
            company=firms[number // 10 * 2].number if number % 10 == 0 else None,
        )
        for number in range(1, count + 1)
    )


def interpreters(calendar: Calendar, people: Sequence[Person]) -> tuple[Interpreter, ...]:
    """Every third works the first day only, every third in the hours of the slots, the others always."""
    first = calendar.between(1, "09:00", "18:30")
    second = calendar.between(2, "09:00", "16:00")
    hours = ((), (first, second), (first,))
    found = [person for person in people if person.category is Category.INTERPRETER]
    return tuple(
        Interpreter(person.number, person.spoken, max_in_a_row=4, hours=hours[nth % 3])
        for nth, person in enumerate(found)
    )


def requests(
    random: Random, calendar: Calendar, firms: Sequence[Company], people: Sequence[Person]
) -> tuple[Request, ...]:
    """Each person who is approved asks five to seven firms of the other region, mostly of the own sector.

    A few firms are wanted by many (Pareto); the first wishes are musts. Nobody is asked back: whom one
    has asked already is drawn anew.
    """
    speaking = _by_firm(people)
    present = [firm for firm in firms if firm.number in speaking]
    popularity = {firm.number: random.paretovariate(1.7) for firm in present}
    pools = {side: _Pool(present, side, popularity) for side in (MOSCOW, ALMATY)}
    pairs: dict[tuple[int, int], Request] = {}
    for firm in random.sample(present, len(present)):
        others = pools[ALMATY if firm.delegation == MOSCOW else MOSCOW]
        for nth, other in enumerate(others.drawn(random, firm, len(speaking[firm.number]))):
            if (other, firm.number) not in pairs:
                pair = (firm.number, other)
                pairs[pair] = _request(random, calendar, pair, nth, speaking)
    return tuple(pairs.values())


def _by_firm(people: Sequence[Person]) -> dict[int, list[Person]]:
    found: dict[int, list[Person]] = {}
    for person in people:
        if (
            person.category in (Category.DELEGATE, Category.SPEAKER)
            and person.status is RegistrationStatus.APPROVED
            and person.company is not None
        ):
            found.setdefault(person.company, []).append(person)
    return found


class _Pool:
    """Firms of one region to draw partners from, by popularity."""

    def __init__(self, present: list[Company], side: str, popularity: dict[int, float]) -> None:
        firms = [firm for firm in present if firm.delegation == side]
        self._all = [firm.number for firm in firms]
        self._weights = popularity
        self._by_sector: dict[str, list[int]] = {}
        for firm in firms:
            for sector in firm.sectors:
                self._by_sector.setdefault(sector, []).append(firm.number)

    def drawn(self, random: Random, firm: Company, people: int) -> list[int]:
        """Numbers of distinct firms, the most wanted first."""
        wanted = sum(random.randint(*_ASKS) for _ in range(people))
        near = [number for sector in firm.sectors for number in self._by_sector.get(sector, ())] or self._all
        chosen: dict[int, None] = {}
        for pool, count in ((near, round(wanted * _WITHIN_SECTOR * 1.5)), (self._all, wanted * 3)):
            weights = [self._weights[number] for number in pool]
            within = wanted * _WITHIN_SECTOR if pool is near else wanted
            for number in random.choices(pool, weights, k=count):
                if len(chosen) < within:
                    chosen[number] = None
        return list(chosen)


def _request(
    random: Random,
    calendar: Calendar,
    pair: tuple[int, int],
    nth: int,
    speaking: dict[int, list[Person]],
) -> Request:
    """Most firms leave open who comes; some name who asks, few whom they want to see."""
    sender, receiver = (speaking[number] for number in pair)
    statuses = [status for status, _ in _STATUSES]
    status = random.choices(statuses, [share for _, share in _STATUSES])[0]
    speaker, answerer = random.choice(sender), random.choice(receiver)
    language = speaker.language
    asked_at = calendar.now - timedelta(minutes=random.randrange(30, 8_000))
    return Request(
        sender=pair[0],
        receiver=pair[1],
        sender_person=speaker.number if random.random() < 0.3 else None,
        receiver_person=answerer.number if random.random() < 0.1 else None,
        rank=_rank(random, nth),
        status=status,
        message=random.choice(_MESSAGES[language]) if random.random() < 0.5 else None,
        reason=_REASONS[answerer.language] if status is RequestStatus.DECLINED else None,
        sent_at=asked_at,
    )


def _rank(random: Random, nth: int) -> RequestRank:
    if nth == 0 and random.random() < 0.8:
        return RequestRank.MUST
    return RequestRank.WANT if random.random() < (0.7 if nth < 3 else 0.35) else RequestRank.NICE

"""The sites of the invented forum, the visits to them, their buses and who has a seat."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from forum.domain.host_rules import HostRules, PhotoRule
from forum.domain.identity_documents import DocumentField
from forum.domain.localized import Localized
from forum.domain.states import Category, RegistrationStatus, SeatStatus
from forum.sample.calendar import Calendar
from forum.sample.people import SHOWN_FIRMS
from forum.sample.programme import PLACES
from forum.sample.records import Bus, Person, Seat, Site, Visit

_BUS_SEATS: Final = 45
_MOST_SEATS: Final = 9 * _BUS_SEATS
_WAITING: Final = 6
_DRIVERS: Final = ("Коршунов А. П.", "Лаптев С. Н.", "Мухин В. Г.", "Носов Д. И.", "Панин О. Р.")
_MEETING_POINT: Final = Localized(
    ru="У главного входа, стоянка автобусов",
    kk="Бас кіреберіс жанында, автобустар тұрағы",
    en="At the main entrance, bus park",
)
_ESIPOVO_SUMMARY: Final = Localized(
    ru="Парк формата light industrial: готовые производственные помещения небольшой площади"
    " с инженерными сетями. В программе — обход корпусов и встреча с резидентами.",
    kk="Light industrial форматындағы парк: инженерлік желілері бар шағын дайын өндірістік үй-жайлар."
    " Бағдарламада — корпустарды аралау және резиденттермен кездесу.",
    en="A light industrial park: ready production units of moderate size with utilities."
    " The visit takes in the buildings and a meeting with residents.",
)
_ISTOK_SUMMARY: Final = Localized(
    ru="Зона для высоких технологий в наукограде Фрязино: электроника, приборы, материалы.",
    kk="Фрязино ғылым қаласындағы жоғары технологиялар аймағы: электроника, аспаптар, материалдар.",
    en="A high technology zone in the science town of Fryazino: electronics, instruments, materials.",
)

_ESIPOVO_RULES: Final = HostRules(
    id_fields=(DocumentField.NUMBER, DocumentField.BIRTH_DATE),
    cut_off_hours=24,
    kept_days=1,
    photos=PhotoRule.ASK,
    clothing=Localized(
        ru="Закрытая обувь без каблука",
        kk="Өкшесіз жабық аяқ киім",
        en="Closed shoes without heels",
    ),
    bring=Localized(
        ru="Документ, который вы указали при записи",
        kk="Жазылғанда көрсеткен құжатыңыз",
        en="The document that you named when you signed up",
    ),
)
_ISTOK_RULES: Final = HostRules(
    id_fields=(DocumentField.NUMBER, DocumentField.CITIZENSHIP),
    cut_off_hours=48,
    photos=PhotoRule.FORBIDDEN,
    note=Localized(
        ru="Телефоны и ноутбуки остаются в камере хранения.",
        kk="Телефондар мен ноутбуктер сақтау камерасында қалады.",
        en="Phones and laptops stay in the lockers.",
    ),
)


def sites(random: Random, calendar: Calendar, people: Sequence[Person]) -> tuple[Site, ...]:
    """Esipovo, full and with a waiting list, then Istok, where there are seats left."""
    guests = [person for person in people if _may_travel(person)]
    random.shuffle(guests)
    capacity = min(_MOST_SEATS, math.ceil(len(people) * 0.2))
    to_esipovo, rest = guests[: capacity + _WAITING], guests[capacity + _WAITING :]
    to_istok = rest[: math.floor(capacity * 0.6)]
    leaders = [person.number for person in people if person.category is Category.STAFF]
    return (
        _site(
            "esipovo",
            "light_industrial",
            _ESIPOVO_SUMMARY,
            _ESIPOVO_RULES,
            ("construction", "logistics"),
            "Дежурный бюро пропусков",
            _visit(random, calendar, (1, "14:10", "15:00", "16:10", "17:00"), capacity, to_esipovo, leaders),
        ),
        _site(
            "istok",
            "special_economic_zone",
            _ISTOK_SUMMARY,
            _ISTOK_RULES,
            ("it",),
            "Отдел приёма делегаций",
            _visit(random, calendar, (2, "09:20", "10:15", "11:30", "12:25"), capacity, to_istok, leaders),
        ),
    )


def _may_travel(person: Person) -> bool:
    """The people whom the sample's sign-ins show have no seat yet: one can ask for it."""
    return (
        person.category is Category.DELEGATE
        and person.status is RegistrationStatus.APPROVED
        and person.absence is None
        and person.email not in SHOWN_FIRMS.values()
    )


def _site(
    code: str,
    kind: str,
    summary: Localized,
    rules: HostRules,
    sectors: tuple[str, ...],
    contact_name: str,
    visit: Visit,
) -> Site:
    place = next(place for place in PLACES if place.code == code)
    return Site(
        code=code,
        kind=kind,
        place=code,
        title=place.title,
        summary=summary,
        address=place.address,
        contact=f"visits@{code}.example",
        contact_name=contact_name,
        sectors=sectors,
        rules=rules,
        visits=(visit,),
    )


def _visit(
    random: Random,
    calendar: Calendar,
    times: tuple[int, str, str, str, str],
    capacity: int,
    guests: list[Person],
    leaders: list[int],
) -> Visit:
    day, departs, starts, ends, returns = times
    buses = tuple(
        _bus(nth, capacity, leaders[nth % len(leaders)]) for nth in range(math.ceil(capacity / _BUS_SEATS))
    )
    return Visit(
        departs_at=calendar.at(day, departs),
        starts_at=calendar.at(day, starts),
        ends_at=calendar.at(day, ends),
        returns_at=calendar.at(day, returns),
        meeting_point=_MEETING_POINT,
        guide_languages=("ru", "kk") if day == 1 else ("ru", "en"),
        capacity=capacity,
        buses=buses,
        seats=_seats(random, calendar.now, capacity, guests, buses),
    )


def _bus(nth: int, capacity: int, leader: int) -> Bus:
    left = capacity - nth * _BUS_SEATS
    return Bus(
        label=str(nth + 1),
        capacity=min(_BUS_SEATS, left),
        plate=f"А {101 + nth} АА 750",
        driver=_DRIVERS[nth % len(_DRIVERS)],
        driver_phone=f"+7900001{nth + 1:04}",
        leader=leader,
    )


def _seats(
    random: Random, now: datetime, capacity: int, guests: list[Person], buses: tuple[Bus, ...]
) -> tuple[Seat, ...]:
    """In the order of asking: first come, first seated; the rest wait."""
    moments = sorted(now - timedelta(minutes=random.randrange(60, 9_000)) for _ in guests)
    return tuple(
        Seat(
            person=guest.number,
            position=position,
            status=SeatStatus.SEATED if position <= capacity else SeatStatus.WAITING,
            bus=buses[(position - 1) // _BUS_SEATS].label if position <= capacity else None,
            choice=1 if random.random() < 0.8 else 2,
            asked_at=moment,
        )
        for position, (guest, moment) in enumerate(zip(guests, moments, strict=True), 1)
    )

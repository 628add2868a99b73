"""A third invented site, to be looked at after the forum has closed: no documents asked, seats left.

It is written after everything else with a chance of its own, so nothing else of the sample depends on it.
"""

from __future__ import annotations

import math
from datetime import datetime, time, timedelta
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from forum import clock
from forum.domain.host_rules import HostRules, PhotoRule
from forum.domain.localized import Localized
from forum.domain.roll_call import Leg
from forum.domain.states import Category, RegistrationStatus, SeatStatus
from forum.models import Bus, BusStop, Delegate, Event, Place, Seat, Site, TravelTime, Visit, Wish
from forum.models.base import db
from forum.sample.people import SHOWN_FIRMS
from forum.services import bulk

CODE: Final = "zarechny"
_TITLE: Final = Localized(
    ru="Технопарк «Заречный»", kk="«Заречный» технопаркі", en="Zarechny Technology Park"
)
_ADDRESS: Final = Localized(
    ru="Московская область, Дмитров, Заречная улица, 8",
    kk="Мәскеу облысы, Дмитров қаласы, Заречная көшесі, 8",
    en="8 Zarechnaya Street, Dmitrov, Moscow Region",
)
_SUMMARY: Final = Localized(
    ru="Мастерские и лаборатории под одной крышей: печать деталей из металла, тепличная автоматика,"
    " испытательный стенд. Резиденты показывают образцы и рассказывают, с чего начинали.",
    kk="Бір шаңырақ астындағы шеберханалар мен зертханалар: металл бөлшектерді басып шығару, жылыжай"
    " автоматикасы, сынақ стенді. Резиденттер үлгілерін көрсетіп, неден бастағанын айтады.",
    en="Workshops and laboratories under one roof: printed metal parts, greenhouse automation, a test bench."
    " Residents show what they make and tell how they began.",
)
_PROGRAMME: Final = Localized(
    ru="Знакомство с управляющей компанией\nМастерские и испытательный стенд\nВопросы резидентам",
    kk="Басқарушы компаниямен танысу\nШеберханалар мен сынақ стенді\nРезиденттерге сұрақтар",
    en="Meeting the park’s management\nWorkshops and the test bench\nQuestions to residents",
)
_RULES: Final = HostRules(
    cut_off_hours=12,
    photos=PhotoRule.ALLOWED,
    clothing=Localized(
        ru="Длинные волосы убраны, одежда без свисающих концов",
        kk="Ұзын шаш жиналған, киімнің салбыраған жері жоқ",
        en="Long hair tied back, no loose clothing",
    ),
    bring=Localized(ru="Бейдж форума", kk="Форум бейджі", en="The badge of the forum"),
)
_MEETING_POINT: Final = Localized(
    ru="У главного входа, стоянка автобусов",
    kk="Бас кіреберіс жанында, автобустар тұрағы",
    en="At the main entrance, bus park",
)
_GATE: Final = Localized(ru="У входа в технопарк", kk="Технопарк кіреберісінде", en="At the park’s entrance")
_TIMES: Final = {
    "departs_at": time(16, 20),
    "starts_at": time(17, 20),
    "ends_at": time(18, 20),
    "returns_at": time(19, 20),
}
_WAYS: Final = {"venue": 60, "hotel": 55, "esipovo": 65, "istok": 80}
_MOST_SEATS: Final = 30


def write(event_id: int, *, seed: int) -> None:
    """The place, the site, its visit on the last day, a bus with stops, and who has a seat."""
    event = db.session.get_one(Event, event_id)
    site_id = _site(event_id)
    people = _people(event_id)
    Random(f"technopark {seed}").shuffle(people)
    capacity = min(_MOST_SEATS, max(12, math.ceil(len(people) * 0.15)))
    guests = people[: math.ceil(capacity * 0.7)]
    zone = ZoneInfo(event.time_zone)
    times = {name: datetime.combine(event.ends_on, at, zone) for name, at in _TIMES.items()}
    visit_id = _visit(event_id, site_id, capacity, len(guests), times)
    _seats(visit_id, _bus(event_id, visit_id, capacity, times), guests)


def _site(event_id: int) -> int:
    places = {row.code: row.id for row in db.session.scalars(select(Place).where(Place.event_id == event_id))}
    here = bulk.add(Place, [{"event_id": event_id, "code": CODE, "title": _TITLE, "address": _ADDRESS}])[0]
    ways = [(places[code], minutes) for code, minutes in _WAYS.items()]
    bulk.add(
        TravelTime,
        [
            {"origin_id": origin, "destination_id": destination, "minutes": minutes}
            for other, minutes in ways
            for origin, destination in ((other, here), (here, other))
        ],
    )
    row: dict[str, Any] = {
        "event_id": event_id,
        "place_id": here,
        "code": CODE,
        "kind": "technopark",
        "title": _TITLE,
        "summary": _SUMMARY,
        "address": _ADDRESS,
        "contact": f"visits@{CODE}.example",
        "contact_name": "Служба приёма гостей",
        "contact_phone": "+79000020003",
        "sectors": ["machinery", "electronics"],
        "rules": _RULES.as_data(),
    }
    return bulk.add(Site, [row])[0]


def _visit(event_id: int, site_id: int, capacity: int, taken: int, times: dict[str, datetime]) -> int:
    row = {
        "event_id": event_id,
        "site_id": site_id,
        "programme": _PROGRAMME,
        "meeting_point": _MEETING_POINT,
        "guide_languages": ["ru", "kk", "en"],
        "capacity": capacity,
        "taken": taken,
        "last_position": taken,
        **times,
    }
    return bulk.add(Visit, [row])[0]


def _bus(event_id: int, visit_id: int, capacity: int, times: dict[str, datetime]) -> tuple[int, int]:
    """The bus and the stop at which everybody gets in."""
    leader = db.session.scalars(
        select(Delegate.id)
        .where(Delegate.event_id == event_id, Delegate.category == Category.STAFF)
        .order_by(Delegate.number.desc())
    ).first()
    bus = {
        "visit_id": visit_id,
        "label": "1",
        "capacity": capacity,
        "plate": "А 301 АА 750",
        "driver": "Седов К. Ю.",
        "driver_phone": "+79000010301",
        "leader_id": leader,
    }
    bus_id = bulk.add(Bus, [bus])[0]
    stops = (
        (Leg.OUT, _MEETING_POINT, times["departs_at"]),
        (Leg.BACK, _GATE, times["ends_at"] + timedelta(minutes=5)),
    )
    rows = [{"bus_id": bus_id, "leg": leg, "title": title, "at": at} for leg, title, at in stops]
    return bus_id, bulk.add(BusStop, rows)[0]


def _seats(visit_id: int, bus: tuple[int, int], guests: list[int]) -> None:
    now = clock.now()
    bulk.add(
        Seat,
        [
            {
                "visit_id": visit_id,
                "delegate_id": guest,
                "bus_id": bus[0],
                "stop_id": bus[1],
                "status": SeatStatus.SEATED,
                "position": position,
                "asked_at": now - timedelta(minutes=900 - position * 7),
                "seated_at": now - timedelta(minutes=900 - position * 7),
            }
            for position, guest in enumerate(guests, 1)
        ],
    )


def _people(event_id: int) -> list[int]:
    """Those who have neither a seat nor a wish elsewhere, and are not shown in the sample's sign-ins."""
    rows = select(Delegate.id).where(
        Delegate.event_id == event_id,
        Delegate.category == Category.DELEGATE,
        Delegate.status == RegistrationStatus.APPROVED,
        Delegate.email.not_in(SHOWN_FIRMS.values()),
        Delegate.id.not_in(select(Seat.delegate_id)),
        Delegate.id.not_in(select(Wish.delegate_id).where(Wish.event_id == event_id)),
    )
    return list(db.session.scalars(rows.order_by(Delegate.number)))

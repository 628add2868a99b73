"""Registrations against one capacity: ``python -m tests.benchmarks.registrations [--people N] [DATABASE …]``.

The databases are sqlite and postgresql, by default both. Each of N people (by default 1,500) registers whole:
a draft, kept at each of seven steps, then sent; there are places for two in three. Two processes with four
clients each do so through the services; with ``--pages`` eight browsers without a script do so through pages,
by eleven requests each, and with ``--program`` a program registers them by one request each over eight
connections, both served by gunicorn with two workers. Ends with 1 unless the count is exact, no answer
is an error, and the pace is 1,500 a minute or more. On a busy machine look at the seconds of work, which are
those of all processes together except a PostgreSQL server's.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import resource
import sys
import tempfile
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from flask import Flask
from sqlalchemy import func, select

from forum import create_app
from forum.database import dispose
from forum.domain.consents import REQUIRED
from forum.domain.localized import Localized
from forum.domain.profile import Profile
from forum.domain.registration_steps import Step
from forum.domain.roles import Role
from forum.domain.states import Category
from forum.models import CompanySector, Delegate
from forum.models.base import db
from forum.policy import ANONYMOUS, SYSTEM
from forum.services import api_tokens, applications, drafts
from forum.services.applications import Application
from forum.unit_of_work import transaction
from tests import factories
from tests.at_once import Word, answers, timed
from tests.benchmarks.seats import DATABASES
from tests.databases import settings_for
from tests.http_rush import served

WANTED_A_MINUTE: Final = 1_500
PROCESSES: Final = 2
CLIENTS: Final = 4
_STEPS: Final = (Step.WHO, Step.COMPANY, Step.BUSINESS, Step.WORK, Step.STAY, Step.PHOTO, Step.CONSENTS)
_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')


Told = tuple[Counter[str], float]


@dataclass(frozen=True)
class Share:
    """The people of one process, by number."""

    database_url: str
    instance_path: str
    event_id: int
    company_id: int
    people: tuple[int, ...]


@dataclass(frozen=True)
class Scene:
    """A forum that lets people in as long as there is a place, and a company that everybody is of."""

    event_id: int
    event_code: str
    company_id: int
    places: int


def prepare(people: int) -> Scene:
    """The forum, with places for two in three."""
    places = people * 2 // 3
    with transaction():
        event = factories.event()
        factories.admission(event)
        factories.capacity(event, places=places)
        company = factories.company(event)
        db.session.add(CompanySector(company_id=company.id, sector="food"))
        return Scene(event.id, event.code, company.id, places)


def measure(name: str, people: int, level: Callable[[Flask, Scene, int], Told], title: str) -> bool:
    """Print what it came to; whether all of it was right."""
    with tempfile.TemporaryDirectory() as folder, DATABASES[name](Path(folder)) as url:
        app = create_app(settings_for(url, Path(folder)))
        with app.app_context():
            scene = prepare(people)
            db.session.rollback()
            before = _work()
            told, seconds = level(app, scene, people)
            work = _work() - before
            found = _found(scene.event_id)
        dispose(app)
    wanted = Counter(approved=scene.places, waiting=people - scene.places)
    a_minute = round(people / seconds * 60)
    print(
        f"{name}, {title}: {people} registrations in {seconds:.1f} s, {a_minute} a minute, "
        f"{work:.1f} s of work; "
        f"in the database {dict(found)}, wanted {dict(wanted)}; answers {dict(told)}",
        flush=True,
    )
    is_right = found == wanted and not any(map(_is_error, told))
    return is_right and a_minute >= WANTED_A_MINUTE


def _work() -> float:
    """Seconds that the processors have worked for this process and for those of its own that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _is_error(answer: str) -> bool:
    return answer.startswith(("error", "4", "5"))


def by_services(app: Flask, scene: Scene, people: int) -> Told:
    """Everybody through the services, from processes of their own."""
    shares = [
        Share(
            database_url=app.config["SQLALCHEMY_DATABASE_URI"],
            instance_path=app.instance_path,
            event_id=scene.event_id,
            company_id=scene.company_id,
            people=tuple(range(1, people + 1)[number::PROCESSES]),
        )
        for number in range(PROCESSES)
    ]
    return timed(_answers, shares, get_context("spawn"))


def _register(share: Share, number: int) -> str:
    secret = drafts.begin(
        actor=ANONYMOUS, event_id=share.event_id, category=Category.DELEGATE, language="ru"
    ).secret
    for step in _STEPS:
        drafts.save(
            actor=ANONYMOUS,
            event_id=share.event_id,
            secret=secret,
            step=step,
            typed=_typed(step, number, share.company_id),
        )
    return applications.send(
        actor=ANONYMOUS,
        event_id=share.event_id,
        secret=secret,
        application=Application(profile=_profile(number, share.company_id), consents=frozenset(REQUIRED)),
    ).status.value


def _profile(number: int, company_id: int) -> Profile:
    return Profile(
        family_name="Иволгин",
        given_name=f"Владимир {_in_letters(number)}",
        company_id=company_id,
        position=Localized(ru="директор"),
        email=f"person{number}@example.org",
        phone="+77011234567",
        spoken=("ru",),
        region="almaty_region",
    )


def _typed(step: Step, number: int, company_id: int) -> dict[str, Any]:
    """What somebody types at a step."""
    typed: dict[Step, dict[str, Any]] = {
        Step.WHO: {
            "family_name": "Иволгин",
            "given_name": f"Владимир {_in_letters(number)}",
            "email": f"person{number}@example.org",
            "phone": "+7 701 123 45 67",
            "language": "ru",
        },
        Step.COMPANY: {"company": str(company_id)},
        Step.BUSINESS: {"sectors": ["food"], "offers": "молоко", "seeks": "упаковка"},
        Step.WORK: {"position_ru": "директор", "spoken": ["ru"], "region": "almaty_region"},
        Step.CONSENTS: {
            **{f"consent_{purpose}": "y" for purpose in REQUIRED},
            "visibility": "participants",
        },
    }
    return typed.get(step, {})


def _in_letters(number: int) -> str:
    """A name without digits for everybody."""
    return "".join("АБВГДЕЖЗИК"[int(figure)] for figure in str(number))


def over_http(app: Flask, scene: Scene, people: int) -> Told:
    """Everybody through pages."""
    with served(app, workers=PROCESSES) as port, ThreadPoolExecutor(PROCESSES * CLIENTS) as pool:
        began = time.monotonic()
        told = pool.map(lambda number: _browse(port, scene, number), range(1, people + 1))
        return Counter(answer for each in told for answer in each), time.monotonic() - began


def by_program(app: Flask, scene: Scene, people: int) -> Told:
    """Everybody by a program of the organisers, whole in one request."""
    secret = api_tokens.create(
        actor=SYSTEM, event_id=scene.event_id, name="Exchange", role=Role.ORGANISER, can_write=True
    ).secret
    db.session.rollback()
    groups = [range(1, people + 1)[number :: PROCESSES * CLIENTS] for number in range(PROCESSES * CLIENTS)]
    with served(app, workers=PROCESSES) as port, ThreadPoolExecutor(len(groups)) as pool:
        began = time.monotonic()
        told = pool.map(lambda group: _tell(port, secret, scene, group), groups)
        return Counter(answer for each in told for answer in each), time.monotonic() - began


def _tell(port: int, secret: str, scene: Scene, numbers: Iterable[int]) -> list[str]:
    """The statuses that a program was answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    told = []
    for number in numbers:
        typed = _typed(Step.WHO, number, scene.company_id) | {"company_id": scene.company_id}
        sent = {**typed, "position": {"ru": "директор"}, "spoken": ["ru"], "region": "almaty_region"}
        try:
            connection.request("POST", "/api/v1/registrations", body=json.dumps(sent), headers=headers)
            response = connection.getresponse()
            response.read()
            told.append(str(response.status))
        except OSError as error:
            told.append(f"error: {error}")
    return told


def _browse(port: int, scene: Scene, number: int) -> list[str]:
    """The statuses that one browser was answered."""
    browser = _Browser(port)
    address = f"/e/{scene.event_code}/register"
    browser.ask("GET", address)
    browser.ask("POST", f"{address}/begin", {"category": "delegate"})
    for step in _STEPS:
        browser.ask("POST", f"{address}/{step}", _typed(step, number, scene.company_id))
    browser.ask("POST", f"{address}/check", {})
    browser.ask("GET", f"{address}/thanks")
    return browser.told


class _Browser:
    """Cookies, the token of the first form, and what was answered; one connection kept open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.told: list[str] = []

    def ask(self, method: str, path: str, data: dict[str, Any] | None = None) -> None:
        try:
            body = urllib.parse.urlencode({"csrf_token": self.token, **(data or {})}, doseq=True)
            self.connection.request(
                method,
                path,
                body=body if method == "POST" else None,
                headers={
                    "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                    "Content-Type": "application/x-www-form-urlencoded",
                },
            )
            response = self.connection.getresponse()
            page = response.read().decode()
            for header in response.headers.get_all("Set-Cookie") or ():
                name, _, value = header.split(";")[0].partition("=")
                self.cookies[name] = value
            found = _TOKEN.search(page)
            self.token = found[1] if found else self.token
            self.told.append(str(response.status))
        except OSError as error:
            self.told.append(f"error: {error}")


def _found(event_id: int) -> Counter[str]:
    db.session.rollback()
    rows = db.session.execute(
        select(Delegate.status, func.count()).where(Delegate.event_id == event_id).group_by(Delegate.status)
    )
    return Counter({status.value: count for status, count in rows})


def _answers(share: Share, word: Word) -> list[str]:
    app = create_app(settings_for(share.database_url, Path(share.instance_path)))

    def several(people: tuple[int, ...]) -> str:
        with app.app_context():
            return " ".join(_register(share, number) for number in people)

    groups = [share.people[number::CLIENTS] for number in range(CLIENTS)]
    told = [answer for group in answers(groups, several, word) for answer in group.split()]
    dispose(app)
    return told


_WAYS: Final = {
    "services": (by_services, "through the services"),
    "pages": (over_http, "through pages"),
    "program": (by_program, "by a program"),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("databases", nargs="*", metavar="DATABASE", help="sqlite or postgresql")
    parser.add_argument("--people", type=int, default=WANTED_A_MINUTE)
    way = parser.add_mutually_exclusive_group()
    for name, (_, title) in _WAYS.items():
        way.add_argument(f"--{name}", dest="way", action="store_const", const=name, help=title)
    wanted = parser.parse_args()
    level, title = _WAYS[wanted.way or "services"]
    names = wanted.databases or DATABASES
    right = [measure(name, wanted.people, level, title) for name in names]
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())

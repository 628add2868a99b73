"""Invented people: officials, entrepreneurs, speakers, press, interpreters and staff."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any, Final

from forum.domain.consents import CATALOGUE, PHOTOGRAPHY, REQUIRED
from forum.domain.intervals import Interval
from forum.domain.localized import Localized
from forum.domain.states import Category, RegistrationStatus, Visibility
from forum.domain.transliteration import to_latin
from forum.sample import positions
from forum.sample.calendar import Calendar
from forum.sample.company_lists import ALMATY, MOSCOW, REGIONS, TOWNS
from forum.sample.names import almaty_name, longest_names, moscow_name
from forum.sample.records import Company, Named, Person

_OFTEN_GIVEN: Final = (CATALOGUE, PHOTOGRAPHY)
# The first people of these firms are the ones whose cabinets the sample's sign-ins open.
SHOWN_FIRMS: Final = {17: "delegate@forum.example", 18: "partner@forum.example"}
_STATUSES: Final = (
    (RegistrationStatus.APPROVED, 86),
    (RegistrationStatus.APPLIED, 7),
    (RegistrationStatus.WAITING, 3),
    (RegistrationStatus.DECLINED, 2),
    (RegistrationStatus.ASKED, 1),
    (RegistrationStatus.WITHDRAWN, 1),
)
# Of Almaty Region and of Moscow Region by turns.
_INTERPRETED: Final = (
    ("ru", "kk"),
    ("ru", "en"),
    ("ru", "kk", "en"),
    ("ru", "kk"),
    ("kk", "en"),
    ("ru", "en", "zh"),
)
_DIETS: Final = {
    "ru": ("вегетарианское питание", "без глютена", "халал"),
    "kk": ("халал", "вегетариандық тамақ"),
    "en": ("vegetarian", "no nuts"),
}
_NEEDS: Final = {"ru": "место для коляски", "kk": "арбаға арналған орын", "en": "step-free access"}
_AWAY: Final = {
    "ru": ("прибывает позднее", "уезжает раньше"),
    "kk": ("кешірек келеді", "ертерек кетеді"),
    "en": ("arrives later", "leaves earlier"),
}


_COMPANIONS: Final = 2  # of the heads of the delegations, who are the first two people


@dataclass(frozen=True, slots=True)
class Shares:
    """How many people of each category a forum of a given size has."""

    officials: int
    speakers: int
    press: int
    interpreters: int
    staff: int
    companions: int
    entrepreneurs: int
    firms: int


def shares(people: int) -> Shares:
    """In the proportions of the real forum: about three companies to four people."""
    officials, press = max(6, round(people * 0.06)), max(2, round(people * 0.025))
    interpreters, staff = max(4, round(people * 0.025)), max(5, round(people * 0.03)) - _COMPANIONS
    business = people - officials - press - interpreters - staff - _COMPANIONS
    speakers = max(9, round(people * 0.04))
    return Shares(
        officials,
        speakers,
        press,
        interpreters,
        staff,
        _COMPANIONS,
        entrepreneurs=business - speakers,
        firms=round(people * 0.73) - 8,
    )


def register(
    random: Random,
    calendar: Calendar,
    count: Shares,
    firms: tuple[Company, ...],
    bodies: tuple[Company, ...],
    newsrooms: tuple[Company, ...],
) -> tuple[Person, ...]:
    """Everybody, numbered from 1."""
    register = _Register(random, calendar)
    people: list[Person] = []
    people += register.officials(count.officials, bodies)
    people += register.business(count.speakers, count.entrepreneurs, firms)
    people += (register.press(newsrooms[nth % len(newsrooms)]) for nth in range(count.press))
    people += (register.interpreter((ALMATY, MOSCOW)[nth % 2], nth) for nth in range(count.interpreters))
    people += (register.staff(nth) for nth in range(count.staff))
    people += (register.companion(people[nth]) for nth in range(count.companions))
    return tuple(people)


@dataclass
class _Register:
    """Draws people one after the other; keeps the numbers and addresses already given."""

    random: Random
    calendar: Calendar
    last_number: int = 0
    addresses: set[str] = field(default_factory=lambda: set(SHOWN_FIRMS.values()))

    def officials(self, count: int, bodies: tuple[Company, ...]) -> Iterator[Person]:
        """By turns of each region: its head, the head's aide, the others; heads are reached by the aide."""
        for nth in range(count):
            delegation, rank = (MOSCOW, ALMATY)[nth % 2], nth // 2 + 1
            own = [body for body in bodies if body.delegation == delegation]
            is_head = rank == 1
            yield self._person(
                self._named(delegation, is_local=True),
                delegation,
                own[0] if rank < 3 else self.random.choice(own),
                Category.OFFICIAL,
                positions.HEADS[delegation] if is_head else self.random.choice(positions.OFFICIALS),
                status=RegistrationStatus.APPROVED,
                is_head=is_head,
                precedence=rank,
                aide=self.last_number + 3 if is_head else None,
                has_address=not is_head,
            )

    def business(self, speakers: int, others: int, firms: tuple[Company, ...]) -> Iterator[Person]:
        """One of every firm, then second and third people of some; speakers come from the larger firms."""
        spare = speakers + others - len(firms)
        seconds = self.random.choices(firms[: max(4, len(firms) // 3)], k=spare)
        longest = {MOSCOW: list(longest_names()[0]), ALMATY: list(longest_names()[1])}
        for nth, firm in enumerate([*firms, *seconds]):
            is_first = nth < len(firms)
            names = longest[firm.delegation]
            drawn = names.pop(0) if names else self._named(firm.delegation)
            named = firm.owner if firm.owner and is_first else drawn
            is_speaker = nth % 3 == 0 and nth // 3 < speakers
            yield self._entrepreneur(named, firm, is_speaker=is_speaker, is_first=is_first)

    def _entrepreneur(self, named: Named, firm: Company, *, is_speaker: bool, is_first: bool) -> Person:
        is_shown = is_first and firm.number in SHOWN_FIRMS
        is_certain = is_speaker or is_shown or firm.number < 17
        return self._person(
            named,
            firm.delegation,
            firm,
            Category.SPEAKER if is_speaker else Category.DELEGATE,
            self._position(firm, is_first),
            status=RegistrationStatus.APPROVED if is_certain else self._status(),
            visibility=self._visibility(),
            email=SHOWN_FIRMS[firm.number] if is_shown else None,
            absence=None if is_shown or is_speaker else self._absence(),
        )

    def _position(self, firm: Company, is_first: bool) -> Localized:
        if firm.name.form in ("ip", "kfh") and is_first:
            return positions.OWNERS[firm.name.form]
        if firm.number in (3, 4) and is_first:
            return positions.LONGEST
        position = self.random.choice(positions.BUSINESS)
        # Some offices send only one language, and pre-flight has something to find.
        only = "kk" if firm.delegation == ALMATY else "ru"
        return Localized({only: position[only]}) if self.random.random() < 0.04 else position

    def press(self, newsroom: Company) -> Person:
        named = self._named(newsroom.delegation, is_local=True)
        position = self.random.choice(positions.PRESS)
        return self._person(named, newsroom.delegation, newsroom, Category.PRESS, position)

    def interpreter(self, delegation: str, nth: int) -> Person:
        """The languages follow from the number, so that no pair of languages is ever missing."""
        spoken = _INTERPRETED[nth % len(_INTERPRETED)]
        position = positions.INTERPRETERS[nth % 2]
        named = self._named(ALMATY if "kk" in spoken else MOSCOW, is_local=True)
        return self._person(named, delegation, None, Category.INTERPRETER, position, spoken=spoken)

    def staff(self, nth: int) -> Person:
        position = positions.STAFF[nth % len(positions.STAFF)]
        named = self._named(MOSCOW, is_local=True)
        return self._person(named, MOSCOW, None, Category.STAFF, position)

    def companion(self, official: Person) -> Person:
        named = self._named(official.delegation, is_local=True)
        return self._person(
            named,
            official.delegation,
            None,
            Category.COMPANION,
            positions.COMPANION,
            visibility=Visibility.NOBODY,
            has_address=False,
            accompanies=official.number,
        )

    def _person(
        self,
        named: Named,
        delegation: str,
        company: Company | None,
        category: Category,
        position: Localized,
        *,
        email: str | None = None,
        spoken: tuple[str, ...] = (),
        status: RegistrationStatus = RegistrationStatus.APPROVED,
        visibility: Visibility = Visibility.PARTICIPANTS,
        has_address: bool | None = None,
        **others: Any,
    ) -> Person:
        self.last_number += 1
        spoken = spoken or self._spoken(named, delegation)
        language = self._language(spoken, delegation)
        if has_address is None:
            has_address = self.random.random() < 0.88 or category is not Category.DELEGATE
        return Person(
            number=self.last_number,
            delegation=delegation,
            company=company.number if company else None,
            category=category,
            status=status,
            visibility=visibility,
            name=named.name,
            latin_family_name=named.latin_family,
            latin_given_name=named.latin_given,
            position=position,
            email=email or (self._address(named, company) if has_address else None),
            town=company.town if company else self.random.choice(TOWNS[delegation]),
            region=REGIONS[delegation],
            spoken=spoken,
            language=language,
            **self._particulars(delegation, language),
            **others,
        )

    def _particulars(self, delegation: str, language: str) -> dict[str, Any]:
        is_guest = delegation == ALMATY
        return {
            "phone": self._phone(delegation),
            "phone_extension": str(self.random.randint(100, 999)) if self.random.random() < 0.05 else None,
            "registered_at": self.calendar.now - timedelta(minutes=self.random.randrange(600, 50_000)),
            "diet": self.random.choice(_DIETS[language]) if self.random.random() < 0.08 else None,
            "access_needs": _NEEDS[language] if self.random.random() < 0.015 else None,
            "arrives_at": self.calendar.at(0, self.random.choice(("15:40", "19:25"))) if is_guest else None,
            "leaves_at": self.calendar.at(2, self.random.choice(("20:30", "23:10"))) if is_guest else None,
            "consents": self._consents(),
        }

    def _named(self, delegation: str, *, is_local: bool = False) -> Named:
        draw = moscow_name if delegation == MOSCOW else almaty_name
        named = draw(self.random)
        while is_local and named.name.family.isascii():
            named = draw(self.random)
        return named

    def _status(self) -> RegistrationStatus:
        statuses = [status for status, _ in _STATUSES]
        return self.random.choices(statuses, [share for _, share in _STATUSES])[0]

    def _visibility(self) -> Visibility:
        return self.random.choices(tuple(Visibility), (12, 84, 4))[0]

    def _spoken(self, named: Named, delegation: str) -> tuple[str, ...]:
        chance = self.random.random()
        english = ("en",) if self.random.random() < (0.35 if delegation == MOSCOW else 0.2) else ()
        if named.tongue not in ("ru", "kk", "ug"):
            return tuple(dict.fromkeys((named.tongue, "en")))
        if named.tongue == "kk":
            return ("kk", *english) if chance < 0.09 else ("kk", "ru", *english)
        if named.tongue == "ug":
            return ("ug", "ru", "kk", *english)
        return ("ru", "kk", *english) if delegation == ALMATY and chance < 0.4 else ("ru", *english)

    def _language(self, spoken: tuple[str, ...], delegation: str) -> str:
        if "ru" not in spoken:
            return "kk" if "kk" in spoken else "en"
        is_kazakh = delegation == ALMATY and spoken[0] == "kk" and self.random.random() < 0.6
        return "kk" if is_kazakh else "ru"

    def _absence(self) -> Interval | None:
        """About one in seven comes one to three slots late or leaves as early."""
        if self.random.random() > 0.15:
            return None
        slots, missed = self.calendar.slots(), self.random.randint(1, 3)
        away = slots[:missed] if self.random.random() < 0.5 else slots[-missed:]
        return Interval(away[0].time.start, away[-1].time.end)

    def _consents(self) -> tuple[str, ...]:
        return REQUIRED + tuple(purpose for purpose in _OFTEN_GIVEN if self.random.random() < 0.9)

    def _phone(self, delegation: str) -> str:
        """A number of a block that nobody has been given."""
        return f"+7{'900' if delegation == MOSCOW else '700'}000{self.last_number:04}"

    def _address(self, named: Named, company: Company | None) -> str:
        """a.ivanova@progress.example; a second one of the same name gets a number."""
        person = f"{_plain(named.latin_given)[:1]}.{_plain(named.latin_family)}".strip(".")
        house = _plain(to_latin(company.name.bare))[:20] if company else "forum"
        address = f"{person}@{house}.example"
        while address in self.addresses:
            address = f"{person}{self.random.randint(2, 9999)}@{house}.example"
        self.addresses.add(address)
        return address


def away_reason(language: str, *, is_late: bool) -> str:
    """Why somebody is not there, in the language of their papers."""
    return _AWAY[language][0 if is_late else 1]


def _plain(text: str) -> str:
    """The small Latin letters and digits of ``text``."""
    decomposed = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ß", "ss"))
    return "".join(letter for letter in decomposed.lower() if letter.isascii() and letter.isalnum())

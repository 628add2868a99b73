"""Papers that all differ, so that nothing that is kept of fitted texts, codes or pages flatters anybody."""

from __future__ import annotations

import random
from dataclasses import replace

from forum.printing.designs import UsedDesign, standard
from forum.printing.documents import (
    AgendaDay,
    AgendaDocument,
    AgendaEntry,
    BadgeDocument,
    CardDocument,
    CardSide,
)
from forum.printing.labels import CATEGORIES, band_label
from forum.printing.sheets import A6

SYLLABLES = [
    "та",
    "ле",
    "ри",
    "ган",
    "дор",
    "шу",
    "қы",
    "нұр",
    "бай",
    "сәу",
    "лет",
    "ма",
    "вол",
    "щер",
    "бин",
    "ко",
    "ром",
    "әл",
    "жан",
    "ер",
    "гү",
    "лін",
    "ост",
]
LANGUAGES = ("ru", "kk", "en")


def word(random_: random.Random, syllables: int) -> str:
    return "".join(random_.choice(SYLLABLES) for _ in range(syllables)).capitalize()


def badges(count: int) -> list[BadgeDocument]:
    random_ = random.Random(count)
    made = []
    for number in range(count):
        language = LANGUAGES[number % 3]
        category = CATEGORIES[number % len(CATEGORIES)]
        made.append(
            BadgeDocument(
                language=language,
                event_title=("Форум «Берег — Степь»", "«Жаға — Дала» форумы"),
                dates="12–13 мая 2027",
                place="Зареченск",
                family=word(random_, random_.randint(2, 7)),
                given=word(random_, random_.randint(2, 4)),
                patronymic=word(random_, 5) if number % 3 else "",
                latin_name=f"Vera{number} Tumanova",
                position=" ".join(word(random_, 4) for _ in range(random_.randint(1, 5))),
                company=" ".join(word(random_, 4) for _ in range(random_.randint(1, 5))),
                delegation="Приречный край",
                category=category,
                category_label=band_label(category, language),
                number=f"{number:04}",
                code=f"https://forum.example/b/{random_.getrandbits(60):015X}",
            )
        )
    return made


def two_sided(count: int) -> list[BadgeDocument]:
    """The same with backs: a name, two days of twelve lines, whom to call."""
    random_ = random.Random(count)
    design = UsedDesign(replace(standard(A6).design, fold="double"))
    return [replace(badge, design=design, back=_back(random_, badge)) for badge in badges(count)]


def _back(random_: random.Random, badge: BadgeDocument) -> CardDocument:
    lines = [
        ("back_line", f"{10 + turn // 2}:{turn % 2 * 3}0 Стол {random_.randint(1, 60)} · {word(random_, 4)}")
        for turn in range(12)
    ]
    days = [("back_day", "Среда, 12 мая"), *lines[:7], ("back_day", "Четверг, 13 мая"), *lines[7:]]
    texts = (("back_name", f"{badge.family} {badge.given}"), *days, ("back_foot", "Связь: +7 000 000-00-00"))
    return CardDocument(
        language=badge.language, title="Оборот", sides=(CardSide(language=badge.language, texts=texts),)
    )


def agendas(count: int) -> list[AgendaDocument]:
    """Two A4 pages each: twelve meetings, a visit and eight sessions."""
    random_ = random.Random(count)
    return [_agenda(random_, number) for number in range(count)]


def _agenda(random_: random.Random, number: int) -> AgendaDocument:
    meetings = [
        AgendaEntry(
            kind="meeting",
            start=f"{10 + turn // 2}:{turn % 2 * 3}0",
            end=f"{10 + turn // 2}:{turn % 2 * 3 + 2}0",
            company=f"{word(random_, 4)} {word(random_, 3)}",
            with_whom=f"{word(random_, 4)} {word(random_, 3)}",
            table=str(random_.randint(1, 60)),
            place="Зал переговоров",
        )
        for turn in range(12)
    ]
    sessions = [
        AgendaEntry(
            kind="session",
            start=f"{9 + turn}:00",
            end=f"{9 + turn}:50",
            title=" ".join(word(random_, 4) for _ in range(6)),
            place="Большой зал",
        )
        for turn in range(8)
    ]
    visit = AgendaEntry(kind="visit", start="18:00", end="20:00", title="Ткацкая фабрика", note="Паспорт")
    return AgendaDocument(
        language=LANGUAGES[number % 3],
        event_title="Форум «Берег — Степь»",
        person=f"{word(random_, 4)} {word(random_, 3)}",
        company=f"{word(random_, 4)} {word(random_, 3)}",
        days=(
            AgendaDay(date_label="Среда, 12 мая", entries=tuple(meetings)),
            AgendaDay(date_label="Четверг, 13 мая", entries=(*sessions, visit)),
        ),
        contacts="Штаб: +7 000 000-00-00",
        printed_label="Напечатано 11 мая",
    )

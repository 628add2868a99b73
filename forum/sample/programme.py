"""Places, rooms and the programme of the invented forum."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from forum.domain.intervals import Interval
from forum.domain.localized import Localized
from forum.domain.states import Category
from forum.sample.calendar import Calendar
from forum.sample.records import Person, Place, Room, Session


def _texts(text: str) -> Localized:
    """«Russian|Kazakh|English»."""
    return Localized(dict(zip(("ru", "kk", "en"), text.split("|"), strict=True)))


PLACES: Final = (
    Place(
        "venue",
        _texts("Дом форумов «Излучина»|«Излучина» форумдар үйі|Izluchina Forum House"),
        _texts(
            "Красногорск, Павшинская набережная, 1|Красногорск, Павшино жағалауы, 1"
            "|1 Pavshinskaya Embankment, Krasnogorsk"
        ),
    ),
    Place(
        "hotel",
        _texts("Гостиница «Опалиха»|«Опалиха» қонақүйі|Opalikha Hotel"),
        _texts("Красногорск, улица Лесная, 12|Красногорск, Лесная көшесі, 12|12 Lesnaya Street, Krasnogorsk"),
    ),
    Place(
        "esipovo",
        _texts(
            "Индустриальный парк «Есипово»|«Есипово» индустриялық паркі|Esipovo Industrial Park",
        ),
        _texts(
            "Московская область, городской округ Солнечногорск, деревня Есипово"
            "|Мәскеу облысы, Солнечногорск қалалық округі, Есипово ауылы"
            "|Esipovo, Solnechnogorsk Urban District, Moscow Region"
        ),
    ),
    Place(
        "istok",
        _texts(
            "Особая экономическая зона «Исток»|«Исток» арнайы экономикалық аймағы|Istok Special Economic Zone"
        ),
        _texts("Московская область, Фрязино|Мәскеу облысы, Фрязино қаласы|Fryazino, Moscow Region"),
    ),
)
TRAVEL: Final = (
    ("venue", "hotel", 15),
    ("venue", "esipovo", 50),
    ("venue", "istok", 55),
    ("hotel", "esipovo", 45),
    ("hotel", "istok", 60),
    ("esipovo", "istok", 75),
)


def rooms(people: int) -> tuple[Room, ...]:
    """Rooms that hold ``people``."""
    return (
        _room("foyer", people, "Фойе|Фойе|Foyer"),
        _room("great-hall", people, "Большой зал|Үлкен зал|Great Hall"),
        _room("meeting-hall", people, "Зал переговоров|Келіссөздер залы|Meeting Hall"),
        _room("oka", max(40, people // 4), "Зал «Ока»|«Ока» залы|Oka Room"),
        _room("ile", max(40, people // 4), "Зал «Иле»|«Іле» залы|Ile Room"),
        _room("banquet-hall", people, "Банкетный зал|Банкет залы|Banquet Hall"),
    )


def _room(code: str, capacity: int, title: str) -> Room:
    return Room(code, _texts(title), capacity, "venue")


# (kind, room, day, start, end, title, summary); sessions of these kinds keep everybody from meeting.
_FOR_EVERYONE: Final = ("opening", "plenary", "lunch", "ceremony")
_ITEMS: Final[tuple[tuple[str, str, tuple[int, str, str], str, str], ...]] = (
    (
        "registration",
        "foyer",
        (1, "08:30", "10:00"),
        "Регистрация участников и приветственный кофе|Қатысушыларды тіркеу және сәлемдесу кофесі"
        "|Registration and welcome coffee",
        "",
    ),
    (
        "opening",
        "great-hall",
        (1, "10:00", "10:20"),
        "Открытие форума|Форумның ашылуы|Opening of the forum",
        "Приветствия глав делегаций|Делегация басшыларының құттықтау сөздері"
        "|Welcome by the heads of the delegations",
    ),
    (
        "plenary",
        "great-hall",
        (1, "10:20", "11:30"),
        "Пленарное заседание «Подмосковье — Алматинская область: производим вместе»"
        "|«Мәскеу облысы — Алматы облысы: бірге өндіреміз» пленарлық отырысы"
        "|Plenary session: Moscow Region and Almaty Region, Producing Together",
        "Промышленная кооперация, логистика и меры поддержки инвесторов двух регионов"
        "|Екі өңірдің өнеркәсіптік кооперациясы, логистикасы және инвесторларды қолдау шаралары"
        "|Industrial cooperation, logistics and investor support in both regions",
    ),
    ("coffee", "foyer", (1, "11:30", "11:50"), "Кофе-пауза|Кофе-үзіліс|Coffee break", ""),
    ("lunch", "banquet-hall", (1, "13:00", "14:10"), "Обед|Түскі ас|Lunch", ""),
    (
        "panel",
        "oka",
        (1, "14:30", "15:45"),
        "Лёгкая промышленность: от сырья до готовой одежды|Жеңіл өнеркәсіп: шикізаттан дайын киімге дейін"
        "|Light industry: from raw material to finished clothing",
        "Шерсть и хлопок, швейные цеха, совместные марки|Жүн мен мақта, тігін цехтары, бірлескен брендтер"
        "|Wool and cotton, sewing workshops, joint brands",
    ),
    (
        "panel",
        "ile",
        (1, "14:30", "15:45"),
        "Логистика: короткий путь между регионами|Логистика: өңірлер арасындағы төте жол"
        "|Logistics: the short way between the regions",
        "Сроки, таможня, склады в Конаеве и Подмосковье"
        "|Мерзімдер, кеден, Қонаев пен Мәскеу облысындағы қоймалар"
        "|Delivery times, customs, warehouses in Konaev and Moscow Region",
    ),
    ("coffee", "foyer", (1, "16:20", "16:40"), "Кофе-пауза|Кофе-үзіліс|Coffee break", ""),
    (
        "dinner",
        "banquet-hall",
        (1, "19:00", "22:00"),
        "Торжественный ужин|Салтанатты кешкі ас|Gala dinner",
        "",
    ),
    (
        "panel",
        "oka",
        (2, "10:00", "11:15"),
        "Индустриальные парки и особые экономические зоны: как разместить производство"
        "|Индустриялық парктер мен арнайы экономикалық аймақтар: өндірісті қалай орналастыруға болады"
        "|Industrial parks and special economic zones: how to settle a production",
        "Готовые помещения light industrial, сети, льготы"
        "|Light industrial форматындағы дайын үй-жайлар, желілер, жеңілдіктер"
        "|Ready light industrial units, utilities, incentives",
    ),
    ("coffee", "foyer", (2, "11:30", "11:50"), "Кофе-пауза|Кофе-үзіліс|Coffee break", ""),
    ("lunch", "banquet-hall", (2, "13:30", "14:30"), "Обед|Түскі ас|Lunch", ""),
    (
        "ceremony",
        "great-hall",
        (2, "14:45", "15:30"),
        "Церемония подписания соглашений|Келісімдерге қол қою рәсімі|Signing ceremony",
        "Соглашения и меморандумы, подготовленные на переговорах"
        "|Келіссөздерде дайындалған келісімдер мен меморандумдар"
        "|Agreements and memoranda prepared at the meetings",
    ),
    (
        "closing",
        "great-hall",
        (2, "15:30", "16:00"),
        "Закрытие форума, приглашение в Конаев|Форумның жабылуы, Қонаевқа шақыру"
        "|Closing of the forum and invitation to Konaev",
        "",
    ),
)


def sessions(calendar: Calendar, people: Iterable[Person]) -> tuple[Session, ...]:
    """The programme in the order of time; speakers take part in one panel each, by turns."""
    speakers = [person.number for person in people if person.category is Category.SPEAKER]
    heads = [person.number for person in people if person.is_head]
    panels = [item for item in _ITEMS if item[0] == "panel"]
    found: list[Session] = []
    for item in _ITEMS:
        kind, room, (day, start, end), title, summary = item
        taking_part: list[tuple[int, str]] = []
        if item in panels:
            nth = panels.index(item)
            taking_part = _with_moderator(speakers[nth :: len(panels)][:5])
        elif kind in ("opening", "plenary"):
            taking_part = [(number, "speaker") for number in heads]
        found.append(_session(kind, room, calendar.between(day, start, end), title, summary, taking_part))
    return tuple(sorted(found, key=lambda session: session.time))


def _with_moderator(numbers: list[int]) -> list[tuple[int, str]]:
    return [(number, "speaker" if nth else "moderator") for nth, number in enumerate(numbers)]


def _session(
    kind: str, room: str, time: Interval, title: str, summary: str, people: list[tuple[int, str]]
) -> Session:
    return Session(
        kind=kind,
        room=room,
        title=_texts(title),
        summary=_texts(summary) if summary else Localized(),
        time=time,
        blocks_meetings=kind in _FOR_EVERYONE or kind == "panel",
        is_for_everyone=kind != "panel",
        people=tuple(people),
    )

"""Sixty people whose names, companies and positions are the hardest to print."""

from __future__ import annotations

from typing import Any, Final

from forum.printing.documents import BadgeDocument
from tests.printing.papers import badge

LATIN: Final = (
    "O’Shaughnessy–Fitzgerald",
    "van der Westhuizen-de la Cruz y Fernández de Córdoba",
    "Wolkenkuckucksheimerhausenbergerdorffwelchevoralternwaren",
    "Żółkiewska-Święcicka",
    "Þórhallsdóttir",
    "Çağlayangil-Büyükünsal",
    "Krūmiņš",
    "Søgård-Ångström",
    "Ťažký-Šťastný",
    "d’Aubigné de la Rochefoucauld",
)
KAZAKH: Final = (
    "ҒАБДҰЛХАКІМҰЛЫ-ҢҰРЖАНҰЛЫ",
    "Құлыншақбаева-Өтемісқызы",
    "ҺӘМЗЕҰЛЫ",
    "Іңкәрбекқызы-Қожаберген-Жүсіпова",
    "Әл-Фараби",
    "Ыдырысбайұлы",
    "ҮКІЛІ ЫБЫРАЙ",
    "Жұмағұлжанқызы",
    "Нұрмұхамедұлы-Төлегенқызы",
    "Ғұмарұлы",
)
RUSSIAN: Final = (
    "Ли",
    "Ё",
    "Крестовоздвиженская-Голенищева-Верхнеуральская",
    "Мамедов Гасан Али оглы",
    "Щ" * 90,
    "Перцев—Задунайский",
    "Ъывьева-Йодковская",
    "Мамин–Сибиряк",
    "Римская-Корсакова-Преображенская",
    "Шшшшшшшшшшшшшшшшшшшш",
)
FOREIGN: Final = ("Nguyễn Thị Hằng", "王小明", "محمد بن سلمان", "כהן־לוי", "Παπαδοπούλου")
ODD: Final = (
    "Вера 🌾",
    "👨‍👩‍👧 Семья",
    "Ту\u0000ма\u0007но\u001bва",
    "Ту\u200bма\u00adно\ufeffва",
    "\u202eавонамуТ\u202c",
    "Тума\nнова\tВера",
    "Ту\u0301манова",
    "ﬁnanzler",
    "<b>Туманова</b>&amp;",
    "(Туманова) \\ [Вера]",
)
LONG_COMPANIES: Final = (
    "Общество с ограниченной ответственностью «Научно-производственное объединение „Приречная"
    " льнопрядильная и ткацкая мануфактура“»",
    "«Шығыс Қазақстан облысының кәсіпкерлік және индустриялық-инновациялық даму басқармасы»"
    " мемлекеттік мекемесі",
    "International Consortium for the Sustainable Development of Central Asian Infrastructure Ltd.",
    "Aktiengesellschaftsbeteiligungsverwaltungsgesellschaftmbh",
    "https://a-very-long-name-of-a-company-without-any-space.example/about/the/company",
)
LONG_POSITIONS: Final = (
    "Первый заместитель генерального директора по внешнеэкономической деятельности, международному"
    " сотрудничеству и связям с органами власти",
    "Басқарма төрағасының бірінші орынбасары — қаржы директоры",
    "Senior Vice President for Strategic Partnerships, Government Relations & Public Affairs",
)
DOUBLES: Final = tuple(f"{one}-{two}" for one in RUSSIAN[6:9] for two in ("Оглы", "Голенищева", "Әуезова"))
LONG_ONES: Final = tuple("Верхнеуральская-" * count + "Ли" for count in (2, 4, 6, 8, 9, 10))

FAMILIES: Final = (*LATIN, *KAZAKH, *RUSSIAN, *FOREIGN, *ODD, *DOUBLES, *LONG_ONES)
LEFT_TO_WEASYPRINT: Final = (*FOREIGN, *ODD[:2], ODD[6], ODD[7])
"""What the font lacks, what is read from the right, and an accent that stands on a letter of its own."""


def nasty_badges() -> list[BadgeDocument]:
    return [_badge(index, family) for index, family in enumerate(FAMILIES)]


def _badge(index: int, family: str) -> BadgeDocument:
    fields: dict[str, Any] = {
        "language": ("ru", "kk", "en")[index % 3],
        "family": family,
        "given": ("Вера", "Мұхаммед-Әли Нұрмұхамедұлы", "", "Christopher Bartholomew Maximilian")[index % 4],
        "patronymic": "",
        "latin_name": "",
        "company": LONG_COMPANIES[index % len(LONG_COMPANIES)],
        "position": LONG_POSITIONS[index % len(LONG_POSITIONS)],
        "number": str(index + 1),
        "code": f"https://forum.example/b/{index:010X}",
    }
    return badge(**fields)

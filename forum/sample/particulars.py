"""What invented companies say of themselves: size, site, a few words. Drawn apart from everything else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import Final

from forum.domain.company_sizes import COMPANY_SIZES
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.sectors import SECTORS
from forum.domain.transliteration import to_latin
from forum.sample.records import Company

_SIZES: Final = tuple(term.code for term in COMPANY_SIZES)
_SHARES: Final = (30, 40, 20, 10)
_ABOUT: Final = {
    "ru": "{sector}. На рынке с {year} года, площадка – {town}. Работаем по договору с первого дня,"
    " отвечаем в течение рабочего дня.",
    "kk": "{sector}. Нарықта {year} жылдан бері, өндіріс орны – {town}. Алғашқы күннен келісімшартпен"
    " жұмыс істейміз, бір жұмыс күнінде жауап береміз.",
    "en": "{sector}. In business since {year}, based in {town}. We work under contract from the first day"
    " and answer within a working day.",
}
_NOT_A_LETTER: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Particulars:
    size: str | None
    website: str | None
    about: Localized


def particulars(company: Company) -> Particulars:
    """The same for the same company; every third has left something out."""
    random = Random(f"{company.number} {company.name.bare}")
    size = random.choices(_SIZES, _SHARES)[0] if company.sectors else None
    house = _NOT_A_LETTER.sub("-", to_latin(company.name.bare).lower()).strip("-")[:40].strip("-")
    has_site, has_text, year = random.random() < 0.8, random.random() < 0.8, random.randint(1992, 2023)
    return Particulars(
        size,
        f"https://{house}.example" if has_site and house else None,
        _about(company, year) if has_text and company.sectors else Localized(),
    )


def _about(company: Company, year: int) -> Localized:
    titles = SECTORS.title(company.sectors[0])
    towns = {"ru": company.town, "kk": company.town, "en": to_latin(company.town)}
    return Localized(
        {
            language: _ABOUT[language].format(
                sector=titles.in_language(language), year=year, town=towns[language]
            )
            for language in LANGUAGES
        }
    )

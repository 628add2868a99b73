"""Regions that delegations come from: all of Kazakhstan, and Central Russia with both capitals.

A city of its own standing (Москва, Алматы, Астана) is another region than the oblast around it, so
«Алматы» never means «Алматы облысы».
"""

from __future__ import annotations

from typing import Final

from forum.domain.localized import Localized
from forum.domain.vocabulary import Term, Vocabulary

_COUNTRIES: Final = ("РК", "Республика Казахстан", "Казахстан", "Қазақстан", "ҚР", "РФ", "Россия", "Ресей")


def _with_country(wording: str) -> tuple[str, ...]:
    """«РК, Алматинская область» and «Алматинская область, Казахстан» mean the region itself."""
    return tuple(text for country in _COUNTRIES for text in (f"{country} {wording}", f"{wording} {country}"))


def _short_forms(text: str) -> tuple[str, ...]:
    pairs = (
        (" область", " обл."),
        (" область", " обл-ть"),
        (" облысы", " обл."),
        (" Region", " oblast"),
        (" Region", " Oblysy"),
    )
    return tuple(text.replace(long, short) for long, short in pairs if text.endswith(long))


def _region(code: str, russian: str, kazakh: str, english: str, wordings: str = "") -> Term:
    """``wordings`` part at the bars; short forms and forms with the country are added."""
    given = (russian, kazakh, english, *filter(None, wordings.split("|")))
    known = [*given, *(short for text in given for short in _short_forms(text))]
    with_countries = [text for wording in known for text in _with_country(wording)]
    return Term(code, Localized(ru=russian, kk=kazakh, en=english), (*known, *with_countries))


def _city(code: str, russian: str, kazakh: str, english: str, wordings: str = "") -> Term:
    named = [f"г. {russian}", f"город {russian}", f"{kazakh} қаласы", f"{kazakh} қ.", f"{english} City"]
    return _region(code, russian, kazakh, english, "|".join([*named, *filter(None, [wordings])]))


REGIONS: Final = Vocabulary(
    (
        _region(
            "moscow_region",
            "Московская область",
            "Мәскеу облысы",
            "Moscow Region",
            "МО|М.О.|Подмосковье|Мособласть|Мос. обл.|Москва облысы|Moskovskaya oblast|Moscow Oblast",
        ),
        _region(
            "almaty_region",
            "Алматинская область",
            "Алматы облысы",
            "Almaty Region",
            "Алмат. обл.|Алм. обл.|Алматы обл.|Алматинская|Алма-Атинская область|Almatinskaya oblast",
        ),
        _city("moscow", "Москва", "Мәскеу", "Moscow", "Мск"),
        _city("saint_petersburg", "Санкт-Петербург", "Санкт-Петербург", "Saint Petersburg", "СПб|Питер"),
        _city("almaty", "Алматы", "Алматы", "Almaty", "Алма-Ата"),
        _city("astana", "Астана", "Астана", "Astana", "Нур-Султан|Нұр-Сұлтан"),
        _city("shymkent", "Шымкент", "Шымкент", "Shymkent", "Чимкент"),
        _region("abai", "Абайская область", "Абай облысы", "Abai Region", "область Абай"),
        _region("akmola", "Акмолинская область", "Ақмола облысы", "Akmola Region"),
        _region("aktobe", "Актюбинская область", "Ақтөбе облысы", "Aktobe Region"),
        _region("atyrau", "Атырауская область", "Атырау облысы", "Atyrau Region"),
        _region(
            "east_kazakhstan",
            "Восточно-Казахстанская область",
            "Шығыс Қазақстан облысы",
            "East Kazakhstan Region",
            "ВКО|ШҚО",
        ),
        _region("jambyl", "Жамбылская область", "Жамбыл облысы", "Jambyl Region", "Zhambyl Region"),
        _region(
            "jetisu", "Жетысуская область", "Жетісу облысы", "Jetisu Region", "область Жетісу|область Жетысу"
        ),
        _region("karaganda", "Карагандинская область", "Қарағанды облысы", "Karaganda Region"),
        _region("kostanay", "Костанайская область", "Қостанай облысы", "Kostanay Region"),
        _region("kyzylorda", "Кызылординская область", "Қызылорда облысы", "Kyzylorda Region"),
        _region("mangystau", "Мангистауская область", "Маңғыстау облысы", "Mangystau Region"),
        _region(
            "north_kazakhstan",
            "Северо-Казахстанская область",
            "Солтүстік Қазақстан облысы",
            "North Kazakhstan Region",
            "СКО|СҚО",
        ),
        _region("pavlodar", "Павлодарская область", "Павлодар облысы", "Pavlodar Region"),
        _region(
            "turkistan",
            "Туркестанская область",
            "Түркістан облысы",
            "Turkistan Region",
            "ЮКО|Южно-Казахстанская область",
        ),
        _region("ulytau", "Улытауская область", "Ұлытау облысы", "Ulytau Region", "область Улытау"),
        _region(
            "west_kazakhstan",
            "Западно-Казахстанская область",
            "Батыс Қазақстан облысы",
            "West Kazakhstan Region",
            "ЗКО|БҚО",
        ),
        _region("leningrad_region", "Ленинградская область", "Ленинград облысы", "Leningrad Region"),
        _region("kaluga_region", "Калужская область", "Калуга облысы", "Kaluga Region"),
        _region("ryazan_region", "Рязанская область", "Рязань облысы", "Ryazan Region"),
        _region("smolensk_region", "Смоленская область", "Смоленск облысы", "Smolensk Region"),
        _region("tula_region", "Тульская область", "Тула облысы", "Tula Region"),
        _region("tver_region", "Тверская область", "Тверь облысы", "Tver Region"),
        _region("vladimir_region", "Владимирская область", "Владимир облысы", "Vladimir Region"),
        _region("yaroslavl_region", "Ярославская область", "Ярославль облысы", "Yaroslavl Region"),
    )
)

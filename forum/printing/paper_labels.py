"""The words of papers of the forum, in its three languages; one paper may speak two of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypedDict

from forum.domain.localized import Localized

BOTH: Final = " · "


class Titles(TypedDict):
    """As fields of a paper."""

    title: str
    subtitle: str


def said(languages: Sequence[str], text: Localized, /, **values: Any) -> str:
    """``text`` in each of ``languages``, once where two agree; ``values`` fill it, Localized ones too."""
    parts = []
    for language in languages:
        own = {
            name: each.in_language(language) if isinstance(each, Localized) else each
            for name, each in values.items()
        }
        template = text.in_language(language)
        parts.append(template.format(**own) if values else template)
    return BOTH.join(dict.fromkeys(part for part in parts if part))


def titles(languages: Sequence[str], text: Localized, /, **values: Any) -> Titles:
    """``title`` and ``subtitle`` of a paper: the first language, and the second where it differs."""
    first, *others = (said((language,), text, **values) for language in languages)
    return {"title": first, "subtitle": BOTH.join(other for other in others if other != first)}


def _words(ru: str, kk: str, en: str) -> Localized:
    return Localized(ru=ru, kk=kk, en=en)


TABLE: Final = _words("Стол {number}", "{number}-үстел", "Table {number}")
TABLE_WORD: Final = _words("Стол", "Үстел", "Table")
ZONE: Final = _words("Зона {zone}", "{zone} аймағы", "Zone {zone}")
SPEAKS: Final = _words("Языки: {languages}", "Тілдері: {languages}", "Languages: {languages}")
FOR_THE_COMPANY: Final = _words(
    "От компании: {people}", "Компания атынан: {people}", "For the company: {people}"
)
NO_MEETINGS: Final = _words("Встреч пока нет", "Әзірге кездесу жоқ", "No meetings yet")
NOTHING_PLANNED: Final = _words(
    "Пока ничего не назначено", "Әзірге ештеңе жоспарланбаған", "Nothing is planned yet"
)
NOBODY_YET: Final = _words("Пока никого нет", "Әзірге ешкім жоқ", "Nobody yet")
CLOCK: Final = _words("Время местное: {zone}.", "Уақыт жергілікті: {zone}.", "Times are local: {zone}.")
PRINTED: Final = _words("Напечатано {moment}", "Басып шығарылды: {moment}", "Printed {moment}")
PLAN: Final = _words(
    "План встреч, версия {revision}",
    "Кездесулер жоспары, {revision}-нұсқа",
    "Meeting plan, version {revision}",
)
SPEAKERS: Final = _words("Выступают: {people}", "Сөйлейтіндер: {people}", "Speakers: {people}")

NUMBER: Final = _words("№", "№", "No.")
NAME: Final = _words("Имя", "Аты-жөні", "Name")
COMPANY: Final = _words("Компания", "Компания", "Company")
COMPANY_AND_POSITION: Final = _words("Компания, должность", "Компания, лауазымы", "Company, position")
DELEGATION: Final = _words("Делегация", "Делегация", "Delegation")
PHONE: Final = _words("Телефон", "Телефон", "Phone")
SIGNATURE: Final = _words("Подпись", "Қолы", "Signature")
HERE: Final = _words("Есть", "Бар", "Here")
BACK: Final = _words("Вернулся", "Қайтты", "Back")
DAY: Final = _words("Встречи и посещения", "Кездесулер мен сапарлар", "Meetings and visits")
PEOPLE: Final = _words("Участников: {count}", "Қатысушылар саны: {count}", "Participants: {count}")
SEATS: Final = _words(
    "Мест занято: {taken} из {capacity}",
    "Толған орын: {taken} / {capacity}",
    "Seats taken: {taken} of {capacity}",
)
LEAVES: Final = _words(
    "Отправление {departs}, на объекте {starts}–{ends}, возвращение {returns}",
    "Жолға шығу {departs}, нысанда {starts}–{ends}, қайту {returns}",
    "Departure {departs}, at the site {starts}–{ends}, return {returns}",
)
MEETING_POINT: Final = _words("Сбор: {place}", "Жиналатын орын: {place}", "Meeting point: {place}")
BUS_NAMED: Final = _words("Автобус {label}", "Автобус {label}", "Bus {label}")
WITHOUT_BUS: Final = _words("Без автобуса", "Автобуссыз", "Without a bus")
DRIVER: Final = _words("Водитель: {driver}", "Жүргізуші: {driver}", "Driver: {driver}")
STOPS: Final = _words("Остановки: {stops}", "Аялдамалар: {stops}", "Stops: {stops}")
BACK_FROM: Final = _words("Обратно: {stops}", "Қайту: {stops}", "Back from: {stops}")
PLATE: Final = _words("Номер: {plate}", "Нөмірі: {plate}", "Plate: {plate}")
LEADER: Final = _words("Старший: {leader}", "Жауапты: {leader}", "In charge: {leader}")

SECOND_ROW: Final = _words("Второй ряд", "Екінші қатар", "Second row")
FACING: Final = _words("{left} – {right}", "{left} – {right}", "{left} – {right}")
AND_MORE: Final = _words(
    "и ещё {count} – в личной программе",
    "тағы {count} – жеке бағдарламада",
    "and {count} more in the personal agenda",
)
REST: Final = _words(
    "дальше – в личной программе", "жалғасы – жеке бағдарламада", "the rest is in the personal agenda"
)
HEADS_IN_THE_MIDDLE: Final = _words(
    "Главы делегаций сидят в середине, второй по старшинству – справа от главы, третий – слева, и так далее.",
    "Делегация басшылары ортада отырады, мәртебесі бойынша екінші адам – басшының оң жағында, үшінші – сол "
    "жағында, әрі қарай осы ретпен.",
    "The heads of the delegations sit in the middle, the second in rank at the head’s right, the third at "
    "the left, and so on.",
)

CONTENTS: Final = _words("Содержание", "Мазмұны", "Contents")
PARTICIPANTS: Final = _words("Участники форума", "Форум қатысушылары", "Participants of the forum")
NO_DELEGATION: Final = _words("Вне делегаций", "Делегациядан тыс", "Outside the delegations")
SECTORS: Final = _words("Отрасли", "Салалар", "Sectors")
OFFERS: Final = _words("Предлагает", "Ұсынады", "Offers")
SEEKS: Final = _words("Ищет", "Іздейді", "Seeks")
WEBSITE: Final = _words("Сайт", "Сайт", "Website")
PACK_LEAD: Final = _words(
    "Если пропадёт связь или электричество, день можно провести по этим страницам.",
    "Байланыс не электр өшсе, күнді осы беттермен өткізуге болады.",
    "If the network or the power fails, the day can be run with these pages.",
)
EVERYBODY: Final = _words(
    "Все участники по алфавиту", "Барлық қатысушылар әліпби бойынша", "Everybody by name"
)
CALL: Final = _words("Связь: {contacts}", "Байланыс: {contacts}", "Contacts: {contacts}")

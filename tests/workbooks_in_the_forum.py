"""Small workbooks of an office for the tests of imports, and what a database holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from forum.domain.localized import Localized
from forum.domain.states import SignUpMode
from forum.models import Delegation, Event
from forum.models.base import Base, db
from forum.policy import SYSTEM
from forum.services import imports
from forum.services.import_readings import ImportKind
from tests import factories
from tests.factories import given
from tests.workbooks.books import xlsx

HEADERS = ("ФИО", "Организация", "Должность", "Город", "Регион", "Отрасль", "E-mail", "Телефон", "Языки")
HEADERS += ("Посещение", "Питание", "Предлагаем", "Ищем")
REQUEST_HEADERS = ("Кто", "С кем", "Приоритет", "Комментарий")

ALIYA = ("Сейтқали Әлия Ерланқызы", "ТОО «Алтын Дән»", "Бас директор", "Қонаев", "Алматинская область")
ALIYA += ("агро", "aliya@altyn.example", "+7 701 555 12 34", "каз, рус", "да", "халал", "Мука", "Упаковка")
PETR = ("ИВОЛГИН  Пётр иванович", 'ооо "прогресс"', "Директор", "Химки", "МО", "упаковка")
PETR += ("petr@progress.example", "8 (495) 123-45-67 доб. 12", "русский", "нет", "", "Плёнка", "")
OLEG = ("Рощин Олег", "ООО «Прогресс»", "Инженер", "", "МО", "", "", "", "", "да", "", "Картон", "Мука")

# What an import writes beside the rows that it is about.
_BESIDE = frozenset(
    {"imports", "import_rows", "journal_entries", "journal", "wordings", "accounts", "grants"}
)


def people(*rows: Iterable[object], headers: Iterable[str] = HEADERS) -> bytes:
    return xlsx(("Участники", [tuple(headers), *rows]))


def wishes(*rows: Iterable[object]) -> bytes:
    return xlsx(("Запросы", [REQUEST_HEADERS, *rows]))


def forum_of_two_regions(*, seats: int | None = None) -> Event:
    """A forum with both delegations and, with ``seats``, a visit to Esipovo."""
    event = given(factories.event)
    given(_delegations, event=event)
    if seats is not None:
        site = given(factories.site, event=event)
        given(factories.visit, event=event, site=site, capacity=seats)
    return event


def wished(*rows: tuple[Iterable[object], str, str]) -> bytes:
    """People with a first and a second choice of visit."""
    headers = (*HEADERS, "Поездка: 1-й выбор", "Поездка: 2-й выбор")
    return people(*((*_no_visit(row), first, second) for row, first, second in rows), headers=headers)


def _no_visit(row: Iterable[object]) -> list[object]:
    cells = list(row)
    cells[HEADERS.index("Посещение")] = ""
    return cells


def forum_with_wishes() -> tuple[Event, int, int]:
    """A forum with two visits whose seats go by wishes: to a park and to a zone."""
    event = forum_of_two_regions()
    visits = [
        given(
            factories.visit,
            event=event,
            site=given(factories.site, event=event, title=Localized(title, en=english)),
            sign_up_mode=SignUpMode.ASSIGNED,
        ).id
        for title, english in (
            ({"ru": "Индустриальный парк «Есипово»", "kk": "«Есипово» индустриялық паркі"}, "Esipovo park"),
            ({"ru": "ОЭЗ «Исток»", "kk": "«Исток» АЭА"}, "Istok zone"),
        )
    ]
    return event, visits[0], visits[1]


def _delegations(event: Event) -> list[Delegation]:
    titles = {
        "moscow_region": Localized(ru="Московская область", kk="Мәскеу облысы", en="Moscow Region"),
        "almaty_region": Localized(ru="Алматинская область", kk="Алматы облысы", en="Almaty Region"),
    }
    return [
        factories.delegation(event, code=code.replace("_", "-"), title=title, region=code)
        for code, title in titles.items()
    ]


def taken_in(event_id: int, content: bytes, kind: ImportKind = ImportKind.DELEGATES) -> int:
    """Preview and apply; the import's id."""
    import_id = looked_at(event_id, content, kind)
    imports.apply(actor=SYSTEM, event_id=event_id, import_id=import_id)
    return import_id


def looked_at(event_id: int, content: bytes, kind: ImportKind | None = ImportKind.DELEGATES) -> int:
    """Preview only; the import's id."""
    return imports.preview(actor=SYSTEM, event_id=event_id, kind=kind, file_name="list.xlsx", content=content)


def everything(*, without: Iterable[str] = ()) -> dict[str, list[dict[str, Any]]]:
    """Every row of the database by table, but for the imports themselves and columns ``without``."""
    db.session.rollback()
    left_out = set(without)
    return {
        table.name: [
            {name: value for name, value in row.items() if name not in left_out}
            for row in db.session.execute(table.select().order_by(*table.primary_key.columns)).mappings()
        ]
        for table in Base.metadata.sorted_tables
        if table.name not in _BESIDE
    }

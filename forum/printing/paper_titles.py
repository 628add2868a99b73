"""What kinds of paper are called, on the papers themselves and wherever one chooses among them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from forum.domain.localized import Localized
from forum.domain.states import PaperKind


def _title(ru: str, kk: str, en: str) -> Localized:
    return Localized(ru=ru, kk=kk, en=en)


TITLES: Final[Mapping[PaperKind, Localized]] = MappingProxyType(
    {
        PaperKind.BADGE: _title("Бейджи", "Бейдждер", "Badges"),
        PaperKind.AGENDA: _title("Личные программы", "Жеке бағдарламалар", "Personal agendas"),
        PaperKind.BADGE_BACK: _title("Обороты бейджей", "Бейдждердің артқы беті", "Backs of badges"),
        PaperKind.TENT_CARD: _title("Настольные карточки", "Үстел карточкалары", "Tent cards"),
        PaperKind.NAME_PLATE: _title("Именные таблички", "Есімі жазылған тақтайшалар", "Name plates"),
        PaperKind.TABLE_AGENDA: _title("Расписания столов", "Үстелдердің кестелері", "Table schedules"),
        PaperKind.INTERPRETER_AGENDA: _title(
            "Расписания переводчиков", "Аудармашылардың кестелері", "Interpreters’ schedules"
        ),
        PaperKind.COMPANY_AGENDA: _title(
            "Расписания компаний", "Компаниялардың кестелері", "Companies’ schedules"
        ),
        PaperKind.PROGRAMME: _title("Программа по дням", "Күндер бойынша бағдарлама", "Programme by day"),
        PaperKind.ROOM_PROGRAMME: _title(
            "Программа по залам", "Залдар бойынша бағдарлама", "Programme by room"
        ),
        PaperKind.SESSION_SHEET: _title(
            "Явочные листы: программа", "Қатысу парақтары: бағдарлама", "Sign-in sheets: programme"
        ),
        PaperKind.DELEGATION_SHEET: _title(
            "Явочные листы: делегации", "Қатысу парақтары: делегациялар", "Sign-in sheets: delegations"
        ),
        PaperKind.VISIT_SHEET: _title(
            "Явочные листы: посещения", "Қатысу парақтары: сапарлар", "Sign-in sheets: visits"
        ),
        PaperKind.VISIT_LIST: _title("Списки автобусов", "Автобус тізімдері", "Visit and bus lists"),
        PaperKind.DOOR_SIGN: _title("Таблички на двери", "Есік тақтайшалары", "Door signs"),
        PaperKind.TABLE_SIGN: _title("Номера столов", "Үстел нөмірлері", "Table signs"),
        PaperKind.SEATING_PLAN: _title(
            "Рассадка делегаций", "Делегациялардың отыру тәртібі", "Seating plans"
        ),
        PaperKind.BOOKLET: _title(
            "Справочник участников", "Қатысушылар анықтамалығы", "Participants’ booklet"
        ),
        PaperKind.DAY_PACK: _title("Всё на бумаге", "Бәрі қағазда", "Everything on paper"),
    }
)

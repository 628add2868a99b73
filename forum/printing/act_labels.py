"""The words of an act of erasure, in the three languages of the forum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from forum.printing.errors import PrintingError


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLabels:
    """Words and phrases; those with braces are filled by ``str.format``. ``groups`` are by code."""

    title: str
    forum: str
    drawn_up: str
    about: str
    one: str
    many: str
    reason: str
    asked: str
    term: str
    how: str
    method: str
    group: str
    rows: str
    total: str
    stays_title: str
    stays_of_one: str
    stays_of_many: str
    no_names: str
    operator: str
    signature: str
    groups: Mapping[str, str]


_RU: Final = ActLabels(
    title="Акт об уничтожении персональных данных № {number}",
    forum="Форум",
    drawn_up="Составлен",
    about="Чьи данные",
    one="Участник с регистрационным номером {number}",
    many="Участники форума, срок хранения данных которых истёк",
    reason="Основание",
    asked="Просьба участника от {day}",
    term="Истёк срок хранения, назначенный для группы данных",
    how="Способ",
    method="Удаление записей и файлов из информационной системы форума с перезаписью освобождённого места, "
    "где это делает база данных",
    group="Группа данных",
    rows="Записей",
    total="Всего",
    stays_title="Что осталось",
    stays_of_one="Номер регистрации, категория и делегация без имени; числа встреч, мест и отметок; "
    "подтверждение того, какие согласия давались и когда отозваны.",
    stays_of_many="Номера регистраций и общие числа без имён.",
    no_names="В этом акте нет персональных данных.",
    operator="Организатор",
    signature="Должность, подпись, расшифровка",
    groups=MappingProxyType(
        {
            "name": "Имя и контакты",
            "work": "Работа и языки",
            "stay": "Пребывание, питание и доступность",
            "photo": "Фотография",
            "document": "Документ, удостоверяющий личность",
            "answers": "Ответы на вопросы форума",
            "consents": "Согласия",
            "meetings": "Тексты запросов и итогов встреч",
            "papers": "Файлы для печати",
            "messages": "Письма",
            "edits": "Изменения данных",
            "boarding": "Переклички в автобусах",
            "drafts": "Неотправленные анкеты и приглашения",
            "uploads": "Загруженные списки",
            "sign_ins": "Входы",
            "journal": "Записи журнала",
        }
    ),
)
_KK: Final = ActLabels(
    title="Дербес деректерді жою туралы № {number} акт",
    forum="Форум",
    drawn_up="Жасалған күні",
    about="Кімнің деректері",
    one="Тіркеу нөмірі {number} қатысушы",
    many="Деректерін сақтау мерзімі өткен форум қатысушылары",
    reason="Негізі",
    asked="Қатысушының {day} өтініші",
    term="Деректер тобына белгіленген сақтау мерзімі өтті",
    how="Тәсілі",
    method="Форумның ақпараттық жүйесінен жазбалар мен файлдарды өшіру, дерекқор мүмкіндік берген жерде "
    "босаған орынды қайта жазу",
    group="Деректер тобы",
    rows="Жазба саны",
    total="Барлығы",
    stays_title="Не қалды",
    stays_of_one="Аты-жөнсіз тіркеу нөмірі, санат және делегация; кездесулердің, орындардың және "
    "белгілердің саны; қандай келісімдер берілгені және қашан қайтарып алынғаны туралы растау.",
    stays_of_many="Тіркеу нөмірлері және аты-жөнсіз жалпы сандар.",
    no_names="Бұл актіде дербес деректер жоқ.",
    operator="Ұйымдастырушы",
    signature="Лауазымы, қолы, аты-жөні",
    groups=MappingProxyType(
        {
            "name": "Аты-жөні және байланыс деректері",
            "work": "Жұмысы және тілдері",
            "stay": "Болу мерзімі, тамақтану және қолжетімділік",
            "photo": "Фотосурет",
            "document": "Жеке басын куәландыратын құжат",
            "answers": "Форум сұрақтарына жауаптар",
            "consents": "Келісімдер",
            "meetings": "Сұраныстар мен кездесу қорытындыларының мәтіндері",
            "papers": "Басып шығаруға арналған файлдар",
            "messages": "Хаттар",
            "edits": "Деректердің өзгерістері",
            "boarding": "Автобустағы түгендеулер",
            "drafts": "Жіберілмеген сауалнамалар мен шақырулар",
            "uploads": "Жүктелген тізімдер",
            "sign_ins": "Кіру тарихы",
            "journal": "Журнал жазбалары",
        }
    ),
)
_EN: Final = ActLabels(
    title="Act of erasure of personal data No. {number}",
    forum="Forum",
    drawn_up="Drawn up",
    about="Whose data",
    one="The participant with registration number {number}",
    many="Participants of the forum for whose data the term has passed",
    reason="Reason",
    asked="The participant’s request of {day}",
    term="The term set for a group of data has passed",
    how="How",
    method="Records and files removed from the forum’s information system; the space that they leave is "
    "overwritten where the database does so",
    group="Group of data",
    rows="Records",
    total="In all",
    stays_title="What stays",
    stays_of_one="The number of the registration, its category and delegation without a name; numbers of "
    "meetings, seats and arrivals; the proof of which consents were given and when they were taken back.",
    stays_of_many="Numbers of registrations and totals without names.",
    no_names="There is no personal data in this act.",
    operator="Organiser",
    signature="Position, signature, name",
    groups=MappingProxyType(
        {
            "name": "Name and contacts",
            "work": "Work and languages",
            "stay": "Stay, meals and access needs",
            "photo": "Photo",
            "document": "Identity document",
            "answers": "Answers to the forum’s questions",
            "consents": "Consents",
            "meetings": "Texts of requests and outcomes",
            "papers": "Files for printing",
            "messages": "Letters",
            "edits": "Changes of the details",
            "boarding": "Roll-calls in buses",
            "drafts": "Unsent forms and invitations",
            "uploads": "Lists taken in",
            "sign_ins": "Sign-ins",
            "journal": "Entries of the journal",
        }
    ),
)
_LABELS: Final = {"ru": _RU, "kk": _KK, "en": _EN}


def act_labels(language: str) -> ActLabels:
    """The words in ``language``; ``PrintingError`` for one that the forum does not speak."""
    if language not in _LABELS:
        raise PrintingError("unknown_language", language=language)
    return _LABELS[language]

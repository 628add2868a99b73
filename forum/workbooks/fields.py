"""The columns that a sheet may have, with the wordings of their headers in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from forum.domain.vocabulary import wording_key


class SheetKind(StrEnum):
    PARTICIPANTS = "participants"
    REQUESTS = "requests"


class ParticipantField(StrEnum):
    NUMBER = "number"
    NAME = "name"
    FAMILY = "family"
    GIVEN = "given"
    PATRONYMIC = "patronymic"
    LATIN_NAME = "latin_name"
    COMPANY = "company"
    POSITION = "position"
    TOWN = "town"
    REGION = "region"
    SECTORS = "sectors"
    EMAIL = "email"
    PHONE = "phone"
    LANGUAGES = "languages"
    VISIT = "visit"
    FIRST_CHOICE = "first_choice"
    SECOND_CHOICE = "second_choice"
    THIRD_CHOICE = "third_choice"
    DIET = "diet"
    OFFERS = "offers"
    SEEKS = "seeks"
    DELEGATION = "delegation"
    CATEGORY = "category"


class RequestField(StrEnum):
    NUMBER = "number"
    REQUESTER = "requester"
    REQUESTED = "requested"
    RANK = "rank"
    COMMENT = "comment"


_CHOICE_WORDINGS: Final = (
    "{ru} выбор|{ru} выбор посещения|выбор {n}|{n} выбор|{n}-й выбор|посещение: {ru} выбор"
    "|посещение: {n}-й выбор|{ru} пожелание|пожелание {n}|куда поехать: {ru} выбор"
    "|визит: {ru} выбор|выезд: {ru} выбор|поездка: {ru} выбор|поездка: {n}-й выбор"
    "|{kk} таңдау|{n}-таңдау|таңдау {n}|нысан: {kk} таңдау"
    "|сапар: {kk} таңдау|сапар: {n}-таңдау|нысанға бару: {kk} таңдау|нысанға бару: {n}-таңдау"
    "|баратын жер: {kk} таңдау|{kk} тілек|{en} choice"
    "|{th} choice|choice {n}|{en} choice of visit|visit: {en} choice|site visit: {en} choice"
    "|{th} choice of visit|visit: {th} choice|{en} wish|wish {n}"
)
"""Of wishes for visits: {n} is the number, the others its words."""


def _choice(**words: object) -> str:
    return _CHOICE_WORDINGS.format(**words)


_NUMBER: Final = "№|№ п/п|п/п|номер|№ п п|р/с|р/с №|қатар нөмірі|no|no.|#|n|number|nr"

_PARTICIPANT_WORDINGS: Final = {
    ParticipantField.NUMBER: _NUMBER,
    ParticipantField.NAME: (
        "ФИО|Ф.И.О.|фамилия имя отчество|фамилия, имя, отчество|фамилия и имя|фамилия имя|участник"
        "|имя участника|фио участника|фио полностью|делегат|аты-жөні|А.Т.Ә.|ТАӘ|тегі аты әкесінің аты"
        "|толық аты-жөні|қатысушы|қатысушының аты-жөні|full name|name|participant|delegate|name and surname"
    ),
    ParticipantField.FAMILY: "фамилия|тегі|family name|surname|last name",
    ParticipantField.GIVEN: "имя|аты|есімі|given name|first name",
    ParticipantField.PATRONYMIC: "отчество|отчество (при наличии)|әкесінің аты|patronymic|middle name",
    ParticipantField.LATIN_NAME: (
        "фио латиницей|имя латиницей|фамилия имя латиницей|фио на английском|фио (англ.)|фио лат"
        "|фамилия и имя латинскими буквами|аты-жөні латынша|name in latin|name in english|latin name"
        "|имя и фамилия по загранпаспорту|name as in passport"
    ),
    ParticipantField.COMPANY: (
        "организация|компания|предприятие|наименование организации|название компании|наименование компании"
        "|название организации|юридическое лицо|место работы|фирма|ұйым|компания атауы|ұйымның атауы"
        "|кәсіпорын|мекеме|жұмыс орны|ұйым атауы|company|organisation|organization|company name|firm|employer"
    ),
    ParticipantField.POSITION: (
        "должность|занимаемая должность|лауазымы|лауазым|қызметі|position|job title|title|post|role"
    ),
    ParticipantField.TOWN: "город|населённый пункт|г.|город проживания|қала|елді мекен|қаласы|city|town",
    ParticipantField.REGION: (
        "регион|область|субъект|субъект РФ|регион/область|страна, регион|өңір|облыс|аймақ|region|oblast|area"
    ),
    ParticipantField.SECTORS: (
        "отрасль|отрасли|сфера деятельности|вид деятельности|направление деятельности|сектор|сала|салалар"
        "|қызмет саласы|қызмет түрі|sector|sectors|industry|field of activity|business area"
    ),
    ParticipantField.EMAIL: (
        "e-mail|email|эл. почта|электронная почта|почта|адрес электронной почты|эл. адрес|имейл|е-mail"
        "|электрондық пошта|эл. пошта|пошта|mail|email address"
    ),
    ParticipantField.PHONE: (
        "телефон|тел.|моб. телефон|мобильный телефон|контактный телефон|номер телефона|сотовый|мобильный"
        "|телефон нөмірі|ұялы телефон|байланыс телефоны|phone|telephone|mobile|phone number|cell|tel"
    ),
    ParticipantField.LANGUAGES: (
        "языки|язык|владение языками|знание языков|рабочий язык|язык общения|тілдер|тілі|тіл|тіл білуі"
        "|languages|language|spoken languages|languages spoken"
    ),
    ParticipantField.VISIT: (
        "посещение|визит|посещение объекта|посещение площадки|выезд|экскурсия|участие в посещении"
        "|нысанға бару|паркке бару|бару|site visit|visit|tour|visit to the park"
    ),
    ParticipantField.FIRST_CHOICE: _choice(n=1, ru="первый", kk="бірінші", en="first", th="1st"),
    ParticipantField.SECOND_CHOICE: _choice(n=2, ru="второй", kk="екінші", en="second", th="2nd"),
    ParticipantField.THIRD_CHOICE: _choice(n=3, ru="третий", kk="үшінші", en="third", th="3rd"),
    ParticipantField.DIET: (
        "питание|диета|особенности питания|пищевые предпочтения|меню|тамақтану|ас мәзірі|диеталық талаптар"
        "|diet|dietary requirements|meals|food preferences|dietary"
    ),
    ParticipantField.OFFERS: (
        "предлагаем|предлагает|предложение|предложения|что предлагаете|предлагаю|ұсынамыз|ұсынады|ұсыныс"
        "|ұсыныстар|offers|offer|we offer|offering|proposal"
    ),
    ParticipantField.SEEKS: (
        "ищем|ищет|запрос|интерес|интересы|что ищете|потребности|ищу|іздейміз|іздейді|сұраныс|қажеттілік"
        "|seeks|seek|looking for|we seek|needs|interests"
    ),
    ParticipantField.DELEGATION: "делегация|сторона|состав делегации|делегациясы|тарап|delegation|side|party",
    ParticipantField.CATEGORY: (
        "категория|категория участника|статус|статус участника|тип участника|санат|санаты|қатысушы санаты"
        "|category|status|type|participant type"
    ),
}

_REQUEST_WORDINGS: Final = {
    RequestField.NUMBER: _NUMBER,
    RequestField.REQUESTER: (
        "кто|кто (организация)|кто запрашивает|от кого|инициатор|заявитель|организация-инициатор|организация"
        "|компания|запрашивающая компания|кім|кімнен|кім (ұйым)|сұраушы|өтінім беруші|from|who|requester"
        "|from company|requesting company|applicant|company"
    ),
    RequestField.REQUESTED: (
        "с кем|с кем (организация)|кому|партнёр|с какой компанией|желаемый партнёр|адресат"
        "|приглашаемая компания|кіммен|кіммен (ұйым)|кімге|серіктес|қалаған серіктес"
        "|to|with|with whom|partner|to company|whom|requested company|with company"
    ),
    RequestField.RANK: (
        "приоритет|ранг|важность|степень важности|очерёдность|басымдық|маңыздылығы|басымдылық|дәрежесі"
        "|priority|rank|importance"
    ),
    RequestField.COMMENT: (
        "комментарий|примечание|комментарии|тема|тема встречи|цель встречи|сообщение|пояснение|түсініктеме"
        "|ескерту|пікір|кездесу тақырыбы|тақырып|мақсаты|comment|comments|note|notes|topic|message|purpose"
    ),
}


def _by_wording(wordings: Mapping[ParticipantField, str] | Mapping[RequestField, str]) -> Mapping[str, str]:
    return {
        wording_key(wording): field.value
        for field, texts in wordings.items()
        for wording in (field.value, *texts.split("|"))
        if wording_key(wording)
    }


HEADER_WORDINGS: Final[Mapping[SheetKind, Mapping[str, str]]] = {
    SheetKind.PARTICIPANTS: _by_wording(_PARTICIPANT_WORDINGS),
    SheetKind.REQUESTS: _by_wording(_REQUEST_WORDINGS),
}

# Without one field of each group a sheet cannot be read as this kind.
REQUIRED_FIELDS: Final[Mapping[SheetKind, tuple[frozenset[str], ...]]] = {
    SheetKind.PARTICIPANTS: (frozenset({ParticipantField.NAME.value, ParticipantField.FAMILY.value}),),
    SheetKind.REQUESTS: (
        frozenset({RequestField.REQUESTER.value}),
        frozenset({RequestField.REQUESTED.value}),
    ),
}

"""What a host wants to know of each visitor, and the wordings by which their workbooks ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from forum.domain.vocabulary import wording_key


class AccessField(StrEnum):
    """What a column of a list for the gate may hold, in the order in which it is offered."""

    NUMBER = "number"
    FULL_NAME = "full_name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    PATRONYMIC = "patronymic"
    LATIN_NAME = "latin_name"
    COMPANY = "company"
    POSITION = "position"
    DELEGATION = "delegation"
    CITIZENSHIP = "citizenship"
    BIRTH_DATE = "birth_date"
    DOCUMENT_KIND = "document_kind"
    DOCUMENT = "document"
    DOCUMENT_SERIES = "document_series"
    DOCUMENT_NUMBER = "document_number"
    ISSUED_ON = "issued_on"
    ISSUED_BY = "issued_by"
    EXPIRES_ON = "expires_on"
    IIN = "iin"
    PHONE = "phone"
    EMAIL = "email"
    BUS = "bus"
    PLATE = "plate"


class VisitFact(StrEnum):
    """What a single cell above or below the list may hold."""

    FORUM = "forum"
    DATE = "date"
    START = "start"
    END = "end"
    COUNT = "count"
    PLATES = "plates"


DAYS: Final = frozenset({AccessField.BIRTH_DATE, AccessField.ISSUED_ON, AccessField.EXPIRES_ON})
"""Fields that hold a day."""

_F = AccessField
_WORDINGS: Final[Mapping[AccessField, str]] = {
    _F.NUMBER: "№|№ п/п|n п/п|п/п|номер по порядку|р/с|№ р/с|no|no.|nr",
    _F.FULL_NAME: "фио|ф.и.о.|фио полностью|фамилия имя отчество|фамилия, имя, отчество (полностью)|ф.и.о. "
    "посетителя|посетитель|аты-жөні|тегі, аты, әкесінің аты|т.а.ә.|name|full name|visitor",
    _F.FAMILY_NAME: "фамилия|тегі|surname|last name|family name",
    _F.GIVEN_NAME: "имя|аты|first name|given name",
    _F.PATRONYMIC: "отчество|отчество (при наличии)|әкесінің аты|patronymic|middle name",
    _F.LATIN_NAME: "фио латиницей|имя латиницей|имя и фамилия латиницей|name in latin letters|"
    "латынша аты-жөні",
    _F.COMPANY: "организация|компания|предприятие|место работы|наименование организации|ұйым|компания атауы|"
    "жұмыс орны|company|organisation|organization",
    _F.POSITION: "должность|занимаемая должность|лауазымы|лауазым|position|job title",
    _F.DELEGATION: "делегация|delegation",
    _F.CITIZENSHIP: "гражданство|азаматтығы|азаматтық|citizenship|nationality",
    _F.BIRTH_DATE: "дата рождения|д.р.|год рождения|туған күні|туған жылы|date of birth|birth date|born",
    _F.DOCUMENT_KIND: "вид документа|документ|тип документа|удостоверяющий документ|құжат түрі|құжат|"
    "document type|document|kind of document",
    _F.DOCUMENT: "серия и номер|серия, номер|серия и номер документа|серия и номер паспорта|паспорт|"
    "паспортные данные|серия номер паспорта|данные документа|сериясы мен нөмірі|төлқұжат|passport|"
    "passport no|document number|паспорт (серия, номер)|документ (серия, номер)",
    _F.DOCUMENT_SERIES: "серия|серия документа|серия паспорта|сериясы|series",
    _F.DOCUMENT_NUMBER: "номер|номер документа|номер паспорта|нөмірі|құжат нөмірі|number",
    _F.ISSUED_ON: "дата выдачи|когда выдан|берілген күні|date of issue|issued on",
    _F.ISSUED_BY: "кем выдан|орган выдачи|кем берген|берген орган|issued by|authority",
    _F.EXPIRES_ON: "срок действия|действителен до|жарамдылық мерзімі|valid until|expiry date",
    _F.IIN: "иин|жсн|iin",
    _F.PHONE: "телефон|контактный телефон|моб. телефон|телефон нөмірі|phone|mobile",
    _F.EMAIL: "e-mail|email|эл. почта|электронная почта|электрондық пошта",
    _F.BUS: "автобус|№ автобуса|транспорт|bus",
    _F.PLATE: "гос. номер|госномер|номер автомобиля|рег. номер|автокөлік нөмірі|plate|number plate",
}
_BY_WORDING: Final = {
    wording_key(wording): field for field, wordings in _WORDINGS.items() for wording in wordings.split("|")
}


def field_of(header: str) -> AccessField | None:
    """What a column with that header holds: by the whole header, else by what stands before a bracket."""
    for text in (header, header.split("(")[0], header.split("\n")[0], header.split(",")[0]):
        if (field := _BY_WORDING.get(wording_key(text))) is not None:
            return field
    # «№» is no word, so nothing of it is left to compare.
    return AccessField.NUMBER if header.strip() in ("№", "#") else None

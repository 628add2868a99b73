"""Legal forms of companies: the dictionary that full and short names are written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from forum.domain.localized import Localized


@dataclass(frozen=True, slots=True)
class LegalForm:
    """One form in every language. ``spellings`` are further ways to write it, in any language.

    ``is_person``: the company is a person, and its name makes no sense without the form.
    """

    code: str
    full: Localized
    short: Localized
    spellings: tuple[str, ...] = ()
    is_person: bool = False


def _form(
    code: str, russian: str, kazakh: str, english: str, spellings: str = "", *, is_person: bool = False
) -> LegalForm:
    """Each language as «short|full»; ``spellings`` part at the bars."""
    pairs = {"ru": russian.split("|"), "kk": kazakh.split("|"), "en": english.split("|")}
    return LegalForm(
        code,
        full=Localized({language: pair[1] for language, pair in pairs.items()}),
        short=Localized({language: pair[0] for language, pair in pairs.items()}),
        spellings=tuple(filter(None, spellings.split("|"))),
        is_person=is_person,
    )


# One form in two languages is one entry; forms of two countries stay two even where a language has one
# word for both, because ООО «Прогресс» and ТОО «Прогресс» are two companies. The first entry that
# claims a spelling has it: ЖШС is read as ТОО, LLC as ООО. Abbreviations that are also parts of names
# (ПК, a cooperative or «производственная компания») are no forms here.
LEGAL_FORMS: Final = (
    _form(
        "too",
        "ТОО|Товарищество с ограниченной ответственностью",
        "ЖШС|жауапкершілігі шектеулі серіктестігі",
        "LLP|Limited Liability Partnership",
        "T.O.O.|т.о.о.|жауапкершілігі шектеулі серіктестік|L.L.P.|TOO|ZHSHS",
    ),
    _form(
        "ooo",
        "ООО|Общество с ограниченной ответственностью",
        "ЖШС|жауапкершілігі шектеулі серіктестігі",
        "LLC|Limited Liability Company",
        "о.о.о.|OOO|ЖШҚ|жауапкершілігі шектеулі қоғамы|жауапкершілігі шектеулі қоғам|L.L.C.",
    ),
    _form(
        "pao",
        "ПАО|Публичное акционерное общество",
        "ПАО|жария акционерлік қоғамы",
        "PJSC|Public Joint Stock Company",
        "PAO|жария акционерлік қоғам|Public Joint-Stock Company",
    ),
    _form(
        "zao",
        "ЗАО|Закрытое акционерное общество",
        "ЖАҚ|жабық акционерлік қоғамы",
        "CJSC|Closed Joint Stock Company",
        "ZAO|жабық акционерлік қоғам|Closed Joint-Stock Company",
    ),
    _form(
        "oao",
        "ОАО|Открытое акционерное общество",
        "ААҚ|ашық акционерлік қоғамы",
        "OJSC|Open Joint Stock Company",
        "OAO|ашық акционерлік қоғам|Open Joint-Stock Company",
    ),
    _form(
        "nao",
        "НАО|Некоммерческое акционерное общество",
        "КЕАҚ|коммерциялық емес акционерлік қоғамы",
        "NCJSC|Non-Commercial Joint Stock Company",
        "NAO|непубличное акционерное общество|коммерциялық емес акционерлік қоғам|КеАҚ"
        "|Non-profit Joint Stock Company|NJSC",
    ),
    _form(
        "ao",
        "АО|Акционерное общество",
        "АҚ|акционерлік қоғамы",
        "JSC|Joint Stock Company",
        "AO|акционерлік қоғам|Joint-Stock Company|J.S.C.",
    ),
    _form(
        "ip",
        "ИП|Индивидуальный предприниматель",
        "ЖК|жеке кәсіпкері",
        "IE|Individual Entrepreneur",
        "ЧП|частный предприниматель|жеке кәсіпкер|Sole Proprietor|индивидуальное предприятие",
        is_person=True,
    ),
    _form(
        "kfh",
        "КФХ|Крестьянское (фермерское) хозяйство",
        "ШҚ|шаруа қожалығы",
        "FE|Farm Enterprise",
        "К(Ф)Х|крестьянское фермерское хозяйство|крестьянское хозяйство|фермерское хозяйство"
        "|КХ|ФХ|шаруа (фермер) қожалығы|фермер қожалығы",
    ),
    _form(
        "gup",
        "ГУП|Государственное унитарное предприятие",
        "МУК|мемлекеттік унитарлық кәсіпорны",
        "SUE|State Unitary Enterprise",
        "мемлекеттік унитарлық кәсіпорын",
    ),
    _form(
        "fgup",
        "ФГУП|Федеральное государственное унитарное предприятие",
        "ФМУК|федералдық мемлекеттік унитарлық кәсіпорны",
        "FSUE|Federal State Unitary Enterprise",
    ),
    _form(
        "mup",
        "МУП|Муниципальное унитарное предприятие",
        "МУК|муниципалдық унитарлық кәсіпорны",
        "MUE|Municipal Unitary Enterprise",
        "муниципалдық унитарлық кәсіпорын",
    ),
    _form(
        "kgp",
        "КГП|Коммунальное государственное предприятие",
        "КМК|коммуналдық мемлекеттік кәсіпорны",
        "MSE|Municipal State Enterprise",
        "ГКП|государственное коммунальное предприятие|МКК|мемлекеттік коммуналдық кәсіпорны"
        "|коммуналдық мемлекеттік кәсіпорын",
    ),
    _form(
        "rgp",
        "РГП|Республиканское государственное предприятие",
        "РМК|республикалық мемлекеттік кәсіпорны",
        "RSE|Republican State Enterprise",
        "республикалық мемлекеттік кәсіпорын",
    ),
    _form(
        "gu",
        "ГУ|Государственное учреждение",
        "ММ|мемлекеттік мекемесі",
        "SI|State Institution",
        "мемлекеттік мекеме",
    ),
    _form(
        "gku",
        "ГКУ|Государственное казённое учреждение",
        "МҚМ|мемлекеттік қазыналық мекемесі",
        "STI|State Treasury Institution",
        "государственное казенное учреждение|мемлекеттік қазыналық мекеме",
    ),
    _form(
        "gbu",
        "ГБУ|Государственное бюджетное учреждение",
        "МБМ|мемлекеттік бюджеттік мекемесі",
        "SBI|State Budgetary Institution",
        "мемлекеттік бюджеттік мекеме",
    ),
    _form(
        "ano",
        "АНО|Автономная некоммерческая организация",
        "АКЕҰ|автономды коммерциялық емес ұйымы",
        "ANO|Autonomous Non-Profit Organisation",
        "автономды коммерциялық емес ұйым|Autonomous Non-Profit Organization",
    ),
    _form("inc", "Inc.|Incorporated", "Inc.|Incorporated", "Inc.|Incorporated", "Inc"),
    _form("ltd", "Ltd|Limited", "Ltd|Limited", "Ltd|Limited", "Ltd.|Co., Ltd|Co. Ltd.|Co., Ltd."),
    _form("gmbh", "GmbH|GmbH", "GmbH|GmbH", "GmbH|GmbH", "G.m.b.H."),
)  # fmt: skip

FORMS_BY_CODE: Final = {form.code: form for form in LEGAL_FORMS}

"""Legal forms of those who do business, of Russia, Kazakhstan and elsewhere; sources: docs/names.md."""

from __future__ import annotations

from typing import Final

from forum.domain.legal_form import form

BUSINESS: Final = (
    form(
        "too",
        "ТОО|Товарищество с ограниченной ответственностью",
        "ЖШС|жауапкершілігі шектеулі серіктестігі",
        "LLP|Limited Liability Partnership",
        "T.O.O.|т.о.о.|жауапкершілігі шектеулі серіктестік|L.L.P.|TOO|ZHSHS",
    ),
    form(
        "ooo",
        "ООО|Общество с ограниченной ответственностью",
        "ЖШС|жауапкершілігі шектеулі серіктестігі",
        "LLC|Limited Liability Company",
        "о.о.о.|OOO|ЖШҚ|жауапкершілігі шектеулі қоғамы|жауапкершілігі шектеулі қоғам|L.L.C.",
    ),
    form(
        "pao",
        "ПАО|Публичное акционерное общество",
        "ПАО|жария акционерлік қоғамы",
        "PJSC|Public Joint Stock Company",
        "PAO|жария акционерлік қоғам|Public Joint-Stock Company",
    ),
    form(
        "zao",
        "ЗАО|Закрытое акционерное общество",
        "ЖАҚ|жабық акционерлік қоғамы",
        "CJSC|Closed Joint Stock Company",
        "ZAO|жабық акционерлік қоғам|Closed Joint-Stock Company",
    ),
    form(
        "oao",
        "ОАО|Открытое акционерное общество",
        "ААҚ|ашық акционерлік қоғамы",
        "OJSC|Open Joint Stock Company",
        "OAO|ашық акционерлік қоғам|Open Joint-Stock Company",
    ),
    form(
        "nao",
        "НАО|Некоммерческое акционерное общество",
        "КЕАҚ|коммерциялық емес акционерлік қоғамы",
        "NCJSC|Non-Commercial Joint Stock Company",
        "NAO|непубличное акционерное общество|коммерциялық емес акционерлік қоғам|КеАҚ"
        "|Non-profit Joint Stock Company|NJSC",
    ),
    form(
        "ao",
        "АО|Акционерное общество",
        "АҚ|акционерлік қоғамы",
        "JSC|Joint Stock Company",
        "AO|акционерлік қоғам|Joint-Stock Company|J.S.C.",
    ),
    form(
        "ip",
        "ИП|Индивидуальный предприниматель",
        "ЖК|жеке кәсіпкері",
        "IE|Individual Entrepreneur",
        "ЧП|частный предприниматель|жеке кәсіпкер|Sole Proprietor|индивидуальное предприятие",
        is_person=True,
    ),
    form(
        "kfh",
        "КФХ|Крестьянское (фермерское) хозяйство",
        "ШҚ|шаруа қожалығы",
        "FE|Farm Enterprise",
        "К(Ф)Х|крестьянское фермерское хозяйство|крестьянское хозяйство|фермерское хозяйство"
        "|КХ|ФХ|шаруа (фермер) қожалығы|фермер қожалығы",
    ),
    form(
        "pt",
        "Полное товарищество",
        "толық серіктестігі",
        "General Partnership",
        "толық серіктестік",
    ),
    form(
        "kt",
        "Коммандитное товарищество",
        "сенім серіктестігі",
        "Limited Partnership",
        "товарищество на вере|сенім серіктестік|командиттік серіктестік|командиттік серіктестігі",
    ),
    form(
        "tdo",
        "ТДО|Товарищество с дополнительной ответственностью",
        "ҚЖС|қосымша жауапкершілігі бар серіктестігі",
        "Additional Liability Partnership",
        "қосымша жауапкершілігі бар серіктестік",
    ),
    form(
        "odo",
        "ОДО|Общество с дополнительной ответственностью",
        "қосымша жауапкершілігі бар қоғамы",
        "Additional Liability Company",
        "қосымша жауапкершілігі бар қоғам",
    ),
    form(
        "hp",
        "Хозяйственное партнёрство",
        "шаруашылық серіктестігі",
        "Business Partnership",
        "хозяйственное партнерство|шаруашылық серіктестік",
    ),
    form(
        "spk",
        "СПК|Сельскохозяйственный производственный кооператив",
        "ауыл шаруашылығы өндірістік кооперативі",
        "Agricultural Production Cooperative",
        "ауыл шаруашылығы өндірістік кооператив",
    ),
    form(
        "shk",
        "Сельскохозяйственный кооператив",
        "ауыл шаруашылығы кооперативі",
        "Agricultural Cooperative",
        "ауыл шаруашылығы кооператив|сельскохозяйственный потребительский кооператив",
    ),
    form(
        "pk",
        "Производственный кооператив",
        "өндірістік кооперативі",
        "Production Cooperative",
        "өндірістік кооператив",
    ),
    form(
        "potk",
        "Потребительский кооператив",
        "тұтыну кооперативі",
        "Consumer Cooperative",
        "тұтыну кооператив|потребительское общество|тұтынушылар қоғамы",
    ),
    form(
        "self",
        "Самозанятый",
        "өзін-өзі жұмыспен қамтыған",
        "Self-Employed",
        "самозанятая|плательщик налога на профессиональный доход",
        is_person=True,
    ),
)

FOREIGN: Final = (
    form("ag", "AG|Aktiengesellschaft", "AG|Aktiengesellschaft", "AG|Aktiengesellschaft"),
    form("bv", "B.V.|Besloten Vennootschap", "B.V.|Besloten Vennootschap", "B.V.|Besloten Vennootschap"),
    form("plc", "PLC|Public Limited Company", "PLC|Public Limited Company", "PLC|Public Limited Company"),
    form(
        "spzoo",
        "Sp. z o.o.|Spółka z ograniczoną odpowiedzialnością",
        "Sp. z o.o.|Spółka z ograniczoną odpowiedzialnością",
        "Sp. z o.o.|Spółka z ograniczoną odpowiedzialnością",
        "Sp. z o. o.",
    ),
    form(
        "srl",
        "S.r.l.|Società a responsabilità limitata",
        "S.r.l.|Società a responsabilità limitata",
        "S.r.l.|Società a responsabilità limitata",
        "Srl",
    ),
    form("asi", "A.Ş.|Anonim Şirketi", "A.Ş.|Anonim Şirketi", "A.Ş.|Anonim Şirketi", "Anonim Sirketi"),
    form(
        "ltdsti",
        "Ltd. Şti.|Limited Şirketi",
        "Ltd. Şti.|Limited Şirketi",
        "Ltd. Şti.|Limited Şirketi",
        "Ltd. Sti.|Limited Sirketi",
    ),
    form("inc", "Inc.|Incorporated", "Inc.|Incorporated", "Inc.|Incorporated", "Inc"),
    form("ltd", "Ltd|Limited", "Ltd|Limited", "Ltd|Limited", "Ltd.|Co., Ltd|Co. Ltd.|Co., Ltd."),
    form("gmbh", "GmbH|GmbH", "GmbH|GmbH", "GmbH|GmbH", "G.m.b.H."),
)

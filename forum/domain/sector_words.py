"""Which sectors a free text speaks of: a proposal for offers and seeks, to be put right by people."""

from __future__ import annotations

from typing import Final

from forum.domain.sectors import SECTORS
from forum.domain.stems import text_stems

# What a sector makes and buys, in the words of those who do: one such word is enough.
_GOODS: Final = {
    "agriculture": "семена саженцы теплица тепличный плодоовощной овощи зерно кукуруза соя скот удобрения"
    " тұқым көшет жылыжай жүгері мал тыңайтқыш суару көкөніс астық seeds greenhouse grain livestock",
    "automotive": "автозапчасти автомобильный шины автобөлшектер",
    "building_materials": "кирпич бетон теплоизоляция кровельный керамогранит цемент стройматериалы арматура"
    " кірпіш бетон цемент изоляция bricks cement insulation",
    "chemicals": "лаки краски клеи химия реагенты бояу желім химия paints adhesives",
    "construction": "застройщик застройщики монтажный строительный құрылысшы construction",
    "consulting": "консалтинг аудит юридический сертификация маркетинг кеңес аудит consulting audit",
    "cosmetics": "косметика парфюмерия крем cosmetics",
    "education": "обучение курсы оқыту training",
    "electronics": "светотехника кабель кабельный датчики счётчики трансформатор трансформаторлар жарық"
    " жарықтандыру электрондық датчик sensors cables",
    "energy": "электроэнергия турбины солнечный энергия turbines",
    "finance": "лизинг кредит гарантии заёмщики инвестор инвесторы банк сақтандыру қарыз инвесторлар"
    " leasing loans insurance investors",
    "food": "кондитерский сыр сыры масло мясной мясо мука молоко молочный хлеб консервы яблоки сок пищевой"
    " құрт сүт ет шұжық қазы нан ұн алма шырын халал тағам cheese meat dairy confectionery flour",
    "furniture": "мебель мебельный фурнитура фанера жиһаз furniture plywood",
    "it": "документооборот маркировка программный интегратор автоматизация цифровой интегратор software",
    "light_industry": "пряжа шерсть ткань ткани трикотажный швейный пошив спецодежда обувь текстиль хлопок"
    " хлопчатобумажный жүн киіз мата тігін тігу киім тоқыма аяқкиім yarn fabric garments footwear",
    "logistics": "грузы груз склад таможенный грузоотправители контейнер перевозки экспедирование"
    " қойма кеден кедендік жүк тасымал контейнерлік freight warehouse customs",
    "machinery": "станки насосы оборудование цех модернизация арматура станок жабдық жабдығы техника агрегат"
    " machines pumps equipment",
    "medical_devices": "медицинский клиники медициналық медтехника clinics medical",
    "metals": "металл прокат трубы сталь болат metal steel",
    "packaging": "упаковка упаковочный гофротара тара плёнки плёнка картон этикетка қаптама қаптау қорап"
    " пакет packaging film boxes labels",
    "pharmaceuticals": "лекарственный дженерики витамины препараты дәрі дәрілік medicines vitamins",
    "polymers": "пластмасса полиэтилен гранулят литьё фитинги полимер пластик құбыр түйіршік plastics"
    " granulate",
    "printing": "полиграфия печать этикетка макулатура баспа printing",
    "real_estate": "помещения участки участок резиденты индустриальный парк учаске учаскелер резиденттер"
    " premises plots",
    "recycling": "переработка отходы вторсырьё макулатура қалдық recycling waste",
    "tourism": "туроператоры туризм гостиницы санатории тур турлар қонақүй hotels tours",
    "toys_and_children": "игрушки детский ойыншық балалар toys children",
    "trade": "дистрибьютор дистрибьюторы сети оптовики дилеры маркетплейсы экспорт импорт сауда желілері"
    " distributors wholesale retail dealers",
}  # fmt: skip

_CONJUNCTIONS: Final = frozenset(text_stems("и және and"))
_SHORTEST: Final = 3


def _wordings() -> dict[str, tuple[frozenset[str], ...]]:
    """For every sector the stems of each of its wordings. «IT» and «АТ» are also little words: left out."""
    found = {}
    for term in SECTORS:
        texts = (*term.title.values(), *term.wordings)
        stems = [frozenset(text_stems(text)) - _CONJUNCTIONS for text in texts if len(text) >= _SHORTEST]
        goods = [frozenset({stem}) for stem in text_stems(_GOODS[term.code])]
        found[term.code] = tuple(dict.fromkeys(filter(None, [*stems, *goods])))
    return found


_WORDINGS: Final = _wordings()


def proposed_sectors(text: str | None) -> tuple[str, ...]:
    """Codes of the sectors of which ``text`` has all the words of some wording, in the order of the list."""
    stems = frozenset(text_stems(text or ""))
    return tuple(
        code for code, wordings in _WORDINGS.items() if any(wording <= stems for wording in wordings)
    )

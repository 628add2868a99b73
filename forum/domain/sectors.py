"""Sectors of business that companies of the forum name."""

from __future__ import annotations

from typing import Final

from forum.domain.localized import Localized
from forum.domain.vocabulary import Term, Vocabulary


def _sector(code: str, russian: str, kazakh: str, english: str, wordings: str = "") -> Term:
    """``wordings`` part at the bars."""
    return Term(code, Localized(ru=russian, kk=kazakh, en=english), tuple(filter(None, wordings.split("|"))))


SECTORS: Final = Vocabulary(
    (
        _sector(
            "agriculture", "Сельское хозяйство", "Ауыл шаруашылығы", "Agriculture", "АПК|агро|с/х|сельхоз"
        ),
        _sector(
            "automotive",
            "Автокомпоненты",
            "Автокомпоненттер",
            "Automotive components",
            "автопром|автомобильная промышленность|автозапчасти|автомобилестроение|auto parts|automotive",
        ),
        _sector(
            "building_materials",
            "Строительные материалы",
            "Құрылыс материалдары",
            "Building materials",
            "стройматериалы|construction materials|құрылыс заттары",
        ),
        _sector(
            "chemicals",
            "Химия",
            "Химия өнеркәсібі",
            "Chemicals",
            "химическая промышленность|химпром|бытовая химия|chemistry|chemical industry",
        ),
        _sector(
            "construction", "Строительство", "Құрылыс", "Construction", "стройка|подряд|строительные работы"
        ),
        _sector(
            "consulting",
            "Консалтинг",
            "Консалтинг қызметтері",
            "Consulting",
            "консультационные услуги|юридические услуги|бизнес-услуги|business services|кеңес беру",
        ),
        _sector(
            "cosmetics",
            "Косметика",
            "Косметика өнімдері",
            "Cosmetics",
            "косметика и парфюмерия|парфюмерия|beauty|парфюмерия-косметика",
        ),
        _sector("education", "Образование", "Білім беру", "Education", "обучение|наука|кадры|training"),
        _sector(
            "electronics",
            "Электроника и электротехника",
            "Электроника және электротехника",
            "Electronics and electrical engineering",
            "электроника|электротехника|приборостроение|радиоэлектроника|electronics|аспап жасау",
        ),
        _sector("energy", "Энергетика", "Энергетика саласы", "Energy", "электроэнергетика|тэк|power|қуат"),
        _sector(
            "finance",
            "Финансы и лизинг",
            "Қаржы және лизинг",
            "Finance and leasing",
            "финансы|лизинг|банки|банк|страхование|қаржы|finance|banking|insurance|инвестиции|инвестиция",
        ),
        _sector(
            "food",
            "Пищевая промышленность",
            "Тамақ өнеркәсібі",
            "Food industry",
            "пищевая|пищепром|продукты питания|производство продуктов питания|тағам өнеркәсібі|food"
            "|food and beverages|азық-түлік",
        ),
        _sector(
            "furniture",
            "Мебель и деревообработка",
            "Жиһаз және ағаш өңдеу",
            "Furniture and woodworking",
            "мебель|деревообработка|мебельная промышленность|жиһаз|ағаш өңдеу|furniture|woodworking",
        ),
        _sector(
            "it",
            "Информационные технологии",
            "Ақпараттық технологиялар",
            "Information technology",
            "ИТ|IT|айти|цифровизация|разработка ПО|цифровые технологии|software|АТ|digital",
        ),
        _sector(
            "light_industry",
            "Лёгкая промышленность",
            "Жеңіл өнеркәсіп",
            "Light industry",
            "легпром|текстиль|швейное производство|одежда|обувь|кожа|трикотаж|тоқыма|textile|textiles"
            "|clothing|apparel|footwear|киім|текстильная промышленность",
        ),
        _sector(
            "logistics",
            "Логистика",
            "Логистика және көлік",
            "Logistics",
            "транспорт|транспорт и логистика|логистика и транспорт|грузоперевозки|перевозки|склад|көлік"
            "|transport|transport and logistics|складская логистика",
        ),
        _sector(
            "machinery",
            "Машиностроение",
            "Машина жасау",
            "Mechanical engineering",
            "станкостроение|оборудование|промышленное оборудование|machinery|machine building|engineering"
            "|станок жасау|жабдық",
        ),
        _sector(
            "medical_devices",
            "Медицинские изделия",
            "Медициналық бұйымдар",
            "Medical devices",
            "медицина|медтехника|медоборудование|здравоохранение|медициналық техника|healthcare|medical",
        ),
        _sector(
            "metals",
            "Металлы",
            "Металдар",
            "Metals",
            "металлургия|металлообработка|металлоконструкции|металл|металл өңдеу|metalworking|metallurgy",
        ),
        _sector(
            "packaging", "Упаковка", "Қаптама", "Packaging", "тара|тара и упаковка|қаптама материалдары|орама"
        ),
        _sector(
            "pharmaceuticals",
            "Фармацевтика",
            "Фармацевтика өнеркәсібі",
            "Pharmaceuticals",
            "фарма|фармацевтическая промышленность|лекарства|дәрі-дәрмек|pharma|pharmacy",
        ),
        _sector(
            "polymers",
            "Полимеры",
            "Полимерлер",
            "Polymers",
            "пластик|пластмассы|полимерные материалы|пластики|plastics|пластмасса|резина",
        ),
        _sector(
            "printing", "Полиграфия", "Полиграфия және баспа", "Printing", "печать|типография|бумага|баспа"
        ),
        _sector(
            "real_estate",
            "Промышленная недвижимость",
            "Өнеркәсіптік жылжымайтын мүлік",
            "Industrial real estate",
            "недвижимость|индустриальные парки|индустриальный парк|light industrial|девелопмент"
            "|индустриялық парк|industrial parks|industrial park|жылжымайтын мүлік|real estate",
        ),
        _sector(
            "recycling",
            "Переработка отходов",
            "Қалдықтарды қайта өңдеу",
            "Recycling",
            "экология|утилизация|вторсырьё|рециклинг|waste management|экология саласы",
        ),
        _sector(
            "tourism",
            "Туризм и гостеприимство",
            "Туризм және қонақжайлық",
            "Tourism",
            "туризм|гостиницы|HoReCa",
        ),
        _sector(
            "toys_and_children",
            "Детские товары",
            "Балалар тауарлары",
            "Goods for children",
            "игрушки|товары для детей|ойыншықтар|toys",
        ),
        _sector(
            "trade",
            "Торговля",
            "Сауда",
            "Trade",
            "дистрибуция|оптовая торговля|розничная торговля|ритейл|экспорт-импорт|retail|wholesale"
            "|distribution|внешняя торговля|маркетплейсы|бөлшек сауда",
        ),
    )
)

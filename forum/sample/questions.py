"""What the invented forum asks beyond the profile, and what its people answer."""

from __future__ import annotations

from random import Random
from typing import Final

from forum.domain.localized import Localized
from forum.domain.questions import Condition, Option, QuestionSpec, Value, asked
from forum.domain.states import Category, QuestionKind, QuestionStage

_GUESTS: Final = frozenset(
    {Category.OFFICIAL, Category.DELEGATE, Category.SPEAKER, Category.PRESS, Category.INTERPRETER}
)
_PRESS: Final = frozenset({Category.PRESS})

QUESTIONS: Final = (
    QuestionSpec(
        code="hotel",
        kind=QuestionKind.CHOICE,
        title=Localized(
            ru="Нужна ли вам гостиница?", kk="Сізге қонақүй керек пе?", en="Do you need a hotel?"
        ),
        hint=Localized(
            ru="Номера забронированы в пяти минутах от форума, платит гость.",
            kk="Нөмірлер форумнан бес минуттық жерде брондалған, ақысын қонақ төлейді.",
            en="Rooms are held five minutes from the forum; guests pay for them.",
        ),
        options=(
            Option("yes", Localized(ru="Да", kk="Иә", en="Yes")),
            Option("no", Localized(ru="Нет", kk="Жоқ", en="No")),
        ),
        categories=_GUESTS,
        is_required=True,
    ),
    QuestionSpec(
        code="nights",
        kind=QuestionKind.NUMBER,
        title=Localized(ru="На сколько ночей?", kk="Неше түнге?", en="For how many nights?"),
        categories=_GUESTS,
        condition=Condition("hotel", ("yes",)),
        is_required=True,
        least="1",
        most="7",
    ),
    QuestionSpec(
        code="outlet",
        kind=QuestionKind.TEXT,
        title=Localized(
            ru="Для какого издания вы работаете на форуме?",
            kk="Форумда қай басылым үшін жұмыс істейсіз?",
            en="Which newsroom are you working for here?",
        ),
        categories=_PRESS,
        is_required=True,
    ),
    QuestionSpec(
        code="equipment",
        kind=QuestionKind.CHOICES,
        title=Localized(
            ru="Какую технику вы приносите?", kk="Қандай техника әкелесіз?", en="What equipment do you bring?"
        ),
        hint=Localized(
            ru="По этому списку пропускает охрана.",
            kk="Күзет осы тізім бойынша өткізеді.",
            en="Security lets it in by this list.",
        ),
        options=(
            Option("camera", Localized(ru="Камера", kk="Камера", en="A camera")),
            Option("light", Localized(ru="Свет", kk="Жарық", en="Lights")),
            Option("drone", Localized(ru="Дрон", kk="Дрон", en="A drone")),
        ),
        categories=_PRESS,
    ),
    QuestionSpec(
        code="flight_permit",
        kind=QuestionKind.FILE,
        title=Localized(ru="Разрешение на полёты", kk="Ұшуға рұқсат", en="The permit to fly it"),
        categories=_PRESS,
        condition=Condition("equipment", ("drone",)),
    ),
    QuestionSpec(
        code="headset",
        kind=QuestionKind.CHOICE,
        title=Localized(
            ru="Нужен ли наушник для синхронного перевода?",
            kk="Ілеспе аударма үшін құлаққап керек пе?",
            en="Do you need a headset for the interpretation?",
        ),
        options=(
            Option("into_russian", Localized(ru="На русский", kk="Орысшаға", en="Into Russian")),
            Option("into_kazakh", Localized(ru="На казахский", kk="Қазақшаға", en="Into Kazakh")),
            Option("none", Localized(ru="Не нужен", kk="Керек емес", en="No, thank you")),
        ),
        categories=frozenset({Category.OFFICIAL, Category.DELEGATE, Category.SPEAKER}),
        stage=QuestionStage.APPROVED,
        is_required=True,
    ),
    QuestionSpec(
        code="shoe_size",
        kind=QuestionKind.NUMBER,
        stage=QuestionStage.APPROVED,
        title=Localized(ru="Размер обуви", kk="Аяқ киім өлшемі", en="Shoe size"),
        hint=Localized(
            ru="В цехах площадки выдают защитную обувь. Размер европейский.",
            kk="Алаңның цехтарында қорғаныш аяқ киім беріледі. Өлшемі еуропалық.",
            en="The site hands out safety shoes on the factory floor. European size.",
        ),
        is_required=True,
        only_visitors=True,
        least="34",
        most="50",
    ),
    QuestionSpec(
        code="floor_rules",
        kind=QuestionKind.CONSENT,
        stage=QuestionStage.APPROVED,
        title=Localized(
            ru="В цехах я иду только по разметке и снимаю там, где разрешено",
            kk="Цехтарда тек белгіленген жолмен жүремін және рұқсат берілген жерде ғана түсіремін",
            en="On the factory floor I keep to the marked ways and take pictures only where it is allowed",
        ),
        is_required=True,
        only_visitors=True,
    ),
)
_ANSWERED: Final = {QuestionStage.REGISTRATION: 0.93, QuestionStage.APPROVED: 0.55}


def answers_of(number: int, category: Category, newsroom: str, *, is_visitor: bool) -> dict[str, Value]:
    """What the person with that number has answered so far; the same every time."""
    random = Random(f"questions {number}")  # a generator of its own: nobody else's numbers move
    said: dict[str, Value] = {
        "hotel": "yes" if random.random() < 0.4 else "no",
        "nights": str(random.choice((1, 2, 2, 3))),
        "headset": random.choice(("into_russian", "into_kazakh", "none", "none")),
        "outlet": newsroom,
        "equipment": ["camera", *(["drone"] if random.random() < 0.3 else [])],
        "shoe_size": str(random.randint(36, 46)),
        "floor_rules": True,
    }
    stages = {stage for stage, share in _ANSWERED.items() if random.random() < share}
    shown = asked(QUESTIONS, said, category, is_visitor=is_visitor)
    return {spec.code: said[spec.code] for spec in shown if spec.code in said and spec.stage in stages}

"""What the invented office has asked, declined and still has to look at: invented as well."""

from __future__ import annotations

from typing import Final, NamedTuple

QUESTIONS: Final = (
    {
        "ru": "С какими партнёрами вы хотите встретиться: с производителями или с торговыми сетями?",
        "kk": "Кіммен кездескіңіз келеді: өндірушілермен бе, әлде сауда желілерімен бе?",
        "en": "Whom do you want to meet: producers or retail chains?",
    },
    {
        "ru": "В письме вы назвали двух участников. Кто из вас приедет?",
        "kk": "Хатыңызда екі қатысушы аталған. Қайсыңыз келесіз?",
        "en": "Your letter names two participants. Which of you will come?",
    },
)
REPLIES: Final = {
    "ru": "С торговыми сетями: нам нужен сбыт в области.",
    "kk": "Сауда желілерімен: бізге облыста өткізу арналары керек.",
    "en": "Retail chains: we look for outlets in the region.",
}
DECLINED: Final = {
    "ru": "В этот раз форум — для производственных компаний.",
    "kk": "Бұл жолы форум өндірістік компанияларға арналған.",
    "en": "This time the forum is for producing companies.",
}


class Edit(NamedTuple):
    """A change after approval: a field of the profile and what it says now."""

    field: str
    after: str


EDITS: Final = (
    (Edit("town", "Талғар"), Edit("diet", "вегетариан мәзірі")),
    (Edit("phone_extension", "204"),),
    (Edit("access_needs", "место рядом с выходом"),),
)
"""Of one person each; the last is decided on already."""

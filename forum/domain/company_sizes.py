"""Sizes of companies, by people employed."""

from __future__ import annotations

from typing import Final

from forum.domain.localized import Localized
from forum.domain.vocabulary import Term, Vocabulary

COMPANY_SIZES: Final = Vocabulary(
    (
        Term("micro", Localized(ru="до 15 человек", kk="15 адамға дейін", en="up to 15 people")),
        Term("small", Localized(ru="16–100 человек", kk="16–100 адам", en="16–100 people")),
        Term("medium", Localized(ru="101–250 человек", kk="101–250 адам", en="101–250 people")),
        Term("large", Localized(ru="более 250 человек", kk="250-ден астам адам", en="over 250 people")),
    )
)

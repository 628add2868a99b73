"""Sectors that a free text speaks of."""

from __future__ import annotations

import pytest

from forum.domain.sector_words import proposed_sectors
from forum.sample.trades import TRADES


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("Гофротара и упаковка с печатью", ("packaging", "printing")),
        ("Упаковочные плёнки", ("packaging",)),
        ("Қаптама материалдарын жеткізушілер", ("packaging",)),
        ("packaging film", ("packaging",)),
        ("Ищем склад в Конаеве", ("logistics",)),
        ("It is at the power of it", ("energy",)),
        ("Сотрудничество", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_a_text_means(text: str | None, sectors: tuple[str, ...]) -> None:
    assert proposed_sectors(text) == sectors


def test_most_texts_of_the_sample_are_understood() -> None:
    texts = [
        text
        for trade in TRADES
        for own in (trade.offers, trade.seeks)
        for each in own.values()
        for text in each
    ]
    understood = sum(bool(proposed_sectors(text)) for text in texts)
    assert understood / len(texts) > 0.8

"""What was meant where the keyboard was in the other language."""

from __future__ import annotations

import pytest

from forum.domain.keyboards import in_other_layouts


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hes", ("руы",)),
        ("руы", ("hes",)),
        ("Bdfyjd", ("иванов",)),
        ("Ыьшер", ("smith",)),
        (";evf,ftd", ("жумабаев",)),
        ("Fkb2f", ("али2а", "алиәа")),
        ("2026", ("әқә6",)),
        ("!?", ()),
    ],
)
def test_the_same_keys_in_the_other_layout(typed: str, meant: tuple[str, ...]) -> None:
    assert in_other_layouts(typed) == meant

"""Orders of meetings when companies become one."""

from __future__ import annotations

import pytest

from forum.domain.meeting_orders import fallen

AC, AD, BC, BD, AB = (frozenset(pair) for pair in ({1, 3}, {1, 4}, {2, 3}, {2, 4}, {1, 2}))


@pytest.mark.parametrize(
    ("orders", "gone"),
    [
        ({}, ()),
        ({1: (AC, AD)}, ()),
        ({1: (BC, BD)}, ()),
        ({1: (AC, AD), 2: (BC, BD)}, ()),  # the same order twice holds
        ({1: (AC, AD), 2: (BD, BC)}, (2,)),  # the earlier one wins
        ({1: (BD, BC), 2: (AC, AD)}, (2,)),
        ({1: (AC, BC)}, (1,)),  # a meeting is not before itself
        ({1: (AB, AC)}, (1,)),  # a company does not meet itself
        ({1: (AC, AD), 2: (AD, AC)}, ()),  # the second has not held before either
    ],
)
def test_orders_that_no_longer_hold_when_two_is_part_of_one(orders, gone) -> None:
    assert fallen(orders, {2: 1}) == gone

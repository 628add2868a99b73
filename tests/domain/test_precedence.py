"""The order of precedence: ranks first, then where people were put."""

from __future__ import annotations

from forum.domain.precedence import Rank, Standing, in_order, moved, rank_of
from forum.domain.states import Category


def standing(number: int, rank: Rank = Rank.MEMBER, precedence: int | None = None) -> Standing:
    return Standing(id=number, rank=rank, precedence=precedence, number=number)


PEOPLE = (
    standing(1, precedence=4),
    standing(2, Rank.COMPANION),
    standing(3, Rank.OFFICIAL, 2),
    standing(4, Rank.OFFICIAL, 1),
    standing(5),
    standing(6, Rank.HEAD, 9),
)


def test_the_head_then_officials_then_the_others_then_who_accompanies_them() -> None:
    assert [one.id for one in in_order(PEOPLE)] == [6, 4, 3, 1, 5, 2]


def test_a_move_within_the_rank_is_exact() -> None:
    assert moved(PEOPLE, 3, 2) == (6, 3, 4, 1, 5, 2)


def test_a_move_beyond_the_rank_ends_at_its_border() -> None:
    assert (moved(PEOPLE, 5, 1), moved(PEOPLE, 4, 6)) == ((6, 4, 3, 5, 1, 2), (6, 3, 4, 1, 5, 2))


def test_a_place_past_the_end_is_the_last_one() -> None:
    assert moved((standing(1), standing(2), standing(3)), 1, 99) == (2, 3, 1)


def test_ranks_follow_from_what_somebody_is() -> None:
    assert [
        rank_of(category, is_head=False)
        for category in (Category.OFFICIAL, Category.COMPANION, Category.PRESS)
    ] == [
        Rank.OFFICIAL,
        Rank.COMPANION,
        Rank.MEMBER,
    ]
    assert rank_of(Category.DELEGATE, is_head=True) is Rank.HEAD

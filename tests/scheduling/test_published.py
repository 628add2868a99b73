"""Small instances of the published problem, of which everything can be tried."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.scheduling.published.instance import read
from forum.scheduling.published.solve import solve
from forum.scheduling.published.ways import Bound, Cores
from tests.scheduling.published_rules import Rules, dzn

TRIANGLE = [(1, 2, 3), (2, 3, 3), (1, 3, 3)]
STAR = [(1, 2, 3), (1, 3, 3)]
APART = [(1, 2, 3), (3, 4, 3)]
KINDS = {
    "three of three": (dzn(3, 3, TRIANGLE), 2, 1),
    "one at a time": (dzn(3, 2, TRIANGLE), 2, None),
    "tables for both": (dzn(4, 1, APART, tables=2), 2, 0),
    "one table": (dzn(4, 1, APART, tables=1), 2, None),
    "morning and afternoon": (dzn(3, 4, [(1, 2, 1), (1, 3, 2)], morning=2), 2, 0),
    "only a morning": (dzn(3, 4, [(1, 2, 1), (1, 3, 1)], morning=1), 2, None),
    "a slot forbidden between": (dzn(3, 3, STAR, forbidden={1: [2]}), 2, 1),
    "all slots forbidden": (dzn(3, 3, STAR, forbidden={1: [1], 3: [2, 3]}), 2, None),
    "fixed apart": (dzn(3, 3, STAR, fixed={1: 1, 2: 3}), 2, 1),
    "fixed together": (dzn(3, 3, STAR, fixed={1: 2, 2: 2}), 2, None),
    "later than a fixed one": (dzn(4, 3, [*STAR, (3, 4, 3)], fixed={1: 2}, before={3: [1]}), 2, 1),
    "three in a row": (dzn(6, 2, [(1, 2, 3), (3, 4, 3), (5, 6, 3)], before={2: [1], 3: [2]}), 2, None),
    "the same for all": (dzn(3, 5, TRIANGLE), 0, 3),
    "one has nothing to wait for": (dzn(4, 5, TRIANGLE), 0, None),
    "nobody meets": (dzn(2, 1, []), 2, 0),
}


@pytest.mark.parametrize(("text", "fairness", "fewest"), KINDS.values(), ids=KINDS)
def test_every_rule_has_its_least_number_of_breaks(text, fairness, fewest):
    answer = solve(read(text, fairness=fairness))

    assert answer.proven
    assert _checked(text, answer, fairness) == fewest


@st.composite
def instances(draw):
    people, slots = draw(st.integers(2, 5)), draw(st.integers(1, 5))
    pairs = [(a, b) for a in range(1, people + 1) for b in range(a + 1, people + 1)]
    meetings = draw(st.lists(st.sampled_from(pairs), max_size=4 if slots > 3 else 5))
    numbers = st.integers(1, max(1, len(meetings)))
    a_slot = st.integers(1, slots)
    later = draw(st.sets(st.tuples(numbers, numbers), max_size=2))
    return dzn(
        people,
        slots,
        [(*pair, draw(st.sampled_from([1, 2, 3, 3, 3]))) for pair in meetings],
        morning=draw(st.integers(0, slots)),
        tables=draw(st.integers(1, 3)),
        forbidden=draw(st.dictionaries(st.integers(1, people), st.sets(a_slot, max_size=2), max_size=2)),
        fixed=draw(st.dictionaries(numbers, a_slot, max_size=1)),
        before={number: [earlier] for number, earlier in later},
    )


@pytest.mark.parametrize("way", [Cores, Bound], ids=lambda way: way.__name__)
@settings(max_examples=80, deadline=None)
@given(text=instances(), fairness=st.integers(0, 2))
def test_either_way_alone_proves_what_trying_everything_finds(way, text, fairness):
    answer = solve(read(text, fairness=fairness), ways=[way])

    assert answer.proven
    assert _checked(text, answer, fairness) == Rules(text).fewest_breaks(fairness)


def test_a_stopped_search_claims_nothing():
    everybody_meets_everybody = [(*pair, 3) for pair in combinations(range(1, 17), 2)]
    answer = solve(read(dzn(16, 16, everybody_meets_everybody)), limit=0.0)

    assert (answer.schedule, answer.proven) == (None, False)


@pytest.mark.parametrize(
    ("slot_of", "broken"),
    [
        ([1, 2], []),
        ([1], ["a meeting is missing"]),
        ([1, 4], ["a slot that is none"]),
        ([2, 2], ["meeting 2 not after 1", "too few tables in slot 2", "somebody twice in slot 2"]),
        ([2, 1], ["meeting 2 not after 1"]),
        ([1, 3], ["meeting 2 in the wrong half of the day", "unfair"]),
    ],
)
def test_the_checker_itself_sees_what_is_wrong(slot_of, broken):
    text = dzn(3, 3, [(1, 2, 3), (1, 3, 1)], morning=2, tables=1, before={2: [1]})

    assert Rules(text).broken(slot_of, fairness=0) == broken


def _checked(text, answer, fairness):
    """The breaks of a schedule that keeps every rule."""
    if answer.schedule is None:
        return None
    slot_of = [slot + 1 for slot in answer.schedule.slot_of]
    rules = Rules(text)
    assert rules.broken(slot_of, fairness) == []
    assert rules.breaks(slot_of) == answer.schedule.breaks
    return answer.schedule.breaks

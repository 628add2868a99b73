"""The log of a roll: whatever the order and however often, it says the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from forum.domain.roll_call import Leg, Marks, Tick, marks, roll

START = datetime(2026, 12, 2, 11, tzinfo=UTC)


def tick(person: int, second: int, *, aboard: bool = True, bus: int = 1, leg: Leg = Leg.OUT) -> Tick:
    key = f"{person}-{second}-{aboard}-{bus}-{leg}"
    return Tick(key, person, leg, aboard, bus, START + timedelta(seconds=second))


TICKS = st.builds(
    tick,
    person=st.integers(1, 3),
    second=st.integers(0, 3),
    aboard=st.booleans(),
    bus=st.integers(1, 2),
    leg=st.sampled_from(Leg),
)
LOGS = st.lists(TICKS, max_size=12)


def _as_delivered(log: list[Tick], seed: int) -> list[Tick]:
    """The same log, some of it twice, in another order."""
    random = Random(seed)
    again = [*log, *random.choices(log, k=len(log))] if log else []
    random.shuffle(again)
    return again


def _last_to_arrive(log: Iterable[Tick]) -> Marks:
    """How it is written when nobody thinks of two phones."""
    return {(one.person_id, one.leg): one for one in log}


@given(log=LOGS, seed=st.integers(0, 1_000))
def test_any_order_and_repetition_says_the_same(log: list[Tick], seed: int) -> None:
    assert marks(_as_delivered(log, seed)) == marks(log)


@given(log=LOGS, seed=st.integers(0, 1_000))
def test_a_part_heard_twice_changes_nothing(log: list[Tick], seed: int) -> None:
    """A phone that merges what it has heard with its own says what the forum says."""
    heard = list(marks(_as_delivered(log, seed)[: len(log)]).values())
    assert marks([*heard, *log]) == marks(log)


def test_the_last_to_arrive_would_say_something_else() -> None:
    """The negative control: order matters when the moment is not looked at."""
    log = [tick(1, 2), tick(1, 1, aboard=False)]
    assert _last_to_arrive(log) != _last_to_arrive(reversed(log))


def test_of_two_opposite_ticks_of_one_moment_the_person_is_looked_for() -> None:
    said = marks([tick(1, 0), tick(1, 0, aboard=False)])
    assert roll(said, 1, [1], Leg.OUT).missing == {1}


def test_who_sits_in_another_bus_is_not_missing() -> None:
    called = roll(marks([tick(1, 0, bus=2), tick(2, 0)]), 1, [1, 2, 3], Leg.OUT)
    assert (called.aboard, called.elsewhere, called.missing, called.guests) == ({2}, {1: 2}, {3}, frozenset())


def test_on_the_way_back_a_bus_waits_for_those_who_came_with_it() -> None:
    log = [tick(1, 0), tick(4, 0), tick(1, 9, leg=Leg.BACK), tick(2, 0, bus=2)]
    called = roll(marks(log), 1, [1, 2, 3], Leg.BACK)
    assert (called.expected, called.missing) == ({1, 4}, {4})


def test_without_a_roll_on_the_way_there_it_waits_for_its_passengers() -> None:
    assert roll(marks([tick(2, 0, bus=2)]), 1, [1, 2], Leg.BACK).missing == {1}

"""Invented forms that were begun."""

from __future__ import annotations

from collections import Counter

from forum.sample.drafts import begun_forms


def test_a_seed_always_gives_the_same_forms() -> None:
    assert begun_forms(seed=4) == begun_forms(seed=4)
    assert begun_forms(seed=4) != begun_forms(seed=5)


def test_people_stop_where_people_stop() -> None:
    stopped = Counter(str(each.reached or "") for each in begun_forms(seed=1))
    assert stopped == {"": 1, "who": 3, "new-company": 1, "business": 1, "work": 1, "consents": 1}

"""What hosts demand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.domain.host_rules import (
    LONGEST_CUT_OFF_HOURS,
    LONGEST_KEPT_DAYS,
    HostRules,
    HostRulesError,
    PhotoRule,
    checked,
    from_data,
)
from forum.domain.identity_documents import DocumentField, DocumentKind
from forum.domain.localized import Localized

_TEXTS = st.dictionaries(st.sampled_from(("ru", "kk", "en")), st.text(min_size=1, max_size=5)).map(Localized)


def _some(kind: type[DocumentField] | type[DocumentKind]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(list(kind))).map(
        lambda names: tuple(each for each in kind if each in names)
    )


RULES = st.builds(
    HostRules,
    id_fields=_some(DocumentField),
    documents=_some(DocumentKind),
    cut_off_hours=st.integers(0, LONGEST_CUT_OFF_HOURS),
    kept_days=st.none() | st.integers(0, LONGEST_KEPT_DAYS),
    photos=st.sampled_from(PhotoRule),
    clothing=_TEXTS,
    bring=_TEXTS,
    note=_TEXTS,
)


@settings(max_examples=50)
@given(RULES)
def test_rules_come_back_as_they_were_kept(rules: HostRules) -> None:
    assert from_data(rules.as_data()) == rules


def test_a_site_without_rules_asks_for_nothing_and_takes_any_document() -> None:
    rules = from_data({})
    assert (rules.asks_documents, rules.accepted, rules.cut_off_hours) == (False, tuple(DocumentKind), 24)


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"cut_off_hours": -1}, "cut_off_hours", "cut_off_hours_range"),
        ({"cut_off_hours": LONGEST_CUT_OFF_HOURS + 1}, "cut_off_hours", "cut_off_hours_range"),
        ({"kept_days": LONGEST_KEPT_DAYS + 1}, "kept_days", "kept_days_range"),
        ({"id_fields": (DocumentField.IIN,)}, "id_fields", "id_fields_without_number"),
    ],
)
def test_rules_that_cannot_hold_are_refused_at_their_field(
    wrong: dict[str, object], field: str, code: str
) -> None:
    with pytest.raises(HostRulesError) as refused:
        checked(replace(HostRules(), **wrong))
    assert (refused.value.field, refused.value.code) == (field, code)

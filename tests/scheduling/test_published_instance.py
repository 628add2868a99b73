"""Reading instances: as they are written, as older copies are, and what is refused with its line."""

from __future__ import annotations

import pytest

from forum.scheduling.published.dzn import DznError
from forum.scheduling.published.instance import read
from forum.scheduling.published.problem import Meeting, PublishedProblem, Session
from tests.scheduling.published_rules import dzn

SMALL = dzn(
    *(3, 4, [(1, 2, 1), (3, 1, 3)]), morning=2, tables=1, forbidden={2: [1, 4]}, fixed={2: 3}, before={2: [1]}
)
# As SMALL, with an item left out that another name or nothing stands for, commas and remarks.
OLDER = """% a copy
nEmpreses = 3; nReunions = 2; nTaules = 1;
nFrangesTotal = 4; nFrangesMati = 2;
demanades = [|1, 2, 1,
|3, 1, 3,
|]; % and more
empresesZero = 7;
fixat = [0,3,];
prohibides = [{0,},
{1,4,},
{0,}];
"""


def test_everything_is_counted_from_nought():
    assert read(SMALL, fairness=1) == PublishedProblem(
        slots=4,
        morning_slots=2,
        tables=1,
        forbidden=(frozenset(), frozenset({0, 3}), frozenset()),
        meetings=(
            Meeting((0, 1), Session.MORNING, None, frozenset()),
            Meeting((2, 0), Session.EITHER, 2, frozenset({0})),
        ),
        fairness=1,
    )


def test_older_names_and_what_may_be_left_out():
    older, newer = read(OLDER), read(SMALL)

    assert (older.forbidden, older.slots_of) == (newer.forbidden, newer.slots_of)
    assert [meeting.after for meeting in older.meetings] == [frozenset(), frozenset()]


@pytest.mark.parametrize(
    ("before", "after", "code", "data"),
    [
        ("nBusiness = 3;", "", "dzn_missing", {"name": "nBusiness"}),
        (
            "nBusiness = 3;",
            "nBusiness = 3",
            "dzn_syntax",
            {"line": 2, "wanted": "“;”", "found": "“nMeetings”"},
        ),
        ("nTables = 1", "nTables = #", "dzn_syntax", {"line": 3, "wanted": "a number", "found": "“#”"}),
        ("{1}];", "{1}", "dzn_syntax", {"wanted": "a comma or “]”", "found": "the end of the file"}),
        ("nTables = 1;", "nTables = 1; nTables = 2;", "dzn_twice", {"line": 3, "name": "nTables"}),
        ("nTables = 1", "nTables = {1}", "dzn_kind", {"wanted": "a number, 0 or more"}),
        ("fixed = [0, 3]", "fixed = 3", "dzn_kind", {"name": "fixed", "wanted": "an array"}),
        ("fixed = [0, 3]", "fixed = [0]", "dzn_length", {"wanted": 2, "found": 1}),
        ("fixed = [0, 3]", "fixed = [0, 5]", "dzn_range", {"number": "5", "least": 0, "most": 4}),
        ("{1, 4}", "4", "dzn_kind", {"name": "forbidden", "wanted": "sets"}),
        ("{1, 4}", "{1, 9}", "dzn_range", {"line": 7, "number": "9", "most": 4}),
        ("nMorningSlots = 2", "nMorningSlots = 5", "dzn_range", {"name": "nMorningSlots", "most": 4}),
        ("3, 1, 3", "3, 1", "dzn_row", {"line": 6, "row": "3, 1"}),
        ("3, 1, 3", "3, 4, 3", "dzn_range", {"number": "4", "most": 3}),
        ("3, 1, 3", "3, 1, 4", "dzn_range", {"number": "4", "least": 1, "most": 3}),
        ("3, 1, 3", "3, 3, 3", "dzn_alone", {"participant": 3}),
    ],
)
def test_what_is_wrong_is_named_with_its_line(before, after, code, data):
    assert before in SMALL

    with pytest.raises(DznError) as refused:
        read(SMALL.replace(before, after))

    assert refused.value.code == code
    assert {name: refused.value.data[name] for name in data} == data

"""Whatever stands in the cells, every row is accounted for and no reader breaks."""

from hypothesis import given, settings
from hypothesis import strategies as st

from forum.workbooks.fields import ParticipantField, RequestField, SheetKind
from forum.workbooks.headers import kind_of, map_headers
from forum.workbooks.participants import read_participants
from forum.workbooks.reading import Cell, Row, Sheet
from forum.workbooks.requests import read_requests

cells = st.builds(Cell, st.text(max_size=30), st.booleans())
nasty = st.sampled_from(
    ["=1+1", "«", "»»", "ООО", "@", "a@", "+", "доб. 12", "8", "—", "і", "\x00", "1.0", "оглы", ",", "( "]
).map(Cell)


def sheets(fields):
    headers = Row(1, tuple(Cell(field.value) for field in fields))
    rows = st.lists(st.lists(cells | nasty, min_size=1, max_size=len(fields)).map(tuple), max_size=6)
    return rows.map(
        lambda found: Sheet("s", (headers, *(Row(number, row) for number, row in enumerate(found, start=2))))
    )


@settings(max_examples=300, deadline=None)
@given(sheets(ParticipantField))
def test_every_row_of_people_is_taken_or_explained(sheet):
    reading = read_participants(sheet, map_headers(sheet))
    assert [row.number for row in reading.rows] == [row.number for row in sheet.rows[1:]]
    assert all(row.record or row.issues for row in reading.rows)


@settings(max_examples=300, deadline=None)
@given(sheets(RequestField))
def test_every_row_of_requests_is_taken_or_explained(sheet):
    reading = read_requests(sheet, map_headers(sheet, kind=SheetKind.REQUESTS), {"ooo:мир": "ООО «Мир»"})
    assert [row.number for row in reading.rows] == [row.number for row in sheet.rows[1:]]
    assert all(row.record or row.issues for row in reading.rows)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(cells | nasty, max_size=5).map(tuple), max_size=5))
def test_any_sheet_has_a_map_of_its_headers(rows):
    sheet = Sheet("s", tuple(Row(number, row) for number, row in enumerate(rows, start=1)))
    found = map_headers(sheet)
    assert len(found.columns) == len({column.index for column in found.columns})
    assert kind_of(sheet) in {None, *SheetKind}

"""Numbers of documents: the forms that hold, the forms that do not, and what is shown of them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.identity_documents import (
    MASK,
    DocumentError,
    DocumentField,
    DocumentKind,
    IdentityData,
    checked,
    from_data,
    iin_birth_date,
    is_iin,
    masked,
    proper_number,
)

TODAY = date(2026, 11, 23)
DATA = IdentityData(
    kind=DocumentKind.RU_FOREIGN,
    number="71 1234567",
    birth_date=date(1980, 1, 31),
    citizenship="RUS",
    issued_on=date(2020, 2, 29),
    issued_by="МВД 12345",
    expires_on=date(2030, 2, 28),
)


def iin(body: str) -> str | None:
    """The eleven digits with the check digit that fits, None where no digit does."""
    return next((body + str(digit) for digit in range(10) if is_iin(body + str(digit))), None)


@pytest.mark.parametrize(
    ("kind", "typed", "proper"),
    [
        (DocumentKind.RU_INTERNAL, "45 08 № 123456", "4508 123456"),
        (DocumentKind.RU_FOREIGN, "711234567", "71 1234567"),
        (DocumentKind.KZ_PASSPORT, "n 12345678", "N12345678"),
        (DocumentKind.KZ_PASSPORT, "Н12345678", "N12345678"),
        (DocumentKind.KZ_ID_CARD, "012 345 678", "012345678"),
        (DocumentKind.DIPLOMATIC, "D1234567", "D1234567"),
        (DocumentKind.SERVICE, "20 1234567", "201234567"),
        (DocumentKind.OTHER, "fa-1234567", "FA1234567"),
    ],
)
def test_a_number_is_brought_into_its_form(kind: DocumentKind, typed: str, proper: str) -> None:
    assert proper_number(kind, typed) == proper
    assert proper_number(kind, proper) == proper


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (DocumentKind.RU_INTERNAL, "4508 12345"),
        (DocumentKind.RU_FOREIGN, "4508 123456"),
        (DocumentKind.KZ_PASSPORT, "12345678"),
        (DocumentKind.KZ_ID_CARD, "N12345678"),
        (DocumentKind.DIPLOMATIC, "ABC1"),
        (DocumentKind.SERVICE, "12345"),
        (DocumentKind.OTHER, "ABCDEF"),
    ],
)
def test_a_number_of_another_form_is_refused_by_the_name_of_its_kind(kind: DocumentKind, typed: str) -> None:
    with pytest.raises(DocumentError) as refused:
        proper_number(kind, typed)
    assert (refused.value.field, refused.value.code) == ("number", f"document_number_{kind.value}")


def test_no_number_is_said_to_be_missing() -> None:
    with pytest.raises(DocumentError, match="document_number_empty"):
        proper_number(DocumentKind.OTHER, " № ")


@given(kind=st.sampled_from(DocumentKind), text=st.text(max_size=40))
def test_any_text_is_a_number_or_refused_and_a_proper_one_stays(kind: DocumentKind, text: str) -> None:
    with suppress(DocumentError):
        proper = proper_number(kind, text)
        assert proper_number(kind, proper) == proper


@given(st.text(alphabet="0123456789N", min_size=4, max_size=20))
def test_a_mask_shows_two_signs_and_the_length(number: str) -> None:
    shown = masked(number)
    assert (len(shown), shown[-2:], set(shown[:-2])) == (len(number), number[-2:], {MASK})


@given(born=st.dates(date(1900, 1, 1), date(2026, 1, 1)), is_man=st.booleans(), number=st.integers(0, 9999))
def test_one_check_digit_fits_an_iin_or_none(born: date, is_man: bool, number: int) -> None:
    century = (3 if born.year < 2000 else 5) + (not is_man)
    body = f"{born:%y%m%d}{century}{number:04}"
    fitting = [body + str(digit) for digit in range(10) if is_iin(body + str(digit))]
    assert len(fitting) <= 1
    assert [iin_birth_date(each) for each in fitting] == [born] * len(fitting)


@pytest.mark.parametrize(
    "text", ["", "12345678901", "x" * 12, "801332300017", "800101900000", "٨٠٠١٠١٣٠٠٠١٢"]
)
def test_what_is_no_iin(text: str) -> None:
    assert not is_iin(text)


def test_only_what_is_asked_is_kept() -> None:
    kept = checked(DATA, asked={DocumentField.NUMBER, DocumentField.BIRTH_DATE}, today=TODAY)
    assert kept == IdentityData(
        kind=DocumentKind.RU_FOREIGN, number="71 1234567", birth_date=date(1980, 1, 31)
    )


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"birth_date": None}, "birth_date", "document_birth_date_empty"),
        ({"birth_date": date(2027, 1, 1)}, "birth_date", "document_birth_date"),
        ({"birth_date": date(1880, 1, 1)}, "birth_date", "document_birth_date"),
        ({"citizenship": "Russia"}, "citizenship", "document_citizenship"),
        ({"issued_on": None}, "issued_on", "document_issued_on_empty"),
        ({"issued_on": date(2026, 11, 24)}, "issued_on", "document_issued_on"),
        ({"issued_on": date(1979, 1, 1)}, "issued_on", "document_issued_on"),
        ({"issued_by": "  "}, "issued_by", "document_issued_by_empty"),
        ({"expires_on": None}, "expires_on", "document_expires_on_empty"),
        ({"expires_on": date(2026, 11, 22)}, "expires_on", "document_expired"),
        ({"citizenship": "KAZ"}, "iin", "document_iin"),
        ({"iin": "123456789012"}, "iin", "document_iin"),
        ({"iin": iin("85010130001")}, "iin", "document_iin_birth_date"),
    ],
)
def test_what_does_not_hold_is_said_at_its_field(change: dict[str, object], field: str, code: str) -> None:
    with pytest.raises(DocumentError) as refused:
        checked(replace(DATA, **change), asked=set(DocumentField), today=TODAY)
    assert (refused.value.field, refused.value.code) == (field, code)


def test_an_internal_passport_has_no_last_day() -> None:
    internal = replace(DATA, kind=DocumentKind.RU_INTERNAL, number="4508123456", expires_on=None)
    assert checked(internal, asked=set(DocumentField), today=TODAY).expires_on is None


def test_a_document_survives_being_kept() -> None:
    assert from_data(DATA.as_data()) == DATA

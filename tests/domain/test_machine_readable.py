"""Machine-readable zones: the specimens of ICAO Doc 9303, and every slip of a finger."""

from __future__ import annotations

import string
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.identity_documents import DocumentKind, from_zone, iin_birth_date, is_iin
from forum.domain.machine_readable import Zone, ZoneError, check_digit, read_zone

TODAY = date(2026, 11, 23)
# The specimens that Doc 9303 prints: Utopian passport (part 4), identity card (part 5), TD2 card (part 6).
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
CARD = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
TD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"
LONG_NUMBER = "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"


def td3(document: str, issuer: str, number: str, born: str, expires: str, optional: str) -> str:
    """A zone with right check digits."""
    number = f"{number:<<9}"
    optional = f"{optional:<<14}"
    parts = (number, check_digit(number), issuer, born, check_digit(born), "M", expires, check_digit(expires))
    line = "".join(parts) + optional + check_digit(optional)
    total = check_digit(line[:10] + line[13:20] + line[21:43])
    return f"{f'{document:<<2}{issuer}OBRAZTSOV<<OBRAZETS':<<44}\n{line}{total}"


@pytest.mark.parametrize("zone", [PASSPORT, CARD, TD2])
def test_the_specimens_are_read(zone: str) -> None:
    found = read_zone(zone, today=TODAY)
    assert (found.family_name, found.given_name) == ("ERIKSSON", "ANNA MARIA")
    assert (found.birth_date, found.expires_on) == (date(1974, 8, 12), date(2012, 4, 15))
    assert (found.issuer, found.citizenship) == ("UTO", "UTO")
    assert found.number == ("L898902C3" if zone is PASSPORT else "D23145890")


def test_a_number_longer_than_its_field_goes_on_in_the_optional_data() -> None:
    assert read_zone(LONG_NUMBER, today=TODAY).number == "D23145890734"


def test_blanks_breaks_and_small_letters_do_no_harm() -> None:
    typed = PASSPORT.lower().replace("\n", " \r\n ").replace("<<<<", "««««")
    assert read_zone(typed, today=TODAY) == read_zone(PASSPORT, today=TODAY)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "zone_shape"), (PASSPORT[:-1], "zone_shape"), (PASSPORT.replace("A", "Ж"), "zone_letters")],
)
def test_what_is_no_zone_is_refused(text: str, code: str) -> None:
    with pytest.raises(ZoneError) as refused:
        read_zone(text, today=TODAY)
    assert refused.value.code == code


@given(
    place=st.integers(0, 43).filter(lambda place: place not in (10, 11, 12, 20)),
    letter=st.sampled_from(string.digits + "<"),
)
def test_one_wrong_sign_in_the_second_line_is_noticed(place: int, letter: str) -> None:
    """Citizenship and sex have no check digit; the filler counts as 0."""
    first, second = td3("P", "RUS", "711234567", "800101", "310101", "").split("\n")
    wrong = second[:place] + letter + second[place + 1 :]
    values_agree = letter in (
        second[place],
        "0" if second[place] == "<" else "<" if second[place] == "0" else "",
    )
    if values_agree:
        return
    with pytest.raises(ZoneError):
        read_zone(f"{first}\n{wrong}", today=TODAY)


@given(text=st.text(max_size=100))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ZoneError):
        assert isinstance(read_zone(text, today=TODAY), Zone)


@given(born=st.dates(date(1927, 1, 1), TODAY))
def test_a_year_of_birth_is_never_in_the_future(born: date) -> None:
    zone = td3("P", "KAZ", "N12345678", born.strftime("%y%m%d"), "310101", "")
    assert read_zone(zone, today=TODAY).birth_date == born


@pytest.mark.parametrize(
    ("zone", "kind", "number"),
    [
        (td3("PN", "RUS", "451123456", "800101", "<<<<<<", "8"), DocumentKind.RU_INTERNAL, "4518123456"),
        (td3("P", "RUS", "711234567", "800101", "310101", ""), DocumentKind.RU_FOREIGN, "711234567"),
        (td3("P", "KAZ", "N12345678", "800101", "310101", ""), DocumentKind.KZ_PASSPORT, "N12345678"),
        (td3("PD", "KAZ", "D1234567", "800101", "310101", ""), DocumentKind.DIPLOMATIC, "D1234567"),
        (td3("PS", "RUS", "201234567", "800101", "310101", ""), DocumentKind.SERVICE, "201234567"),
        (td3("P", "UZB", "FA1234567", "800101", "310101", ""), DocumentKind.OTHER, "FA1234567"),
    ],
)
def test_the_kind_follows_from_the_zone(zone: str, kind: DocumentKind, number: str) -> None:
    found = from_zone(read_zone(zone, today=TODAY))
    assert (found.kind, found.number) == (kind, number)


def test_the_passport_of_kazakhstan_carries_the_iin() -> None:
    iin = next(f"80010130{number:03}{digit}" for number in range(1000) for digit in range(10)
               if is_iin(f"80010130{number:03}{digit}"))  # fmt: skip
    zone = td3("P", "KAZ", "N12345678", "800101", "310101", iin)
    assert from_zone(read_zone(zone, today=TODAY)).iin == iin
    assert iin_birth_date(iin) == date(1980, 1, 1)

"""Addresses, numbers, wishes and ranks as people type them."""

import pytest

from forum.domain.states import RequestRank
from forum.workbooks.contacts import Phone, parse_emails, parse_phones
from forum.workbooks.wishes import is_clear_wish, parse_rank, parse_wish, place_of

NUMBER = "+79161234567"


@pytest.mark.parametrize(
    ("typed", "phones", "rest"),
    [
        ("+7 (916) 123-45-67", [Phone(NUMBER)], ""),
        ("+7 916 123 45 67", [Phone(NUMBER)], ""),
        ("8 (916) 123 45 67 доб. 12", [Phone(NUMBER, "12")], ""),
        ("8(916)123-45-67, доб.12", [Phone(NUMBER, "12")], ""),
        ("8 916 123 45 67 (вн. 305)", [Phone(NUMBER, "305")], ""),
        ("+7 916 123-45-67 ext. 12", [Phone(NUMBER, "12")], ""),
        ("89161234567", [Phone(NUMBER)], ""),
        ("79161234567", [Phone(NUMBER)], ""),
        ("9161234567", [Phone(NUMBER)], ""),
        ("моб. 8-916-123-45-67", [Phone(NUMBER)], ""),
        ("8 (777) 034 22 13 ішкі 12", [Phone("+77770342213", "12")], ""),
        ("77774049349", [Phone("+77774049349")], ""),
        ("+86 10 6552 9988", [Phone("+861065529988")], ""),
        ("0086 10 6552 9988", [Phone("+861065529988")], ""),
        ("89161234567, 8 701 439 04 29", [Phone(NUMBER), Phone("+77014390429")], ""),
        ("89161234567; спросить Анну", [Phone(NUMBER)], "спросить Анну"),
        ("123", [], "123"),
        ("нет", [], "нет"),
        ("", [], ""),
    ],
)
def test_phones(typed, phones, rest):
    assert parse_phones(typed) == (tuple(phones), rest)


@pytest.mark.parametrize(
    ("typed", "addresses", "rest"),
    [
        ("D.IVOLGINA8@PARTNERMASH.EXAMPLE", ["d.ivolgina8@partnermash.example"], ""),
        (" a@mir.example ", ["a@mir.example"], ""),
        ("mailto:a@mir.example", ["a@mir.example"], ""),
        ("Анна <a@mir.example>", ["a@mir.example"], "Анна"),
        ("a@mir.example; b@mir.example", ["a@mir.example", "b@mir.example"], ""),
        ("a@mir.example.", ["a@mir.example"], ""),
        ("нет почты", [], "нет почты"),
        ("a@b", [], "a@b"),
        ("a..b@mir.example", [], "a..b@mir.example"),
        ("иван@mir.example", [], "иван@mir.example"),
        ("", [], ""),
    ],
)
def test_emails(typed, addresses, rest):
    assert parse_emails(typed) == (tuple(addresses), rest)


@pytest.mark.parametrize(
    ("typed", "wish", "place"),
    [
        ("+", True, ""),
        ("Да", True, ""),
        ("иә", True, ""),
        ("YES", True, ""),
        ("Есипово", True, "Есипово"),
        ("нет", False, ""),
        ("жоқ", False, ""),
        ("-", False, ""),
        ("нет, спасибо", False, ""),
        ("возможно", None, ""),
        ("?", None, ""),
        ("", None, ""),
    ],
)
def test_wishes(typed, wish, place):
    assert (parse_wish(typed), place_of(typed)) == (wish, place)


@pytest.mark.parametrize(("typed", "is_clear"), [("", True), ("да", True), ("-", True), ("возможно", False)])
def test_only_a_perhaps_is_unclear(typed, is_clear):
    assert is_clear_wish(typed) is is_clear


@pytest.mark.parametrize(
    ("rank", "wordings"),
    [
        (RequestRank.MUST, ["1", "высокий", "Высокий приоритет", "ЖОҒАРЫ", "high"]),
        (RequestRank.WANT, ["2", "средний", "орташа", "medium", "", " "]),
        (RequestRank.NICE, ["3", "низкий", "төмен", "Low priority"]),
        (None, ["5", "очень-очень"]),
    ],
)
def test_ranks(rank, wordings):
    assert {parse_rank(wording) for wording in wordings} == {rank}

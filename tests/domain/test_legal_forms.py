"""The dictionary of legal forms: whole in every language, and read back as it is written."""

from __future__ import annotations

import pytest

from forum.domain.company_names import CompanyName, find_form, parse_company_name
from forum.domain.legal_forms import FORMS_BY_CODE, LEGAL_FORMS, LegalForm
from forum.domain.localized import LANGUAGES

# Two states, one abbreviation: which of them is meant the name alone cannot tell.
_TWINS = {("ooo", "kk"): "too", ("mup", "kk"): "gup"}


@pytest.mark.parametrize("form", LEGAL_FORMS, ids=lambda form: form.code)
def test_every_form_is_whole_in_every_language(form: LegalForm) -> None:
    assert (form.full.is_complete(), form.short.is_complete()) == (True, True)
    assert [code for code in LANGUAGES if len(form.short[code]) > len(form.full[code])] == []


def test_no_code_is_given_twice() -> None:
    assert len(FORMS_BY_CODE) == len(LEGAL_FORMS)


@pytest.mark.parametrize("length", ["short", "full"])
@pytest.mark.parametrize("form", LEGAL_FORMS, ids=lambda form: form.code)
def test_what_is_written_is_read_back(form: LegalForm, length: str) -> None:
    name = CompanyName(form.code, "Иванов Иван Иванович" if form.is_person else "Рассвет")
    texts = getattr(name, length)
    read = {code: parse_company_name(texts[code]).form for code in LANGUAGES}
    expected = dict.fromkeys(LANGUAGES, form.code)
    if length == "short" or form.code == "ooo":
        expected |= {code: twin for (own, code), twin in _TWINS.items() if own == form.code}
    assert read == expected


@pytest.mark.parametrize(
    ("typed", "form", "bare"),
    [
        ("КГКП «Детский сад № 5»", "kgkp", "Детский сад № 5"),
        ("«Балбөбек» МКҚК", "kgkp", "Балбөбек"),
        ("КГУ «Управление предпринимательства»", "kgu", "Управление предпринимательства"),
        ("ОЮЛ «Союз строителей»", "oul", "Союз строителей"),
        ("Общественный фонд «Дала»", "obf", "Дала"),
        ("«Дала» қоғамдық қоры", "obf", "Дала"),
        ("СПК «Заря»", "spk", "Заря"),
        ("ФГБОУ ВО «Университет»", "fgbou", "Университет"),
        ("Полное товарищество «Братья»", "pt", "Братья"),
        ("Anadolu A.Ş.", "asi", "Anadolu"),
        ("Kowalski Sp. z o.o.", "spzoo", "Kowalski"),
        ("Фонд развития промышленности", None, "Фонд развития промышленности"),
        ("ПК «Мебельщик»", None, "ПК «Мебельщик»"),
        ("Ассоциация экспортёров", None, "Ассоциация экспортёров"),
        ("AGRO Group", None, "AGRO Group"),
    ],
)
def test_forms_are_recognised_and_parts_of_names_are_not(typed: str, form: str | None, bare: str) -> None:
    assert parse_company_name(typed) == CompanyName(form, bare)


@pytest.mark.parametrize(("typed", "code"), [("ЖШС", "too"), ("ООО", "ooo"), ("кгкп", "kgkp"), ("ПК", None)])
def test_a_form_alone_is_found(typed: str, code: str | None) -> None:
    assert find_form(typed) == code

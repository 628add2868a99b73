"""Companies' names: every spelling recognised, no two firms taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.company_names import parse_company_name
from forum.domain.legal_forms import LEGAL_FORMS
from forum.domain.letter_case import tidy

PROGRESS = [
    'ооо "Прогресс-Логистик"',
    "ООО «Прогресс Логистик»",
    "Общество с ограниченной ответственностью ПРОГРЕСС-ЛОГИСТИК",
    'ООО"Прогресс-Логистик"',
    "ООО «Прогресс – Логистик",
    "«Прогресс-Логистик» ООО",
    "«ООО «Прогресс-Логистик»»",
    "OOO 'Прогресс-Логистик'",
    "о.о.о. Прогресс-Логистик",
    "Прогресс-Логистик (ООО)",
    "ООО „Прогресс-Логистик“",
    "ООО “Прогресс-Логистик”",
]
KAINAR = [
    "ТОО «Қайнар»",
    '"Кайнар" жшс',
    "ЖШС “Қайнар”",
    "«Қайнар» жауапкершілігі шектеулі серіктестігі",
    "Жауапкершілігі шектеулі серіктестік ҚАЙНАР",
    "Товарищество с  ограниченной ответственностью Қайнар",
    "Қайнар LLP",
]


@pytest.mark.parametrize("spellings", [PROGRESS, KAINAR])
def test_all_spellings_of_a_firm_have_one_identity(spellings):
    assert {parse_company_name(text).identity_key for text in spellings} == {
        parse_company_name(spellings[0]).identity_key
    }


def test_different_firms_keep_different_identities():
    firms = [
        "ООО «Прогресс»", "ТОО «Прогресс»", "АО «Прогресс»", "ПАО «Прогресс»", "ИП «Прогресс»", "Прогресс",
        "ИП «ТехнопаркТрейд»", 'ИП "Технопарк-Трейд"', "ООО «Рубеж Хим»", "АО «РубежХим»", "ООО «Прогресс 2»",
        "ООО «C++»", "ООО «C»", "ООО «Мир & Ко»", "ООО «Мир Ко»", "???", "!!!",
    ]  # fmt: skip
    assert len({parse_company_name(firm).identity_key for firm in firms}) == len(firms)


@pytest.mark.parametrize(
    ("typed", "form", "bare"),
    [
        ("АО НК «ҚазМұнайГаз»", "ao", "НК «ҚазМұнайГаз»"),
        ('ООО "НПО "Полимер""', "ooo", "НПО «Полимер»"),
        ("ООО «НПО „Полимер“»", "ooo", "НПО «Полимер»"),
        ("АО 'НУХ «Байтерек»'", "ao", "НУХ «Байтерек»"),
        ("ГУ «Управление предпринимательства»", "gu", "Управление предпринимательства"),
        ("«Басқарма» ММ", "gu", "Басқарма"),
        ("пао импульс", "pao", "Импульс"),
        ("«Самұрық» АҚ", "ao", "Самұрық"),
        ("ЖК Алатау-Пластик", "ip", "Алатау-Пластик"),
        ("Acme, Inc.", "inc", "Acme"),
        ("Acme Co., Ltd.", "ltd", "Acme"),
        ("ООО «Ромашка» (Коломна)", "ooo", "«Ромашка» (Коломна)"),
        ("ТОО “О'Нил”", "too", "О'Нил"),
        ("ГУП «Мосавтодор»", "gup", "Мосавтодор"),
        ("«Қазводхоз» РМК", "rgp", "Қазводхоз"),
        ("Администрация г. Коломна", None, "Администрация г. Коломна"),
        ("АОтель Групп", None, "АОтель Групп"),
        ("ЗАО-Вега", None, "ЗАО-Вега"),
        ("ООО", None, "ООО"),
    ],
)
def test_the_form_and_the_name(typed, form, bare):
    company = parse_company_name(typed)
    assert (company.form, company.bare) == (form, bare)


def test_the_written_forms_of_a_russian_company():
    company = parse_company_name('общество с ограниченной ответственностью "Прогресс"')
    assert dict(company.full) == {
        "ru": "Общество с ограниченной ответственностью «Прогресс»",
        "kk": "«Прогресс» жауапкершілігі шектеулі серіктестігі",
        "en": "Progress Limited Liability Company",
    }
    assert dict(company.short) == {"ru": "ООО «Прогресс»", "kk": "«Прогресс» ЖШС", "en": "Progress LLC"}
    assert dict(company.badge) == {"ru": "Прогресс", "kk": "Прогресс", "en": "Progress"}


def test_a_badge_abbreviates_the_usual_words_and_sets_inner_quotes():
    company = parse_company_name('ООО "Научно-производственное объединение «Полимер»"')
    assert dict(company.badge) == {"ru": "НПО «Полимер»", "kk": "НПО «Полимер»", "en": "NPO “Polimer”"}
    assert company.short["ru"] == "ООО «Научно-производственное объединение „Полимер“»"
    assert company.identity_key == parse_company_name("ооо нпо полимер").identity_key


def test_a_sole_trader_keeps_the_form_on_the_badge_and_takes_no_quotes():
    company = parse_company_name("ИП Иванов Иван Иванович")
    assert company.badge["ru"] == "ИП Иванов Иван Иванович"
    assert company.badge["kk"] == "Иванов Иван Иванович ЖК"


@pytest.mark.parametrize("form", LEGAL_FORMS, ids=lambda form: form.code)
def test_every_form_is_named_in_every_language(form):
    assert form.full.is_complete()
    assert form.short.is_complete()


@pytest.mark.parametrize("form", LEGAL_FORMS, ids=lambda form: form.code)
def test_every_form_is_read_back_from_its_russian_writing(form):
    assert parse_company_name(f"{form.short['ru']} «Вега»").form == form.code
    assert parse_company_name(f"{form.full['ru'].upper()} Вега").form == form.code


names = st.text("абвгҚқңөұүһ АБВ-12", max_size=15).map(lambda text: f"Вега {text}")


@given(st.sampled_from(LEGAL_FORMS), names)
def test_what_is_written_is_read_back(form, name):
    company = parse_company_name(f"{form.short['ru']} «{name}»")
    for written in (company.short["ru"], company.full["ru"]):
        assert parse_company_name(written).identity_key == company.identity_key


@given(st.text(max_size=40))
def test_whatever_is_typed_has_a_name(text):
    assert bool(parse_company_name(text).bare) == bool(tidy(text))

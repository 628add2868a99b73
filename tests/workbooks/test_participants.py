"""A sheet of participants as clean records, row by row."""

import pytest

from forum.domain.company_names import CompanyName
from forum.domain.names import PersonName
from forum.domain.states import Category
from forum.workbooks.dictionary import Dictionary
from forum.workbooks.headers import map_headers
from forum.workbooks.issues import IssueCode, Severity
from forum.workbooks.participants import ParticipantRecord, read_participants
from tests.workbooks.books import first_sheet, sheet, xlsx

HEADERS = (
    "№", "ФИО", "Организация", "Должность", "Город", "Регион", "Отрасль", "E-mail", "Телефон", "Языки",
    "Посещение", "Питание", "Предлагаем", "Ищем", "Делегация", "Категория", "ФИО латиницей",
)  # fmt: skip
GOOD = (
    "1", "Иволгин Владимир Иванович", "ООО «Прогресс»", "директор", "Коломна", "МО", "Химия; Металлы",
    "v.ivolgin@progress.example", "8 (916) 123-45-67 доб. 12", "рус., англ.", "Есипово", "халяль", "пластик",
    "партнёра", "Московская", "Спикер", "Ivolgin Vladimir",
)  # fmt: skip


def changed(**values):
    """The good row with other values: ``changed(email="")``."""
    places = dict(zip(FIELDS, range(len(GOOD)), strict=True))
    row = list(GOOD)
    for field, value in values.items():
        row[places[field]] = value
    return row


FIELDS = (
    "number", "name", "company", "position", "town", "region", "sectors", "email", "phone", "languages",
    "visit", "diet", "offers", "seeks", "delegation", "category", "latin_name",
)  # fmt: skip


def read(*rows, dictionary=None):
    typed = sheet(HEADERS, *rows)
    return read_participants(typed, map_headers(typed), dictionary)


def codes(row):
    return [found.code for found in row.issues]


def only(**values):
    """The reading of one changed row."""
    return read(changed(**values)).rows[0]


def test_a_good_row_is_read_whole_and_raises_no_issue():
    (row,) = read(GOOD).rows
    assert row.issues == ()
    assert row.record == ParticipantRecord(
        name=PersonName("Иволгин", "Владимир", "Иванович"),
        latin_name="Ivolgin Vladimir",
        company=CompanyName("ooo", "Прогресс"),
        position="директор",
        town="Коломна",
        region="moscow_region",
        sectors=("chemicals", "metals"),
        email="v.ivolgin@progress.example",
        phone="+79161234567",
        phone_extension="12",
        languages=("ru", "en"),
        wants_visit=True,
        visit_place="Есипово",
        diet="халяль",
        offers="пластик",
        seeks="партнёра",
        delegation="Московская",
        category=Category.SPEAKER,
    )


@pytest.mark.parametrize(
    ("values", "code", "field", "value"),
    [
        ({"name": "ИВОЛГИН ВЛАДИМИР"}, IssueCode.NAME_CASE_REPAIRED, "name", "ИВОЛГИН ВЛАДИМИР"),
        ({"name": " Иволгин  Владимир"}, IssueCode.NAME_SPACES_REPAIRED, "name", " Иволгин  Владимир"),
        ({"name": "Иван Ильич Обломов"}, IssueCode.NAME_REORDERED, "name", "Иван Ильич Обломов"),
        ({"name": "Петров Иван (гость)"}, IssueCode.NAME_HAS_REMARK, "name", "(гость)"),
        ({"name": "Иволгин"}, IssueCode.NAME_INCOMPLETE, "name", "Иволгин"),
        ({"company": ""}, IssueCode.COMPANY_MISSING, "company", ""),
        ({"company": "Прогресс"}, IssueCode.COMPANY_FORM_UNKNOWN, "company", "Прогресс"),
        ({"email": ""}, IssueCode.EMAIL_MISSING, "email", ""),
        ({"email": "-"}, IssueCode.EMAIL_MISSING, "email", ""),
        ({"email": "нет почты"}, IssueCode.EMAIL_INVALID, "email", "нет почты"),
        ({"email": "a@b.example, c@b.example"}, IssueCode.EMAIL_EXTRA, "email", "c@b.example"),
        ({"phone": "123"}, IssueCode.PHONE_INVALID, "phone", "123"),
        ({"phone": "89161234567; 89161234568"}, IssueCode.PHONE_EXTRA, "phone", "+79161234568"),
        ({"region": "Марс"}, IssueCode.REGION_UNKNOWN, "region", "Марс"),
        ({"sectors": "Химия, астрология"}, IssueCode.SECTOR_UNKNOWN, "sectors", "астрология"),
        ({"languages": "рус, клингонский"}, IssueCode.LANGUAGE_UNKNOWN, "languages", "клингонский"),
        ({"category": "гость"}, IssueCode.CATEGORY_UNKNOWN, "category", "гость"),
        ({"visit": "возможно"}, IssueCode.VISIT_UNCLEAR, "visit", "возможно"),
        ({"position": "=A1"}, IssueCode.FORMULA_AS_TEXT, "position", "=A1"),
    ],
)
def test_what_can_be_taken_is_taken_and_the_rest_reported(values, code, field, value):
    row = only(**values)
    assert [(found.code, found.field, found.value) for found in row.issues] == [(code, field, value)]
    assert row.record is not None
    assert row.issues[0].severity is not Severity.ERROR


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"name": '=HYPERLINK("http://example.invalid","Иванов")'}, IssueCode.FORMULA_REFUSED, "name"),
        ({"company": "=A1"}, IssueCode.FORMULA_REFUSED, "company"),
        ({"name": ""}, IssueCode.NAME_MISSING, "name"),
        ({"name": "—"}, IssueCode.NAME_MISSING, "name"),
    ],
)
def test_a_row_without_a_trustworthy_name_is_not_taken(values, code, field):
    row = only(**values)
    assert row.record is None
    assert [(found.code, found.field, found.severity) for found in row.issues if found.field == field] == [
        (code, field, Severity.ERROR)
    ]


def test_a_bad_address_does_not_cost_the_person():
    record = only(email="нет почты").record
    assert record is not None
    assert (record.name.family, record.email) == ("Иволгин", None)


def test_a_numbered_empty_line_is_skipped_and_reported():
    (row,) = read(["154"]).rows
    assert (row.record, codes(row), row.issues[0].value) == (None, [IssueCode.ROW_EMPTY], "154")


def test_a_line_with_nothing_but_a_name_is_pointed_out():
    row = read(["", "Делегация Алматинской области"]).rows[0]
    assert IssueCode.ROW_ONLY_NAME in codes(row)


def test_every_row_below_the_headers_is_accounted_for():
    reading = read(GOOD, [], changed(name="=A1"), ["3"])
    assert [row.number for row in reading.rows] == [2, 4, 5]
    assert len(reading.records) == 1


@pytest.mark.parametrize(
    "again",
    [
        {"name": "ИВОЛГИН ВЛАДИМИР ИВАНОВИЧ", "email": "", "phone": ""},
        {"name": "Ivolgin Vladimir Ivanovich", "company": "АО «Другое»", "phone": ""},
        {"name": "Иволгин  Владимир", "company": "", "email": ""},
        {"company": "ооо ПРОГРЕСС", "email": "other@progress.example", "phone": "89161234500"},
    ],
    ids=["same company", "same address", "same number", "company spelled otherwise"],
)
def test_the_same_person_again_is_skipped_with_the_first_row(again):
    _, row = read(GOOD, changed(**again)).rows
    assert row.record is None
    repeated = [found for found in row.issues if found.code is IssueCode.PERSON_REPEATED]
    assert [found.data["row"] for found in repeated] == [2]


def test_a_repetition_says_what_it_tells_otherwise():
    _, row = read(GOOD, changed(position="президент", email="", diet="")).rows
    assert row.issues[-1].data["differing"] == ("position",)


@pytest.mark.parametrize(
    "other",
    [
        {"company": "АО «Другое»", "email": "", "phone": ""},
        {"name": "Иволгин Владимир Петрович"},
        {"name": "Иволгина Владимира Ивановна"},
    ],
    ids=["namesake elsewhere", "other patronymic", "other name"],
)
def test_another_person_is_never_taken_for_the_same(other):
    assert len(read(GOOD, changed(**other)).records) == 2


def test_two_people_who_share_an_address_and_a_number_are_both_kept():
    _, row = read(GOOD, changed(name="Петров Пётр Петрович")).rows
    assert row.record is not None
    assert [(found.code, found.data["row"]) for found in row.issues] == [
        (IssueCode.EMAIL_SHARED, 2),
        (IssueCode.PHONE_SHARED, 2),
    ]


def test_companies_that_differ_by_form_or_by_a_dash_are_pointed_out_and_not_joined():
    rows = [
        changed(company="ИП «Технопарк-Трейд»"),
        changed(company="ИП «ТехнопаркТрейд»", name="Петров Пётр", email="", phone=""),
        changed(company="ИП «ТехнопаркТрейд»", name="Сидоров Сидор", email="", phone=""),
    ]
    reading = read(*rows)
    assert len(reading.companies) == 2
    alike = [
        found for row in reading.rows for found in row.issues if found.code is IssueCode.COMPANY_NEARLY_SAME
    ]
    assert [(found.value, dict(found.data)) for found in alike] == [
        ("ИП «ТехнопаркТрейд»", {"candidate": "ИП «Технопарк-Трейд»", "row": 2})
    ]


def test_a_name_in_three_columns():
    typed = sheet(
        ["Тегі", "Аты", "Әкесінің аты", "Ұйым"], ["ТӘЖІБАЕВ", " мақсат", "Рүстем ҰЛЫ", "«Қайнар» ЖШС"]
    )
    (row,) = read_participants(typed, map_headers(typed)).rows
    assert row.record is not None
    assert row.record.name == PersonName("Тәжібаев", "Мақсат", "Рүстем ұлы")
    assert row.record.company == CompanyName("too", "Қайнар")


def test_the_organiser_teaches_the_importer():
    dictionary = Dictionary(
        sectors={"астрология": "consulting"},
        regions={"Марс": "moscow_region"},
        languages={"клингонский": "kk"},
        companies={"Прогресс": "ООО «Прогресс»"},
    )
    typed = changed(sectors="астрология", region="марс", languages="Клингонский", company="прогресс")
    (row,) = read(typed, dictionary=dictionary).rows
    assert row.issues == ()
    assert row.record is not None
    assert (row.record.sectors, row.record.region, row.record.languages) == (
        ("consulting",),
        "moscow_region",
        ("kk",),
    )
    assert row.record.company == CompanyName("ooo", "Прогресс")


def test_nothing_is_read_while_there_is_no_column_of_names():
    typed = sheet(["Организация", "Телефон"], ["ООО «Мир»", "89161234567"])
    reading = read_participants(typed, map_headers(typed))
    assert (reading.rows, [found.code for found in reading.issues]) == ((), [IssueCode.HEADER_MISSING])


def test_a_formula_in_a_real_file_never_becomes_a_person():
    content = xlsx(
        (
            "Участники",
            [
                ["ФИО", "Организация"],
                ['=CONCATENATE("Рощин ","Олег")', "АО «Мир»"],
                ["Рощин Олег", "АО «Мир»"],
            ],
        )
    )
    reading = read_participants(first_sheet(content), map_headers(first_sheet(content)))
    assert [record.name.full for record in reading.records] == ["Рощин Олег"]
    assert codes(reading.rows[0]) == [IssueCode.FORMULA_REFUSED, IssueCode.EMAIL_MISSING]

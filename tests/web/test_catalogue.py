"""The catalogue: who sees whom, on every way that leads to a person."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum import clock
from forum.domain.company_names import parse_company_name
from forum.domain.consents import CATALOGUE, PROCESSING, PURPOSES
from forum.domain.localized import Localized
from forum.domain.names import PersonName
from forum.domain.roles import Role
from forum.domain.states import Category, RegistrationStatus, Visibility
from forum.models import Company, Consent, Delegate, Event
from forum.models.base import db
from forum.services import company_columns, person_columns
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.queries_counted import statements

# Who stands in the catalogue, each with a family name, a firm and a language of their own.
PEOPLE: Final[Mapping[str, dict[str, Any]]] = {
    "public": {"visibility": Visibility.PUBLIC},
    "participants": {"visibility": Visibility.PARTICIPANTS},
    "nobody": {"visibility": Visibility.NOBODY},
    "vip": {"visibility": Visibility.PUBLIC, "is_vip": True},
    "withdrawn consent": {"visibility": Visibility.PUBLIC, "consent": "withdrawn"},
    "never agreed": {"visibility": Visibility.PUBLIC, "consent": "other"},
    "agreed": {"visibility": Visibility.PUBLIC, "consent": "given"},
    "applied": {"visibility": Visibility.PUBLIC, "status": RegistrationStatus.APPLIED},
    "erased": {"visibility": Visibility.PUBLIC, "erased": True},
}
NAMES: Final = dict(
    zip(
        PEOPLE,
        ("Арбузников", "Барбарисов", "Виноградов", "Гранатов", "Дурианов", "Ежевикин", "Жимолостев",
         "Земляникин", "Имбирев"),
        strict=True,
    )
)  # fmt: skip
SPEAK: Final = dict(zip(PEOPLE, ("de", "fr", "es", "it", "ko", "ja", "tr", "uz", "ky"), strict=True))
PUBLIC: Final = frozenset({"public", "agreed"})
SEEN: Final = {
    "stranger": PUBLIC,
    "applicant": PUBLIC,
    "interpreter": PUBLIC,
    "delegate": PUBLIC | {"participants"},
    "coordinator": PUBLIC | {"participants"},
    "official": PUBLIC | {"participants", "vip"},
    "organiser": PUBLIC | {"participants", "vip", "nobody", "withdrawn consent", "never agreed"},
}


@dataclass(frozen=True)
class Stage:
    event_code: str
    people: Mapping[str, int]
    companies: Mapping[str, int]
    readers: Mapping[str, FlaskClient]


@pytest.fixture
def stage(app: Flask) -> Stage:
    with transaction():
        event = factories.event(catalogue_is_public=True, vips_seen_by=["official"])
        side, other_side = factories.delegation(event), factories.delegation(event)
        people, companies = {}, {}
        for key, values in PEOPLE.items():
            company = _company(event, f"ИП {NAMES[key]} Пётр Ильич", f"Шерсть {NAMES[key].lower()}")
            companies[key] = company.id
            people[key] = _person(event, key, values, company_id=company.id, delegation_id=side.id).id
        own = _company(event, "ООО «Искатель»", seeks="Шерсть")
    readers = {"stranger": _language(app.test_client())}
    for reader, role, values in (
        ("applicant", Role.DELEGATE, {"status": RegistrationStatus.APPLIED}),
        ("interpreter", Role.INTERPRETER, {}),
        ("delegate", Role.DELEGATE, {}),
        ("official", Role.DELEGATE, {"category": Category.OFFICIAL}),
        ("coordinator", Role.COORDINATOR, None),
        ("organiser", Role.ORGANISER, None),
    ):
        account = cast.account(role, event_id=event.id, delegation_id=other_side.id)
        if values is not None:
            with transaction():
                factories.delegate(
                    event, account_id=account.id, company_id=own.id, visibility=Visibility.NOBODY, **values
                )
        readers[reader] = cast.browser(app, account, language="ru")
    return Stage(event.code, people, companies, readers)


def _language(client: FlaskClient) -> FlaskClient:
    client.set_cookie("language", "ru")
    return client


def _company(event: Event, name: str, offers: str = "", seeks: str = "") -> Company:
    from_name = company_columns.of_name(parse_company_name(name))
    return factories.company(event, **from_name, offers=offers, seeks=seeks)


def _person(event: Event, key: str, values: dict[str, Any], **columns: Any) -> Delegate:
    name = PersonName(NAMES[key], "Пётр", "Ильич")
    row = factories.delegate(
        event,
        family_name=name.family,
        given_name=name.given,
        patronymic=name.patronymic,
        latin_family_name=None,
        latin_given_name=None,
        spoken=[SPEAK[key], "ru"],
        visibility=values["visibility"],
        is_vip=values.get("is_vip", False),
        status=values.get("status", RegistrationStatus.APPROVED),
        erased_at=clock.now() if values.get("erased") else None,
        **columns,
        **person_columns.keys(name, None, None),
    )
    consent = values.get("consent")
    if consent:
        purpose = PROCESSING if consent == "other" else CATALOGUE
        db.session.add(
            Consent(
                delegate_id=row.id,
                purpose=purpose,
                text_version=PURPOSES[purpose].version,
                given_at=clock.now(),
                withdrawn_at=clock.now() if consent == "withdrawn" else None,
            )
        )
    return row


Route = Callable[[Stage, FlaskClient, str, str], bool]


def _shows(path: str, needle: Callable[[str], str] = lambda key: NAMES[key]) -> Route:
    """Whether the page at ``path`` has the needle; paths know {base}, {name}, {person}, {company}."""

    def look(stage: Stage, browser: FlaskClient, base: str, key: str) -> bool:
        address = path.format(
            base=base, name=NAMES[key], person=stage.people[key], company=stage.companies[key]
        )
        text = browser.get(f"/e/{stage.event_code}/{address}").get_data(as_text=True)
        return needle(key) in text.replace(f'value="{NAMES[key]}"', "")

    return look


def _typo(key: str) -> str:
    name = NAMES[key]
    return name[:3] + name[4] + name[3] + name[5:]


def _shows_misspelled(stage: Stage, browser: FlaskClient, base: str, key: str) -> bool:
    text = browser.get(f"/e/{stage.event_code}/{base}?what=people&q={_typo(key)}").get_data(as_text=True)
    return NAMES[key] in text


def _opens(kind: str) -> Route:
    def look(stage: Stage, browser: FlaskClient, base: str, key: str) -> bool:
        row = stage.people[key] if kind == "people" else stage.companies[key]
        return browser.get(f"/e/{stage.event_code}/{base}/{kind}/{row}").status_code == 200

    return look


def _in_workbook(stage: Stage, browser: FlaskClient, base: str, key: str) -> bool:
    answer = browser.get(f"/e/{stage.event_code}/{base}.xlsx")
    if answer.status_code != 200:
        return False
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    return any(NAMES[key] in str(cell.value) for sheet in book for row in sheet.rows for cell in row)


def _facet(key: str) -> str:
    return f"language={SPEAK[key]}"


ROUTES: Final[Mapping[str, Route]] = {
    "list of people": _shows("{base}?what=people"),
    "list of companies": _shows("{base}"),
    "search for the person": _shows("{base}?what=people&q={name}", lambda key: f"{NAMES[key]}</a>"),
    "search for the company": _shows("{base}?q={name}", lambda key: f"{NAMES[key]} Пётр Ильич</a>"),
    "search with an error": _shows_misspelled,
    "facet of people": _shows("{base}?what=people", _facet),
    "facet of companies": _shows("{base}", _facet),
    "page of the person": _opens("people"),
    "page of the company": _opens("companies"),
    "person on the page of the company": _shows("{base}/companies/{company}"),
}
CABINET_ONLY: Final = {"workbook": _in_workbook}
# A VIP's languages are in no facet of companies: one could tell from it that they are there.
NOT_IN_FACETS_OF_COMPANIES: Final = frozenset({"vip", "nobody", "withdrawn consent", "never agreed"})


def _seen(stage: Stage, reader: str, route: str, base: str) -> set[str]:
    look = {**ROUTES, **CABINET_ONLY}[route]
    return {key for key in PEOPLE if look(stage, stage.readers[reader], base, key)}


@pytest.mark.parametrize("route", [*ROUTES, *CABINET_ONLY])
def test_in_the_cabinet_everybody_sees_whom_they_may(stage: Stage, route: str) -> None:
    """Strangers and interpreters have no Partners; applicants see there what is public anyway."""
    readers = set(SEEN) - {"stranger", "interpreter"}
    found = {reader: _seen(stage, reader, route, "my/partners") for reader in readers}
    hidden = NOT_IN_FACETS_OF_COMPANIES if route == "facet of companies" else frozenset()
    assert found == {reader: set(SEEN[reader] - hidden) for reader in readers}


@pytest.mark.parametrize("route", ROUTES)
def test_in_public_nobody_sees_more_than_a_stranger(stage: Stage, route: str) -> None:
    assert {reader: _seen(stage, reader, route, "catalogue") for reader in SEEN} == {
        reader: set(PUBLIC) for reader in SEEN
    }


@pytest.mark.parametrize("reader", ["stranger", "interpreter"])
@pytest.mark.parametrize("route", [*ROUTES, *CABINET_ONLY])
def test_who_has_no_partners_sees_nobody_there(stage: Stage, reader: str, route: str) -> None:
    assert _seen(stage, reader, route, "my/partners") == set()


def test_a_closed_catalogue_shows_nobody(app: Flask, stage: Stage) -> None:
    with transaction():
        db.session.query(Event).update({"catalogue_is_public": False, "version": Event.version + 1})
    found = {route: _seen(stage, "stranger", route, "catalogue") for route in ROUTES}
    assert found == {route: set() for route in ROUTES}
    assert _seen(stage, "applicant", "list of people", "my/partners") == set()
    assert _seen(stage, "delegate", "list of people", "my/partners") == SEEN["delegate"]


def test_suggestions_name_only_whom_the_reader_may_see(stage: Stage) -> None:
    """VIPs are suggested to nobody: they are reached through their aides."""

    def suggested(reader: str) -> set[str]:
        page = stage.readers[reader].get(f"/e/{stage.event_code}/my/partners").get_data(as_text=True)
        part = page.partition('id="suggested-title"')[2].partition("</section>")[0]
        return {key for key in PEOPLE if NAMES[key] in part}

    assert {reader: suggested(reader) for reader in ("delegate", "official")} == {
        "delegate": set(SEEN["delegate"]),
        "official": set(SEEN["delegate"]),
    }


def test_a_vip_is_reached_through_the_aide(app: Flask, stage: Stage) -> None:
    aide, vip = stage.people["participants"], stage.people["vip"]
    with transaction():
        row = db.session.get_one(Delegate, vip)
        row.aide_id = aide
    page = stage.readers["official"].get(f"/e/{stage.event_code}/my/partners/people/{vip}")
    assert f"Связь через помощника: Пётр Ильич {NAMES['participants']}." in page.get_data(as_text=True)
    with transaction():
        db.session.get_one(Delegate, aide).visibility = Visibility.NOBODY
    page = stage.readers["official"].get(f"/e/{stage.event_code}/my/partners/people/{vip}")
    assert NAMES["participants"] not in page.get_data(as_text=True)
    assert "Связь через организаторов." in page.get_data(as_text=True)


def test_contacts_are_on_no_page_and_in_no_file(app: Flask, stage: Stage) -> None:
    with transaction():
        for row in db.session.query(Delegate):
            row.email, row.phone, row.diet = f"secret{row.id}@example.org", "+79005550000", "арахис"
            row.version += 1
    organiser, base = stage.readers["organiser"], f"/e/{stage.event_code}/my/partners"
    person, company = stage.people["public"], stage.companies["public"]
    paths = (base, f"{base}?what=people", f"{base}/people/{person}", f"{base}/companies/{company}")
    texts = [organiser.get(path).get_data(as_text=True) for path in paths]
    book = openpyxl.load_workbook(io.BytesIO(organiser.get(f"{base}.xlsx").data))
    texts += [str(cell.value) for sheet in book for row in sheet.rows for cell in row]
    assert [text for text in texts if any(word in text for word in ("secret", "900555", "арахис"))] == []


def test_a_person_of_another_forum_is_not_there(app: Flask, stage: Stage) -> None:
    with transaction():
        other = factories.event(catalogue_is_public=True)
        theirs = factories.delegate(other, visibility=Visibility.PUBLIC)
    for base in ("catalogue", "my/partners"):
        answer = stage.readers["organiser"].get(f"/e/{stage.event_code}/{base}/people/{theirs.id}")
        assert answer.status_code == 404


def test_who_takes_the_consent_back_is_gone_at_the_next_look(app: Flask, stage: Stage) -> None:
    assert "agreed" in _seen(stage, "delegate", "list of people", "my/partners")
    with transaction():
        db.session.query(Consent).filter_by(delegate_id=stage.people["agreed"]).update(
            {"withdrawn_at": clock.now()}
        )
    assert "agreed" not in _seen(stage, "delegate", "list of people", "my/partners")


def test_facets_choose_and_let_go(stage: Stage) -> None:
    delegate, base = stage.readers["delegate"], f"/e/{stage.event_code}/my/partners"
    page = delegate.get(f"{base}?what=people&language=de&language=fr&page=9").get_data(as_text=True)
    assert [key for key in PEOPLE if f"{NAMES[key]}</a>" in page] == ["public", "participants"]
    assert 'href="' + f"{base}?what=people&amp;language=fr" + '" aria-current="true"' in page


@pytest.mark.parametrize(
    "address", ["?language=xx&side=1&side=x&size=s", "?page=-1", "?page=99999999999", "?q=" + "я" * 5000]
)
def test_nonsense_in_the_address_finds_little_and_breaks_nothing(stage: Stage, address: str) -> None:
    answer = stage.readers["delegate"].get(f"/e/{stage.event_code}/my/partners{address}")
    assert answer.status_code == 200


def test_a_list_costs_the_same_however_many_there_are(app: Flask, stage: Stage) -> None:
    delegate, path = stage.readers["delegate"], f"/e/{stage.event_code}/my/partners"
    counted = []
    for _ in range(2):
        with transaction():
            event = db.session.query(Event).filter_by(code=stage.event_code).one()
            for _each in range(40):
                company = factories.company(event, seeks="Шерсть", offers="Шерсть")
                factories.delegate(event, company_id=company.id)
        delegate.get(path)
        with statements(app) as sent:
            delegate.get(path)
        counted.append(len(sent))
    assert counted[0] == counted[1]
    assert counted[0] <= 16


def test_names_stand_in_the_reader_s_letters_first(app: Flask, stage: Stage) -> None:
    person = stage.people["public"]
    with transaction():
        row = db.session.get_one(Delegate, person)
        row.latin_family_name, row.latin_given_name = "Arbuznikov", "Petr"
        row.position = Localized(ru="директор", kk="директорі", en="director")
    path = f"/e/{stage.event_code}/catalogue/people/{person}"
    pages = {
        language: app.test_client().get(f"{path}?lang={language}").get_data(as_text=True)
        for language in ("ru", "kk", "en")
    }
    firsts = {language: page.partition("<h1>")[2].partition("</h1>")[0] for language, page in pages.items()}
    assert firsts == {
        "ru": "Пётр Ильич Арбузников",
        "kk": "Пётр Ильич Арбузников",
        "en": "Petr Arbuznikov",
    }
    assert ["директорі" in pages["kk"], "director" in pages["en"]] == [True, True]

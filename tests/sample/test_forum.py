"""The invented forum as plain records."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from forum.domain.localized import Localized
from forum.domain.states import Category, RegistrationStatus
from forum.sample.forum import sample_forum
from forum.sample.records import Forum, Person

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def forum() -> Forum:
    return sample_forum(seed=1, people=150, now=NOW)


def test_the_same_seed_makes_the_same_forum(forum: Forum) -> None:
    assert sample_forum(seed=1, people=150, now=NOW) == forum


def test_another_seed_makes_other_people(forum: Forum) -> None:
    other = sample_forum(seed=2, people=150, now=NOW)
    assert {person.name for person in other.people} != {person.name for person in forum.people}


@pytest.mark.parametrize("people", [60, 150, 1_000, 5_000])
def test_it_has_as_many_people_as_asked_for(people: int) -> None:
    assert len(sample_forum(seed=3, people=people, now=NOW).people) == people


@pytest.mark.parametrize("people", [59, 5_001])
def test_too_few_and_too_many_are_refused(people: int) -> None:
    with pytest.raises(ValueError, match=str(people)):
        sample_forum(seed=1, people=people, now=NOW)


@pytest.mark.parametrize("day", range(23, 30))
def test_both_days_are_working_days_that_follow_each_other(day: int) -> None:
    forum = sample_forum(seed=1, people=60, now=datetime(2026, 11, day, 9, tzinfo=UTC))
    days = [forum.starts_on, forum.ends_on]
    assert (days[1] - days[0]).days == 1
    assert max(one.weekday() for one in days) < 5


def _latin_only(person: Person) -> bool:
    return re.search("[Ѐ-ӿ]", person.name.full) is None


@pytest.mark.parametrize(
    "is_such",
    [
        pytest.param(lambda person: re.search("[әғқңөұүһі]", person.name.full), id="Kazakh letters"),
        pytest.param(lambda person: person.name.patronymic.endswith("ұлы"), id="-ұлы"),
        pytest.param(lambda person: person.name.patronymic.endswith("қызы"), id="-қызы"),
        pytest.param(lambda person: person.name.patronymic.endswith((" оглы", " кызы")), id="оглы, кызы"),
        pytest.param(lambda person: not person.name.patronymic, id="no patronymic"),
        pytest.param(lambda person: "-" in person.name.family, id="double family name"),
        pytest.param(_latin_only, id="Latin only"),
        pytest.param(lambda person: len(person.name.full) > 60, id="very long name"),
        pytest.param(lambda person: len(person.position.in_language("ru")) > 120, id="very long position"),
        pytest.param(lambda person: not person.email, id="no e-mail"),
        pytest.param(lambda person: "ru" not in person.spoken, id="no Russian"),
        pytest.param(lambda person: len(person.position) == 1, id="position in one language"),
        pytest.param(lambda person: person.absence, id="absence"),
    ],
)
def test_its_people_are_as_different_as_real_ones(forum: Forum, is_such: Callable[[Person], object]) -> None:
    assert [person for person in forum.people if is_such(person)] != []


def test_every_category_is_there(forum: Forum) -> None:
    assert {person.category for person in forum.people} == set(Category)


def test_six_people_in_a_hundred_are_officials(forum: Forum) -> None:
    assert sum(person.category is Category.OFFICIAL for person in forum.people) == 9


def test_addresses_are_in_a_domain_that_is_nobodys(forum: Forum) -> None:
    addresses = [person.email for person in forum.people if person.email]
    assert [one for one in addresses if not re.fullmatch(r"[a-z0-9.]+@[a-z0-9]+\.example", one)] == []


def test_no_two_people_share_an_address() -> None:
    people = sample_forum(seed=1, people=5_000, now=NOW).people
    addresses = [person.email for person in people if person.email]
    assert len(set(addresses)) == len(addresses)


def test_no_two_companies_are_the_same() -> None:
    companies = sample_forum(seed=1, people=5_000, now=NOW).companies
    assert len({company.name.identity_key for company in companies}) == len(companies)


def test_a_sole_trader_speaks_for_the_own_firm(forum: Forum) -> None:
    own = {company.number: company.name.bare for company in forum.companies if company.owner}
    people = {person.company: person.name.full for person in reversed(forum.people)}
    assert {number: people[number] for number in own} == own


def test_every_title_of_the_programme_is_in_three_languages(forum: Forum) -> None:
    titles: list[Localized] = [
        *(session.title for session in forum.sessions),
        *(room.title for room in forum.rooms),
        *(place.title for place in forum.places),
        *(site.title for site in forum.sites),
        *(site.summary for site in forum.sites),
        *(delegation.title for delegation in forum.delegations),
        forum.title,
        forum.summary,
    ]
    assert [title for title in titles if not title.is_complete()] == []


def test_slots_leave_five_minutes_to_change_tables(forum: Forum) -> None:
    pauses = {
        (later.time.start - earlier.time.end).total_seconds() / 60
        for earlier, later in zip(forum.slots, forum.slots[1:], strict=False)
        if earlier.block == later.block
    }
    assert (len(forum.slots), pauses) == (20, {5.0})


def test_no_slot_lies_in_a_session_for_everyone_that_blocks_meetings(forum: Forum) -> None:
    sessions = [one for one in forum.sessions if one.blocks_meetings and one.is_for_everyone]
    assert [slot for slot in forum.slots for session in sessions if slot.time.overlaps(session.time)] == []


def test_ten_requests_or_so_touch_everybody_who_meets(forum: Forum) -> None:
    meeting = [
        person
        for person in forum.people
        if person.category in (Category.DELEGATE, Category.SPEAKER)
        and person.status is RegistrationStatus.APPROVED
    ]
    assert 9 <= 2 * len(forum.requests) / len(meeting) <= 13


def test_requests_go_to_the_other_region(forum: Forum) -> None:
    sides = {company.number: company.delegation for company in forum.companies}
    assert [one for one in forum.requests if sides[one.sender] == sides[one.receiver]] == []


def test_some_requests_need_an_interpreter_and_each_finds_one() -> None:
    forum = sample_forum(seed=1, people=1_000, now=NOW)
    speaking: dict[int, list[Person]] = {}
    for person in forum.people:
        if person.company is not None:
            speaking.setdefault(person.company, []).append(person)
    pairs = {
        (frozenset(one.spoken), frozenset(other.spoken))
        for request in forum.requests
        for one in speaking[request.sender]
        for other in speaking[request.receiver]
        if not set(one.spoken) & set(other.spoken)
    }
    languages = [frozenset(interpreter.spoken) for interpreter in forum.interpreters]
    lost = [pair for pair in pairs if not any(all(known & side for side in pair) for known in languages)]
    assert (bool(pairs), lost) == (True, [])


def test_esipovo_comes_first_and_is_full(forum: Forum) -> None:
    esipovo, istok = (site.visits[0] for site in forum.sites)
    assert forum.sites[0].code == "esipovo"
    assert len(esipovo.seats) > esipovo.capacity
    assert len(istok.seats) < istok.capacity


def test_buses_hold_everybody_who_is_seated(forum: Forum) -> None:
    for site in forum.sites:
        for visit in site.visits:
            assert sum(bus.capacity for bus in visit.buses) == visit.capacity

"""Which person of the forum a row of a workbook tells of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from forum.domain.folding import fold
from forum.services.import_targets import Target
from forum.workbooks.participant_records import ParticipantRecord, ParticipantRow

NameKey = tuple[str, str]


def match_people(rows: Iterable[ParticipantRow], people: Iterable[Target]) -> Mapping[int, Target]:
    """Who is meant, by the number of the row; rows of new people are absent. Nobody is meant twice.

    A person is known by the name together with the address, the company or the number. The address
    alone is enough where half of the name agrees, which is how a misspelled name is put right; two
    people with one address and other names stay two. A number alone never is enough.
    """
    records = {row.number: row.record for row in rows if row.record is not None}
    everybody = list(people)
    found: dict[int, Target] = {}
    _match_names(records, everybody, found)
    _match_addresses(records, everybody, found)
    return found


def _match_names(
    records: Mapping[int, ParticipantRecord], people: list[Target], found: dict[int, Target]
) -> None:
    by_name: dict[NameKey, list[Target]] = defaultdict(list)
    for person in people:
        by_name[_key_of(person.values)].append(person)
    for number, record in records.items():
        namesakes = by_name.get(_key(record.name.family, record.name.given), [])
        alike = [(_likeness(record, person.values), person) for person in namesakes]
        best = max(alike, key=lambda pair: pair[0], default=None)
        if best and best[0]:
            found[number] = best[1]
            namesakes.remove(best[1])


def _match_addresses(
    records: Mapping[int, ParticipantRecord], people: list[Target], found: dict[int, Target]
) -> None:
    claimed = {id(person) for person in found.values()}
    free: dict[str, list[Target]] = defaultdict(list)
    for person in people:
        if id(person) not in claimed and person.values["email"]:
            free[person.values["email"]].append(person)
    for number, record in records.items():
        if number in found or not record.email:
            continue
        own = _key(record.name.family, record.name.given)
        for person in free.get(record.email, []):
            if any(one == other for one, other in zip(own, _key_of(person.values), strict=True)):
                found[number] = person
                free[record.email].remove(person)
                break


def _likeness(record: ParticipantRecord, values: Mapping[str, Any]) -> int:
    """What a namesake has in common: 4 for the company, 2 for the address, 1 for the number; 0 is another.

    The company comes first: otherwise the namesake with the address would join the one who is there.
    """
    patronymics = {fold(one) for one in (record.name.patronymic, values["patronymic"]) if one}
    if len(patronymics) > 1:
        return 0
    company = record.company.identity_key if record.company else None
    return (
        4 * _is_shared(company, values["company"])
        + 2 * _is_shared(record.email, values["email"])
        + _is_shared(record.phone, values["phone"])
    )


def _is_shared(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _key_of(values: Mapping[str, Any]) -> NameKey:
    return _key(values["family_name"], values["given_name"])


def _key(family: str, given: str) -> NameKey:
    return fold(family), fold(given)

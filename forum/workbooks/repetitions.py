"""People who stand in a sheet twice, and what two people share."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from dataclasses import dataclass, field

from forum.domain.company_names import CompanyName
from forum.domain.folding import fold
from forum.domain.names import PersonName
from forum.workbooks.issues import Issue, IssueCode, issue
from forum.workbooks.participant_records import ParticipantRecord, ParticipantRow


@dataclass
class RepetitionFinder:
    """Meets the rows of a sheet in order and remembers those that were taken."""

    _people: dict[tuple[str, str], list[tuple[int, ParticipantRecord]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _emails: dict[str, int] = field(default_factory=dict)
    _phones: dict[tuple[str, str], int] = field(default_factory=dict)
    _companies: dict[str, dict[str, tuple[int, CompanyName]]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def checked(self, row: ParticipantRow) -> ParticipantRow:
        """``row`` without its record when an earlier row tells of the same person, else with warnings
        about an address, a number or nearly a company that an earlier row has.
        """
        record = row.record
        if record is None:
            return row
        same_person = self._people[_name_key(record.name)]
        for number, first in same_person:
            if is_same_person(first, record):
                return dataclasses.replace(
                    row, record=None, issues=(*row.issues, _repeated(number, first, record))
                )
        same_person.append((row.number, record))
        return dataclasses.replace(row, issues=(*row.issues, *self._shared(row.number, record)))

    def _shared(self, number: int, record: ParticipantRecord) -> list[Issue]:
        found: list[Issue] = []
        if record.email and self._emails.setdefault(record.email, number) != number:
            first = self._emails[record.email]
            found.append(issue(IssueCode.EMAIL_SHARED, "email", record.email, row=first))
        phone = (record.phone or "", record.phone_extension)
        if record.phone and self._phones.setdefault(phone, number) != number:
            found.append(issue(IssueCode.PHONE_SHARED, "phone", record.phone, row=self._phones[phone]))
        if record.company:
            found.extend(self._nearly_same(number, record.company))
        return found

    def _nearly_same(self, number: int, company: CompanyName) -> list[Issue]:
        alike = self._companies[near_key(company)]
        if company.identity_key in alike:
            return []
        others = list(alike.values())
        alike[company.identity_key] = (number, company)
        return [
            issue(
                IssueCode.COMPANY_NEARLY_SAME,
                "company",
                company.short.in_language("ru"),
                candidate=other.short.in_language("ru"),
                row=first,
            )
            for first, other in others[:1]
        ]


def _name_key(name: PersonName) -> tuple[str, str]:
    return fold(name.family), fold(name.given)


def is_same_person(one: ParticipantRecord, other: ParticipantRecord) -> bool:
    """The same name (a patronymic may be missing) and one of company, address, number in common."""
    if _name_key(one.name) != _name_key(other.name):
        return False
    patronymics = {fold(name.patronymic) for name in (one.name, other.name) if name.patronymic}
    if len(patronymics) > 1:
        return False
    return (
        _is_shared(one.email, other.email)
        or _is_shared(one.phone, other.phone)
        or _is_shared(_identity(one), _identity(other))
    )


def _is_shared(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _identity(record: ParticipantRecord) -> str | None:
    return record.company.identity_key if record.company else None


def near_key(company: CompanyName) -> str:
    """Equal for names that differ in form, script or the limits of words only."""
    return fold(company.bare_key)


def _repeated(number: int, first: ParticipantRecord, later: ParticipantRecord) -> Issue:
    """``differing`` names the fields in which the later row says something else."""
    differing = tuple(
        part.name
        for part in dataclasses.fields(later)
        if getattr(later, part.name) not in (None, "", (), getattr(first, part.name))
    )
    return issue(IssueCode.PERSON_REPEATED, "name", later.name.full, row=number, differing=differing)

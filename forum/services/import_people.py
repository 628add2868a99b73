"""What the rows of a sheet of participants would do to a forum: decided, not written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from forum.domain.company_names import CompanyName
from forum.domain.folding import fold
from forum.domain.localized import Localized
from forum.domain.regions import REGIONS
from forum.domain.states import RegistrationStatus
from forum.domain.vocabulary import Term, Vocabulary
from forum.services.import_matching import match_people
from forum.services.import_person import (
    add_change,
    full_name,
    language_of_papers,
    new_person,
    position,
    put_latin_name,
    put_name,
    put_particulars,
)
from forum.services.import_targets import Action, Decision, Kind, Note, PlanIssue, Target, note, noted, shown
from forum.services.wish_matching import VisitFact, WishReader
from forum.workbooks.participant_records import ParticipantRecord, ParticipantRow

_GONE: Final = frozenset({RegistrationStatus.DECLINED, RegistrationStatus.WITHDRAWN})


@dataclass(frozen=True)
class DelegationFact:
    id: int
    code: str
    title: Localized
    region: str | None


@dataclass(frozen=True)
class Surroundings:
    """The forum around the people: what rows are judged by but do not change.

    ``seats`` are (visit, delegate) of everybody who ever asked for a seat. ``visit_title`` is the header
    of the column of visits, which often names the site. ``wishes`` are visits by delegate, the dearest first;
    ``settled`` know of a seat that they have by their wishes.
    """

    delegations: tuple[DelegationFact, ...] = ()
    visits: tuple[VisitFact, ...] = ()
    seats: frozenset[tuple[int, int]] = frozenset()
    visit_title: str = ""
    wishes: Mapping[int, Sequence[int]] = field(default_factory=dict)
    settled: frozenset[int] = frozenset()


@dataclass
class KnownPeople:
    """Companies by identity key, and people; new ones are added as the rows are read."""

    companies: dict[str, Target] = field(default_factory=dict)
    people: list[Target] = field(default_factory=list)


def decide(
    rows: Iterable[ParticipantRow], known: KnownPeople, surroundings: Surroundings
) -> tuple[Decision, ...]:
    """One decision for every row, in their order."""
    all_rows = tuple(rows)
    planner = _Planner(known, surroundings, match_people(all_rows, known.people))
    planner.read_companies(all_rows)
    return tuple(planner.decide(row) for row in all_rows)


class _Planner:
    def __init__(self, known: KnownPeople, surroundings: Surroundings, matches: Mapping[int, Target]) -> None:
        self._known = known
        self._around = surroundings
        self._matches = matches
        self._delegations = Vocabulary(
            Term(str(one.id), one.title, tuple(filter(None, (one.code, one.region))))
            for one in surroundings.delegations
        )
        self._first_come = [visit for visit in surroundings.visits if not visit.by_wishes]
        self._wishes = WishReader(surroundings.visits)
        self._companies: dict[int, tuple[Target | None, dict[str, list[Any]]]] = {}
        self._owners = {person.values["email"]: person for person in reversed(known.people)}

    def read_companies(self, rows: Iterable[ParticipantRow]) -> None:
        """All companies before anybody: what a later row says of a firm holds for its first person too."""
        for row in rows:
            if row.record is not None:
                changes: dict[str, list[Any]] = {}
                self._companies[row.number] = self._company(row.record, changes), changes

    def decide(self, row: ParticipantRow) -> Decision:
        issues = [noted(issue) for issue in row.issues]
        if row.record is None:
            return Decision(row.number, Action.SKIPPED, _label_of_skipped(row), tuple(issues))
        return self._taken(row.number, row.record, issues)

    def _taken(self, number: int, record: ParticipantRecord, issues: list[Note]) -> Decision:
        company, changes = self._companies[number]
        delegation = self._delegation(record, company, issues)
        if company is not None and delegation is not None and company.values["delegation_id"] is None:
            company.put("delegation_id", delegation.id)
            if not company.is_new:
                changes["company.delegation"] = [None, shown(delegation.title)]
        person = self._matches.get(number) or new_person(record)
        self._fill(person, record, company, delegation, changes)
        self._judge(person, record, issues)
        visit = self._visit(person, record, issues)
        if visit is not None:
            changes["visit"] = [None, shown(visit.site)]
        wishes = self._wished(person, record, issues, changes)
        action = Action.NEW if person.is_new else Action.CHANGED if changes else Action.SAME
        return Decision(
            number,
            action,
            record.name.full,
            tuple(issues),
            changes,
            tuple(target for target in (company, person) if target is not None),
            visit.id if visit else None,
            wishes,
        )

    def _company(self, record: ParticipantRecord, changes: dict[str, list[Any]]) -> Target | None:
        if record.company is None:
            return None
        key = record.company.identity_key
        if key not in self._known.companies:
            self._known.companies[key] = _new_company(record.company)
        company = self._known.companies[key]
        said = {
            "town": record.town,
            "region": record.region,
            "sectors": tuple(sorted(record.sectors)),
            "offers": record.offers,
            "seeks": record.seeks,
        }
        for name, value in said.items():
            add_change(changes, f"company.{name}", company.put_once(name, value))
        return company

    def _delegation(
        self, record: ParticipantRecord, company: Target | None, issues: list[Note]
    ) -> DelegationFact | None:
        wanted = record.delegation or record.region or (company.values["region"] if company else "") or ""
        found = self._delegations.find(wanted) or self._delegations.find(REGIONS.find(wanted) or "")
        if found is None and wanted:
            issues.append(note(PlanIssue.DELEGATION_UNKNOWN, wanted))
        return next((one for one in self._around.delegations if str(one.id) == found), None)

    def _fill(
        self,
        person: Target,
        record: ParticipantRecord,
        company: Target | None,
        delegation: DelegationFact | None,
        changes: dict[str, list[Any]],
    ) -> None:
        put_name(person, record.name, changes)
        put_latin_name(person, record.latin_name, changes)
        if company is not None:
            key = company.values["identity_key"]
            self._put_company(person, key, changes)
        if delegation is not None:
            self._put_delegation(person, delegation, changes)
        if record.position:
            add_change(changes, "position", person.put("position", position(person, record.position)))
        put_particulars(person, record, changes)
        if person.is_new:
            person.values["language"] = language_of_papers(record, delegation.region if delegation else None)

    def _put_company(self, person: Target, key: str, changes: dict[str, list[Any]]) -> None:
        change = person.put("company", key)
        if change:
            names = [self._known.companies[one].values["short_name"] if one else None for one in change]
            add_change(changes, "company", (names[0], names[1]))

    def _put_delegation(
        self, person: Target, delegation: DelegationFact, changes: dict[str, list[Any]]
    ) -> None:
        change = person.put("delegation_id", delegation.id)
        if change:
            titles = {one.id: one.title for one in self._around.delegations}
            add_change(changes, "delegation", (titles.get(change[0]), delegation.title))

    def _judge(self, person: Target, record: ParticipantRecord, issues: list[Note]) -> None:
        owner = self._owners.get(record.email) if record.email else None
        if owner is not None and owner is not person:
            issues.append(note(PlanIssue.ADDRESS_OF_ANOTHER, record.email or "", name=full_name(owner)))
        status = person.values["status"]
        if status is not RegistrationStatus.APPROVED:
            issues.append(note(PlanIssue.NOT_APPROVED, status.value))

    def _visit(self, person: Target, record: ParticipantRecord, issues: list[Note]) -> VisitFact | None:
        if not record.wants_visit or person.values["status"] in _GONE:
            return None
        if not self._first_come and self._around.visits:
            return None  # it is a wish then
        if not self._around.visits:
            issues.append(note(PlanIssue.VISIT_MISSING))
            return None
        visit = self._visit_named(record.visit_place)
        if visit is None:
            issues.append(note(PlanIssue.VISIT_PLACE_UNKNOWN, record.visit_place))
            return None
        return None if (visit.id, person.id) in self._around.seats else visit

    def _wished(
        self, person: Target, record: ParticipantRecord, issues: list[Note], changes: dict[str, list[Any]]
    ) -> tuple[int, ...]:
        """The wishes that the row changes; none where it says nothing new."""
        texts = record.wishes
        if not texts and record.wants_visit and self._around.visits and not self._first_come:
            texts = (record.visit_place or self._around.visit_title,)
        if not texts or person.values["status"] is not RegistrationStatus.APPROVED:
            return ()
        before = self._around.wishes.get(person.id or 0, ())
        visits = self._wishes.read(person, texts, before, issues)
        wanted = tuple(visit.id for visit in visits)
        if not wanted or wanted == tuple(before):
            return ()
        if person.id in self._around.settled:
            issues.append(note(PlanIssue.WISHES_SETTLED))
            return ()
        names = {visit.id: visit.name for visit in self._around.visits}
        changes["wishes"] = [
            [shown(names[each]) for each in before if each in names],
            [shown(visit.name) for visit in visits],
        ]
        return wanted

    def _visit_named(self, place: str) -> VisitFact | None:
        """The first visit to ``place``; where none is named, what the header says, else the first of all."""
        if place:
            return self._best_visit(place)
        return self._best_visit(self._around.visit_title) or self._first_come[0]

    def _best_visit(self, text: str) -> VisitFact | None:
        words = set(fold(text).split())
        shared = [(len(words & visit.words), visit) for visit in self._first_come]
        most, visit = max(shared, key=lambda pair: pair[0])
        return visit if most else None


def _label_of_skipped(row: ParticipantRow) -> str:
    return next((issue.value for issue in row.issues if issue.field in ("name", "company")), "")


def _new_company(name: CompanyName) -> Target:
    values = {
        "legal_form": name.form,
        "bare_name": name.bare,
        "full_name": name.full,
        "short_name": name.short,
        "badge_name": name.badge,
        "identity_key": name.identity_key,
        "delegation_id": None,
        "town": None,
        "region": None,
        "sectors": (),
        "offers": None,
        "seeks": None,
    }
    return Target(Kind.COMPANY, None, values)

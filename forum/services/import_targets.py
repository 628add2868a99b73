"""What a workbook would make of the rows that are there: pure data, written by ``import_commits``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from forum.domain.localized import Localized
from forum.workbooks.issues import Issue, Severity, severity_of


class Kind(StrEnum):
    """What an import makes or changes, in the order in which it is written."""

    COMPANY = "company"
    DELEGATE = "delegate"
    REQUEST = "request"
    SEAT = "seat"
    WISHES = "wishes"  # of a delegate, whose id stands for all of them


class Action(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    SKIPPED = "skipped"


class PlanIssue(StrEnum):
    """What only shows beside the forum itself; what the data holds stands behind it. All are warnings."""

    ADDRESS_OF_ANOTHER = "address_of_another"  # value: e-mail, name: whose it is
    DELEGATION_UNKNOWN = "delegation_unknown"  # value: region or delegation
    NEVER_MEET = "never_meet"
    NOT_APPROVED = "not_approved"  # value: status
    REQUEST_CLOSED = "request_closed"  # value: status
    VISIT_CONFLICT = "visit_conflict"
    VISIT_MISSING = "visit_missing"
    VISIT_PLACE_UNKNOWN = "visit_place_unknown"  # value: place
    WISH_AMBIGUOUS = "wish_ambiguous"  # value: as typed, candidates: visits
    WISH_CLOSED = "wish_closed"  # value: as typed
    WISH_NOT_FOR_CATEGORY = "wish_not_for_category"  # value: as typed
    WISH_NOT_NEEDED = "wish_not_needed"  # value: as typed
    WISH_REPEATED = "wish_repeated"  # value: as typed
    WISH_UNKNOWN = "wish_unknown"  # value: as typed
    WISHES_MISSING = "wishes_missing"
    WISHES_SETTLED = "wishes_settled"


Note = dict[str, Any]


def note(code: PlanIssue, value: str = "", **data: Any) -> Note:
    """An issue of the plan as it is kept with its row."""
    return {
        "code": code.value,
        "field": "",
        "value": value,
        "data": data,
        "severity": Severity.WARNING.value,
    }


def noted(issue: Issue) -> Note:
    """An issue of the reader as it is kept with its row."""
    return {
        "code": issue.code.value,
        "field": issue.field,
        "value": issue.value,
        "data": {name: shown(value) for name, value in issue.data.items()},
        "severity": severity_of(issue.code).value,
    }


@dataclass(eq=False)
class Target:
    """A row as it is (``before``, empty for a new one) and as it will be (``values``).

    ``settled`` are the fields that an earlier row of the workbook has decided.
    """

    kind: Kind
    id: int | None
    values: dict[str, Any]
    version: int = 0
    before: Mapping[str, Any] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)

    @classmethod
    def known(cls, kind: Kind, row_id: int, version: int, values: Mapping[str, Any]) -> Target:
        return cls(kind, row_id, dict(values), version, dict(values))

    @property
    def is_new(self) -> bool:
        return not self.before

    @property
    def is_changed(self) -> bool:
        return not self.is_new and dict(self.before) != self.values

    def put(self, name: str, value: Any) -> tuple[Any, Any] | None:
        """Let the workbook say ``value``; the old and the new one if that changes anything.

        An empty cell says nothing: it never wipes out what is known.
        """
        old = self.values.get(name)
        if not value or value == old:
            return None
        self.values[name] = value
        return old, value

    def put_once(self, name: str, value: Any) -> tuple[Any, Any] | None:
        """As ``put``, where only the first row that says anything is heard."""
        if not value or name in self.settled:
            return None
        self.settled.add(name)
        return self.put(name, value)


@dataclass(frozen=True)
class Decision:
    """What one row of the sheet does. ``changes`` are [old, new] by field, as they are shown.

    ``wishes`` are visits, the dearest first; none: those of before stay.
    """

    number: int
    action: Action
    label: str
    issues: tuple[Note, ...] = ()
    changes: Mapping[str, list[Any]] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    visit_id: int | None = None
    wishes: tuple[int, ...] = ()

    @property
    def delegate_id(self) -> int:
        """Whom the row is about, once they are written."""
        found = next(target.id for target in self.targets if target.kind is Kind.DELEGATE)
        assert found is not None
        return found


def shown(value: Any) -> Any:
    """``value`` as JSON keeps it."""
    if isinstance(value, Localized):
        return dict(value)
    if isinstance(value, StrEnum):
        return value.value
    return [shown(one) for one in value] if isinstance(value, tuple | list) else value

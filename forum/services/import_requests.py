"""What the rows of a sheet of requests would do to a forum: decided, not written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from forum.domain.localized import Localized
from forum.domain.states import RequestStatus
from forum.services.import_targets import Action, Decision, Kind, Note, PlanIssue, Target, note, noted, shown
from forum.workbooks.requests import RequestRecord, RequestRow


@dataclass(frozen=True)
class KnownRequests:
    """Companies by identity key as (id, name), requests by the ids of both sides, pairs that never meet."""

    companies: Mapping[str, tuple[int, Localized]]
    requests: Mapping[tuple[int, int], Target] = field(default_factory=dict)
    never: frozenset[frozenset[int]] = frozenset()


def decide(rows: Iterable[RequestRow], known: KnownRequests, *, ranks: bool) -> tuple[Decision, ...]:
    """One decision for every row, in their order; ``ranks``: the sheet has a column of them.

    What an office asks for is accepted at once. Requests that were declined or taken back stay so, and
    companies that never meet are not asked.
    """
    return tuple(_decision(row, known, ranks=ranks) for row in rows)


def _decision(row: RequestRow, known: KnownRequests, *, ranks: bool) -> Decision:
    issues = [noted(issue) for issue in row.issues]
    if row.record is None:
        label = " → ".join(issue.value for issue in row.issues if issue.value)
        return Decision(row.number, Action.SKIPPED, label, tuple(issues))
    (sender_id, sender), (receiver_id, receiver) = (
        known.companies[key] for key in (row.record.requester, row.record.requested)
    )
    request = known.requests.get((sender_id, receiver_id))
    label = f"{sender.in_language('ru')} → {receiver.in_language('ru')}"
    if frozenset({sender_id, receiver_id}) in known.never:
        issues.append(note(PlanIssue.NEVER_MEET))
        return Decision(row.number, Action.SKIPPED, label, tuple(issues))
    changes: dict[str, list[Any]] = {}
    if request is None:
        request = _new_request(sender_id, receiver_id)
        changes["request"] = [None, [dict(sender), dict(receiver)]]
    _fill(request, row.record, changes, issues, ranks=ranks)
    action = Action.NEW if request.is_new else Action.CHANGED if changes else Action.SAME
    return Decision(row.number, action, label, tuple(issues), changes, (request,))


def _new_request(sender_id: int, receiver_id: int) -> Target:
    values = {
        "sender_id": sender_id,
        "receiver_id": receiver_id,
        "rank": None,
        "status": RequestStatus.ACCEPTED,
        "message": None,
    }
    return Target(Kind.REQUEST, None, values)


def _fill(
    request: Target, record: RequestRecord, changes: dict[str, list[Any]], issues: list[Note], *, ranks: bool
) -> None:
    status = request.values["status"]
    if status in (RequestStatus.DECLINED, RequestStatus.WITHDRAWN):
        issues.append(note(PlanIssue.REQUEST_CLOSED, status.value))
        return
    said = {"message": record.comment, "status": RequestStatus.ACCEPTED}
    if ranks or request.is_new:
        said["rank"] = record.rank
    for name, value in said.items():
        change = request.put(name, value)
        if change:
            changes[name] = [shown(one) for one in change]

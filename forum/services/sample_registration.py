"""Rows of the invented forum's rules, places and invitations, within ``sample.load``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from forum import clock
from forum.domain.folding import fold
from forum.models import Admission, Capacity, Delegate, Invitation, RegistrationDraft
from forum.models.base import db
from forum.sample import invitations as invented
from forum.sample.records import Forum
from forum.services import bulk, person_columns

Ids = Mapping[Any, int]


def write(event_id: int, forum: Forum, delegations: Ids, people: Ids, *, seed: int) -> None:
    """Everything that the office has set, and whom it has invited."""
    _rules(event_id)
    _places(event_id, forum)
    _invitations(event_id, forum, delegations, people, seed)


def _rules(event_id: int) -> None:
    rows = (
        {
            "event_id": event_id,
            "category": category,
            "opening": rules.opening,
            "approval": rules.approval,
            "edits_need_decision": rules.edits_need_decision,
            "most_companions": rules.most_companions,
            "asked": {name: asked.value for name, asked in rules.asked.items()},
        }
        for category, rules in invented.admissions().items()
    )
    bulk.add(Admission, rows)


def _places(event_id: int, forum: Forum) -> None:
    rows = (
        {
            "event_id": event_id,
            "title": each.title,
            "categories": [category.value for category in each.categories],
            "places": each.places,
            "offer_hours": each.offer_hours,
            "position": position,
        }
        for position, each in enumerate(invented.capacities(forum))
    )
    bulk.add(Capacity, rows)


def _invitations(event_id: int, forum: Forum, delegations: Ids, people: Ids, seed: int) -> None:
    found = invented.invitations(forum, seed=seed, now=clock.now())
    ids = bulk.add(Invitation, (_invitation(event_id, each, delegations) for each in found))
    for each, invitation_id in zip(found, ids, strict=True):
        if each.is_begun:
            bulk.add(RegistrationDraft, [_draft(event_id, each, invitation_id)])
        numbers = [people[number] for number in each.people]
        if numbers:
            db.session.execute(
                update(Delegate).where(Delegate.id.in_(numbers)).values(invitation_id=invitation_id)
            )


def _invitation(event_id: int, each: invented.Invitation, delegations: Ids) -> dict[str, Any]:
    now = clock.now()
    made = now - timedelta(days=each.days)
    return {
        "event_id": event_id,
        "delegation_id": delegations[each.delegation] if each.delegation else None,
        "category": each.category,
        "code": each.code,
        "email": each.email,
        "name": each.name,
        "search_key": fold(each.name),
        "language": each.language,
        "message": each.message,
        "most_uses": each.most_uses,
        "uses": len(each.people),
        "expires_at": now + timedelta(days=each.lasts) if each.lasts is not None else None,
        "withdrawn_at": made + timedelta(days=1) if each.is_withdrawn else None,
        "sent_at": made if each.email else None,
        "sendings": 1 if each.email else 0,
        "opened_at": made + timedelta(hours=7) if each.is_opened else None,
        "created_at": made,
        **person_columns.sort_keys(each.name),
    }


def _draft(event_id: int, each: invented.Invitation, invitation_id: int) -> dict[str, Any]:
    """A form that was begun; nobody holds its secret."""
    begun = clock.now() - timedelta(days=each.days - 1)
    return {
        "event_id": event_id,
        "category": each.category,
        "invitation_id": invitation_id,
        "secret_hash": f"nobody's: {each.code}",
        "email": each.email,
        "language": each.language,
        "answers": {},
        "reached": "",
        "created_at": begun,
        "updated_at": begun,
        "expires_at": begun + timedelta(days=30),
    }

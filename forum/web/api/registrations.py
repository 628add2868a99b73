"""Registrations for programs: read, copied, changed and decided like at the desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from forum.domain.profile import Profile
from forum.domain.roles import Permission
from forum.domain.states import Category, RegistrationStatus
from forum.policy import may
from forum.queries import registration_records as records
from forum.queries.paging import Page
from forum.queries.registration_records import RecordFilter, RegistrationRecord
from forum.services import applications, profiles
from forum.services import registrations as decisions
from forum.services.applications import Application
from forum.web.api.access import found, needs_token, once, program, seen
from forum.web.api.blueprint import blueprint
from forum.web.api.schemas import (
    DecisionIn,
    RegistrationChange,
    RegistrationIn,
    RegistrationOut,
    RegistrationQuery,
    page_of,
)

_PAGE: Final = page_of(RegistrationOut, "RegistrationPage")


@blueprint.route("/registrations")
@needs_token(Permission.SEE_DELEGATES)
@blueprint.arguments(RegistrationQuery, location="query")
@blueprint.response(200, _PAGE)
def registrations(asked: dict[str, Any]) -> Page[RegistrationRecord]:
    """A page of the registrations, by id."""
    page = records.page(
        event_id=program().event_id, chosen=_chosen(asked), number=asked["page"], size=asked["page_size"]
    )
    return replace(page, rows=tuple(_shown(row) for row in page.rows))


@blueprint.route("/registrations", methods=["POST"])
@needs_token(Permission.MANAGE_DELEGATES, writes=True)
@blueprint.arguments(RegistrationIn)
@blueprint.response(201, RegistrationOut)
def register(given: dict[str, Any]) -> RegistrationRecord:
    """Register somebody, who is written to if they have an address. With ``Idempotency-Key`` only once."""
    category, delegation_id = given.pop("category"), given.pop("delegation_id")
    sent = applications.add(
        actor=program().actor,
        event_id=program().event_id,
        category=category,
        application=Application(profile=Profile(**_values(given))),
        delegation_id=delegation_id,
        form_key=once(),
    )
    return _read(sent.delegate_id)


@blueprint.route("/registrations/<int:delegate_id>")
@needs_token(Permission.SEE_DELEGATES)
@blueprint.response(200, RegistrationOut)
def registration(delegate_id: int) -> RegistrationRecord:
    """One registration."""
    return _read(delegate_id)


@blueprint.route("/registrations/<int:delegate_id>", methods=["PATCH"])
@needs_token(Permission.MANAGE_MEMBERS, writes=True)
@blueprint.arguments(RegistrationChange)
@blueprint.response(200, RegistrationOut)
def change_registration(changes: dict[str, Any], delegate_id: int) -> RegistrationRecord:
    """Change what is sent, nothing else. 409 if somebody has changed the registration meanwhile."""
    version = changes.pop("version")
    profiles.change(
        actor=program().actor,
        event_id=program().event_id,
        delegate_id=delegate_id,
        version=version,
        profile=replace(_read(delegate_id).profile, **_values(changes)),
    )
    return _read(delegate_id)


@blueprint.route("/registrations/<int:delegate_id>/decision", methods=["POST"])
@needs_token(Permission.MANAGE_DELEGATES, writes=True)
@blueprint.arguments(DecisionIn)
@blueprint.response(200, RegistrationOut)
def decide(decision: dict[str, Any], delegate_id: int) -> RegistrationRecord:
    """Approve, decline, ask back, put on the waiting list. Its owner is told."""
    _read(delegate_id)
    decisions.decide(
        actor=program().actor,
        event_id=program().event_id,
        delegate_ids=[delegate_id],
        status=RegistrationStatus(decision["status"]),
        note=decision["reason"],
        override=decision["override"],
        versions={delegate_id: decision["version"]} if "version" in decision else None,
    )
    return _read(delegate_id)


def _read(delegate_id: int) -> RegistrationRecord:
    record = records.find(event_id=program().event_id, row_id=delegate_id, delegations=seen())
    return _shown(found(record))


def _chosen(asked: dict[str, Any]) -> RecordFilter:
    status, category = asked.get("status"), asked.get("category")
    return RecordFilter(
        status=RegistrationStatus(status) if status else None,
        category=Category(category) if category else None,
        delegation_id=asked.get("delegation_id"),
        company_id=asked.get("company_id"),
        changed_since=asked.get("changed_since"),
        text=asked.get("q", ""),
        delegations=seen(),
    )


def _shown(record: RegistrationRecord) -> RegistrationRecord:
    """What somebody eats and needs says much of them: only those who manage people read it."""
    if may(program().actor, Permission.MANAGE_DELEGATES, program().event_id):
        return record
    return replace(record, profile=replace(record.profile, diet=None, access_needs=None))


def _values(given: dict[str, Any]) -> dict[str, Any]:
    """Values of a profile; texts that are empty are none."""
    optional = {name for name in given if Profile.__dataclass_fields__[name].default is None}
    values = {name: (value or None) if name in optional else value for name, value in given.items()}
    if "spoken" in given:
        values["spoken"] = tuple(dict.fromkeys(given["spoken"]))
    return values

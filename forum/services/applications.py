"""Registering: everything that one form makes, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import select

from forum.domain.admissions import Rules
from forum.domain.consents import missing
from forum.domain.profile import Profile
from forum.domain.roles import Permission, Role
from forum.domain.states import Category, RegistrationStatus
from forum.errors import ForumError
from forum.models import Account, Company, Delegate, Delegation, Grant, Invitation, RegistrationDraft
from forum.models.base import db
from forum.policy import Actor, require
from forum.queries import admissions, registration_windows
from forum.services import (
    answers,
    application_companies,
    application_mails,
    consents,
    drafts,
    form_keys,
    invitations,
    journal,
    places,
    profiles,
)
from forum.services.application_companies import Business, NewCompany
from forum.unit_of_work import transactional


@dataclass(frozen=True, kw_only=True)
class Application:
    """What a form has asked, read and found good.

    The company is ``profile.company_id``, else ``company``. ``answers`` are by the question's code.
    """

    profile: Profile
    company: NewCompany | None = None
    business: Business = field(default_factory=Business)
    answers: Mapping[str, Any] = field(default_factory=dict)
    consents: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sent:
    """What became of it. ``is_new``: this very sending made it."""

    delegate_id: int
    number: int
    status: RegistrationStatus
    is_new: bool


@transactional
def send(*, actor: Actor, event_id: int, secret: str, application: Application) -> Sent:
    """Make a registration of the draft that ``secret`` opens; a second time it says what the first made.

    Raises:
        ForumError: ``no_such_draft``; ``registration_not_open_yet``, ``registration_closed``,
            ``category_not_open`` (the draft stays); ``application_incomplete`` with the ``fields``,
            ``consent_missing``; ``no_such_company``; what an invitation is refused for.
    """
    draft = drafts.held(actor, event_id, secret)
    if draft.delegate_id is not None:
        return _sent(db.session.get_one(Delegate, draft.delegate_id), is_new=False)
    registration_windows.refuse_closed(
        event_id=event_id,
        category=draft.category,
        invitation_id=draft.invitation_id,
        accompanies_id=draft.accompanies_id,
    )
    _refuse_incomplete(event_id, draft.category, application)
    if missing(application.consents):
        raise ForumError("consent_missing")
    row = _made(actor, draft, application)
    _close(draft, row)
    _tell(actor, row, "registration_sent")
    return _sent(row, is_new=True)


@transactional
def add(
    *,
    actor: Actor,
    event_id: int,
    category: Category,
    application: Application,
    delegation_id: int | None = None,
    tells: bool = True,
    form_key: str | None = None,
) -> Sent:
    """Register somebody in their stead, in any category and at any time.

    Args:
        delegation_id: by default that of the company or of the person's region.

    Raises:
        NotAllowedError: without ``MANAGE_DELEGATES``.
        ForumError: ``no_such_company``, ``no_such_delegation``; ``sent_twice`` where ``form_key`` was used.
    """
    require(actor, Permission.MANAGE_DELEGATES, event_id)
    if not form_keys.is_first_use(form_key):
        raise ForumError("sent_twice")
    company = _company(actor, event_id, application)
    if delegation_id is not None:
        _refuse_stranger(event_id, delegation_id)
    row = _written(
        event_id,
        category,
        application,
        company,
        delegation_id=delegation_id or _delegation_id(event_id, company, application.profile),
    )
    _put_the_rest(row, application, is_own=False)
    if tells:
        _tell(actor, row, "registration_added")
    else:
        _note(actor, row, "registration_added")
    return _sent(row, is_new=True)


def lacking(rules: Rules, application: Application) -> tuple[str, ...]:
    """What ``rules`` require and ``application`` does not say, by the names of ``domain.admissions``."""
    profile, business = application.profile, application.business
    has_company = profile.company_id is not None or application.company is not None
    said: dict[str, Any] = {
        "company": has_company,
        "position": profile.position,
        "spoken": profile.spoken,
        "phone": profile.phone,
        "town": profile.town,
        "stay": profile.arrives_at and profile.leaves_at,
        "photo": profile.photo_id,
        # A company that is known has said what it does, or somebody of it will.
        **dict.fromkeys(_OF_THE_COMPANY, application.company is None),
    }
    if application.company is not None:
        said |= {"sectors": business.sectors, "offers": business.offers, "seeks": business.seeks}
    return tuple(name for name, value in said.items() if rules.requires(name) and not value)


_OF_THE_COMPANY: Final = ("sectors", "offers", "seeks")


def _refuse_incomplete(event_id: int, category: Category, application: Application) -> None:
    """The forms have asked for all of it; whoever comes past them is asked here."""
    profile = application.profile
    fields = lacking(admissions.rules(event_id=event_id, category=category), application)
    if fields or not profile.family_name or not profile.email:
        raise ForumError("application_incomplete", fields=list(fields))


def _made(actor: Actor, draft: RegistrationDraft, application: Application) -> Delegate:
    host = db.session.get(Delegate, draft.accompanies_id) if draft.accompanies_id else None
    company = _company(actor, draft.event_id, application)
    row = _written(
        draft.event_id,
        draft.category,
        replace(application, profile=replace(application.profile, photo_id=draft.photo_id)),
        company,
        account_id=_account_id(actor, application.profile.email),
        accompanies_id=draft.accompanies_id,
        invitation_id=draft.invitation_id,
        delegation_id=host.delegation_id
        if host
        else _invited_to(draft) or _delegation_id(draft.event_id, company, application.profile),
    )
    if draft.invitation_id is not None:
        invitations.use(draft.invitation_id)
    _grant_cabinet(row)
    _put_the_rest(row, application, is_own=True)
    return row


def _company(actor: Actor, event_id: int, application: Application) -> Company | None:
    if application.profile.company_id is not None:
        company = application_companies.chosen(event_id, application.profile.company_id)
    elif application.company is not None:
        company = application_companies.named(actor, event_id, application.company, application.business)
    else:
        return None
    application_companies.tell(company, application.business)
    return company


def _written(
    event_id: int, category: Category, application: Application, company: Company | None, **columns: Any
) -> Delegate:
    profile = replace(application.profile, company_id=company.id if company else None)
    if company is not None and company.delegation_id is None and columns.get("delegation_id"):
        company.delegation_id = columns["delegation_id"]
    return profiles.add(
        event_id=event_id,
        profile=profile,
        category=category,
        status=RegistrationStatus.APPLIED,
        **columns,
    )


def _put_the_rest(row: Delegate, application: Application, *, is_own: bool) -> None:
    consents.put(row, application.consents)
    if is_own or application.answers:  # whoever is registered by others answers in the cabinet
        answers.put(row=row, answers=application.answers)
    places.settle(row)


def _delegation_id(event_id: int, company: Company | None, profile: Profile) -> int | None:
    """That of the company, else of the person's region, else of the company's region."""
    if company is not None and company.delegation_id is not None:
        return company.delegation_id
    wanted = (profile.region, company.region if company else None)
    found = db.session.execute(
        select(Delegation.region, Delegation.id).where(
            Delegation.event_id == event_id, Delegation.region.in_([each for each in wanted if each])
        )
    )
    by_region = {row.region: row.id for row in found}
    return next((by_region[each] for each in wanted if each in by_region), None)


def _refuse_stranger(event_id: int, delegation_id: int) -> None:
    delegation = db.session.get(Delegation, delegation_id)
    if delegation is None or delegation.event_id != event_id:
        raise ForumError("no_such_delegation")


def _invited_to(draft: RegistrationDraft) -> int | None:
    invitation = db.session.get(Invitation, draft.invitation_id) if draft.invitation_id else None
    return invitation.delegation_id if invitation else None


def _account_id(actor: Actor, email: str | None) -> int | None:
    """The account of who fills in the form, if it is they who register and not their secretary."""
    account = db.session.get(Account, actor.account_id) if actor.account_id else None
    return account.id if account is not None and account.email == email else None


def _grant_cabinet(row: Delegate) -> None:
    """Whoever is signed in finds the registration in the cabinet at once."""
    if row.account_id is None:
        return
    account = db.session.get_one(Account, row.account_id)
    if all(each.role is not Role.DELEGATE or each.event_id != row.event_id for each in account.grants):
        account.grants.append(Grant(role=Role.DELEGATE, event_id=row.event_id))


def _close(draft: RegistrationDraft, row: Delegate) -> None:
    """What was typed lives on in the registration alone."""
    draft.delegate_id, draft.answers, draft.photo_id = row.id, {}, None
    draft.updated_at = row.created_at


def _tell(actor: Actor, row: Delegate, action: str) -> None:
    _note(actor, row, action)
    application_mails.write(row)


def _note(actor: Actor, row: Delegate, action: str) -> None:
    journal.about(
        row,
        actor=actor,
        action=action,
        category=row.category.value,
        status=row.status.value,
    )


def _sent(row: Delegate, *, is_new: bool) -> Sent:
    return Sent(row.id, row.number, row.status, is_new)

"""Who looks after a delegation: inviting them by mail, and letting them go."""

from __future__ import annotations

import re
from typing import Any, Final

from sqlalchemy import select

from forum import clock, mail
from forum.catalogues import text_in
from forum.domain.localized import LANGUAGES
from forum.domain.roles import Permission, Role
from forum.domain.salutations import salutation_of
from forum.errors import ForumError
from forum.models import Account, Delegation, Event, Grant
from forum.models.base import db
from forum.policy import Actor, require
from forum.services import journal, sign_ins
from forum.unit_of_work import transactional

_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@transactional
def invite(
    *, actor: Actor, event_id: int, delegation_id: int, email: str, name: str, language: str = "ru"
) -> bool:
    """Make somebody a coordinator of the delegation and send them a link to sign in with.

    An account that is there already is taken up with its own name and language. Somebody who has been
    invited before gets another link.

    Returns:
        Whether they are new here.

    Raises:
        ForumError: ``no_such_delegation``, ``bad_email``, ``name_missing``, ``account_closed``.
    """
    require(actor, Permission.MANAGE_DELEGATIONS, event_id)
    delegation = _delegation(event_id, delegation_id)
    email, name = sign_ins.folded(email), " ".join(name.split())
    if not _ADDRESS.fullmatch(email):
        raise ForumError("bad_email", email=email)
    account = db.session.scalar(select(Account).where(Account.email == email).with_for_update(key_share=True))
    if account is None:
        account = _new_account(email, name, language)
    elif not account.is_active:
        raise ForumError("account_closed", email=email)
    is_new = _held(account, delegation_id) is None
    if is_new:
        account.grants.append(Grant(role=Role.COORDINATOR, event_id=event_id, delegation_id=delegation_id))
        db.session.flush()
        _note(actor, delegation, "coordinator_invited", account)
    _write(delegation, account)
    return is_new


@transactional
def remove(*, actor: Actor, event_id: int, delegation_id: int, account_id: int) -> None:
    """Somebody is no longer a coordinator of the delegation; the account stays.

    Raises:
        ForumError: ``no_such_delegation``, ``no_such_coordinator``.
    """
    require(actor, Permission.MANAGE_DELEGATIONS, event_id)
    delegation = _delegation(event_id, delegation_id)
    account = db.session.get(Account, account_id)
    held = _held(account, delegation_id) if account else None
    if account is None or held is None:
        raise ForumError("no_such_coordinator")
    account.grants.remove(held)
    _note(actor, delegation, "coordinator_removed", account)


@transactional
def bring_back(*, actor: Actor, event_id: int, delegation_id: int, account_id: int) -> None:
    """Undo ``remove``, without another mail.

    Raises:
        ForumError: ``no_such_delegation``, ``no_such_account``.
    """
    require(actor, Permission.MANAGE_DELEGATIONS, event_id)
    delegation = _delegation(event_id, delegation_id)
    account = db.session.get(Account, account_id)
    if account is None:
        raise ForumError("no_such_account", email="")
    if _held(account, delegation_id) is None:
        account.grants.append(Grant(role=Role.COORDINATOR, event_id=event_id, delegation_id=delegation_id))
        _note(actor, delegation, "coordinator_invited", account)


def _delegation(event_id: int, delegation_id: int) -> Delegation:
    row = db.session.scalar(
        select(Delegation)
        .where(Delegation.event_id == event_id, Delegation.id == delegation_id)
        .with_for_update(key_share=True)
    )
    if row is None:
        raise ForumError("no_such_delegation")
    return row


def _new_account(email: str, name: str, language: str) -> Account:
    if not name:
        raise ForumError("name_missing")
    account = Account(
        email=email,
        name=name,
        language=language if language in LANGUAGES else LANGUAGES[0],
        created_at=clock.now(),
    )
    db.session.add(account)
    db.session.flush()
    return account


def _held(account: Account, delegation_id: int) -> Grant | None:
    return next(
        (
            held
            for held in account.grants
            if held.role is Role.COORDINATOR and held.delegation_id == delegation_id
        ),
        None,
    )


def _write(delegation: Delegation, account: Account) -> None:
    """The mail is of the kind that opens an account: the outbox does not show its text to others."""
    event = db.session.get_one(Event, delegation.event_id)
    language = account.language
    path = f"/e/{event.code}/desk/delegations/{delegation.id}"
    link = sign_ins.new_link(account, next_path=path, lasts=sign_ins.INVITATION_LASTS)
    forum = event.title.in_language(language)
    mail.write(
        occasion=f"coordinator-{link.id}",
        kind=sign_ins.LINK_KIND,
        recipient=account.email,
        language=language,
        subject=text_in(language, "You look after a delegation: %(forum)s", forum=forum),
        body="\n\n".join(
            (
                salutation_of(account.name, language),
                text_in(
                    language,
                    "You are now a coordinator of the delegation “%(delegation)s” at %(forum)s. You add and"
                    " edit its members and see at a glance who is not ready yet.",
                    delegation=delegation.title.in_language(language),
                    forum=forum,
                ),
                text_in(language, "Open this page to sign in:\n%(link)s", link=link.url),
                text_in(
                    language,
                    "The link works once, within %(days)s days. Later you get another one on the page for"
                    " signing in, by this address.",
                    days=sign_ins.INVITATION_LASTS.days,
                ),
            )
        ),
        event_id=event.id,
        account_id=account.id,
    )


def _note(actor: Actor, delegation: Delegation, action: str, account: Account) -> None:
    data: dict[str, Any] = {"account": account.name}
    journal.record(
        actor=actor,
        action=action,
        event_id=delegation.event_id,
        subject_kind="delegation",
        subject_id=delegation.id,
        **data,
    )

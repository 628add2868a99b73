"""Accounts and their roles."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from forum import clock
from forum.domain.roles import Permission, Role
from forum.errors import ForumError
from forum.models import Account, Delegation, Grant
from forum.models.base import db
from forum.policy import Actor, RoleGranted, require
from forum.services import journal, passwords, sign_ins, tries
from forum.unit_of_work import transactional


@transactional
def create(
    *,
    actor: Actor,
    email: str,
    name: str,
    password: str | None = None,
    language: str = "ru",
    roles: Iterable[RoleGranted] = (),
) -> int:
    """A new account; without a password only links let it in. Returns its id.

    Raises:
        ForumError: ``account_exists``, ``short_password``, and those of ``grant``.
    """
    roles = tuple(roles)
    for event_id in {held.event_id for held in roles} or {None}:
        require(actor, Permission.MANAGE_ACCOUNTS, event_id)
    email = sign_ins.folded(email)
    if db.session.scalar(select(Account.id).where(Account.email == email)) is not None:
        raise ForumError("account_exists", email=email)
    account = Account(
        email=email,
        name=" ".join(name.split()),
        password_hash=passwords.hashed(password) if password is not None else None,
        language=language,
        created_at=clock.now(),
    )
    db.session.add(account)
    db.session.flush()
    _note(actor, account, "account_created", None)
    for held in roles:
        _grant(actor, account, held)
    return account.id


@transactional
def grant(*, actor: Actor, account_id: int, role: RoleGranted) -> bool:
    """Give the account a role; False if it has it already.

    Raises:
        ForumError: ``no_such_account``; ``delegation_needed`` for a coordinator without a delegation
            of that event.
    """
    require(actor, Permission.MANAGE_ACCOUNTS, role.event_id)
    return _grant(actor, _account(account_id), role)


@transactional
def revoke(*, actor: Actor, account_id: int, role: RoleGranted) -> bool:
    """Take a role away; False if the account does not have it.

    Raises:
        ForumError: ``no_such_account``; ``last_organiser``: somebody has to be able to give roles.
    """
    require(actor, Permission.MANAGE_ACCOUNTS, role.event_id)
    account = _account(account_id)
    held = _held(account, role)
    if held is None:
        return False
    if role.role is Role.ORGANISER and _is_last_organiser(held):
        raise ForumError("last_organiser")
    account.grants.remove(held)
    _note(actor, account, "role_revoked", role)
    return True


def change_password(
    *, actor: Actor, current: str, wanted: str, address: str | None, browser: str | None
) -> str:
    """Change one's own password, which ends every sign-in; not to be called within another command.

    Args:
        current: the password so far; not looked at where there is none yet.

    Returns:
        The secret of a new sign-in for the browser that asks.

    Raises:
        ForumError: ``wrong_current_password``, ``too_many_tries``, ``short_password``, ``long_password``.
    """
    require(actor, Permission.SIGNED_IN)
    assert actor.account_id is not None
    account = db.session.get_one(Account, actor.account_id)
    kept, email = account.password_hash, account.email
    if kept is not None:
        tries.count(kind="password", email=email, address=address)
        if not passwords.matches(kept, current):
            raise ForumError("wrong_current_password")
        tries.forget(kind="password", email=email)
    new = passwords.hashed(wanted)
    return _replace_password(actor=actor, kept=kept, new=new, address=address, browser=browser)


@transactional
def set_password(*, actor: Actor, account_id: int, password: str) -> None:
    """Give the account a new password, which ends every sign-in of it.

    Raises:
        ForumError: ``no_such_account``, ``short_password``, ``long_password``.
    """
    require(actor, Permission.MANAGE_ACCOUNTS)
    account = _account(account_id)
    account.password_hash = passwords.hashed(password)
    _note(actor, account, "password_changed", None)
    sign_ins.end_all(actor=actor, account_id=account_id)


@transactional
def _replace_password(
    *, actor: Actor, kept: str | None, new: str, address: str | None, browser: str | None
) -> str:
    account = db.session.get(Account, actor.account_id, with_for_update=True)
    if account is None or account.password_hash != kept:
        raise ForumError("wrong_current_password")
    account.password_hash = new
    _note(actor, account, "password_changed", None)
    sign_ins.end_all(actor=actor, account_id=account.id)
    return sign_ins.begin(account=account, address=address, browser=browser)


def _grant(actor: Actor, account: Account, role: RoleGranted) -> bool:
    if role.role is Role.COORDINATOR and not _is_delegation(role):
        raise ForumError("delegation_needed")
    if _held(account, role) is not None:
        return False
    account.grants.append(Grant(role=role.role, event_id=role.event_id, delegation_id=role.delegation_id))
    _note(actor, account, "role_granted", role)
    return True


def _is_delegation(role: RoleGranted) -> bool:
    delegation = db.session.get(Delegation, role.delegation_id) if role.delegation_id else None
    return delegation is not None and delegation.event_id == role.event_id


def _account(account_id: int) -> Account:
    account = db.session.get(Account, account_id, with_for_update=True)
    if account is None:
        raise ForumError("no_such_account")
    return account


def _held(account: Account, role: RoleGranted) -> Grant | None:
    wanted = (role.role, role.event_id, role.delegation_id)
    return next(
        (held for held in account.grants if (held.role, held.event_id, held.delegation_id) == wanted), None
    )


def _is_last_organiser(held: Grant) -> bool:
    return (
        db.session.scalar(
            select(Grant.id)
            .join(Account)
            .where(
                Grant.role == Role.ORGANISER,
                Grant.id != held.id,
                Account.is_active,
                (Grant.event_id.is_(None)) | (Grant.event_id == held.event_id),
            )
            .limit(1)
        )
        is None
    )


def _note(actor: Actor, account: Account, action: str, role: RoleGranted | None) -> None:
    data = {"role": role.role.value} if role else {}
    journal.record(
        actor=actor,
        action=action,
        event_id=role.event_id if role else None,
        subject_kind="account",
        subject_id=account.id,
        account=account.name,
        **data,
    )

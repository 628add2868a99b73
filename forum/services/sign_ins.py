"""Signing in and out. A browser holds a secret; the database holds its hash, and can end it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import select, update

from forum import clock, config, mail
from forum.catalogues import text_in
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.models import Account, SignIn, SignInLink
from forum.models.base import db
from forum.policy import Actor, actor_of, require
from forum.queries.accounts import home_for
from forum.queries.sign_ins import hash_of
from forum.services import delegate_accounts, journal, passwords, tries
from forum.unit_of_work import transactional

LASTS: Final = timedelta(days=30)
LINK_LASTS: Final = timedelta(minutes=30)
INVITATION_LASTS: Final = timedelta(days=7)  # nobody reads the mail of an office within half an hour
LINK_KIND: Final = "sign_in_link"
_BROWSER_LENGTH: Final = 300


@dataclass(frozen=True)
class Entered:
    """A sign-in that has just begun: the browser's ``secret``, and where its owner wanted to go."""

    secret: str
    next_path: str | None


@dataclass(frozen=True)
class Link:
    """A link to sign in with, and its number."""

    id: int
    url: str


def folded(email: str) -> str:
    """An address as accounts keep it."""
    return email.strip().lower()


def sign_in(*, actor: Actor, email: str, password: str, address: str | None, browser: str | None) -> str:
    """Let in whoever knows the password; not to be called within another command.

    Returns:
        The secret for the browser.

    Raises:
        ForumError: ``wrong_password`` (also for an unknown account), ``too_many_tries``.
    """
    require(actor, Permission.PUBLIC)
    email = folded(email)
    tries.count(kind="password", email=email, address=address)
    account = db.session.scalar(select(Account).where(Account.email == email, Account.is_active))
    kept = account.password_hash if account else None
    if not passwords.matches(kept, password) or account is None:
        raise ForumError("wrong_password")
    account_id = account.id
    tries.forget(kind="password", email=email)
    return _enter_as(account_id=account_id, kept=kept, password=password, address=address, browser=browser)


def send_link(*, actor: Actor, email: str, address: str | None, next_path: str | None = None) -> None:
    """Send a link to ``email`` if it belongs to an account or a delegate; nobody learns whether it does.

    Not to be called within another command.

    Raises:
        ForumError: ``too_many_tries``, for unknown addresses too.
    """
    require(actor, Permission.PUBLIC)
    email = folded(email)
    tries.count(kind="link", email=email, address=address)
    _make_link(email=email, next_path=next_path)


@transactional
def _make_link(*, email: str, next_path: str | None) -> None:
    account = delegate_accounts.account_with(email)
    if account is not None:
        _write_link(account, new_link(account, next_path=next_path, lasts=LINK_LASTS))


def new_link(account: Account, *, next_path: str | None, lasts: timedelta) -> Link:
    """Within a command that mails it to the account's own address: a link that signs in once."""
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    link = SignInLink(
        account_id=account.id,
        secret_hash=hash_of(secret),
        created_at=now,
        expires_at=now + lasts,
        next_path=next_path,
    )
    db.session.add(link)
    db.session.flush()
    return Link(link.id, f"{config.in_force().base_url}/sign-in/link/{secret}")


@transactional
def open_link(*, actor: Actor, secret: str, address: str | None, browser: str | None) -> Entered:
    """Let in whoever opened a link, once. Not for a GET: mail scanners open every link they see.

    Raises:
        ForumError: ``link_spent``: used, too old, or none of ours.
    """
    require(actor, Permission.PUBLIC)
    now = clock.now()
    used = db.session.execute(
        update(SignInLink)
        .where(
            SignInLink.secret_hash == hash_of(secret),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > now,
        )
        .values(used_at=now)
        .returning(SignInLink.account_id, SignInLink.next_path)
    ).first()
    account = db.session.get(Account, used.account_id) if used else None
    if used is None or account is None or not account.is_active:
        raise ForumError("link_spent")
    delegate_accounts.claim(account)
    return Entered(begin(account=account, address=address, browser=browser), used.next_path)


@transactional
def sign_out(*, actor: Actor, secret: str) -> None:
    """End this browser's sign-in."""
    require(actor, Permission.PUBLIC)
    db.session.execute(
        update(SignIn)
        .where(SignIn.secret_hash == hash_of(secret), SignIn.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


@transactional
def end(*, actor: Actor, sign_in_id: int) -> None:
    """End one of one's own sign-ins, on whatever device it is."""
    require(actor, Permission.SIGNED_IN)
    db.session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.account_id == actor.account_id, SignIn.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


@transactional
def end_all(*, actor: Actor, account_id: int, spared_secret: str | None = None) -> int:
    """End every sign-in of the account, and every link not opened yet; returns how many sign-ins ended.

    Args:
        spared_secret: of the browser that asks, which goes on.
    """
    require(actor, Permission.SIGNED_IN if actor.account_id == account_id else Permission.MANAGE_ACCOUNTS)
    now = clock.now()
    spared = hash_of(spared_secret) if spared_secret else ""
    ended = db.session.scalars(
        update(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None), SignIn.secret_hash != spared)
        .values(ended_at=now)
        .returning(SignIn.id)
    ).all()
    db.session.execute(
        update(SignInLink)
        .where(SignInLink.account_id == account_id, SignInLink.used_at.is_(None))
        .values(used_at=now)
    )
    journal.record(
        actor=actor,
        action="sign_ins_ended",
        event_id=None,
        subject_kind="account",
        subject_id=account_id,
        count=len(ended),
    )
    return len(ended)


def begin(*, account: Account, address: str | None, browser: str | None) -> str:
    """Within a command that has made sure who it is: a sign-in of ``account``; returns its secret."""
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        SignIn(
            account_id=account.id,
            secret_hash=hash_of(secret),
            created_at=now,
            expires_at=now + LASTS,
            address=address,
            browser=browser[:_BROWSER_LENGTH] if browser else None,
        )
    )
    return secret


@transactional
def _enter_as(
    *, account_id: int, kept: str | None, password: str, address: str | None, browser: str | None
) -> str:
    account = db.session.get(Account, account_id, with_for_update=True)
    # Comparing takes long and happens before this command: the password may have changed meanwhile.
    if account is None or not account.is_active or account.password_hash != kept:
        raise ForumError("wrong_password")
    if passwords.is_outdated(account.password_hash or ""):
        account.password_hash = passwords.hashed(password)
    return begin(account=account, address=address, browser=browser)


def _write_link(account: Account, link: Link) -> None:
    home = home_for(actor_of(account))
    language = account.language
    mail.write(
        occasion=f"sign-in-link-{link.id}",
        kind=LINK_KIND,
        recipient=account.email,
        language=language,
        subject=text_in(language, "Your link to sign in"),
        body=text_in(
            language,
            "Hello, %(name)s!\n\n"
            "Open this page to sign in:\n%(link)s\n\n"
            "The link works once, within %(minutes)s minutes. If you did not ask for it, simply "
            "ignore this message.",
            name=account.name,
            link=link.url,
            minutes=int(LINK_LASTS / timedelta(minutes=1)),
        ),
        event_id=home.event_id if home else delegate_accounts.latest_event_id(account.email),
        account_id=account.id,
    )

"""Beginning and ending a sign-in in the browser that asks."""

from __future__ import annotations

from flask import request, session
from flask_login import current_user, login_user, logout_user

from forum.policy import ANONYMOUS, Actor
from forum.queries import accounts
from forum.queries import sign_ins as known
from forum.services import sign_ins
from forum.web.navigation import safe_path
from forum.web.users import SignedInUser, current_actor


def address() -> str | None:
    """Where the request comes from."""
    return request.remote_addr


def name() -> str:
    """What the browser calls itself."""
    return request.user_agent.string


def secret() -> str:
    """The secret of this browser's sign-in, ``""`` without one."""
    return str(current_user.get_id() or "")


def enter(secret: str, next_path: str | None = None) -> str:
    """Sign this browser in with a fresh session; returns the path to go on to."""
    actor = known.actor_signed_in(secret) or ANONYMOUS
    # What an earlier visitor of this browser left in the session must not live on in the new one.
    session.clear()
    session.permanent = True
    login_user(SignedInUser(actor, secret))
    return safe_path(next_path) or home_path(actor)


def leave() -> None:
    """Sign this browser out, here and in the database."""
    sign_ins.sign_out(actor=current_actor(), secret=secret())
    logout_user()
    session.clear()


def home_path(actor: Actor) -> str:
    """The first page of ``actor``."""
    home = accounts.home_for(actor)
    return f"/e/{home.event_code}/{home.area}/" if home else "/"

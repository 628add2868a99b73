"""Flask-Login's view of who is signed in."""

from __future__ import annotations

from flask import Flask
from flask_login import AnonymousUserMixin, UserMixin, current_user

from forum.extensions import login_manager
from forum.policy import ANONYMOUS, Actor
from forum.queries import sign_ins


class SignedInUser(UserMixin):
    """A browser's sign-in. Its id is the secret of that sign-in, so ending the row ends the cookie."""

    def __init__(self, actor: Actor, secret: str) -> None:
        self.actor = actor
        self.name = actor.name
        self.language = actor.language
        self._secret = secret

    def get_id(self) -> str:
        return self._secret


class AnonymousUser(AnonymousUserMixin):
    actor = ANONYMOUS
    name = ""
    language = None


def current_actor() -> Actor:
    """Who is acting in this request."""
    actor: Actor = current_user.actor
    return actor


def register_users(app: Flask) -> None:
    login_manager.init_app(app)
    login_manager.anonymous_user = AnonymousUser
    login_manager.user_loader(_load)


def _load(secret: str) -> SignedInUser | None:
    actor = sign_ins.actor_signed_in(secret)
    return SignedInUser(actor, secret) if actor else None

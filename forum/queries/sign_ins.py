"""Who a browser's secret belongs to."""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from forum import clock
from forum.models import SignIn, SignInLink
from forum.models.base import db
from forum.policy import Actor, actor_of


def hash_of(secret: str) -> str:
    """What is kept of a sign-in's or a link's secret: enough to know it again, not to use it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def actor_signed_in(secret: str) -> Actor | None:
    """The actor behind a browser's secret, as long as the sign-in stands and the account is active."""
    sign_in = db.session.scalar(
        select(SignIn).where(
            SignIn.secret_hash == hash_of(secret),
            SignIn.ended_at.is_(None),
            SignIn.expires_at > clock.now(),
        )
    )
    if sign_in is None or not sign_in.account.is_active:
        return None
    return actor_of(sign_in.account)


def link_stands(secret: str) -> bool:
    """Whether a link with that secret can still be opened."""
    return (
        db.session.scalar(
            select(SignInLink.id).where(
                SignInLink.secret_hash == hash_of(secret),
                SignInLink.used_at.is_(None),
                SignInLink.expires_at > clock.now(),
            )
        )
        is not None
    )

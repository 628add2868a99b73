"""The way to an act for somebody who has just been erased, and cannot sign in any more."""

from __future__ import annotations

from typing import Final

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

_LASTS_SECONDS: Final = 24 * 60 * 60


def signed(act_id: int) -> str:
    """What stands in the address: nobody can make it up."""
    return str(_signer().dumps(act_id))


def act_id_in(secret: str) -> int | None:
    """The act that an address of the last day leads to, None where it leads nowhere."""
    try:
        found = _signer().loads(secret, max_age=_LASTS_SECONDS)
    except BadData:
        return None
    return found if isinstance(found, int) else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="act of erasure")

"""The key that a form carries so that sending it twice acts once."""

from __future__ import annotations

import secrets
from typing import Final

from flask import request

FIELD: Final = "form_key"
_LONGEST: Final = 64


def new_form_key() -> str:
    """A key for a form that is being shown."""
    return secrets.token_urlsafe(12)


def sent_form_key() -> str | None:
    """The key of the form that was sent, None without one."""
    return request.form.get(FIELD, "")[:_LONGEST] or None

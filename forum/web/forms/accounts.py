"""Signing in, and one's own password."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length, Regexp

from forum.services.passwords import SHORTEST

_MOST = Length(max=1000, message=_l("This is too long."))


def _as_typed_but_trimmed(text: Any) -> Any:
    return text.replace("\0", "").strip() if isinstance(text, str) else text


class LinkForm(FlaskForm):
    email = EmailField(
        _l("E-mail address"),
        filters=[_as_typed_but_trimmed],
        validators=[
            InputRequired(_l("Enter your e-mail address.")),
            Regexp(r"^[^@\s]+@[^@\s]+$", message=_l("Enter an e-mail address like name@example.org.")),
            Length(max=254, message=_l("This is too long.")),
        ],
    )
    next = HiddenField(filters=[_as_typed_but_trimmed])


class SignInForm(LinkForm):
    password = PasswordField(_l("Password"), validators=[InputRequired(_l("Enter your password.")), _MOST])


class PasswordForm(FlaskForm):
    """One's own password; ``current`` is taken out for who has none yet."""

    current = PasswordField(
        _l("Current password"), validators=[InputRequired(_l("Enter your current password.")), _MOST]
    )
    wanted = PasswordField(
        _l("New password"),
        validators=[
            InputRequired(_l("Enter a new password.")),
            Length(min=SHORTEST, message=_l("Take at least %(min)d characters.")),
            _MOST,
        ],
    )

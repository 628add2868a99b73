"""The switch of languages."""

from __future__ import annotations

from flask import redirect, request
from flask.typing import ResponseReturnValue

from forum.domain.localized import LANGUAGES
from forum.domain.roles import Permission
from forum.i18n import COOKIE
from forum.web.access import needs
from forum.web.auth.blueprint import blueprint
from forum.web.navigation import safe_path

_YEAR_S = 365 * 24 * 3600


@blueprint.post("/language", endpoint="language")
@needs(Permission.PUBLIC)
def change_language() -> ResponseReturnValue:
    """Remember the language in this browser and go back."""
    response = redirect(safe_path(request.form.get("next")) or "/", code=303)
    wanted = request.form.get("language")
    if wanted in LANGUAGES:
        response.set_cookie(
            COOKIE, wanted, max_age=_YEAR_S, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response

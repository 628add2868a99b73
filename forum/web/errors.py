"""What a reader sees when something goes wrong: what happened, what is kept, what to do."""

from __future__ import annotations

import logging

from flask import Flask, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from forum.errors import ForumError, NotAllowedError, StaleError
from forum.sentences import describe
from forum.web.api import problems
from forum.web.api.blueprint import is_for_programs
from forum.web.kept_forms import kept_form
from forum.web.navigation import safe_path
from forum.web.users import current_actor

_log = logging.getLogger(__name__)


def register_errors(app: Flask) -> None:
    app.register_error_handler(ForumError, _forum_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unforeseen)


def _forum_error(error: ForumError) -> ResponseReturnValue:
    if isinstance(error, NotAllowedError):
        return _page(404)
    origin = safe_path(request.referrer)
    if request.method == "POST" and origin:
        flash(describe(error), "error")
        return redirect(origin, code=303)
    return _page(409 if isinstance(error, StaleError) else 422, describe(error))


def _csrf_error(_error: CSRFError) -> ResponseReturnValue:
    return kept_form(400) or _page(
        400, _("This page was open for too long. Go back, reload it and send it again.")
    )


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if is_for_programs():
        return problems.failed(error)
    if error.code is not None and error.code < 400:
        return error.get_response()
    is_refused = error.code == 404 and request.method == "POST" and current_actor().is_anonymous
    return (kept_form(404) if is_refused else None) or _page(error.code or 500)


def _unforeseen(error: Exception) -> ResponseReturnValue:
    _log.error("unforeseen error at %s %r", request.method, request.path, exc_info=error)
    if is_for_programs():
        return problems.failed(InternalServerError())
    return _page(500)


def _page(status: int, sentence: str | None = None) -> ResponseReturnValue:
    return render_template("errors/page.html", status=status, sentence=sentence), status

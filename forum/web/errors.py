"""What a reader sees when something goes wrong: what happened, what is kept, what to do."""

from __future__ import annotations

import logging

from flask import Flask, Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from forum.database import is_busy
from forum.errors import BusyError, ForumError, NotAllowedError, StaleError
from forum.sentences import describe, register
from forum.web.api import problems
from forum.web.api.blueprint import is_for_programs
from forum.web.kept_forms import gone_form, kept_form
from forum.web.navigation import safe_path
from forum.web.users import current_actor

_log = logging.getLogger(__name__)
register({"too_busy": _l("The site is busy or being looked after. Try again in a minute.")})


def register_errors(app: Flask) -> None:
    app.register_error_handler(ForumError, _forum_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unforeseen)


def _forum_error(error: ForumError) -> ResponseReturnValue:
    if isinstance(error, BusyError):
        return _unforeseen(error)
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
    kept = None
    if error.code == 404 and request.method == "POST":
        kept = kept_form(404) if current_actor().is_anonymous else gone_form(404)
    return kept or _page(error.code or 500)


def _busy() -> Response:
    """Nothing was done, and what was typed is in the browser still: worth sending again."""
    if is_for_programs():
        response = make_response(problems.failed(ServiceUnavailable()))
    else:
        try:
            response = make_response(_page(503))
        except Exception as error:
            if not is_busy(error):
                raise
            # Not even who is reading could be looked up.
            response = make_response(_("The site is busy or being looked after. Try again in a minute."), 503)
            response.content_type = "text/plain; charset=utf-8"
    response.headers["Retry-After"] = str(problems.RETRY_AFTER_S)
    return response


def _unforeseen(error: Exception) -> ResponseReturnValue:
    if is_busy(error):
        _log.warning("too busy at %s %r", request.method, request.path)
        return _busy()
    _log.error("unforeseen error at %s %r", request.method, request.path, exc_info=error)
    if is_for_programs():
        return problems.failed(InternalServerError())
    return _page(500)


def _page(status: int, sentence: str | None = None) -> ResponseReturnValue:
    return render_template("errors/page.html", status=status, sentence=sentence), status

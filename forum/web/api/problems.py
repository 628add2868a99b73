"""What went wrong, for programs: a status, a stable code, a sentence, and what each field lacks."""

from __future__ import annotations

from typing import Any, Final

from flask import jsonify
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from forum.errors import BusyError, ForumError, NotAllowedError, StaleError
from forum.sentences import describe, register
from forum.web.api.blueprint import blueprint

_CODES: Final = {
    400: "bad_request",
    401: "token_needed",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "too_large",
    415: "json_needed",
    422: "invalid",
    500: "failed",
    503: "too_busy",
}
RETRY_AFTER_S: Final = 10
_HEADERS: Final = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": str(RETRY_AFTER_S)}}
_CONFLICTS: Final = frozenset({"registration_moved", "sent_twice"})

# For programmers, in the language of the interface's description.
register(
    {
        "token_needed": "A valid token is needed: Authorization: Bearer …",
        "token_reads_only": "This token may read only.",
        "not_found": "There is no such thing, or this token may not see it.",
        "sent_twice": "A request with this Idempotency-Key has been carried out already.",
    }
)


def problem(status: int, code: str, message: str, errors: Any = None) -> ResponseReturnValue:
    """The answer to a request that was not carried out."""
    body = {"code": code, "message": message, **({"errors": errors} if errors else {})}
    headers = _HEADERS.get(status, {})
    return jsonify(body), status, headers


@blueprint.errorhandler(ForumError)
def refused(error: ForumError) -> ResponseReturnValue:
    """A refusal of a service."""
    if isinstance(error, BusyError):
        return problem(503, error.code, describe(error))
    if isinstance(error, NotAllowedError):
        return problem(403, error.code, describe(error))
    is_conflict = isinstance(error, StaleError) or error.code in _CONFLICTS
    return problem(409 if is_conflict else 422, error.code, describe(error))


@blueprint.errorhandler(HTTPException)
def failed(error: HTTPException) -> ResponseReturnValue:
    """A refusal of Flask's or of the schemas'."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    found = getattr(error, "data", None) or {}
    return problem(
        status, _CODES.get(status, "failed"), error.description or error.name, found.get("messages")
    )


@blueprint.errorhandler(RecursionError)
def too_deep(_error: RecursionError) -> ResponseReturnValue:
    """JSON that is nested without end."""
    return problem(400, "bad_request", "The body is nested too deeply.")

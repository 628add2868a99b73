"""Fetch and authorise in one move: a view holds nothing that its reader may not see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from flask import abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.policy import may
from forum.queries import events
from forum.web.users import current_actor

View = Callable[..., ResponseReturnValue]


class Finder(Protocol):
    """A query by event and number, None when there is no such thing in that event."""

    def __call__(self, *, event_id: int, row_id: int) -> Any: ...


def needs(permission: Permission, **finders: Finder) -> Callable[[View], View]:
    """Declare what a route needs; routes without a declaration fail the build.

    ``<event_code>`` in the address becomes the argument ``event``. For every finder ``thing``,
    ``<int:thing_id>`` becomes the argument ``thing``. Whoever may not, and whatever is not there,
    gets the same 404; a reader who is not signed in is sent to sign in first.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> ResponseReturnValue:
            event = None
            if "event_code" in arguments:
                event = g.event = arguments["event"] = _found(events.find(arguments.pop("event_code")))
            if not may(current_actor(), permission, event.id if event else None):
                return _refuse()
            for name, find in finders.items():
                event_id, row_id = event.id if event else 0, arguments.pop(f"{name}_id")
                arguments[name] = _found(find(event_id=event_id, row_id=row_id))
            return view(**arguments)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def _found(thing: Any) -> Any:
    return thing if thing is not None else abort(404)


def _refuse() -> ResponseReturnValue:
    if current_actor().is_anonymous and request.method == "GET":
        return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")), code=303)
    return abort(404)

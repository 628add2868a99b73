"""Who a program is: the token decides on the forum, the role and whether it may write."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from flask import abort, g, request

from forum.domain.roles import Permission
from forum.policy import delegations_seen, may
from forum.queries import api_tokens as known
from forum.queries.api_tokens import TokenActor
from forum.sentences import sentence
from forum.services import api_tokens
from forum.web.api.problems import problem

_SCHEME: Final = "Bearer "
_LONGEST_KEY: Final = 100


def needs_token(permission: Permission, *, writes: bool = False) -> Callable[[Any], Any]:
    """Declare what a route needs. Without a valid token 401, with one that may not 403."""

    def decorate(view: Any) -> Any:
        @wraps(view)
        def guarded(*arguments: Any, **named: Any) -> Any:
            caller = known.actor_with(_secret())
            if caller is None:
                return problem(401, "token_needed", sentence("token_needed"))
            if not may(caller.actor, permission, caller.event_id):
                return problem(403, "not_allowed", sentence("not_allowed"))
            if writes and not caller.can_write:
                return problem(403, "token_reads_only", sentence("token_reads_only"))
            if api_tokens.is_due(caller.last_used_at):
                api_tokens.note_use(actor=caller.actor)
            g.program = caller
            return view(*arguments, **named)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def program() -> TokenActor:
    """Who is asking."""
    caller: TokenActor = g.program
    return caller


def seen() -> frozenset[int] | None:
    """Ids of the delegations that the program may see, None for all."""
    return delegations_seen(program().actor, program().event_id)


def once() -> str | None:
    """The key by which a request that is sent twice acts once; every program has keys of its own."""
    key = request.headers.get("Idempotency-Key", "")[:_LONGEST_KEY]
    return f"token {program().actor.token_id}: {key}" if key else None


def found(thing: Any) -> Any:
    """``thing``, else 404: what the program may not see is like what is not there."""
    return thing if thing is not None else abort(404, sentence("not_found"))


def _secret() -> str:
    given = request.headers.get("Authorization", "")
    return given[len(_SCHEME) :].strip() if given.startswith(_SCHEME) else ""

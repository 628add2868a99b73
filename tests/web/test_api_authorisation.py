"""Every route for programs x method x token. A route that somebody adds is in here without being asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from forum.domain.roles import Role
from forum.services import api_tokens
from tests import cast, factories
from tests.factories import given
from tests.web.test_authorisation import MAY, UNKNOWN_ROW


@dataclass(frozen=True)
class Request:
    path: str
    method: str
    permission: str

    @property
    def writes(self) -> bool:
        return self.method != "GET"


def _requests(app: Flask) -> Iterator[Request]:
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("api."):
            permission = str(app.view_functions[rule.endpoint].permission)  # type: ignore[attr-defined]
            path = adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, UNKNOWN_ROW))
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield Request(path, method, permission)


def _answers(app: Flask, program: cast.FlaskClient) -> dict[Request, tuple[int, str | None]]:
    """Status and code of every request, the body always too empty to be taken."""
    found = {}
    for request in _requests(app):
        answer = program.open(request.path, method=request.method, json={} if request.writes else None)
        told = answer.get_json()
        found[request] = answer.status_code, told.get("code") if isinstance(told, dict) else None
    return found


def _expected(request: Request, role: Role, *, can_write: bool) -> tuple[int, str] | None:
    """What a program is told that may not; None for one that may."""
    if request.permission not in MAY[role.value]:
        return 403, "not_allowed"
    if request.writes and not can_write:
        return 403, "token_reads_only"
    return None


@pytest.mark.parametrize("can_write", [True, False])
@pytest.mark.parametrize("role", api_tokens.ROLES)
def test_every_route_answers_as_the_token_says(app: Flask, role: Role, can_write: bool) -> None:
    event = given(factories.event)
    own = given(factories.delegation, event=event).id
    program = cast.program(app, role, event_id=event.id, delegation_id=own, can_write=can_write)
    surprises = {
        request: answer
        for request, answer in _answers(app, program).items()
        if (answer if answer[0] in (401, 403) else None) != _expected(request, role, can_write=can_write)
    }
    assert surprises == {}


def test_a_stranger_is_asked_for_a_token_everywhere(app: Flask) -> None:
    assert set(_answers(app, app.test_client()).values()) == {(401, "token_needed")}


def test_a_route_without_its_guard_would_be_found(app: Flask) -> None:
    def view(**_arguments: object) -> dict[str, str]:
        return {}

    view.permission = "see_delegates"  # type: ignore[attr-defined]
    app.view_functions["api.companies"] = view
    assert (200, None) in _answers(app, app.test_client()).values()

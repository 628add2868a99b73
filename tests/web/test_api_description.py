"""The interface for programs answers as its description says, whatever it is asked."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.domain.roles import Role
from forum.policy import SYSTEM
from forum.services import api_tokens
from tests import factories
from tests.described_requests import Asked, ask
from tests.factories import given

EXAMPLES = 40


def _asked(app: Flask) -> Asked:
    event = given(factories.event)
    company = given(factories.company, event=event)
    row = given(factories.delegate, event=event, company_id=company.id)
    made = api_tokens.create(
        actor=SYSTEM, event_id=event.id, name="Exchange", role=Role.ORGANISER, can_write=True
    )
    return ask(app, made.secret, rows={"delegate_id": row.id, "company_id": company.id}, examples=EXAMPLES)


@pytest.mark.slow
def test_every_answer_is_as_described(app: Flask) -> None:
    """``python -m tests.benchmarks.api`` asks 20,000 times."""
    asked = _asked(app)
    operations = {operation for operation, _ in asked.answers}
    succeeded = {operation for operation, status in asked.answers if status < 300}
    assert (asked.failed, operations - succeeded) == ({}, set())


def test_a_failure_would_be_found(app: Flask) -> None:
    def fail(**_arguments: object) -> None:
        raise ZeroDivisionError

    app.view_functions["api.companies"] = fail
    with pytest.raises(BaseExceptionGroup) as found:
        _asked(app)
    assert "Server error" in str(found.value.exceptions)

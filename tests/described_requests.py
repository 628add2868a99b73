"""Whatever the description of the interface for programs allows, and what it does not, asked of the app."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance


@dataclass
class Asked:
    """Answers by operation and status."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.answers.total()

    @property
    def failed(self) -> dict[tuple[str, int], int]:
        return {key: count for key, count in self.answers.items() if key[1] >= 500}


def ask(app: Flask, secret: str, *, rows: Mapping[str, int], examples: int, number: int = 1) -> Asked:
    """About ``examples`` requests of every operation, half of them as described, half of them not.

    Those that are as described go to ``rows`` that are there, in the version that they have by then.
    """
    asked, headers = Asked(), {"Authorization": f"Bearer {secret}"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    for result in schema.get_all_operations():
        operation = result.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            cases = operation.as_strategy(generation_mode=mode)
            if mode is GenerationMode.POSITIVE:
                cases = cases.map(partial(_aimed, app.test_client(), headers, rows))
            _ask(operation, cases, headers, asked, examples // 2, number)
    return asked


def _aimed(client: FlaskClient, headers: Mapping[str, str], rows: Mapping[str, int], case: Any) -> Any:
    case.path_parameters = {name: rows[name] for name in case.path_parameters or {}}
    if isinstance(case.body, dict) and "version" in case.body:
        now = client.get(case.formatted_path.removesuffix("/decision"), headers=headers).get_json()
        case.body["version"] = now["version"]
    return case


def _ask(
    operation: Any, cases: Any, headers: dict[str, str], asked: Asked, examples: int, number: int
) -> None:
    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def every(case: Any) -> None:
        answer = case.call(headers=headers)
        asked.answers[operation.label, answer.status_code] += 1
        case.validate_response(
            answer,
            checks=(not_a_server_error, status_code_conformance, response_schema_conformance),
            headers=headers,
        )

    every()

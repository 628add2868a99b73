"""Whatever is sent to whatever route: an answer, never a failure, and never the way to another site."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, quote_plus

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.wrappers import Response

from forum.domain.roles import Role
from tests import cast
from tests.furnished import Furnished, field_names, furnished, routes

# Percent-encoded as a browser or an attacker would send them, so that bytes that are no text fit in too.
NUL: Final = "a%00b"
LONE_SURROGATE: Final = "%ED%A0%80"
NO_TEXT: Final = "%FF%FE"
NUMBERS: Final = tuple(map(str, (-1, 0, 2**31 - 1, 2**31, 2**63 - 1, 2**63, 10**20, -(10**20))))
ODD_NUMBERS: Final = tuple(
    quote_plus(text) for text in ("1e309", "NaN", "½", "٣", "0x1F", "1_000", " 7 ", "1.5", "+1", "--1")
)
WAYS_OUT: Final = tuple(
    quote_plus(text)
    for text in (
        "//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "///evil.example",
        "/\t/evil.example", "http://[", "javascript:alert(1)", "https:evil.example", "/\r\nSet-Cookie: a=b",
    )
)  # fmt: skip
TEXTS: Final = tuple(
    quote_plus(text)
    for text in (
        "", " ", "%_\\", "' OR 1=1 --", "{{7*7}}", "<script>", "\u202e\u200b\ufeff", "👩‍👩‍👧", "ǅ", "İ",
        "[]", "../../etc/passwd",
    )
)  # fmt: skip
HOSTILE: Final = (NUL, LONE_SURROGATE, NO_TEXT, *NUMBERS, *ODD_NUMBERS, *WAYS_OUT, *TEXTS)
# Those that are known to break something somewhere go into every field at once, the others take turns.
WORST: Final = (NUL, str(2**63), str(10**20), "-1", quote_plus("http://["), "%2F%2Fevil.example")
ENDLESS: Final = ("9" * 3_500, "9" * 100_000, "a+" * 1_700, "%D1%8F" * 60_000, "%25" * 1_000)
READ_AS_TEXT: Final = ("q", "find", "reason", "email", "code", "next", "capacity", "form_key", "seed", "ids")
MANY_PARTS: Final = b"--x\r\nContent-Disposition: form-data; name=q\r\n\r\n1\r\n" * 3_000
TURNS: Final = 6
LONGEST_ADDRESS: Final = 4_000  # gunicorn takes no longer ones
SENDERS: Final = (None, Role.ORGANISER, Role.DELEGATE, Role.COORDINATOR, Role.DESK)


@pytest.fixture(autouse=True)
def _without_csrf(request: pytest.FixtureRequest) -> None:
    for name in {"app", "any_app", "postgresql_app"} & set(request.fixturenames):
        request.getfixturevalue(name).config["WTF_CSRF_ENABLED"] = False


class Prober:
    """Asks every route and keeps what went wrong."""

    def __init__(self, app: Flask, world: Furnished) -> None:
        self.app = app
        self.world = world
        self.routes = list(routes(app))
        self.failures: list[str] = []

    def browser(self, role: Role | None) -> FlaskClient:
        account = self.world.accounts[role]
        return cast.browser(self.app, account) if account else self.app.test_client()

    def send(self, client: FlaskClient, method: str, path: str, sent: str) -> None:
        # A browser that is signed out, or forgotten, by what it sends still has its next address.
        if method == "GET":
            self.judge(client.get(f"{path}?{sent}"), f"GET {path}?{sent[:80]}")
            return
        answer = client.post(
            path,
            data=sent,
            content_type="application/x-www-form-urlencoded",
            headers={"Referer": "https://evil.example/"},
        )
        self.judge(answer, f"POST {path} {sent[:80]}")

    def judge(self, answer: Response, request: str) -> None:
        if answer.status_code >= 500:
            self.failures.append(f"{answer.status_code} {request}")
        target = answer.headers.get("Location", "/")
        if not target.startswith("/") or target.startswith(("//", "/\\")):
            self.failures.append(f"leads to {target}: {request}")
        answer.close()

    def send_everywhere(self, role: Role | None, *all_sent: str) -> None:
        client = self.browser(role)
        for rule, method in self.routes:
            if rule.endpoint in ("auth.sign_out", "auth.end_other_sign_ins"):
                continue
            path = self.world.path(self.app, rule)
            for sent in all_sent:
                if method == "POST" or len(sent) < LONGEST_ADDRESS:
                    self.send(client, method, path, sent)


def everywhere(value: str) -> str:
    """``value`` in every field that any page reads."""
    return "&".join(f"{name}={value}" for name in field_names())


def in_turns(turn: int) -> str:
    """Another value in every field, and other ones at every turn."""
    return "&".join(
        f"{name}={HOSTILE[(7 * place + turn * 5) % len(HOSTILE)]}" for place, name in enumerate(field_names())
    )


@pytest.fixture
def quiet() -> Iterator[None]:
    """What an app says about requests that it refuses is not what is looked at here."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("role", SENDERS, ids=str)
def test_no_value_breaks_a_route(app: Flask, quiet: None, role: Role | None) -> None:
    prober = Prober(app, furnished())
    is_organiser = role is Role.ORGANISER
    worst, turns = WORST if is_organiser else WORST[::3], range(TURNS if is_organiser else 1)
    prober.send_everywhere(role, *map(everywhere, worst), *map(in_turns, turns))
    assert prober.failures == []


def test_no_endless_value_breaks_a_route(app: Flask, quiet: None) -> None:
    prober = Prober(app, furnished())
    prober.send_everywhere(
        Role.ORGANISER,
        *(f"{name}={ENDLESS[2 * (place % 2)]}" for place, name in enumerate(READ_AS_TEXT[:4])),
        *(f"{name}={ENDLESS[place % 5]}" for place, name in enumerate(READ_AS_TEXT)),
    )
    assert prober.failures == []


def test_no_value_breaks_a_route_on_postgresql(postgresql_app: Flask, quiet: None) -> None:
    """There the character 0 and numbers beyond a column's size fail in comparisons too."""
    prober = Prober(postgresql_app, furnished())
    prober.send_everywhere(
        Role.ORGANISER, *map(everywhere, (NUL, LONE_SURROGATE, str(2**31), str(2**63), "-1"))
    )
    assert prober.failures == []


def test_no_address_breaks_a_route(postgresql_app: Flask, quiet: None) -> None:
    world = furnished()
    prober = Prober(postgresql_app, world)
    client = prober.browser(Role.ORGANISER)
    for rule, method in prober.routes:
        path = world.path(postgresql_app, rule)
        for name in rule.arguments:
            for value in (
                "%00",
                "%ED%A0%80",
                "0",
                "-1",
                str(2**31),
                str(2**63),
                "9" * 5000,
                "%F0%9F%99%82",
                "..%2f",
            ):
                there = quote(str(world.arguments.get(name, 1)))
                prober.send(client, method, path.replace(f"/{there}", f"/{value}", 1), "")
    assert prober.failures == []


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PROPFIND"])
def test_no_method_breaks_a_route(app: Flask, quiet: None, method: str) -> None:
    world = furnished()
    prober = Prober(app, world)
    client = prober.browser(Role.ORGANISER)
    for rule, _ in prober.routes:
        path = world.path(app, rule)
        prober.judge(client.open(path, method=method), f"{method} {path}")
    assert prober.failures == []


BODIES: Final = (
    ("application/json", b'{"a": ['),
    ("application/json", b"[" * 50_000),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=ids\r\n"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", MANY_PARTS),
    ("application/x-www-form-urlencoded; charset=utf-7", b"+AG4-=1"),
    ("application/x-www-form-urlencoded", b"ids=1&" * 10_000),
    ("application/x-www-form-urlencoded", b"a" * 2_000_000),
    ("text/xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
)


def test_no_body_breaks_a_route(app: Flask, quiet: None) -> None:
    world = furnished()
    prober = Prober(app, world)
    client = prober.browser(Role.ORGANISER)
    for rule, method in prober.routes:
        if method == "POST" and rule.endpoint != "auth.sign_out":
            path = world.path(app, rule)
            for content_type, body in BODIES:
                answer = client.post(path, data=body, content_type=content_type)
                prober.judge(answer, f"{path} {content_type}")
    assert prober.failures == []


def test_many_people_chosen_at_once_are_no_problem(any_app: Flask, quiet: None) -> None:
    world = furnished()
    prober = Prober(any_app, world)
    client = prober.browser(Role.ORGANISER)
    ids = "&".join(f"ids={n}" for n in range(1, 45_000))
    for word in ("accept", "decline", "approved", "declined"):
        for rule, method in prober.routes:
            if rule.endpoint.endswith("_decide"):
                prober.send(client, method, world.path(any_app, rule), f"do={word}&{ids}")
    assert prober.failures == []


def test_no_mixture_of_values_breaks_a_route(app: Flask, quiet: None) -> None:
    world = furnished()
    prober = Prober(app, world)
    clients = {role: prober.browser(role) for role in SENDERS}
    known = [str(value) for value in world.arguments.values()]
    likely = st.sampled_from(
        [*known, "yes", "no", "seat", "accept", "badge", "all", "a6", "approved", "name", "-name"]
    )
    pairs = st.tuples(
        st.sampled_from(field_names()),
        st.one_of(likely, st.sampled_from(HOSTILE), st.text(max_size=30).map(_sent)),
    )

    @settings(
        max_examples=250,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(SENDERS), st.sampled_from(prober.routes), st.lists(pairs, max_size=12))
    def send(role: Role | None, route: tuple, sent: list[tuple[str, str]]) -> None:  # type: ignore[type-arg]
        rule, method = route
        body = "&".join(f"{name}={value}" for name, value in sent)
        prober.send(clients[role], method, world.path(app, rule), body)
        assert prober.failures == []

    send()


def test_a_route_that_breaks_would_be_noticed(app: Flask, quiet: None) -> None:
    app.add_url_rule("/broken", "broken", lambda: abort(500))
    prober = Prober(app, furnished())
    client = prober.browser(None)
    prober.send(client, "GET", "/broken", "")
    prober.judge(app.response_class("", 302, {"Location": "//evil.example"}), "GET /away")
    assert prober.failures == ["500 GET /broken?", "leads to //evil.example: GET /away"]


def _sent(text: str) -> str:
    return quote_plus(text.encode("utf-8", "surrogatepass"))

"""Telling other programs: what is told, how it is signed, and what happens when nobody takes it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from flask import Flask

from forum import clock, http_post, jobs
from forum.domain.roles import Role
from forum.domain.states import DeliveryStatus, RegistrationStatus
from forum.errors import ForumError, NotAllowedError
from forum.http_post import NotDeliveredError
from forum.models import Webhook, WebhookDelivery
from forum.models.base import db
from forum.policy import SYSTEM
from forum.services import registrations, webhooks
from tests import cast, factories
from tests.factories import given


@dataclass
class Receiver:
    """A program that is told; ``status`` is what it answers."""

    url: str = ""
    status: int = 200
    arrived: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.arrived.append((dict(self.headers), body))
            self.send_response(found.status)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            self.wfile.write("жарайды".encode())

        def log_message(self, *_arguments: Any) -> None:
            """Nothing goes to the console."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}/told?by=forum"
    Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def own_network(app: Flask) -> None:
    app.extensions["forum_settings"] = replace(app.extensions["forum_settings"], webhooks_to_own_network=True)


def _added(event_id: int, address: str, *occasions: str) -> webhooks.NewWebhook:
    return webhooks.add(actor=SYSTEM, event_id=event_id, address=address, occasions=occasions)


def _decided(event_id: int, *delegate_ids: int) -> None:
    registrations.decide(
        actor=SYSTEM, event_id=event_id, delegate_ids=delegate_ids, status=RegistrationStatus.WITHDRAWN
    )


def _deliveries() -> list[tuple[DeliveryStatus, int, str | None]]:
    rows = db.session.query(WebhookDelivery).order_by(WebhookDelivery.id)
    return [(row.status, row.attempts, row.answer) for row in rows]


@pytest.mark.usefixtures("own_network")
def test_a_decision_is_told_once_signed_and_without_names(app: Flask, receiver: Receiver) -> None:
    event = given(factories.event)
    person = given(factories.delegate, event=event)
    made = _added(event.id, receiver.url, "registration.decided")
    _decided(event.id, person.id)
    jobs.work_off(app)
    ((headers, body),) = receiver.arrived
    told = json.loads(body)
    moment, digest = (part.partition("=")[2] for part in headers["Forum-Signature"].split(","))
    expected = hmac.new(made.secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert digest == expected
    assert told == {
        "id": headers["Forum-Delivery"],
        "occasion": "registration.decided",
        "at": told["at"],
        "event": event.code,
        "subjects": [{"kind": "delegate", "id": person.id}],
    }
    assert _deliveries() == [(DeliveryStatus.DELIVERED, 1, "200 жарайды")]


@pytest.mark.usefixtures("own_network")
def test_a_decision_on_several_is_told_of_each(app: Flask, receiver: Receiver) -> None:
    event = given(factories.event)
    people = [given(factories.delegate, event=event).id for _ in range(3)]
    _added(event.id, receiver.url, "registration.decided")
    _decided(event.id, *people)
    jobs.work_off(app)
    told = [json.loads(body)["subjects"][0]["id"] for _, body in receiver.arrived]
    assert sorted(told) == people


@pytest.mark.usefixtures("own_network")
def test_what_was_not_asked_for_is_not_told(app: Flask, receiver: Receiver) -> None:
    event, other = given(factories.event), given(factories.event)
    _added(event.id, receiver.url, "arrival.marked")
    _added(other.id, receiver.url, "registration.decided")
    _decided(event.id, given(factories.delegate, event=event).id)
    jobs.work_off(app)
    assert receiver.arrived == []


@pytest.mark.usefixtures("own_network")
def test_what_is_rolled_back_is_not_told(app: Flask, receiver: Receiver) -> None:
    event = given(factories.event)
    _added(event.id, receiver.url, "registration.decided")
    with pytest.raises(ForumError):
        _decided(event.id, 404)
    jobs.work_off(app)
    assert (receiver.arrived, _deliveries()) == ([], [])


@pytest.mark.usefixtures("own_network")
@pytest.mark.parametrize("status", [500, 302, 404])
def test_what_is_not_taken_is_tried_again_later(app: Flask, receiver: Receiver, status: int) -> None:
    event = given(factories.event)
    made = _added(event.id, receiver.url, "test")
    receiver.status = status
    webhooks.try_out(actor=SYSTEM, event_id=event.id, webhook_id=made.id)
    jobs.work_off(app)
    jobs.go_round()  # too early
    assert (len(receiver.arrived), _deliveries()) == (1, [(DeliveryStatus.QUEUED, 1, f"{status} жарайды")])


@pytest.mark.usefixtures("own_network")
def test_after_all_tries_it_is_given_up_until_somebody_asks(
    app: Flask, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    event, start = given(factories.event), clock.now()
    made = _added(event.id, receiver.url, "test")
    receiver.status = 503
    webhooks.try_out(actor=SYSTEM, event_id=event.id, webhook_id=made.id)
    for day in range(20):
        monkeypatch.setattr(clock, "now", lambda day=day: start + timedelta(days=2 * day))
        jobs.go_round()
    tries = len(webhooks.PAUSES) + 1
    assert _deliveries() == [(DeliveryStatus.FAILED, tries, "503 жарайды")]
    keys = {headers["Forum-Delivery"] for headers, _ in receiver.arrived}
    assert (len(receiver.arrived), len(keys)) == (tries, 1)
    receiver.status = 204
    assert webhooks.send_again(actor=SYSTEM, event_id=event.id, webhook_id=made.id) == 1
    jobs.work_off(app)
    assert [status for status, _, _ in _deliveries()] == [DeliveryStatus.DELIVERED]


def test_the_own_network_is_not_knocked_at(app: Flask, receiver: Receiver) -> None:
    """The guard, and that without it the notice arrives."""
    with pytest.raises(NotDeliveredError) as refusal:
        http_post.post(receiver.url.replace("http:", "https:"), b"{}", {}, to_own_network=False)
    assert refusal.value.code == "address_not_public"
    assert http_post.post(receiver.url, b"{}", {}, to_own_network=True).is_good


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://example.org/", "webhook_https_needed"),
        ("ftp://example.org/", "webhook_bad_address"),
        ("https://", "webhook_bad_address"),
        ("https://user:word@example.org/", "webhook_bad_address"),
        ("https://example.org:99999/", "webhook_bad_address"),
        ("https://[::1", "webhook_bad_address"),
        ("", "webhook_bad_address"),
    ],
)
def test_an_address_that_cannot_be_told_is_refused(app: Flask, address: str, code: str) -> None:
    event = given(factories.event)
    with pytest.raises(ForumError) as refusal:
        _added(event.id, address, "test")
    assert refusal.value.code == code


def test_only_who_manages_the_forum_adds_addresses(app: Flask) -> None:
    event = given(factories.event)
    own = given(factories.delegation, event=event).id
    refused = set()
    for role in Role:
        actor = cast.actor(role, event_id=event.id, delegation_id=own)
        try:
            webhooks.add(actor=actor, event_id=event.id, address="https://example.org/", occasions=["test"])
        except NotAllowedError:
            refused.add(role)
    assert refused == set(Role) - {Role.ORGANISER}


def test_the_signing_key_is_not_readable_in_the_database(app: Flask) -> None:
    event = given(factories.event)
    made = _added(event.id, "https://example.org/", "test")
    kept = db.session.query(Webhook.sealed_secret).scalar()
    assert made.secret.encode() not in kept


@pytest.mark.usefixtures("own_network")
def test_a_removed_address_is_told_nothing_more(app: Flask, receiver: Receiver) -> None:
    event = given(factories.event)
    made = _added(event.id, receiver.url, "test")
    webhooks.try_out(actor=SYSTEM, event_id=event.id, webhook_id=made.id)
    webhooks.remove(actor=SYSTEM, event_id=event.id, webhook_id=made.id)
    jobs.work_off(app)
    assert (receiver.arrived, _deliveries()) == ([], [])

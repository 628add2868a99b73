"""The one action of the public pages: what it is for whom, and what is said honestly beside it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum import clock
from forum.domain.admissions import DEFAULTS
from forum.domain.roles import Role
from forum.domain.states import Category, Opening, RegistrationStatus
from forum.models import Admission, Event, RegistrationDraft
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.factories import given

NOW = factories.at(12, day=1)


@pytest.fixture
def event(app: Flask) -> Event:
    return given(factories.event, code="here")


def _shown(browser: FlaskClient) -> tuple[str, str, str]:
    """Label and address of the action, and the note beside it."""
    browser.set_cookie("language", "en")
    page = browser.get("/e/here/").text
    action = re.search(
        r'<a class="button is-primary is-large" href="([^"]*)">.*?</svg>\s*([^<]*)</a>', page, re.S
    )
    note = re.search(r'<p class="hero-note muted">(.*?)</p>', page, re.S)
    text = " ".join(re.sub("<[^>]+>", "", note[1]).split()) if note else ""
    return (action[2].strip(), action[1], text) if action else ("", "", text)


def _open(event: Event, **openings: Opening) -> None:
    with transaction():
        for category in Category:
            opening = openings.get(category.value, Opening.INVITED)
            approval = DEFAULTS[category].approval
            db.session.add(
                Admission(event_id=event.id, category=category, opening=opening, approval=approval, asked={})
            )


def _window(event: Event, **ends: Any) -> None:
    with transaction():
        row = db.session.merge(event)
        row.registration_opens_at = ends.get("opens")
        row.registration_closes_at = ends.get("closes")


def test_strangers_register_while_it_is_open_for_everybody(client: FlaskClient, event: Event) -> None:
    _window(event, closes=NOW + timedelta(hours=5))
    with clock.frozen(NOW):
        shown = _shown(client)
    assert shown == (
        "Register",
        "/e/here/register",
        "It takes about three minutes. Registration is open until 1 Dec 2026, 17:00."
        " Registered already? Sign in",
    )


@pytest.mark.parametrize(
    ("ends", "note"),
    [
        ({"opens": NOW + timedelta(hours=1)}, "Registration opens on 1 Dec 2026, 13:00."),
        ({"closes": NOW - timedelta(hours=1)}, "Registration closed on 1 Dec 2026, 11:00."),
    ],
)
def test_before_and_after_it_says_when(
    client: FlaskClient, event: Event, ends: dict[str, Any], note: str
) -> None:
    _window(event, **ends)
    with clock.frozen(NOW):
        shown = _shown(client)
    assert shown == ("Sign in to my cabinet", "/sign-in?next=/e/here/my/", note)


def test_where_one_is_invited_it_says_so(client: FlaskClient, event: Event) -> None:
    _open(event)
    assert _shown(client)[2] == (
        "One registers for this forum by invitation. Participants get a link to sign in by e-mail."
    )


@pytest.mark.parametrize(("opening", "links"), [(Opening.OPEN, 1), (Opening.INVITED, 0)])
def test_the_press_has_a_link_of_its_own_where_it_may(
    client: FlaskClient, event: Event, opening: Opening, links: int
) -> None:
    _open(event, press=opening)
    client.set_cookie("language", "en")
    assert client.get("/e/here/").text.count('href="/e/here/register?category=press"') == links


@pytest.mark.parametrize(
    ("status", "label", "path"),
    [
        (RegistrationStatus.APPLIED, "My registration", "/e/here/my/profile"),
        (RegistrationStatus.ASKED, "Answer the organisers", "/e/here/my/profile"),
        (RegistrationStatus.WAITING, "My registration", "/e/here/my/profile"),
        (RegistrationStatus.OFFERED, "Answer about my place", "/e/here/my/profile"),
        (RegistrationStatus.APPROVED, "Open my cabinet", "/e/here/my/"),
        (RegistrationStatus.DECLINED, "My registration", "/e/here/my/profile"),
        (RegistrationStatus.WITHDRAWN, "My registration", "/e/here/my/profile"),
    ],
)
def test_who_has_registered_is_told_where_they_stand(
    app: Flask, event: Event, status: RegistrationStatus, label: str, path: str
) -> None:
    me = cast.account(Role.DELEGATE, event_id=event.id)
    given(factories.delegate, event=event, account_id=me.id, status=status)
    assert _shown(cast.browser(app, me))[:2] == (label, path)


def test_who_has_begun_goes_on(app: Flask, event: Event) -> None:
    me = cast.account()
    with transaction():
        db.session.add(
            RegistrationDraft(
                event_id=event.id,
                category=Category.DELEGATE,
                account_id=me.id,
                secret_hash="x",
                language="ru",
                created_at=NOW,
                updated_at=NOW,
                expires_at=NOW + timedelta(days=1),
            )
        )
    assert _shown(cast.browser(app, me)) == (
        "Continue my registration",
        "/e/here/register",
        "What you have entered is kept.",
    )

"""Signing in: passwords, links, limits, and ending it."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from flask import Flask

from forum import clock
from forum.domain.roles import Role
from forum.domain.states import RegistrationStatus
from forum.errors import ForumError
from forum.models import Account, Delegate, Message, SignIn, SignInAttempt, SignInLink
from forum.models.base import db
from forum.policy import ANONYMOUS, SYSTEM, RoleGranted, actor_of
from forum.queries.sign_ins import actor_signed_in
from forum.services import accounts, sign_ins, tries
from tests import cast, factories
from tests.factories import given

PASSWORD = "жұмсақ алма 2026"


def _account(email: str = "aliya@example.org", *, password: str | None = PASSWORD) -> int:
    return accounts.create(actor=SYSTEM, email=email, name="Әлия", password=password)


def _sign_in(
    email: str = "aliya@example.org", password: str = PASSWORD, *, address: str = "192.0.2.1"
) -> str:
    return sign_ins.sign_in(
        actor=ANONYMOUS, email=email, password=password, address=address, browser="Firefox"
    )


def _refusal(email: str, password: str, *, address: str = "192.0.2.1") -> ForumError:
    with pytest.raises(ForumError) as refused:
        _sign_in(email, password, address=address)
    return refused.value


def _ask_for_link(email: str, *, next_path: str | None = None) -> None:
    sign_ins.send_link(actor=ANONYMOUS, email=email, address="192.0.2.1", next_path=next_path)


def _mails() -> list[Message]:
    return list(db.session.query(Message).order_by(Message.id))


def _secret_of(mail: Message) -> str:
    found = re.search(r"http://localhost/sign-in/link/(\S+)", mail.body)
    assert found is not None
    return found[1]


def _open(secret: str) -> sign_ins.Entered:
    return sign_ins.open_link(actor=ANONYMOUS, secret=secret, address=None, browser=None)


def test_the_password_lets_in(any_app: Flask) -> None:
    account_id = _account()
    actor = actor_signed_in(_sign_in("  Aliya@Example.ORG "))
    assert actor is not None
    assert actor.account_id == account_id


def test_a_password_typed_with_decomposed_letters_is_the_same(app: Flask) -> None:
    _account(password="синий йогурт утром")
    assert _sign_in(password="синий йогурт утром") != ""


def test_only_the_hash_of_the_secret_is_kept(app: Flask) -> None:
    _account()
    secret = _sign_in()
    kept = [str(value) for row in db.session.query(SignIn) for value in vars(row).values()]
    assert [value for value in kept if secret in value] == []


@pytest.mark.parametrize(
    ("email", "password"),
    [("aliya@example.org", "not the password"), ("nobody@example.org", PASSWORD), ("link@example.org", "")],
)
def test_wrong_unknown_and_without_password_are_refused_alike(app: Flask, email: str, password: str) -> None:
    _account()
    _account("link@example.org", password=None)
    error = _refusal(email, password)
    assert (error.code, error.data) == ("wrong_password", {})


def test_an_account_that_is_not_active_stays_outside(app: Flask) -> None:
    account_id = _account()
    with factories.transaction():
        db.session.get_one(Account, account_id).is_active = False
    assert _refusal("aliya@example.org", PASSWORD).code == "wrong_password"


def test_too_many_tries_close_the_account_even_to_the_right_password(any_app: Flask) -> None:
    _account()
    with clock.frozen(factories.at(12)):
        for _ in range(tries.PER_ACCOUNT["password"]):
            _refusal("aliya@example.org", "guess")
    with clock.frozen(factories.at(12, 5)):
        error = _refusal("aliya@example.org", PASSWORD)
    assert (error.code, error.data) == ("too_many_tries", {"minutes": 10})


def test_the_waiting_comes_to_an_end_however_often_one_knocks(app: Flask) -> None:
    _account()
    with clock.frozen(factories.at(12)):
        for _ in range(tries.PER_ACCOUNT["password"]):
            _refusal("aliya@example.org", "guess")
    with clock.frozen(factories.at(12, 14)):
        assert _refusal("aliya@example.org", PASSWORD).code == "too_many_tries"
    with clock.frozen(factories.at(12, 15)):
        assert _sign_in() != ""


def test_a_success_forgets_the_tries_of_the_account(app: Flask) -> None:
    _account()
    for _ in range(tries.PER_ACCOUNT["password"] - 1):
        _refusal("aliya@example.org", "guess")
    _sign_in()
    assert db.session.query(SignInAttempt).count() == 0


def test_an_address_that_guesses_at_many_accounts_is_stopped(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(tries.PER_ADDRESS, "password", 3)
    for number in range(3):
        _refusal(f"somebody{number}@example.org", "guess", address="192.0.2.9")
    _account()
    assert _refusal("aliya@example.org", PASSWORD, address="192.0.2.9").code == "too_many_tries"
    assert _sign_in(address="192.0.2.1") != ""


def test_guesses_at_once_are_counted_one_by_one(any_app: Flask) -> None:
    """Twenty at the same instant: no more than the limit get as far as the password."""
    codes: list[str] = []
    start = threading.Barrier(20)

    def guess() -> None:
        with any_app.app_context():
            start.wait()
            codes.append(_refusal("aliya@example.org", "guess").code)

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(codes) == 20
    assert codes.count("wrong_password") <= tries.PER_ACCOUNT["password"]


def test_a_link_leads_in_once(any_app: Flask) -> None:
    account_id = _account(password=None)
    _ask_for_link("ALIYA@example.org", next_path="/e/f/my/")
    secret = _secret_of(_mails()[0])
    entered = _open(secret)
    actor = actor_signed_in(entered.secret)
    assert actor is not None
    assert (actor.account_id, entered.next_path) == (account_id, "/e/f/my/")
    with pytest.raises(ForumError, match="link_spent"):
        _open(secret)


def test_a_link_opened_by_two_at_once_lets_one_in(any_app: Flask) -> None:
    _account(password=None)
    _ask_for_link("aliya@example.org")
    secret = _secret_of(_mails()[0])
    outcomes: list[str] = []
    start = threading.Barrier(8)

    def rival() -> None:
        with any_app.app_context():
            start.wait()
            try:
                _open(secret)
                outcomes.append("in")
            except ForumError as error:
                outcomes.append(error.code)

    threads = [threading.Thread(target=rival) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in"] + ["link_spent"] * 7
    db.session.rollback()  # what was read before the rivals is a view of the past
    assert db.session.query(SignIn).count() == 1


def test_an_old_link_leads_nowhere(app: Flask) -> None:
    _account(password=None)
    with clock.frozen(factories.at(12)):
        _ask_for_link("aliya@example.org")
    with clock.frozen(factories.at(12, 30)), pytest.raises(ForumError, match="link_spent"):
        _open(_secret_of(_mails()[0]))


def test_only_the_hash_of_a_link_is_kept_with_it(app: Flask) -> None:
    _account(password=None)
    _ask_for_link("aliya@example.org")
    secret = _secret_of(_mails()[0])
    assert [row.secret_hash for row in db.session.query(SignInLink) if secret in row.secret_hash] == []


def test_the_mail_speaks_the_language_of_its_reader(app: Flask) -> None:
    accounts.create(actor=SYSTEM, email="a@example.org", name="Айгүл", language="kk")
    _ask_for_link("a@example.org")
    mail = _mails()[0]
    assert (mail.recipient, mail.language, mail.subject) == ("a@example.org", "kk", "Кіруге арналған сілтеме")


def test_an_unknown_address_gets_no_mail_and_no_refusal(app: Flask) -> None:
    _ask_for_link("nobody@example.org")
    assert _mails() == []


def test_links_are_limited_for_known_and_unknown_addresses_alike(app: Flask) -> None:
    _account(password=None)
    for email in ("aliya@example.org", "nobody@example.org"):
        for _ in range(tries.PER_ACCOUNT["link"]):
            _ask_for_link(email)
        with pytest.raises(ForumError, match="too_many_tries"):
            _ask_for_link(email)


def test_a_delegate_without_an_account_gets_one_by_the_first_link(any_app: Flask) -> None:
    event = given(factories.event)
    given(factories.delegate, event=event, email="dana@example.org", language="kk")
    _ask_for_link("dana@example.org")
    mail = _mails()[0]
    actor = actor_signed_in(_open(_secret_of(mail)).secret)
    assert actor is not None
    assert (mail.event_id, actor.language, actor.roles) == (
        event.id,
        "kk",
        frozenset({RoleGranted(Role.DELEGATE, event.id)}),
    )
    assert db.session.query(Delegate.account_id).all() == [(actor.account_id,)]


def test_asking_alone_joins_nobody_with_an_account(app: Flask) -> None:
    event = given(factories.event)
    given(factories.delegate, event=event, email="aliya@example.org")
    _account(password=None)
    _ask_for_link("aliya@example.org")
    assert db.session.query(Delegate.account_id).all() == [(None,)]


@pytest.mark.parametrize("status", [RegistrationStatus.WITHDRAWN, RegistrationStatus.DECLINED])
def test_who_does_not_take_part_may_still_read_why(app: Flask, status: RegistrationStatus) -> None:
    event = given(factories.event)
    given(factories.delegate, event=event, email="dana@example.org", status=status)
    _ask_for_link("dana@example.org")
    assert (len(_mails()), db.session.query(Account).count()) == (1, 1)


def test_who_was_erased_gets_no_account(app: Flask) -> None:
    event = given(factories.event)
    given(factories.delegate, event=event, email="dana@example.org", erased_at=factories.at(9))
    _ask_for_link("dana@example.org")
    assert (_mails(), db.session.query(Account).count()) == ([], 0)


def test_signing_out_ends_this_browser_only(app: Flask) -> None:
    _account()
    first, second = _sign_in(), _sign_in()
    sign_ins.sign_out(actor=ANONYMOUS, secret=first)
    assert (actor_signed_in(first), actor_signed_in(second) is None) == (None, False)


def test_a_sign_in_ends_by_itself(app: Flask) -> None:
    _account()
    secret = _sign_in()
    with clock.frozen(clock.now() + sign_ins.LASTS + timedelta(seconds=1)):
        assert actor_signed_in(secret) is None


def test_nobody_ends_the_sign_in_of_another(app: Flask) -> None:
    _account()
    secret = _sign_in()
    stranger = cast.actor(Role.ORGANISER)
    sign_in_id = db.session.query(SignIn.id).scalar()
    sign_ins.end(actor=stranger, sign_in_id=sign_in_id)
    assert actor_signed_in(secret) is not None


def test_a_changed_password_ends_every_sign_in_and_every_link(any_app: Flask) -> None:
    account_id = _account()
    elsewhere = _sign_in()
    _ask_for_link("aliya@example.org")
    actor = actor_of(db.session.get_one(Account, account_id))
    here = accounts.change_password(
        actor=actor, current=PASSWORD, wanted="a quite different one", address=None, browser=None
    )
    assert (actor_signed_in(elsewhere), actor_signed_in(here)) == (None, actor)
    with pytest.raises(ForumError, match="link_spent"):
        _open(_secret_of(_mails()[0]))
    assert _refusal("aliya@example.org", PASSWORD).code == "wrong_password"
    assert _sign_in(password="a quite different one") != ""


def test_ending_all_others_spares_this_browser(app: Flask) -> None:
    account_id = _account()
    here, elsewhere = _sign_in(), _sign_in()
    actor = actor_of(db.session.get_one(Account, account_id))
    ended = sign_ins.end_all(actor=actor, account_id=account_id, spared_secret=here)
    assert (ended, actor_signed_in(here), actor_signed_in(elsewhere)) == (1, actor, None)

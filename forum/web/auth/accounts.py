"""One's own account: the password, and the browsers in which one is signed in."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum import sentences
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.queries import accounts as known
from forum.queries.accounts import AccountView
from forum.services import accounts, sign_ins
from forum.services.passwords import SHORTEST
from forum.web.access import needs
from forum.web.auth import browsers
from forum.web.auth.blueprint import blueprint
from forum.web.forms.accounts import PasswordForm
from forum.web.users import current_actor

_NO_ZONE: Final = ZoneInfo("UTC")
_ABOUT_THE_NEW_ONE: Final = ("short_password", "long_password")


@blueprint.get("/account")
@needs(Permission.SIGNED_IN)
def account() -> ResponseReturnValue:
    own = _own_account()
    return _page(own, _password_form(own))


@blueprint.post("/account/password")
@needs(Permission.SIGNED_IN)
def change_password() -> ResponseReturnValue:
    own = _own_account()
    form = _password_form(own)
    if form.validate_on_submit():
        try:
            secret = accounts.change_password(
                actor=current_actor(),
                current=(form.current.data or "") if own.has_password else "",
                wanted=form.wanted.data or "",
                address=browsers.address(),
                browser=browsers.name(),
            )
            return _changed(secret)
        except ForumError as error:
            _say_at_its_field(form, error)
    return _page(own, form), 422


def _say_at_its_field(form: PasswordForm, error: ForumError) -> None:
    field = form.wanted if error.code in _ABOUT_THE_NEW_ONE else form.current or form.wanted
    field.errors = (sentences.describe(error),)


@blueprint.post("/account/sign-ins/<int:sign_in_id>/end")
@needs(Permission.SIGNED_IN)
def end_sign_in(sign_in_id: int) -> ResponseReturnValue:
    sign_ins.end(actor=current_actor(), sign_in_id=sign_in_id)
    flash(_("That browser has been signed out."), "good")
    return redirect(url_for("auth.account"), code=303)


@blueprint.post("/account/sign-ins/end-others")
@needs(Permission.SIGNED_IN)
def end_other_sign_ins() -> ResponseReturnValue:
    own = _own_account()
    sign_ins.end_all(actor=current_actor(), account_id=own.id, spared_secret=browsers.secret())
    flash(_("All other browsers have been signed out."), "good")
    return redirect(url_for("auth.account"), code=303)


def _page(own: AccountView, form: PasswordForm) -> str:
    home = known.home_for(current_actor())
    return render_template(
        "auth/account.html",
        account=own,
        form=form,
        least=SHORTEST,
        back_url=browsers.home_path(current_actor()),
        zone=home.zone if home else _NO_ZONE,
    )


def _own_account() -> AccountView:
    return known.own(current_actor().account_id or 0, browsers.secret())


def _password_form(own: AccountView) -> PasswordForm:
    form = PasswordForm()
    if not own.has_password:
        del form.current
    return form


def _changed(secret: str) -> ResponseReturnValue:
    browsers.enter(secret)
    flash(_("The password has been changed. All other browsers have been signed out."), "good")
    return redirect(url_for("auth.account"), code=303)


sentences.register(
    {
        "account_exists": _l("There is an account with this e-mail address already."),
        "delegation_needed": _l("A coordinator needs a delegation of the forum."),
        "last_organiser": _l("This is the last organiser: make somebody else an organiser first."),
        "long_password": _l("The password is too long: take at most %(most)s characters."),
        "no_such_account": _l("There is no such account."),
        "short_password": _l("The password is too short: take at least %(least)s characters."),
        "wrong_current_password": _l("The current password is not right."),
    }
)

"""Signing in by a link or by a password, and signing out."""

from __future__ import annotations

import re
from typing import Final

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import generate_csrf

from forum import sentences
from forum.domain.roles import Permission
from forum.errors import ForumError
from forum.queries.sign_ins import link_stands
from forum.services import sign_ins
from forum.web.access import needs
from forum.web.auth import browsers
from forum.web.auth.blueprint import blueprint
from forum.web.forms.accounts import LinkForm, SignInForm
from forum.web.navigation import safe_path
from forum.web.users import current_actor

_FOR_STAFF: Final = re.compile(r"/e/[^/]+/(desk|venue)(/|$)")


@blueprint.get("/sign-in")
@needs(Permission.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """The way in that fits where the reader wanted to go: a link for delegates, a password for staff."""
    next_path = safe_path(request.args.get("next"))
    if not current_actor().is_anonymous:
        return redirect(next_path or browsers.home_path(current_actor()), code=303)
    if _FOR_STAFF.match(next_path or ""):
        return redirect(url_for("auth.password", next=next_path), code=303)
    return redirect(url_for("auth.link", next=next_path), code=303)


@blueprint.route("/sign-in/link", methods=["GET", "POST"])
@needs(Permission.PUBLIC)
def link() -> ResponseReturnValue:
    """Ask for a link; the answer is the same whether or not the address is known."""
    form = LinkForm(next=request.args.get("next"))
    if form.validate_on_submit():
        try:
            sign_ins.send_link(
                actor=current_actor(),
                email=form.email.data or "",
                address=browsers.address(),
                next_path=safe_path(form.next.data),
            )
            return redirect(url_for("auth.link_sent"), code=303)
        except ForumError as error:
            form.email.errors = (sentences.describe(error),)
    return render_template("auth/link.html", form=form), 422 if form.errors else 200


@blueprint.get("/sign-in/link/sent")
@needs(Permission.PUBLIC)
def link_sent() -> ResponseReturnValue:
    return render_template("auth/link_sent.html", minutes=int(sign_ins.LINK_LASTS.total_seconds() // 60))


@blueprint.route("/sign-in/link/<secret>", methods=["GET", "POST"])
@needs(Permission.PUBLIC)
def open_link(secret: str) -> ResponseReturnValue:
    """A page with one button: opening it alone signs nobody in, because mail scanners open links too."""
    if request.method == "GET":
        return render_template("auth/open_link.html", stands=link_stands(secret))
    try:
        entered = sign_ins.open_link(
            actor=current_actor(), secret=secret, address=browsers.address(), browser=browsers.name()
        )
    except ForumError:
        return render_template("auth/open_link.html", stands=False), 410
    return redirect(browsers.enter(entered.secret, entered.next_path), code=303)


@blueprint.route("/sign-in/password", methods=["GET", "POST"])
@needs(Permission.PUBLIC)
def password() -> ResponseReturnValue:
    form = SignInForm(next=request.args.get("next"))
    if form.validate_on_submit():
        try:
            secret = sign_ins.sign_in(
                actor=current_actor(),
                email=form.email.data or "",
                password=form.password.data or "",
                address=browsers.address(),
                browser=browsers.name(),
            )
            return redirect(browsers.enter(secret, form.next.data), code=303)
        except ForumError as error:
            form.password.errors = (sentences.describe(error),)
    return render_template("auth/password.html", form=form), 422 if form.errors else 200


@blueprint.get("/sign-in/form-token.json", endpoint="form_token")
@needs(Permission.PUBLIC)
def form_token() -> ResponseReturnValue:
    """What a form needs that was kept while its reader signed in in another window; nothing before that.

    Another site cannot read the answer, and a browser that says so when it asks for one gets none.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        abort(404)
    answer = jsonify(token="" if current_actor().is_anonymous else generate_csrf())
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@blueprint.post("/sign-out")
@needs(Permission.PUBLIC)
def sign_out() -> ResponseReturnValue:
    browsers.leave()
    return redirect("/", code=303)


sentences.register(
    {
        "too_many_tries": _l("There were too many tries. You can try again in %(minutes)s min."),
        "wrong_password": _l("The e-mail address or the password is not right."),
        "link_spent": _l("This link has been used or is too old. Ask for a new one."),
    }
)

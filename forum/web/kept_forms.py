"""What was typed survives a sign-in that ended meanwhile, to be sent again, and a thing that is gone."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.web.users import current_actor

_MOST_SIGNS: Final = 200_000
_CODE: Final = re.compile(r"[a-z0-9_:.,#-]*")
"""Numbers, times and choices of a list: nobody has to copy them out of a form that has no use any more."""


def kept_form(status: int) -> ResponseReturnValue | None:
    """The page with which to send this very form again; None where it may not, or need not, come back.

    Only a form of our own pages comes back: another site's would be one press away from being accepted.
    A password never does.
    """
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    if not _is_own() or not _is_worth_it(fields):
        return None
    is_out = current_actor().is_anonymous
    page = render_template(
        "errors/kept_form.html",
        is_out=is_out,
        address=request.full_path.rstrip("?"),
        fields=fields,
        has_files=any(file.filename for file in request.files.values()),
        title=_("You are no longer signed in") if is_out else _("This page was open for too long"),
    )
    return page, status


def gone_form(status: int) -> ResponseReturnValue | None:
    """The page with what was typed about something that is not there any more; None where nothing was.

    It is the same where the reader may not see the thing, so that it tells nothing about what there is.
    """
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    typed = [value.strip() for name, value in fields if not name.endswith("_before")]
    texts = dict.fromkeys(text for text in typed if not _CODE.fullmatch(text))
    if not texts or request.url_rule is None or not _is_own() or not _is_worth_it(fields):
        return None
    return render_template("errors/gone_form.html", typed="\n\n".join(texts)), status


def _is_own() -> bool:
    origin = urlsplit(request.headers.get("Origin", ""))
    return request.method == "POST" and bool(origin.netloc) and origin.netloc == request.host


def _is_worth_it(fields: list[tuple[str, str]]) -> bool:
    return (
        bool(fields)
        and "HX-Request" not in request.headers
        and not any("password" in name for name, _value in fields)
        and sum(len(value) for _name, value in fields) <= _MOST_SIGNS
    )

"""What the desk's and the cabinet's page of a company share: saving, and both versions when overtaken."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from forum.domain.company_profile import differences
from forum.errors import ForumError, StaleError
from forum.queries import delegations
from forum.queries.companies import CompanyView
from forum.queries.events import EventView
from forum.sentences import describe
from forum.services import companies as commands
from forum.web.company_words import FIELD_TITLES, said_of
from forum.web.forms.companies import OwnCompanyForm
from forum.web.numbers import whole_number
from forum.web.toasts import toast
from forum.web.users import current_actor


def is_saved(event: EventView, company: CompanyView, form: OwnCompanyForm) -> bool:
    """Save what the form says. A refusal is said in the form, which keeps everything typed.

    Raises:
        StaleError: somebody has changed the company meanwhile.
    """
    try:
        changed = commands.change(
            actor=current_actor(),
            event_id=event.id,
            company_id=company.id,
            version=_version(form),
            profile=form.written(company.profile),
        )
    except StaleError:
        raise
    except ForumError as error:
        form.form_errors.append(describe(error))
        return False
    toast(_("Saved.") if changed else _("Nothing was different."))
    return True


def versions(event: EventView, company: CompanyView, form: OwnCompanyForm) -> list[dict[str, Any]]:
    """What is there now beside what was typed; sent again, the form holds for what is there now."""
    mine, titles = form.written(company.profile), dict(delegations.titles(event_id=event.id))
    form.version.data, form.version.raw_data = str(company.version), None
    return [
        {
            "label": FIELD_TITLES[name],
            "theirs": said_of(company.profile, name, titles),
            "mine": said_of(mine, name, titles),
        }
        for name in differences(company.profile, mine)
    ]


def _version(form: OwnCompanyForm) -> int:
    try:
        return whole_number(form.version.data or "0")
    except ValueError:
        return 0

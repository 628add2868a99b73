"""The grid of times in which somebody can meet, for the cabinet and the desk: keeping it, its days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from flask_babel import gettext as _

from forum.errors import ForumError, StaleError
from forum.queries.availability import AvailabilityView, SlotView
from forum.queries.events import EventView
from forum.sentences import describe
from forum.services import availability as commands
from forum.web.forms.availability import AvailabilityForm
from forum.web.users import current_actor


def refused(event: EventView, found: AvailabilityView, form: AvailabilityForm) -> int:
    """Keep it, 0; or say in the form why not: 409 where it has changed meanwhile, else 422."""
    try:
        commands.put(
            actor=current_actor(),
            event_id=event.id,
            delegate_id=found.delegate_id,
            version=form.version.data or 0,
            offered=form.offered.data or (),
            free=form.free.data or (),
            limits=form.limits,
        )
    except StaleError:
        form.version.data = found.version
        form.form_errors = [_("These times have changed meanwhile. Yours are kept here: save them again.")]
        return 409
    except ForumError as error:
        form.form_errors = [describe(error)]
        return 422
    return 0


def by_day(event: EventView, slots: Iterable[SlotView]) -> list[tuple[date, list[SlotView]]]:
    """The slots of each day, by the clock of the forum."""
    days = groupby(slots, key=lambda slot: slot.starts_at.astimezone(event.zone).date())
    return [(day, list(those)) for day, those in days]

"""The journal: who did what, when, to whom."""

from __future__ import annotations

from collections.abc import Iterable

from flask import render_template, request
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.i18n import language
from forum.policy import may
from forum.queries import journal as known
from forum.queries.events import EventView
from forum.queries.sorting import sort_key
from forum.web import journal_sentences
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.numbers import row_number
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/desk/journal", endpoint="journal")
@needs(Permission.SEE_JOURNAL)
def journal(event: EventView) -> ResponseReturnValue:
    """The latest first; what belongs to no forum is for those who look after all of them."""
    with_house = may(current_actor(), Permission.SEE_JOURNAL)
    found = known.page(
        event_id=event.id,
        with_house=with_house,
        account_id=request.args.get("who", type=row_number),
        action=request.args.get("what"),
        number=request.args.get("page", 1, type=int),
    )
    return render_template(
        "desk/journal/list.html",
        page=found,
        said=journal_sentences.said,
        people=known.people(event_id=event.id, with_house=with_house),
        actions=_labelled(known.actions(event_id=event.id, with_house=with_house)),
    )


def _labelled(actions: Iterable[str]) -> list[tuple[str, str]]:
    """Actions with their names, in the order of the reader's language."""
    named = ((code, journal_sentences.label(code)) for code in actions)
    return sorted(named, key=lambda pair: sort_key(pair[1], language()))

"""People at the desk: the list, one person, decisions."""

from __future__ import annotations

import io
from typing import Any

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from forum.domain.roles import Permission
from forum.i18n import language
from forum.policy import delegations_seen, may
from forum.queries import answers, companions, delegate_list, delegations, paper_standing, wishes
from forum.queries.delegates import DelegateView
from forum.queries.events import EventView
from forum.queries.paper_kinds import KINDS
from forum.web import profile_words, registration_words  # noqa: F401 (what refusals and the journal say)
from forum.web.access import needs
from forum.web.desk.answers import answers_card, offered_questions
from forum.web.desk.blueprint import blueprint
from forum.web.desk.delegate_workbook import delegate_workbook
from forum.web.desk.history import history
from forum.web.forms.delegates import chosen_filter
from forum.web.people import visible_delegate
from forum.web.users import current_actor
from forum.web.words import CATEGORIES, STATUSES


@blueprint.get("/e/<event_code>/desk/delegates", endpoint="delegates")
@needs(Permission.SEE_DELEGATES)
def delegates(event: EventView) -> ResponseReturnValue:
    """Everybody, filtered and sorted as the address says."""
    sort, seen = request.args.get("sort", "name"), delegations_seen(current_actor(), event.id)
    return render_template(
        "desk/delegates/list.html",
        page=delegate_list.page(
            event_id=event.id,
            chosen=chosen_filter(request.args, seen),
            language=language(),
            sort=sort,
            number=request.args.get("page", 1, type=int),
        ),
        sort=sort,
        delegations=delegations.titles(event_id=event.id),
        offered=_offered(event),
        may_decide=_may_decide(event),
    )


@blueprint.get("/e/<event_code>/desk/delegates.xlsx", endpoint="delegates_workbook")
@needs(Permission.SEE_DELEGATES)
def delegates_workbook(event: EventView) -> ResponseReturnValue:
    """Everybody whom the same filters show, as a workbook."""
    people = delegate_list.everyone(
        event_id=event.id,
        chosen=chosen_filter(request.args, delegations_seen(current_actor(), event.id)),
        language=language(),
    )
    content = io.BytesIO(
        delegate_workbook(
            people,
            answers.table(event_id=event.id, delegate_ids=[each.id for each in people]),
            wishes.named(event_id=event.id),
        )
    )
    return send_file(content, as_attachment=True, download_name=f"{event.code}-delegates.xlsx")


@blueprint.get("/e/<event_code>/desk/delegates/<int:delegate_id>", endpoint="delegate")
@needs(Permission.SEE_DELEGATES, delegate=visible_delegate)
def delegate(event: EventView, delegate: DelegateView) -> ResponseReturnValue:
    """One person."""
    may_print = may(current_actor(), Permission.PRINT, event.id)
    return render_template(
        "desk/delegates/delegate.html",
        delegate=delegate,
        answers=answers_card(event, delegate),
        may_print=may_print,
        prints=paper_standing.prints_of(event, delegate.id) if may_print else (),
        paper_titles={code: kind.title for code, kind in KINDS.items()},
        may_mark_vip=_may_decide(event),
        may_bring_people=may(current_actor(), Permission.MANAGE_MEMBERS, event.id),
        around=companions.around(event_id=event.id, delegate_id=delegate.id),
        **history(event, delegate.id),
    )


def _offered(event: EventView) -> dict[str, Any]:
    """What the filters offer to choose from."""
    return {
        "statuses": STATUSES.items(),
        "categories": CATEGORIES.items(),
        "questions": offered_questions(event),
    }


def _may_decide(event: EventView) -> bool:
    """Whether the reader decides on people, rather than only seeing them."""
    return may(current_actor(), Permission.MANAGE_DELEGATES, event.id)

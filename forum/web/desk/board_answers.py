"""How the board answers: with data for its script, with a page and a toast for a browser without one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.errors import ForumError, StaleError
from forum.queries import board_news, board_windows, plans
from forum.queries.board_news import Pulse
from forum.queries.board_windows import Cards
from forum.queries.boards import BoardRow, BoardRows, SlotView
from forum.queries.events import EventView
from forum.queries.held_agendas import Holder
from forum.sentences import describe
from forum.web.desk.board_words import deed_sentence, deeds_sentence
from forum.web.desk.plan_words import standing_sentence
from forum.web.filters import clock_time, day_long, localized
from forum.web.numbers import whole_number
from forum.web.toasts import toast

_PAGES: Final[Mapping[BoardRows, tuple[str, Mapping[str, str], str]]] = {
    BoardRows.TABLES: ("desk.agenda", {"holder": Holder.TABLE.value}, "holder_id"),
    BoardRows.COMPANIES: ("desk.company", {}, "company_id"),
    BoardRows.DELEGATES: ("desk.delegate", {}, "delegate_id"),
    BoardRows.INTERPRETERS: ("desk.agenda", {"holder": Holder.INTERPRETER.value}, "holder_id"),
}


def wants_data() -> bool:
    """Whether the board's script asks."""
    return request.accept_mimetypes.best == "application/json"


def compact(facts: dict[str, Any]) -> Response:
    """Data without blanks and with its letters as they are: half the weight of what Flask writes."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return Response(text, mimetype="application/json")


def answering(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Tell the script what was refused, and what others did meanwhile; pages are told as always."""

    @wraps(view)
    def answered(event: EventView, plan: Pulse, **arguments: Any) -> ResponseReturnValue:
        if not wants_data():
            return view(event, plan, **arguments)
        try:
            return view(event, plan, **arguments)
        except StaleError as error:
            return jsonify(said=f"{describe(error)} {_meanwhile(event, plan)}".strip()), 409
        except ForumError as error:
            return jsonify(said=describe(error)), 422

    return answered


def done(event: EventView, plan_id: int, said: str, number: int) -> ResponseReturnValue:
    """Say what was done, and offer to undo it."""
    if wants_data():
        return jsonify(said=said, change=number)
    where: dict[str, Any] = {"event_code": event.code, "plan_id": plan_id}
    toast(said, undo_url=url_for("desk.board_undo", **where), change=number)
    return redirect(url_for("desk.plan", **where), code=303)


def slot_data(slots: Iterable[SlotView], zone: ZoneInfo) -> list[dict[str, Any]]:
    """What stands above the columns."""
    return [
        {
            "id": slot.id,
            "day": day_long(slot.starts_at.astimezone(zone).date()),
            "time": clock_time(slot.starts_at, zone),
            "ends": clock_time(slot.ends_at, zone),
            "block": slot.block,
        }
        for slot in slots
    ]


def row_data(event: EventView, kind: BoardRows, row: BoardRow) -> dict[str, Any]:
    """What stands at the left of a row, and its own page."""
    label = row.text or localized(row.name)
    if kind is BoardRows.TABLES:
        label = _("Table %(number)s", number=row.text)
    return {"id": row.id, "label": label, "note": localized(row.note), "url": row_url(event, kind, row)}


def row_url(event: EventView, kind: BoardRows, row: BoardRow) -> str:
    """The page of a company or a person, the agenda of a table or an interpreter."""
    endpoint, fixed, argument = _PAGES[kind]
    where: dict[str, Any] = {**fixed, argument: row.id}
    return url_for(endpoint, event_code=event.code, **where)


def cards_data(cards: Cards) -> dict[str, Any]:
    """Meetings with short keys, as there are hundreds, and the names in them once each."""
    meetings = cards.meetings
    return {
        "cards": [
            {
                "r": each.request_id,
                "m": each.meeting_id,
                "s": each.slot_id,
                "t": each.table_id,
                "i": each.interpreter_id,
                "n": each.length,
                "l": each.is_locked,
                "a": each.sender_id,
                "b": each.receiver_id,
                "p": [[person.delegate_id, person.company_id] for person in each.people],
            }
            for each in meetings
        ],
        "companies": {key: localized(name) for key, name in cards.companies.items()},
        "people": {person.delegate_id: person.name for each in meetings for person in each.people},
        "tables": {each.table_id: each.table_number for each in meetings},
        "interpreters": {each.interpreter_id: each.interpreter for each in meetings if each.interpreter_id},
    }


def news_data(event: EventView, plan: Pulse, since: int, me: int | None) -> dict[str, Any]:
    """What was changed after that number and by whom; not ``whole`` when a board has to read all again."""
    deeds = board_news.since(event_id=event.id, plan_id=plan.plan_id, change_number=since)
    touched = {move.request_id for deed in deeds for move in deed.moves}
    told = [
        {
            "said": deed_sentence(deed, event.zone),
            "mine": deed.account_id is not None and deed.account_id == me,
            "requests": [move.request_id for move in deed.moves],
        }
        for deed in deeds
    ]
    facts = {
        "number": plan.change_number,
        "draft": plan.is_draft,
        "standing": _standing(event, plan),
        "whole": {deed.change for deed in deeds} == set(range(since + 1, plan.change_number + 1)),
        "deeds": told,
    }
    return facts | cards_data(board_windows.cards(plan_id=plan.plan_id, request_ids=touched))


def _standing(event: EventView, plan: Pulse) -> str:
    found = plans.find(event_id=event.id, row_id=plan.plan_id)
    return standing_sentence(found) if found else ""


def _meanwhile(event: EventView, plan: Pulse) -> str:
    since = request.form.get("number", type=whole_number)
    if since is None:
        return ""
    deeds = board_news.since(event_id=event.id, plan_id=plan.plan_id, change_number=since)
    return deeds_sentence(deeds, event.zone)

"""How the board speaks: what a cell would mean, and what others did meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from forum.queries.board_news import Deed, Move
from forum.queries.consequences import EffectView, OutcomeView
from forum.sentences import register
from forum.web import journal_sentences
from forum.web.desk.blueprint import blueprint
from forum.web.desk.plan_words import CLASHES, pair
from forum.web.filters import moment

register(
    {
        "board_stale": _l(
            "Meanwhile something has changed that matters here. Nothing was moved: look again."
        ),
        "change_overtaken": _l("This can no longer be undone: it has been changed again since."),
        "no_such_change": _l("There is nothing to undo."),
        "nothing_to_move": _l("The meeting is there already."),
        "remedy_fails": _l("That would not be enough: something else is in the way. Nothing was changed."),
    }
)
journal_sentences.register(
    {
        "meeting_change_undone": (_l("Change undone"), _l("A change of a meeting by hand was undone.")),
        "remedy_taken": (_l("Room made"), _l("Room was made for a meeting that had none.")),
    }
)

KINDS: Final = {
    "here": _l("It is here now"),
    "free": _l("Free"),
    "possible": _l("Possible"),
    "impossible": _l("Impossible"),
}
_PLAIN: Final = {
    "person_tired": _l("%(person)s needs a rest"),
    "too_long": _l("the meeting is longer than the time left before the break"),
    "no_table": _l("no table is free"),
    "no_interpreter": _l("no interpreter is free"),
    "person_elsewhere": _l("%(person)s is at a session or on a visit"),
    "person_unavailable": _l("%(person)s is away"),
    "person_busy": _l("%(person)s is in another meeting that can go nowhere else: %(companies)s"),
    "person_locked": _l("%(person)s is in a locked meeting: %(companies)s"),
    "person_over_limit": _l("%(person)s has as many meetings as allowed"),
    "table_taken": _l("table %(table)s is taken: %(companies)s"),
    "table_locked": _l("table %(table)s is taken by a locked meeting: %(companies)s"),
    "table_closed": _l("the table is closed"),
    "table_foreign": _l("the table is reserved for others"),
    "interpreter_taken": _l("%(interpreter)s interprets then: %(companies)s"),
    "interpreter_languages": _l("%(interpreter)s does not speak their languages"),
    "interpreter_unavailable": _l("%(interpreter)s is away"),
    "interpreter_tired": _l("%(interpreter)s needs a break"),
    "swaps": _l("swaps with %(companies)s"),
    "moves": _l("%(companies)s moves to %(time)s"),
    "other_table": _l("%(companies)s moves to table %(table)s"),
    "other_interpreter": _l("needs another interpreter: %(interpreter)s"),
    "at_table": _l("table %(table)s"),
}


def outcomes_data(outcomes: Iterable[OutcomeView], zone: ZoneInfo) -> list[dict[str, str]]:
    """For the board's script: what to paint, to show in the cell, to say of it, and to know it by."""
    kept: dict[int, str] = {}

    def words(effect: EffectView) -> str:
        if id(effect) not in kept:
            kept[id(effect)] = effect_words(effect, zone)
        return kept[id(effect)]

    kinds = {kind: str(said) for kind, said in KINDS.items()}
    return [
        {
            "kind": each.kind.value,
            "short": next(map(words, (*each.obstacles, *each.effects)), kinds[each.kind]),
            "said": _sentence(kinds[each.kind], map(words, _all_effects(each))),
            "mark": each.mark,
        }
        for each in outcomes
    ]


@blueprint.app_template_filter("outcome_sentence")
def outcome_sentence(outcome: OutcomeView, zone: ZoneInfo) -> str:
    """What the cell would mean, whole: «Possible: swaps with …; … waits one slot longer»."""
    said = (effect_words(each, zone) for each in _all_effects(outcome))
    return _sentence(str(KINDS[outcome.kind]), said)


def _all_effects(outcome: OutcomeView) -> tuple[EffectView, ...]:
    return (*outcome.obstacles, *outcome.effects, *outcome.notes)


def _sentence(kind: str, said: Iterable[str]) -> str:
    told = "; ".join(said)
    return f"{kind}: {told}" if told else kind


def effect_words(effect: EffectView, zone: ZoneInfo) -> str:
    """One obstacle, consequence or note."""
    names = {
        "person": effect.person or "…",
        "companies": pair(*effect.companies) if effect.companies else "…",
        "time": moment(effect.starts_at, zone) if effect.starts_at else "…",
        "table": effect.table if effect.table is not None else "…",
        "interpreter": effect.interpreter or "…",
    }
    if effect.code == "waits_longer":
        return ngettext(
            "%(person)s waits %(num)s slot longer", "%(person)s waits %(num)s slots longer",
            effect.count, person=names["person"],
        )  # fmt: skip
    if effect.code == "waits_less":
        return ngettext(
            "%(person)s waits %(num)s slot less", "%(person)s waits %(num)s slots less",
            effect.count, person=names["person"],
        )  # fmt: skip
    if effect.code in _PLAIN:
        return str(_PLAIN[effect.code]) % names
    said = str(CLASHES.get(effect.code, _l("this is not allowed")))
    return said[:1].lower() + said[1:]


def deed_sentence(deed: Deed, zone: ZoneInfo) -> str:
    """Who did what: «Anna Petrova: «A» – «B» is now on 2 Dec, 10:00, table 4»."""
    who = deed.who or _("the program itself")
    done = "; ".join(_moved(move, zone) for move in deed.moves if move.companies is not None)
    return f"{who}: {done}"


def deeds_sentence(deeds: Iterable[Deed], zone: ZoneInfo) -> str:
    """What happened meanwhile, the latest first, at most three."""
    latest = list(deeds)[::-1][:3]
    return " ".join(f"{deed_sentence(deed, zone)}." for deed in latest)


def _moved(move: Move, zone: ZoneInfo) -> str:
    companies = pair(*move.companies) if move.companies else "…"
    if move.starts_at is None:
        return _("%(companies)s is now without a time", companies=companies)
    return _(
        "%(companies)s is now at %(time)s, table %(number)s",
        companies=companies,
        time=moment(move.starts_at, zone),
        number=move.table if move.table is not None else "…",
    )

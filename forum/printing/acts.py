"""Acts of erasure: what was erased, when and why, on one page that names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from forum.printing.act_labels import ActLabels, act_labels
from forum.printing.fonts import printable
from forum.printing.pages import rendered
from forum.printing.press import press_of_this_thread

ACT_STYLES: Final = ("fonts.css", "act.css")


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureAct:
    """An act in the language of its reader. ``groups`` are pairs of a group's code and a count.

    ``person`` is the number of a registration, "" where the act is about many; ``asked_label`` the day
    of the request, "" where a term has passed. Labels are written dates.
    """

    language: str
    event_title: str
    dates: str
    place: str
    number: int
    drawn_up_label: str
    person: str = ""
    asked_label: str = ""
    groups: tuple[tuple[str, int], ...]


def act_pdf(act: ErasureAct) -> bytes:
    """The act as PDF/UA-1. Equal acts make equal bytes."""
    return press_of_this_thread().written(act_html(act), ACT_STYLES)


def act_html(act: ErasureAct) -> str:
    labels = act_labels(act.language)
    return rendered(
        "act.html",
        act=act,
        labels=labels,
        title=printable(labels.title.format(number=act.number)),
        facts=[(label, printable(text)) for label, text in _facts(act, labels)],
        rows=[(labels.groups[code], count) for code, count in act.groups],
        total=sum(count for _, count in act.groups),
        stays=labels.stays_of_one if act.person else labels.stays_of_many,
    )


def _facts(act: ErasureAct, labels: ActLabels) -> list[tuple[str, str]]:
    where = ", ".join(filter(None, (act.dates, act.place)))
    return [
        (labels.forum, act.event_title + (f" ({where})" if where else "")),
        (labels.drawn_up, act.drawn_up_label),
        (labels.about, labels.one.format(number=act.person) if act.person else labels.many),
        (labels.reason, labels.asked.format(day=act.asked_label) if act.asked_label else labels.term),
        (labels.how, labels.method),
    ]

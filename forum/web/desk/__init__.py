"""The organisers' side."""

from forum.web.desk import board, delegates, meetings, papers, plan_words, requests, today, visits
from forum.web.desk.blueprint import blueprint

__all__ = [
    "blueprint",
    "board",
    "delegates",
    "meetings",
    "papers",
    "plan_words",
    "requests",
    "today",
    "visits",
]

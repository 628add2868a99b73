"""The organisers' side."""

from forum.web.desk import (
    board,
    delegates,
    imports,
    invitations,
    inviting,
    journal,
    journal_actions,
    meetings,
    messages,
    papers,
    plan_words,
    programs,
    requests,
    today,
    visits,
)
from forum.web.desk.blueprint import blueprint

__all__ = [
    "blueprint",
    "board",
    "delegates",
    "imports",
    "invitations",
    "inviting",
    "journal",
    "journal_actions",
    "meetings",
    "messages",
    "papers",
    "plan_words",
    "programs",
    "requests",
    "today",
    "visits",
]

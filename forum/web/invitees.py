"""Looking at a list of people before anybody is written to."""

from __future__ import annotations

from dataclasses import dataclass

from forum.queries import invited
from forum.queries.events import EventView
from forum.sentences import sentence
from forum.services.invitations import Invitee
from forum.web.invitation_words import PROBLEMS
from forum.workbooks.invitees import InviteeLine, read_lines


@dataclass(frozen=True)
class PreviewRow:
    """A line, and why nobody is written to; ``reason`` is empty where somebody is. ``is_error``: mend it."""

    line: InviteeLine
    reason: str
    is_error: bool


@dataclass(frozen=True)
class Preview:
    """What a sending would do."""

    rows: tuple[PreviewRow, ...]

    @property
    def invitees(self) -> tuple[Invitee, ...]:
        """Whom a letter would go to."""
        wanted = (row.line for row in self.rows if not row.reason)
        return tuple(Invitee(line.name, line.email, line.language) for line in wanted)

    @property
    def errors(self) -> int:
        return sum(row.is_error for row in self.rows)

    @property
    def left(self) -> int:
        return sum(bool(row.reason) and not row.is_error for row in self.rows)


def preview(event: EventView, text: str) -> Preview:
    """Every line of ``text`` with what it would lead to."""
    lines = read_lines(text)
    known = invited.known(event_id=event.id, emails={line.email for line in lines if line.email})
    return Preview(tuple(_row(line, known.get(line.email)) for line in lines))


def _row(line: InviteeLine, known: str | None) -> PreviewRow:
    if line.problem is not None:
        return PreviewRow(line, str(PROBLEMS[line.problem]), is_error=True)
    return PreviewRow(line, sentence(known) if known else "", is_error=False)

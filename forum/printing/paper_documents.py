"""Papers of the forum, not of a person: frozen, primitives only, already in the languages of the paper.

A paper has a ``title`` in its first language and, where it speaks two, a ``subtitle`` in the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from forum.printing.documents import STAMP, AgendaDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What every paper of the forum has. ``paper`` says which it is; ``footer`` when it was made."""

    language: str
    event_title: str
    when: str
    paper: str
    footer: str = field(default="", metadata=STAMP)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleDocument:
    """Days of a table, an interpreter, a company, a room or the whole forum.

    ``nothing`` is said where there is no day; ``clock`` names the clock that the times follow.
    """

    heading: Heading
    title: str
    subtitle: str = ""
    lines: tuple[str, ...] = ()
    days: tuple[AgendaDay, ...] = ()
    nothing: str = ""
    clock: str = ""
    revision: int = field(default=1, metadata=STAMP)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """A column of a list. ``width`` in mm, 0 takes what is left; ``kind``: text, number, blank or box."""

    title: str
    width: float = 0
    kind: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """Rows under a heading of their own. A cell's further lines follow line feeds.

    A row of one cell stands above those that follow it: the stop at which they get in.
    """

    title: str = ""
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDocument:
    """A list to sign, to tick or to look something up in. ``spare`` empty rows follow the last one."""

    heading: Heading
    title: str
    subtitle: str = ""
    lines: tuple[str, ...] = ()
    columns: tuple[ListColumn, ...]
    parts: tuple[ListPart, ...]
    nothing: str = ""
    spare: int = 0
    is_wide: bool = False
    revision: int = field(default=1, metadata=STAMP)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatedPerson:
    """Who sits somewhere. ``rank`` is the place in the order of precedence, from 1."""

    rank: int
    name: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatingSide:
    """A delegation along one side, from the top of the paper down; ``behind`` sit in the second row."""

    title: str
    people: tuple[SeatedPerson, ...]
    behind: tuple[SeatedPerson, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatingDocument:
    """Two delegations face to face, their heads in the middle."""

    heading: Heading
    title: str
    subtitle: str = ""
    left: SeatingSide
    right: SeatingSide
    behind: str
    note: str
    revision: int = field(default=1, metadata=STAMP)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyEntry:
    """A company in a booklet. ``facts`` are pairs of a word and a text; ``people`` of name and position."""

    name: str
    other_name: str = ""
    full_name: str = ""
    line: str = ""
    about: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BookletPart:
    """Companies of one delegation."""

    title: str
    companies: tuple[CompanyEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookletDocument:
    """Who takes part, with a table of contents."""

    heading: Heading
    title: str
    subtitle: str = ""
    contents: str
    parts: tuple[BookletPart, ...]
    nothing: str = ""
    revision: int = field(default=1, metadata=STAMP)


Chapter = ScheduleDocument | ListDocument | SeatingDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDocument:
    """Everything that a day can be run with on paper. ``chapters`` pairs a title with its papers."""

    heading: Heading
    title: str
    subtitle: str = ""
    lines: tuple[str, ...]
    contents: str
    chapters: tuple[tuple[str, tuple[Chapter, ...]], ...]
    revision: int = field(default=1, metadata=STAMP)


ForumDocument = ScheduleDocument | ListDocument | SeatingDocument | BookletDocument | PackDocument

"""What the pre-flight found, as sentences with the people they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from forum.queries import delegates
from forum.queries.events import EventView

SENTENCES: Final = {
    "broken_word": _l("A word was too long for its line and has been broken"),
    "cut_text": _l("A text was too long and has been cut"),
    "empty_agenda": _l("The agenda is empty"),
    "missing_code": _l("The badge has no code"),
    "missing_company": _l("No company is printed"),
    "missing_family": _l("No family name is printed"),
    "missing_glyph": _l("A letter is missing in the font and is printed as an empty box"),
    "missing_latin_name": _l("No name in Latin letters is printed"),
    "missing_number": _l("No number is printed"),
    "small_text": _l("A text had to be set very small"),
}


@dataclass(frozen=True)
class FindingGroup:
    """One kind of finding and everybody whose paper has it: pairs of id and name."""

    sentence: str
    people: tuple[tuple[int, str], ...]


def grouped_findings(event: EventView, findings: Iterable[Mapping[str, Any]]) -> tuple[FindingGroup, ...]:
    """Findings by kind, everybody named once in each."""
    by_code: dict[str, dict[int, None]] = defaultdict(dict)
    for finding in findings:
        by_code[finding["code"]][finding["delegate_id"]] = None
    names = delegates.names(event_id=event.id, ids={key for group in by_code.values() for key in group})
    return tuple(
        FindingGroup(str(SENTENCES[code]), tuple((key, names[key]) for key in people if key in names))
        for code, people in sorted(by_code.items())
    )

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
    "empty_paper": _l("There is nothing on this paper yet"),
    "missing_code": _l("The badge has no code"),
    "missing_company": _l("No company is printed"),
    "missing_family": _l("No family name is printed"),
    "missing_glyph": _l("A letter is missing in the font and is printed as an empty box"),
    "missing_latin_name": _l("No name in Latin letters is printed"),
    "missing_number": _l("No number is printed"),
    "missing_photo": _l("No photo is printed"),
    "small_text": _l("A text had to be set very small"),
}


@dataclass(frozen=True)
class FindingGroup:
    """One kind of finding and every paper that has it: pairs of the person's id, None for a paper of the
    forum, and a name.
    """

    sentence: str
    papers: tuple[tuple[int | None, str], ...]


def grouped_findings(event: EventView, findings: Iterable[Mapping[str, Any]]) -> tuple[FindingGroup, ...]:
    """Findings by kind, every paper named once in each."""
    by_code: dict[str, dict[tuple[int | None, str], None]] = defaultdict(dict)
    for finding in findings:
        of = finding["delegate_id"]
        by_code[finding["code"]][of, "" if of else finding.get("paper", "")] = None
    ids = {of for group in by_code.values() for of, _ in group if of}
    names = delegates.names(event_id=event.id, ids=ids)
    return tuple(
        FindingGroup(
            str(SENTENCES[code]),
            tuple((of, names[of] if of else paper) for of, paper in group if of is None or of in names),
        )
        for code, group in sorted(by_code.items())
    )

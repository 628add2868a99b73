"""What the pre-flight found, as sentences with the people they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import url_for
from flask_babel import lazy_gettext as _l

from forum.domain.roles import Permission
from forum.domain.states import PaperKind
from forum.policy import may
from forum.queries import delegates, designs
from forum.queries.events import EventView
from forum.web.users import current_actor

SENTENCES: Final = {
    "broken_word": _l("A word was too long for its line and has been broken"),
    "coarse_picture": _l("A picture has too few dots for its size and is printed coarsely"),
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
    "missing_translation": _l("Something has no translation into the language of the paper"),
    "other_count": _l("Other than ordered: people or plans have changed meanwhile"),
    "other_design": _l(
        "The badge is printed in the standard design, because its own is made for another size"
    ),
    "small_code": _l("The code is too small to be read at a distance of 30 cm"),
    "small_text": _l("A text had to be set very small"),
}


_DETAILS: Final = {
    "coarse_picture": _l("%(dpi)s dots per inch, %(fewest_dpi)s are needed"),
    "cut_text": "%(printed)s",
    "broken_word": "%(printed)s",
    "missing_glyph": "%(characters)s",
    "missing_translation": "%(texts)s",
    "other_count": _l("%(made)s instead of %(ordered)s"),
    "other_design": _l("its design: %(width)s × %(height)s mm"),
    "small_text": _l("%(size_pt)s points, %(legible_pt)s read well"),
}
_LISTED: Final = frozenset({"characters", "texts"})
_OF_THE_COMPANY: Final = frozenset({"company", "other_company"})


@dataclass(frozen=True)
class FoundPaper:
    """A paper with a finding: whose or which it is, what exactly is wrong, and where one mends it."""

    name: str
    detail: str
    url: str


@dataclass(frozen=True)
class FindingGroup:
    """One kind of finding and every paper that has it."""

    sentence: str
    papers: tuple[FoundPaper, ...]


def grouped_findings(
    event: EventView, kind: PaperKind, findings: Iterable[Mapping[str, Any]]
) -> tuple[FindingGroup, ...]:
    """Findings by what is wrong; the same said about both faces of a paper is said once."""
    rows = list(findings)
    people = {row["delegate_id"] for row in rows if row["delegate_id"]}
    names = delegates.names(event_id=event.id, ids=people)
    groups: dict[str, dict[FoundPaper, None]] = defaultdict(dict)
    for row in rows:
        of = row["delegate_id"]
        if of is None or of in names:
            name = names[of] if of else row.get("paper", "")
            groups[row["code"]][FoundPaper(name, _detail(row), _where(event, kind, row))] = None
    return tuple(FindingGroup(str(SENTENCES[code]), tuple(group)) for code, group in sorted(groups.items()))


def _detail(row: Mapping[str, Any]) -> str:
    data = {
        name: ", ".join(value) if name in _LISTED else value for name, value in row.get("data", {}).items()
    }
    return str(_DETAILS[row["code"]]) % data if row["code"] in _DETAILS and data else ""


def _where(event: EventView, kind: PaperKind, row: Mapping[str, Any]) -> str:
    """The screen on which what was found is mended: the person's, or where the paper's contents come from."""
    if row["code"] == "small_code" or row["field"] == "picture":
        return _design(event, kind, row["data"].get("category"))
    if row["code"] in ("other_count", "other_design"):
        return url_for("desk.papers", event_code=event.code, kind=kind.value)
    if row["delegate_id"] is not None and row["field"] not in _OF_THE_COMPANY:
        return url_for("desk.delegate", event_code=event.code, delegate_id=row["delegate_id"])
    endpoint, permission = _SOURCES.get(kind, _COMPANIES)
    if not may(current_actor(), permission, event.id):
        return ""
    return url_for(endpoint, event_code=event.code)


def _design(event: EventView, kind: PaperKind, category: str | None) -> str:
    """The editor of the design that badges of a category are printed after; the standard one has none."""
    if may(current_actor(), Permission.MANAGE_EVENT, event.id):
        for design in designs.listed(event_id=event.id):
            if category in design.used_for:
                return url_for("desk.design", event_code=event.code, design_id=design.id)
    return url_for("desk.papers", event_code=event.code, kind=kind.value)


_COMPANIES: Final = ("desk.companies", Permission.SEE_DELEGATES)
_DELEGATIONS: Final = ("desk.delegations", Permission.MANAGE_DELEGATIONS)
_VISITS: Final = ("desk.visits", Permission.MANAGE_VISITS)
_MEETINGS: Final = ("desk.meetings", Permission.MANAGE_MEETINGS)
_WORKBOOKS: Final = ("desk.imports", Permission.IMPORT)
_SOURCES: Final = {
    PaperKind.DELEGATION_SHEET: _DELEGATIONS,
    PaperKind.SEATING_PLAN: _DELEGATIONS,
    PaperKind.VISIT_SHEET: _VISITS,
    PaperKind.VISIT_LIST: _VISITS,
    PaperKind.TABLE_AGENDA: _MEETINGS,
    PaperKind.TABLE_SIGN: _MEETINGS,
    PaperKind.INTERPRETER_AGENDA: _MEETINGS,
    PaperKind.PROGRAMME: _WORKBOOKS,
    PaperKind.ROOM_PROGRAMME: _WORKBOOKS,
    PaperKind.SESSION_SHEET: _WORKBOOKS,
    PaperKind.DOOR_SIGN: _WORKBOOKS,
    PaperKind.DAY_PACK: _WORKBOOKS,
}
"""Where what is on a paper comes from; people's companies and the booklet's are among the companies."""

"""What a badge will look like, before there is one: drawn by the code that prints it.

A preview issues nothing: its code is a sample's, and the picture says so across it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from forum.domain.admissions import DEFAULTS
from forum.domain.localized import Localized
from forum.domain.profile import Profile
from forum.domain.states import Category
from forum.printing import preflight
from forum.printing.composition import printed_texts
from forum.printing.documents import BadgeDocument, said_hash
from forum.printing.pictures import SAMPLE_CODE, preview_png
from forum.printing.sheets import SHEETS
from forum.queries import badge_documents
from forum.queries.badge_documents import Bearer
from forum.queries.events import EventView

WIDTH: Final = 620  # pixels: an A6 at 150 dpi
AS_DESIGNED: Final = "design"
_LONGEST_TEXT: Final = 300
_NOT_YET_NUMBERED: Final = "…"
_OF_THE_PERSON: Final = frozenset({"family", "given", "latin_name", "position", "company"})
_SAID: Final = ("family", "given", "latin_name", "company", "position", "delegation", "number", "category")


@dataclass(frozen=True)
class BadgeFinding:
    """A weakness of the badge that the person can mend: a code of ``preflight`` and the field it is in."""

    code: str
    field: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class BadgePreview:
    """``content`` is the hash that a confirmation is for; ``said`` are the texts, from top to bottom."""

    document: BadgeDocument
    content: str
    findings: tuple[BadgeFinding, ...]
    said: tuple[str, ...]


def of_delegate(*, event: EventView, delegate_id: int) -> BadgePreview | None:
    """The badge of that person as it would be printed now, None where there is nobody."""
    document = badge_documents.sample_documents(event, [delegate_id]).get(delegate_id)
    return _preview(document) if document else None


def of_profile(
    *,
    event: EventView,
    profile: Profile,
    category: Category,
    company: Localized | None = None,
    delegation: Localized | None = None,
) -> BadgePreview:
    """The badge of somebody who is not registered yet. ``company`` is its name for badges."""
    bearer = Bearer(profile, category, company or Localized(), delegation or Localized(), _NOT_YET_NUMBERED)
    dress = badge_documents.dress_of(event, category)
    return _preview(badge_documents.document_of(event, bearer, SAMPLE_CODE, dress))


def png(preview: BadgePreview, *, width: int = WIDTH) -> bytes:
    """The picture: a PNG of ``width`` pixels, at most 1200. Pictures last asked for are kept.

    Raises:
        PrintingError: the badge cannot be drawn.
    """
    return preview_png(replace(preview.document, back=None), SHEETS[AS_DESIGNED], width)


def _preview(document: BadgeDocument) -> BadgePreview:
    document = _bounded(document)
    found = preflight.preflight([document], SHEETS[AS_DESIGNED])
    texts = printed_texts(document)
    return BadgePreview(
        document=document,
        content=said_hash(document),
        findings=tuple(
            BadgeFinding(each.code, each.field, each.data)
            for each in found
            if each.field in _OF_THE_PERSON and not _is_expected(each.code, document.category)
        ),
        said=tuple(texts[name] for name in _SAID if texts[name]),
    )


def _is_expected(code: str, category: str) -> bool:
    """Whoever need not name a company has a badge without one."""
    return code == "missing_company" and not DEFAULTS[Category(category)].requires("company")


def _bounded(document: BadgeDocument) -> BadgeDocument:
    """Nothing of such a length is ever printed, and finding its lines would take seconds."""
    long: dict[str, Any] = {
        each.name: value[:_LONGEST_TEXT]
        for each in fields(document)
        if isinstance(value := getattr(document, each.name), str) and len(value) > _LONGEST_TEXT
    }
    return replace(document, **long) if long else document

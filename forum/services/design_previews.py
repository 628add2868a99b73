"""How a design looks on the people of the forum whose names are the hardest to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import select

from forum.domain.localized import Localized
from forum.domain.profile import Profile
from forum.domain.states import Category, RegistrationStatus
from forum.errors import ForumError
from forum.models import Company, Delegate
from forum.models.base import db
from forum.printing.design_checks import check_design
from forum.printing.design_data import Problem
from forum.printing.designs import Design
from forum.printing.documents import BadgeDocument
from forum.printing.errors import PrintingError
from forum.printing.fonts import face
from forum.printing.pictures import AS_DESIGNED, SAMPLE_CODE, back_png, preview_png
from forum.printing.preflight import Finding, preflight
from forum.printing.sheets import SHEETS
from forum.queries import badge_documents, designs
from forum.queries.back_documents import sample_back
from forum.queries.badge_documents import Bearer
from forum.queries.events import EventView

HARDEST: Final = ("longest_name", "longest_company", "rarest_letters", "longest_position")
"""Why somebody is shown, in the order in which people are chosen."""
WIDTH: Final = 720
_NAMES: Final = (Delegate.family_name, Delegate.given_name, Delegate.patronymic)
_INVENTED: Final = Bearer(
    Profile(
        family_name="Верхнеуральская-Голенищева",
        given_name="Екатерина",
        patronymic="Константиновна",
        latin_family_name="Verkhneuralskaya-Golenishcheva",
        latin_given_name="Ekaterina",
        position=Localized(ru="Заместитель генерального директора по внешнеэкономической деятельности"),
        language="ru",
    ),
    Category.DELEGATE,
    Localized(ru="НПО «Приречная льнопрядильная и ткацкая мануфактура»"),
    Localized(ru="Делегация"),
    "1024",
)


@dataclass(frozen=True)
class Shown:
    """A badge after the design; ``why`` is one of ``HARDEST`` or empty for somebody who was chosen."""

    document: BadgeDocument
    why: str
    delegate_id: int | None
    findings: tuple[Finding, ...]

    @property
    def is_on_two_pages(self) -> bool:
        """Whether its back is printed on a page of its own."""
        return self.document.design is not None and self.document.design.design.fold == "double"


def hardest(*, event_id: int) -> Mapping[str, int]:
    """Of each kind of ``HARDEST`` one person, each person once; nobody where there is nobody yet."""
    rows = db.session.execute(
        select(Delegate.id, *_NAMES, Delegate.position, Delegate.language, Company.badge_name)
        .outerjoin(Company, Company.id == Delegate.company_id)
        .where(
            Delegate.event_id == event_id,
            Delegate.status == RegistrationStatus.APPROVED,
            Delegate.erased_at.is_(None),
        )
        .order_by(Delegate.id)
    ).all()
    letters = Counter(letter for row in rows for letter in set(_name(row).casefold()))
    bold, regular = face(700), face(400)
    scores: Mapping[str, Callable[[Any], float]] = {
        "longest_name": lambda row: max(map(bold.width, (row.family_name, row.given_name))),
        "longest_company": lambda row: bold.width(_said(row.badge_name, row.language)),
        "rarest_letters": lambda row: max((1 / letters[each] for each in _name(row).casefold()), default=0),
        "longest_position": lambda row: regular.width(_said(row.position, row.language)),
    }
    chosen: dict[str, int] = {}
    for why in HARDEST:
        left = [row for row in rows if row.id not in chosen.values()]
        if left:
            chosen[why] = max(left, key=scores[why]).id
    return chosen


def shown(*, event: EventView, design: Design, delegate_id: int | None = None) -> tuple[Shown, ...]:
    """The badges of the hardest, or that of one person, after a design that need not be kept yet."""
    used = designs.used(event_id=event.id, design=design)
    whose = {"": delegate_id} if delegate_id is not None else hardest(event_id=event.id)
    documents = badge_documents.sample_documents(event, list(whose.values()), used)
    found = [(documents[key], why, key) for why, key in whose.items() if key in documents]
    if not found and delegate_id is not None:
        raise ForumError("no_such_delegate")
    if not found:
        back = sample_back(event, _INVENTED.profile) if design.has_back else None
        dress = badge_documents.Dress(used, back=back)
        return (_shown(badge_documents.document_of(event, _INVENTED, SAMPLE_CODE, dress), HARDEST[0], None),)
    return tuple(_shown(*each) for each in found)


def png(badge: Shown, *, width: int = WIDTH, is_whole: bool = False) -> bytes:
    """The front as a PNG of ``width`` pixels, or the page with the back where ``is_whole`` and folded.

    Raises:
        ForumError: ``printing_failed``.
    """
    document = badge.document if is_whole else replace(badge.document, back=None)
    try:
        return preview_png(document, SHEETS[AS_DESIGNED], width)
    except PrintingError as error:
        raise ForumError("printing_failed", **error.data) from error


def back(badge: Shown, *, width: int = WIDTH) -> bytes | None:
    """The back as a PNG of ``width`` pixels; None where the design has none.

    Raises:
        ForumError: ``printing_failed``.
    """
    try:
        return back_png(badge.document, width)
    except PrintingError as error:
        raise ForumError("printing_failed", **error.data) from error


def weaknesses(*, event: EventView, design: Design) -> tuple[Problem, ...]:
    """What would come out badly whoever wears the badge."""
    return check_design(designs.used(event_id=event.id, design=design), event.languages)


def _shown(document: BadgeDocument, why: str, delegate_id: int | None) -> Shown:
    found = preflight([document], SHEETS[AS_DESIGNED])
    return Shown(document, why, delegate_id, found)


def _name(row: Any) -> str:
    return " ".join(filter(None, (row.family_name, row.given_name, row.patronymic)))


def _said(text: Localized | None, language: str) -> str:
    return text.in_language(language) if text else ""

"""What the host of a site demands of its visitors, and of those who send them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

from forum.domain.identity_documents import DocumentField, DocumentKind
from forum.domain.localized import Localized

_Code = TypeVar("_Code", bound=StrEnum)

DEFAULT_CUT_OFF_HOURS: Final = 24
LONGEST_CUT_OFF_HOURS: Final = 60 * 24
LONGEST_KEPT_DAYS: Final = 30
"""No host's gate needs a list of visitors a month after the visit."""


class PhotoRule(StrEnum):
    """Whether a visitor may take pictures."""

    ALLOWED = "allowed"
    ASK = "ask"  # only where the guide says so
    FORBIDDEN = "forbidden"


class HostRulesError(ValueError):
    """A rule does not hold. ``field`` is of ``HostRules``, ``code`` names the sentence."""

    def __init__(self, field: str, code: str, **data: int) -> None:
        super().__init__(code)
        self.field = field
        self.code = code
        self.data = data


@dataclass(frozen=True, kw_only=True)
class HostRules:
    """The rules of a host; a site without any asks for nothing.

    ``id_fields`` are of ``DocumentField`` and ``documents`` the kinds that count (all where none is named),
    both in the order of their enumerations. The list of visitors is due ``cut_off_hours`` before the start
    at the site. What the host is told is kept ``kept_days`` after the return, or as long as the forum keeps
    documents where that is None. ``clothing``, ``bring`` and ``note`` are for the visitors to read.
    """

    id_fields: tuple[DocumentField, ...] = ()
    documents: tuple[DocumentKind, ...] = ()
    cut_off_hours: int = DEFAULT_CUT_OFF_HOURS
    kept_days: int | None = None
    photos: PhotoRule = PhotoRule.ALLOWED
    clothing: Localized = Localized()  # noqa: RUF009 - immutable
    bring: Localized = Localized()  # noqa: RUF009
    note: Localized = Localized()  # noqa: RUF009

    @property
    def asks_documents(self) -> bool:
        """Whether the gate wants to know a document of each visitor."""
        return bool(self.id_fields)

    @property
    def accepted(self) -> tuple[DocumentKind, ...]:
        """The kinds of documents that count."""
        return self.documents or tuple(DocumentKind)

    def cut_off(self, starts_at: datetime) -> datetime:
        """When the list of a visit that starts then is due."""
        return starts_at - timedelta(hours=self.cut_off_hours)

    def as_data(self) -> dict[str, Any]:
        """JSON that ``from_data`` reads back, without what is as in every site."""
        data = {
            "id_fields": [field.value for field in self.id_fields],
            "documents": [kind.value for kind in self.documents],
            "cut_off_hours": self.cut_off_hours,
            "kept_days": self.kept_days,
            "photos": self.photos.value,
            **{name: dict(getattr(self, name)) for name in _TEXTS},
        }
        return {name: value for name, value in data.items() if value not in (None, [], {})}


_TEXTS: Final = ("clothing", "bring", "note")


def from_data(data: Mapping[str, Any]) -> HostRules:
    """The rules that ``as_data`` wrote; what is not known any more is left out."""
    return HostRules(
        id_fields=_known(DocumentField, data.get("id_fields", ())),
        documents=_known(DocumentKind, data.get("documents", ())),
        cut_off_hours=data.get("cut_off_hours", DEFAULT_CUT_OFF_HOURS),
        kept_days=data.get("kept_days"),
        photos=PhotoRule(data.get("photos", PhotoRule.ALLOWED)),
        **{name: Localized(data.get(name, {})) for name in _TEXTS},
    )


def checked(rules: HostRules) -> HostRules:
    """``rules`` in their proper form: a document is asked by its number, if it is asked at all.

    Raises:
        HostRulesError: the first rule that does not hold.
    """
    if not 0 <= rules.cut_off_hours <= LONGEST_CUT_OFF_HOURS:
        raise HostRulesError("cut_off_hours", "cut_off_hours_range", most=LONGEST_CUT_OFF_HOURS)
    if rules.kept_days is not None and not 0 <= rules.kept_days <= LONGEST_KEPT_DAYS:
        raise HostRulesError("kept_days", "kept_days_range", most=LONGEST_KEPT_DAYS)
    if rules.id_fields and DocumentField.NUMBER not in rules.id_fields:
        raise HostRulesError("id_fields", "id_fields_without_number")
    return rules


def _known(kind: type[_Code], names: Iterable[str]) -> tuple[_Code, ...]:
    wanted = set(names)
    return tuple(code for code in kind if code.value in wanted)

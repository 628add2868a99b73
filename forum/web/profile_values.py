"""The values of a profile as people read them, also those that a change keeps as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from forum.domain.localized import Localized
from forum.domain.states import Visibility
from forum.i18n import OWN_NAMES
from forum.web.filters import localized, moment, region, spoken
from forum.web.profile_words import VISIBILITIES
from forum.workbooks.contacts import readable_phone

_LANGUAGES: Final = dict(OWN_NAMES)


def said(field: str, value: Any, *, zone: ZoneInfo, companies: Mapping[int, Localized]) -> str:
    """``value`` of ``field`` in the reader's language, ``""`` for nothing.

    Args:
        value: as a ``Profile`` has it, or as ``services.profiles.as_data`` keeps it.
        companies: names of the companies that may be meant.
    """
    if value in (None, "", (), []) or (isinstance(value, Mapping) and not value):
        return ""
    if field == "company_id":
        return localized(companies.get(value)) or _("A company that is no longer there")
    if field in ("arrives_at", "leaves_at"):
        return moment(datetime.fromisoformat(value) if isinstance(value, str) else value, zone)
    return _PLAIN[field](value) if field in _PLAIN else str(value)


def _position(texts: Mapping[str, str]) -> str:
    return " / ".join(dict.fromkeys(texts[code] for code in ("ru", "kk", "en") if texts.get(code)))


def _spoken(codes: tuple[str, ...]) -> str:
    return ", ".join(spoken(code) for code in codes)


_PLAIN: Final[Mapping[str, Callable[[Any], str]]] = {
    "language": lambda code: _LANGUAGES.get(code, code),
    "phone": readable_phone,
    "photo_id": lambda _id: _("There is one"),
    "position": _position,
    "region": region,
    "spoken": _spoken,
    "visibility": lambda code: str(VISIBILITIES[Visibility(code)]),
}

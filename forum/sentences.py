"""Codes as sentences: what a service refuses, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from forum.domain.localized import Localized
from forum.errors import ForumError
from forum.i18n import language

_sentences: dict[str, Any] = {}


def register(sentences: Mapping[str, Any]) -> None:
    """Add a feature's sentences: lazy texts with ``%(name)s`` for the error's data.

    Raises:
        ValueError: a code has a sentence already; one of two features would say what the other means.
    """
    if twice := _sentences.keys() & sentences.keys():
        raise ValueError(f"sentences said twice: {sorted(twice)}")
    _sentences.update(sentences)


def sentence(code: str, data: Mapping[str, Any] | None = None) -> str:
    """The sentence for ``code``, its names filled from ``data``."""
    text = str(_sentences.get(code, _sentences["unknown"]))
    return text % {name: _said(value) for name, value in data.items()} if data and "%(" in text else text


def describe(error: ForumError) -> str:
    """What went wrong, for the person who did it."""
    return sentence(error.code, error.data)


def is_known(code: str) -> bool:
    """Whether ``code`` has a sentence."""
    return code in _sentences


def _said(value: Any) -> Any:
    return value.in_language(language()) if isinstance(value, Localized) else value


register(
    {
        "not_allowed": _l("You are not allowed to do this."),
        "stale": _l("Somebody else has changed this meanwhile. Look at the page again, then decide."),
        "unknown": _l("This could not be done."),
    }
)

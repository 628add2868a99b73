"""Sort keys in the order of a language: Ә after А, Қ after К, І after Ы in Kazakh."""

from __future__ import annotations

import threading

import icu

_OF_THIS_THREAD = threading.local()


def sort_key(text: str, language: str) -> bytes:
    """Bytes that sort as ``text`` sorts in ``language`` (ICU collation); comparable within one language."""
    return bytes(_collator(language).getSortKey(text))


def _collator(language: str) -> icu.Collator:
    """ICU's collators may not be shared between threads, and cost a millisecond to make."""
    collators: dict[str, icu.Collator] = _OF_THIS_THREAD.__dict__.setdefault("collators", {})
    if language not in collators:
        collators[language] = icu.Collator.createInstance(icu.Locale(language))
    return collators[language]

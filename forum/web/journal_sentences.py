"""What people did, as sentences: one per action, registered by the feature that notes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from forum.domain.localized import LANGUAGES, Localized
from forum.queries.journal import Entry
from forum.web.filters import localized

_sentences: dict[str, Any] = {}
_labels: dict[str, Any] = {}
_words: dict[str, Mapping[str, Any]] = {}


def register(sentences: Mapping[str, tuple[Any, Any]]) -> None:
    """Add a feature's actions: code -> (what it is called in a filter, the sentence).

    The sentence may hold ``%(subject)s`` and every name of the entry's data. It is in the passive
    voice: who did it stands beside it, and no language has to guess whether that was he or she.
    """
    for action, (label, sentence) in sentences.items():
        _labels[action] = label
        _sentences[action] = sentence


def register_words(name: str, words: Mapping[str, Any]) -> None:
    """Say how the values of ``%(name)s`` read: a role, a status."""
    _words[name] = {**_words.get(name, {}), **words}


def said(entry: Entry) -> str:
    """What the entry tells, in the reader's language."""
    words = {name: _said(_words.get(name, {}).get(str(value), value)) for name, value in entry.data.items()}
    return str(_sentences.get(entry.action, _UNKNOWN)) % _Words(words, subject=_said(entry.subject))


def label(action: str) -> str:
    """What the action is called."""
    return str(_labels.get(action, _UNKNOWN))


def is_known(action: str) -> bool:
    """Whether the action has a sentence."""
    return action in _sentences


class _Words(dict[str, str]):
    """An entry written before a sentence learned a new word must still be readable."""

    def __missing__(self, _name: str) -> str:
        return "…"


def _said(value: Any) -> str:
    if isinstance(value, dict):
        # A text in several languages; other mappings are there to undo what was done.
        return localized(Localized(value)) or "…" if value.keys() <= set(LANGUAGES) else "…"
    if isinstance(value, Localized):
        return localized(value) or "…"
    return str(value) if value not in (None, "") else "…"


_UNKNOWN = _l("Something else was done")

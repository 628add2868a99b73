"""What the forum holds about its reader, and what they agreed to."""

from __future__ import annotations

from forum.web import document_words, privacy_words

__all__ = ["document_words", "privacy_words"]

"""What the forum holds about its reader, and what they agreed to."""

from __future__ import annotations

from forum.web import privacy_words

__all__ = ["privacy_words"]

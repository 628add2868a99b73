"""What is said once after something was done."""

from __future__ import annotations

from typing import Any, cast

from flask import flash


def toast(text: str, tone: str = "good", *, undo_url: str | None = None, **fields: Any) -> None:
    """Say ``text`` on the next page, with the way back where there is one.

    Args:
        tone: "good", "warn" or "bad".
        undo_url: where the toast's button posts ``fields``.
    """
    said = {"text": text, "undo_url": undo_url, "fields": fields} if undo_url else text
    flash(cast(str, said), tone)  # Flask keeps any value that its cookie can hold; its hint says str

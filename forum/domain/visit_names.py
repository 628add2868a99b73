"""What a visit is called in a cell, and found again by."""

from __future__ import annotations

from datetime import date

from forum.domain.localized import Localized


def visit_name(site: Localized, title: Localized, day: date | None) -> Localized:
    """The site, then what tells several visits to it apart: «Есипово, Второй день, 25.11»."""
    on = f"{day:%d.%m}" if day else ""
    return Localized(
        {
            language: ", ".join(filter(None, (text, title.get(language, ""), on)))
            for language, text in site.items()
        }
    )

"""Translations: one catalogue per feature and language, read as they are written.

``translations/<language>/<feature>.po`` are merged when a language is first asked for, so
there is no compiled file that could be older than its source. The texts in the code are English.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

FOLDER: Final = Path(__file__).parent / "translations"


@cache
def catalogue(language: str) -> Translations:
    """All texts of ``language``; one without a translation stays English."""
    merged = Catalog(locale=language)
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string:
                    merged.add(message.id, message.string, context=message.context)
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(fp=compiled)


def text_in(language: str, text: str, **values: Any) -> str:
    """``text`` in ``language`` with its ``%(name)s`` filled: for mails and papers, which have a reader."""
    translated = catalogue(language).ugettext(text)
    return translated % values if values else translated

"""Text that reads back as it was written, although its lines are broken within words.

Whoever reads a paper aloud, searches it or copies from it puts a space, or nothing at all, where a line ends
with a hyphen. Where a line is broken elsewhere than at a space, the whole text is therefore said once more,
around the lines that show it (``ActualText``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any, Final

import pydyf
import weasyprint
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

SAID: Final = "data-said"
"""The attribute of an element whose lines were broken before it was laid out."""
_BEGINS, _ENDS = "_forum_says", "_forum_has_said"


class SpeakingStream(Stream):
    """Says the whole text around the boxes that ``mark_broken_words`` has found."""

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        said = getattr(box, _BEGINS, None)
        if said is not None:
            self.begin_marked_content("Span", pydyf.Dictionary({"ActualText": written(said)}))
        with super().marked(box, tag):
            yield
        if hasattr(box, _ENDS):
            self.end_marked_content()


weasyprint.pdf.Stream = SpeakingStream  # it makes the streams of a whole document by itself


def written(text: str) -> bytes:
    """A text as a PDF has it. In capitals, because glyphs are numbers in small letters."""
    return b"<FEFF%b>" % text.encode("utf-16-be").hex().upper().encode()


def mark_broken_words(document: weasyprint.Document) -> None:
    """Find texts of which a line is broken within a word, and note at their boxes what they say."""
    for page in document.pages:
        waiting = [page._page_box]
        while waiting:
            children = getattr(waiting.pop(), "children", ())
            if children and isinstance(children[-1], boxes.LineBox):
                if len(children) > 1:
                    _mark(children)
            else:
                waiting += children


def _mark(lines: Sequence[Any]) -> None:
    texts = [each for line in lines for each in _texts(line)]
    for element, group in groupby(texts, key=lambda each: each.element):
        own = list(group)
        if len(own) > 1 and element is not None:
            said = _aligned(_original(element), [each.text for each in own])
            if said is not None:
                setattr(own[0], _BEGINS, said)
                setattr(own[-1], _ENDS, True)


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _original(element: Any) -> str:
    said = element.get(SAID)
    return said or "".join(filter(None, (element.text, *(child.tail for child in element))))


def _aligned(original: str, lines: Iterable[str]) -> str | None:
    """What ``lines`` say together; None where each ends at a space, or they are not what was written."""
    said, at, is_broken = "", 0, False
    for line in map(str.strip, lines):
        found = original.find(line, at)
        if found < 0:
            return None
        between = original[at:found]
        is_broken = is_broken or (bool(said) and not between)
        said += (" " if said and between else "") + line
        at = found + len(line)
    return said if is_broken else None

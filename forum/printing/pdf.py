"""PDF bytes from documents. Equal documents make equal bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

from forum.printing.bundle import Bundle
from forum.printing.documents import BadgeDocument
from forum.printing.errors import PrintingError, PrintingStoppedError
from forum.printing.fonts import printable
from forum.printing.imposing import Imposer
from forum.printing.labels import labels_for
from forum.printing.press import press_of_this_thread
from forum.printing.sheets import Sheet
from forum.printing.shelf import Shelf
from forum.printing.whole_badges import WholeBadges

CHUNK: Final = 50
"""Badges laid out at once: more takes memory, fewer takes time."""

_Paper = TypeVar("_Paper")
OnProgress = Callable[[int, int], None]
ShouldStop = Callable[[], bool]


def badges_pdf(
    documents: Sequence[BadgeDocument],
    sheet: Sheet,
    *,
    is_pure: bool = False,
    shelf: Shelf | None = None,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> bytes:
    """All badges on ``sheet``, in the order given, as PDF/UA-1.

    With ``is_pure`` WeasyPrint lays out every one of them. Else most are written after one that it has
    laid out, which looks the same and takes a tenth of the time, and what ``shelf`` has is not drawn again.

    ``on_progress(done, total)`` is called after every chunk; when ``should_stop()`` is true before
    one, ``PrintingStoppedError`` is raised. ``PrintingError`` says what else went wrong.
    """
    if not documents:
        raise PrintingError("nothing_to_print")
    output = io.BytesIO()
    first = documents[0]
    title = " · ".join((labels_for(first.language).badges, *first.event_title[:1]))
    press = press_of_this_thread()
    bundle = Bundle(press.house_ink.without_glyphs(), output, title=printable(title), language=first.language)
    badges = WholeBadges(press, bundle, sheet, is_pure=is_pure, shelf=shelf)
    imposer = Imposer(bundle)
    for chunk, _ in _chunks(documents, CHUNK, on_progress, should_stop):
        for badge, how in badges.drawn(chunk):
            imposer.add(badge, how)
    imposer.finish()
    bundle.finish()
    return output.getvalue()


def _chunks(
    documents: Sequence[_Paper], size: int, on_progress: OnProgress | None, should_stop: ShouldStop | None
) -> Iterator[tuple[Sequence[_Paper], int]]:
    total = len(documents)
    for start in range(0, total, size):
        if should_stop is not None and should_stop():
            raise PrintingStoppedError("stopped", done=start, total=total)
        done = min(start + size, total)
        yield documents[start:done], done
        if on_progress is not None:
            on_progress(done, total)

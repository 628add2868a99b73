"""WeasyPrint, kept warm. ``painting`` and ``bundle`` reach into it as well: they pin its version.

Fonts and style sheets stay warm per thread: a font
configuration shared by threads prints wrong letters, and a new one per paper leaks memory.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import pydyf
import weasyprint
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from forum.printing.errors import PrintingError
from forum.printing.fonts import FONT_FILES, STATIC
from forum.printing.painting import Ink, painted, sections
from forum.printing.speaking import mark_broken_words
from forum.printing.structure import say_scopes

SERVED: Final = (STATIC / "print", STATIC / "fonts")
BASE_URL: Final = (STATIC / "print").as_uri() + "/"
_CONTENT_TYPES: Final = {".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml", ".png": "image/png"}


_thread: Final = threading.local()
_MOST_STYLES: Final = 200
"""Rules that are kept: a forum has a few designs and formats, but whoever makes one sees hundreds of it."""


class StaticFilesOnly(URLFetcher):
    """Serves the app's own print files and fails for everything else.

    WeasyPrint only warns about ordinary errors, and a picture would vanish silently; the fatal
    one stops it.
    """

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        is_served = any(path.is_relative_to(folder) for folder in SERVED)
        if parts.scheme != "file" or parts.netloc or not is_served or not path.is_file():
            raise FatalURLFetchingError(url)
        content_type = _CONTENT_TYPES.get(path.suffix, "application/octet-stream")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})


@contextmanager
def _failing_loudly() -> Iterator[None]:
    """A fatal fetching error is no ``Exception``: it would run through every handler of the app."""
    try:
        yield
    except FatalURLFetchingError as error:
        raise PrintingError("forbidden_file", url=str(error)) from error


@contextmanager
def _without_collecting() -> Iterator[None]:
    """While pages are laid out nearly all new objects live, and looking for dead ones takes long.

    Whoever found the collector running starts it again, so threads cannot leave it off.
    """
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()


class _Asking(logging.Handler):
    """WeasyPrint tells nobody but its log how far it is."""

    def emit(self, _record: logging.LogRecord) -> None:
        if (go_on := getattr(_thread, "go_on", None)) is not None:
            go_on()


PROGRESS_LOGGER.setLevel(logging.INFO)
PROGRESS_LOGGER.addHandler(_Asking())
PROGRESS_LOGGER.propagate = False


@contextmanager
def _asking(go_on: Callable[[], None] | None) -> Iterator[None]:
    _thread.go_on = go_on
    try:
        yield
    finally:
        _thread.go_on = None


class Press:
    """One thread's WeasyPrint with its fonts, style sheets and pictures.

    ``kept`` is what many papers share and was drawn once, by whatever tells it apart.
    """

    def __init__(self) -> None:
        self.fonts = FontConfiguration()
        self.fetcher = StaticFilesOnly()
        self._styles: dict[str, weasyprint.CSS] = {}
        self._pictures: dict[str, Any] = {}
        self._house_ink: Ink | None = None
        self.kept: dict[Any, Any] = {}

    @property
    def house_ink(self) -> Ink:
        """The house's font in all its weights, to paint with and to make the ink of a file from."""
        if self._house_ink is None:
            self._house_ink = Ink()
            letters = "".join(f'<p style="font:{weight} 9pt Golos">a' for weight in sorted(FONT_FILES))
            page = self.render(f"<section>{letters}</section>", ("fonts.css",)).pages[0]
            for box in sections(page):
                painted(page, box, self._house_ink, None)
        return self._house_ink

    def render(
        self, html: str, styles: Sequence[str], *, go_on: Callable[[], None] | None = None
    ) -> weasyprint.Document:
        """Pages of ``html``; ``styles`` are names under ``static/print`` or texts of rules.

        ``go_on`` is called before each step and each page; what it raises ends the layout.
        """
        with _failing_loudly(), _without_collecting(), _asking(go_on):
            sheets = [self._style(each) for each in styles]
            page = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=self.fetcher)
            laid_out = page.render(font_config=self.fonts, stylesheets=sheets, cache=self._pictures)
        mark_broken_words(laid_out)
        return laid_out

    def written(self, html: str, styles: Sequence[str]) -> bytes:
        """``html`` as a PDF/UA-1 of its own, with the structure that a screen reader follows."""
        return self.tagged(self.render(html, styles))

    def tagged(self, document: weasyprint.Document) -> bytes:
        """Pages that are laid out already as such a PDF."""
        with _failing_loudly():
            return document.write_pdf(finisher=_scope, pdf_variant="pdf/ua-1", pdf_identifier=True)

    def _style(self, style: str) -> weasyprint.CSS:
        if style not in self._styles:
            if len(self._styles) > _MOST_STYLES:
                self._styles.clear()
            text = (STATIC / "print" / style).read_text("utf-8") if style.endswith(".css") else style
            self._styles[style] = weasyprint.CSS(
                string=text, base_url=BASE_URL, url_fetcher=self.fetcher, font_config=self.fonts
            )
        return self._styles[style]


def _scope(_document: weasyprint.Document, pdf: pydyf.PDF) -> None:
    say_scopes(pdf.objects)


def press_of_this_thread() -> Press:
    if not hasattr(_thread, "press"):
        _thread.press = Press()
    return _thread.press

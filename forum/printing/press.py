"""The only file that reaches into WeasyPrint: rendering, painting pages, writing the PDF.

WeasyPrint is pinned because of it. Fonts and style sheets stay warm per thread: a font
configuration shared by threads prints wrong letters, and a new one per paper leaks memory.
"""

from __future__ import annotations

import gc
import io
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import pydyf
import weasyprint
from weasyprint.pdf.fonts import build_fonts_dictionary
from weasyprint.pdf.stream import Stream
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from forum.printing.errors import PrintingError
from forum.printing.fonts import STATIC

SERVED: Final = (STATIC / "print", STATIC / "fonts")
BASE_URL: Final = (STATIC / "print").as_uri() + "/"
POINTS_PER_PIXEL: Final = 0.75
_CONTENT_TYPES: Final = {".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml", ".png": "image/png"}


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


class Press:
    """One thread's WeasyPrint with its fonts, style sheets and pictures."""

    def __init__(self) -> None:
        self.fonts = FontConfiguration()
        self.fetcher = StaticFilesOnly()
        self._styles: dict[str, weasyprint.CSS] = {}
        self._pictures: dict[str, Any] = {}

    def render(self, html: str, styles: Sequence[str]) -> weasyprint.Document:
        """Pages of ``html``; ``styles`` are names under ``static/print`` or texts of rules."""
        with _failing_loudly(), _without_collecting():
            sheets = [self._style(each) for each in styles]
            page = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=self.fetcher)
            return page.render(font_config=self.fonts, stylesheets=sheets, cache=self._pictures)

    def written(self, html: str, styles: Sequence[str]) -> bytes:
        """``html`` as a PDF/UA-1 of its own, with the structure that a screen reader follows."""
        return self.tagged(self.render(html, styles))

    def tagged(self, document: weasyprint.Document) -> bytes:
        """Pages that are laid out already as such a PDF."""
        with _failing_loudly():
            return document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=True)

    def _style(self, style: str) -> weasyprint.CSS:
        if style not in self._styles:
            text = (STATIC / "print" / style).read_text("utf-8") if style.endswith(".css") else style
            self._styles[style] = weasyprint.CSS(
                string=text, base_url=BASE_URL, url_fetcher=self.fetcher, font_config=self.fonts
            )
        return self._styles[style]


_thread: Final = threading.local()


def press_of_this_thread() -> Press:
    if not hasattr(_thread, "press"):
        _thread.press = Press()
    return _thread.press


class Bundle:
    """A PDF that grows page by page from painted pages, with one subset of each font.

    A painted page is a few kilobytes of operators; the boxes that WeasyPrint made for it can go
    at once, so memory does not grow with the number of papers.
    """

    def __init__(self, *, title: str, language: str) -> None:
        self._pdf = pydyf.PDF()
        self._fonts: dict[Any, Any] = {}
        self._pictures: dict[str, Any] = {}
        self._resources = pydyf.Dictionary(
            {key: pydyf.Dictionary() for key in ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace")}
        )
        self._pdf.add_object(self._resources)
        self._pdf.info["Title"] = pydyf.String(title)
        self._pdf.info["Producer"] = pydyf.String(f"WeasyPrint {weasyprint.__version__}")
        self._pdf.catalog["Lang"] = pydyf.String(language)
        self._pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        self._forms = 0

    def painted(self, page: weasyprint.Page) -> bytes:
        """The operators of ``page`` with its fonts entered into this bundle."""
        height = page.height * POINTS_PER_PIXEL
        area = (0, 0, page.width * POINTS_PER_PIXEL, height)
        stream = Stream(self._fonts, area, self._resources, self._pictures, None, {}, None, compress=False)
        stream.transform(d=-1, f=height)
        page.paint(stream, POINTS_PER_PIXEL)
        return b"\n".join(
            each.encode() if isinstance(each, str) else each for each in map(_operator, stream.stream)
        )

    def add_form(self, operators: bytes, width: float, height: float) -> bytes:
        """A drawing to be used on many pages; the operator that draws it comes back."""
        extra = pydyf.Dictionary(
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                "BBox": pydyf.Array([0, 0, width, height]),
                "Resources": self._resources.reference,
            }
        )
        form = pydyf.Stream([operators], extra, compress=True)
        self._pdf.add_object(form)
        name = f"form{self._forms}"
        self._forms += 1
        self._resources["XObject"][name] = form.reference
        return f"/{name} Do".encode()

    def add_page(self, operators: bytes, width: float, height: float) -> None:
        """A page of ``width`` times ``height`` points that shows ``operators``."""
        contents = _Packed(zlib.compress(operators, 6))
        self._pdf.add_object(contents)
        self._pdf.add_page(
            pydyf.Dictionary(
                {
                    "Type": "/Page",
                    "Parent": self._pdf.pages.reference,
                    "MediaBox": pydyf.Array([0, 0, round(width, 3), round(height, 3)]),
                    "Contents": contents.reference,
                    "Resources": self._resources.reference,
                }
            )
        )

    def finished(self) -> bytes:
        """The file. Nothing can be added afterwards."""
        options = {**weasyprint.DEFAULT_OPTIONS, "pdf_version": "1.7"}
        fonts = build_fonts_dictionary(self._pdf, self._fonts, True, True, options)
        self._pdf.add_object(fonts)
        self._resources["Font"] = fonts.reference
        output = io.BytesIO()
        self._pdf.write(output, b"1.7", True, compress=True)
        return output.getvalue()


class _Packed(pydyf.Object):
    """A content stream that is compressed already."""

    compressible = False

    def __init__(self, packed: bytes) -> None:
        super().__init__()
        self._packed = packed

    @property
    def data(self) -> bytes:
        head = b"<</Filter/FlateDecode/Length %d>>\nstream\n" % len(self._packed)
        return head + self._packed + b"\nendstream"


def _operator(item: Any) -> bytes:
    return item if isinstance(item, bytes) else pydyf._to_bytes(item)

"""WeasyPrint may read the app's own print files and nothing else."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from weasyprint.urls import FatalURLFetchingError

from forum.printing.errors import PrintingError
from forum.printing.fonts import STATIC
from forum.printing.press import Press, StaticFilesOnly

FORBIDDEN = (
    "file:///etc/passwd",
    "http://127.0.0.1/logo.svg",
    "https://example.org/logo.svg",
    "data:image/png;base64,iVBORw0KGgo=",
    "file://elsewhere/static/print/badge.css",
    (STATIC / "print").as_uri() + "/../css/app.css",
    (STATIC / "print").as_uri() + "/%2e%2e/%2e%2e/requirements.txt",
    (STATIC / "print").as_uri() + "/no-such-file.svg",
    (STATIC / "print").as_uri() + "/",
)


@pytest.mark.parametrize("url", FORBIDDEN)
def test_what_is_not_a_print_file_is_refused(url: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        StaticFilesOnly().fetch(url)


def test_a_print_file_is_served() -> None:
    path = STATIC / "print" / "badge.css"
    response = StaticFilesOnly().fetch(path.as_uri())
    assert (response.read(), response.content_type) == (path.read_bytes(), "text/css")


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served, secret = tmp_path / "served", tmp_path / "secret.txt"
    served.mkdir()
    secret.write_text("secret")
    (served / "link.txt").symlink_to(secret)
    (served / "open.txt").write_text("open")
    monkeypatch.setattr("forum.printing.press.SERVED", (served,))
    assert StaticFilesOnly().fetch((served / "open.txt").as_uri()).read() == b"open"
    with pytest.raises(FatalURLFetchingError):
        StaticFilesOnly().fetch((served / "link.txt").as_uri())


@pytest.mark.parametrize(
    "html",
    [
        '<img src="file:///etc/passwd">',
        '<img src="http://127.0.0.1/logo.svg">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        '<p style="background:url(/etc/passwd)">a</p>',
    ],
)
def test_a_page_that_asks_for_it_fails_as_a_whole(html: str) -> None:
    with pytest.raises(PrintingError, match="forbidden_file"):
        Press().render(html, ("fonts.css",))


def test_an_attachment_is_not_embedded() -> None:
    html = '<link rel="attachment" href="file:///etc/passwd"><p>a'
    with pytest.raises(PrintingError, match="forbidden_file"):
        Press().written(html, ("fonts.css",))


def test_the_garbage_collector_runs_again_after_every_page() -> None:
    Press().render("<p>a", ("fonts.css",))
    assert gc.isenabled()
    with pytest.raises(PrintingError):
        Press().render('<img src="file:///etc/passwd">', ("fonts.css",))
    assert gc.isenabled()

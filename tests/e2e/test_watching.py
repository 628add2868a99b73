"""The watcher itself: what it must not overlook, also far down in what repeats."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.e2e.watching import watch

pytestmark = pytest.mark.browser

_ROW = '<li><button type="button">Open</button> <span class="{dress}">One</span></li>'
_PAGE = """<!doctype html><html lang="en"><head><title>Rows</title><style>
  body {{ background: #fff; color: #000; }}
  .pale {{ color: #ddd; }}
  .wide {{ display: inline-block; width: 3000px; }}
  @media (prefers-color-scheme: dark) {{ body {{ background: #000; color: #fff; }} .dim {{ color: #222; }} }}
</style></head><body><main><h1>Rows</h1><ul>{rows}</ul></main></body></html>"""
_UNNAMED = '<li><button type="button"></button> <span class="plain">One</span></li>'


@pytest.mark.parametrize(
    ("last", "found"),
    [
        (_ROW.format(dress="plain"), []),
        (_UNNAMED, ["button-name"]),
        (_ROW.format(dress="pale"), ["color-contrast"]),
        (_ROW.format(dress="wide"), ["wider than the screen"]),
        (_ROW.format(dress="dim"), ["color-contrast"]),  # in the dark only
    ],
)
def test_the_fault_of_the_last_row_is_found(chromium: Browser, last: str, found: list[str]) -> None:
    page = chromium.new_page(color_scheme="light", reduced_motion="reduce")
    watched = watch(page)
    page.set_content(_PAGE.format(rows=_ROW.format(dress="plain") * 30 + last))
    problems = watched.inspect()
    watched.turn(width=390, dark=True)
    problems += watched.inspect(looks_at="colours")
    page.close()
    assert sorted({problem.split(":")[0] for problem in problems}) == found

"""The board of a large forum in Chromium: ``nice python -m tests.benchmarks.board [PEOPLE SLOTS TABLES]``.

Without arguments 1,500 people, 40 slots and 300 tables, ten meetings a person. Prints the weight of what is
loaded, and for every gesture the longest task, the tasks over 50 ms and the slowest frames.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Page, Response, sync_playwright
from sqlalchemy import insert

from forum import clock
from forum.domain.roles import Role
from forum.domain.states import PlanStatus
from forum.models import Claim, Meeting, MeetingParticipant, Plan
from forum.models.base import db
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.databases import SqliteTemplate
from tests.e2e.conftest import CHROMIUM_ARGUMENTS, Served, serve, session_cookie
from tests.tools import need

_WATCH = """() => {
  window.seen = { tasks: [], frames: [] };
  new PerformanceObserver((list) => list.getEntries().forEach((one) => seen.tasks.push(one.duration)))
    .observe({ type: "longtask" });
  let before = performance.now();
  const frame = (now) => { seen.frames.push(now - before); before = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
}"""
_TAKE = "() => { const was = window.seen; window.seen = { tasks: [], frames: [] }; return was; }"
_SCROLL = """async () => {
  const frame = document.querySelector(".live-frame");
  for (let step = 0; step < 120; step++) {
    frame.scrollBy(step % 3 === 0 ? 90 : 0, 140);
    await new Promise((done) => requestAnimationFrame(done));
  }
}"""

_SOME_CARD = """() => {
  const frame = document.querySelector(".live-frame").getBoundingClientRect();
  const boxes = [...document.querySelectorAll(".meeting.is-live")];
  const cards = boxes.map((card) => card.getBoundingClientRect());
  const inside = cards.find((box) => box.left > frame.left + 220 && box.right < frame.right - 60
    && box.top > frame.top + 150 && box.bottom < frame.bottom - 60);
  return inside && [inside.left + 20, inside.top + 20];
}"""


def large_forum(people: int, slots: int, tables: int) -> tuple[str, int]:
    """A draft in which everybody meets ten others; returns the event's code and the plan's id."""
    random = Random(1)
    with transaction():
        event = factories.event()
        firms = [factories.company(event, f"Компания {n:04}") for n in range(people * 2 // 5)]
        persons = [factories.delegate(event, company_id=firms[n % len(firms)].id) for n in range(people)]
        start = factories.at(9)
        half = slots // 2
        times = [
            factories.slot(event, begins := start + timedelta(days=n // half, minutes=20 * (n % half)),
                           begins + timedelta(minutes=15))
            for n in range(slots)
        ]  # fmt: skip
        seats = [factories.table(event, n + 1) for n in range(tables)]
        plan = Plan(event_id=event.id, status=PlanStatus.DRAFT, created_at=clock.now())
        db.session.add(plan)
        db.session.flush()
        ids = event.id, plan.id, event.code
        slot_ids, table_ids = [one.id for one in times], [one.id for one in seats]
        company_of = {one.id: one.company_id for one in persons}
        firm_rows = {firm.id: firm for firm in firms}
        asked: set[tuple[int, int]] = set()
        meetings, members, claims = [], [], []
        for slot_id in slot_ids:
            free = random.sample(list(company_of), people // 2)
            for table_id, one, other in zip(table_ids, free[::2], free[1::2], strict=False):
                pair = (company_of[one], company_of[other])
                if pair[0] == pair[1] or {pair, pair[::-1]} & asked:
                    continue
                asked.add(pair)
                request = factories.request(event, firm_rows[pair[0]], firm_rows[pair[1]])
                key = len(meetings) + 1
                meetings.append(
                    {
                        "id": key,
                        "plan_id": ids[1],
                        "request_id": request.id,
                        "slot_id": slot_id,
                        "table_id": table_id,
                        "is_locked": False,
                    }
                )
                members += [{"meeting_id": key, "delegate_id": person} for person in (one, other)]
                taken = [("delegate", one), ("delegate", other), ("table", table_id)]
                claims += [
                    {
                        "plan_id": ids[1],
                        "kind": kind,
                        "resource_id": what,
                        "slot_id": slot_id,
                        "meeting_id": key,
                    }
                    for kind, what in taken
                ]
        for table, rows in ((Meeting, meetings), (MeetingParticipant, members), (Claim, claims)):
            db.session.execute(insert(table), rows)
        print(f"{people} people, {len(slot_ids)} slots, {len(table_ids)} tables, {len(meetings)} meetings")
    return ids[2], ids[1]


def _tell(page: Page, what: str) -> None:
    seen: dict[str, Any] = page.evaluate(_TAKE)
    tasks, frames = seen["tasks"], sorted(seen["frames"]) or [0]
    long = sum(task > 50 for task in tasks)
    print(
        f"{what:<34} longest task {max(tasks, default=0):>5.0f} ms, over 50 ms: {long:>2}, "
        f"frames {len(frames):>4}, 95 % within {frames[int(len(frames) * 0.95)]:>4.0f} ms, "
        f"slowest {frames[-1]:>4.0f} ms"
    )


def _gestures(page: Page, url: str, kind: str) -> None:
    weights: list[int] = []

    def weigh(answer: Response) -> None:
        if "/board.json" in answer.url:
            weights.append(int(answer.headers.get("content-length", 0)))

    page.on("response", weigh)
    page.add_init_script(f"({_WATCH})()")
    page.goto(f"{url}?rows={kind}")
    page.locator(".live-cell .meeting").first.wait_for()
    print(
        f"{kind}: {len(page.content()) // 1024} KB of page, "
        f"first rows {weights[0] // 1024 if weights else 0} KB"
    )
    _tell(page, "  open")
    page.evaluate(_SCROLL)
    _tell(page, "  scroll 120 frames")
    page.wait_for_timeout(500)
    _tell(page, "  rows that came into view")
    for what in ("for the first time", "once more"):
        _pick_up(page, what)
        if what == "for the first time":
            page.keyboard.press("Escape")
            page.mouse.up()
    frame = page.locator(".live-frame").bounding_box()
    assert frame is not None
    for step in range(60):
        page.mouse.move(
            frame["x"] + 200 + (frame["width"] - 240) * (step % 20) / 20,
            frame["y"] + 80 + (frame["height"] - 100) * step / 60,
        )
    _tell(page, "  drag over 60 places")
    page.keyboard.press("Escape")
    page.mouse.up()


def _pick_up(page: Page, what: str) -> None:
    """Until the cells in view are painted, and how long the server took for its part of it."""
    page.wait_for_function(_SOME_CARD)
    x, y = page.evaluate(_SOME_CARD)
    page.mouse.move(x, y)
    with page.expect_response("**/consequences.json*") as answered:
        page.mouse.down()
        began = time.perf_counter()
        page.mouse.move(x + 40, y + 20, steps=4)
        page.wait_for_selector(".live-cell[data-outcome]")
    painted = 1000 * (time.perf_counter() - began)
    answered.value.finished()
    asked = answered.value.request.timing["responseStart"]
    print(f"  consequences painted {what} after {painted:.0f} ms, answered after {asked:.0f} ms")
    _tell(page, f"  pick up {what}")


def main(people: int = 1500, slots: int = 40, tables: int = 300) -> None:
    """Build the forum, serve it, and measure every kind of rows."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with SqliteTemplate(folder).fresh(folder) as database:
            for served in serve(database, folder):
                _measure(served, people, slots, tables)


def _measure(served: Served, people: int, slots: int, tables: int) -> None:
    code, plan_id = large_forum(people, slots, tables)
    organiser = cast.account(Role.ORGANISER)
    with sync_playwright() as playwright:
        path = need("chromium", "google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        context = browser.new_context(base_url=served.url, viewport={"width": 1440, "height": 900})
        context.add_cookies([session_cookie(served, organiser)])  # type: ignore[list-item]
        for kind in ("tables", "delegates", "companies"):
            page = context.new_page()
            _gestures(page, f"/e/{code}/desk/meetings/plans/{plan_id}", kind)
            page.close()
        browser.close()


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

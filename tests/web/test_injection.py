"""What people may write about themselves stays text: on pages, paper, in workbooks, calendars and mails."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from typing import Final

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from werkzeug.routing import Rule

from forum import jobs, smtp
from forum.domain.localized import Localized
from forum.domain.roles import Role
from forum.domain.states import PaperKind
from forum.models import PrintRun
from forum.models.base import db
from forum.policy import SYSTEM
from forum.queries import programme
from forum.queries.papers import PaperChoice
from forum.services import papers, print_runs, visits
from forum.services.journal import record
from forum.smtp import Letter, composed
from forum.unit_of_work import transaction
from tests import cast, factories
from tests.furnished import Furnished, furnished, routes
from tests.workbooks_in_the_forum import HEADERS, forum_of_two_regions
from tests.workbooks_in_the_forum import people as workbook_of

# Whatever gets through leaves an element, an attribute or an address with this word in its name.
PAYLOADS: Final = (
    "<hack>",
    "</td></tr></table><hack>",
    "<script>hack()</script>",
    "<img src=x onerror=hack()>",
    "<svg/onload=hack()>",
    "<svg><script>hack()</script></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=hack()>",
    '"><hack x="',
    "'><hack x='",
    '" hack="1',
    "' hack='1",
    " hack=1 ",
    '" onmouseover="hack()',
    "` hack=`1",
    "javascript:hack()",
    "data:text/html,<hack>",
    "<a href=javascript:hack()>x</a>",
    "<base href=//hack.example/>",
    '<meta http-equiv=refresh content="0;url=//hack.example">',
    '<iframe srcdoc="<hack>">',
    "<form action=//hack.example>",
    "</textarea><hack>",
    "</title><hack>",
    "</style><hack>",
    "</script><hack>",
    "--><hack>",
    "]]><hack>",
    "<!--",
    "<link rel=attachment href=file:///etc/passwd>",
    "x:expression(hack())",
    "url(//hack.example)",
    "{{7*7}}hack",
    "{%raw%}hack",
    "${7*7}hack",
    "#{7*7}hack",
    "%(hack)s%s%n",
    "{0.__class__}hack",
    '=HYPERLINK("http://hack.example")',
    "+1+hack",
    "-1+hack",
    "@SUM(hack)",
    "\t=hack",
    "\r=hack",
    "=cmd|' /C calc'!hack",
    "x\r\nATTENDEE:hack",
    "x\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:hack",
    "x;hack=1,2\\n",
    "x\r\nBcc: hack@example.org",
    "x\r\n\r\n<hack>",
    '{"hack": 1}',
    '","hack":"',
    "\u202ekcah",
    "\u200bhack\u2028\u2029\x85",
    "&lt;hack&gt;",
    "%3Chack%3E",
    "\\u003chack\\u003e",
    "\x0b\x0chack",
)
_ADDRESSES: Final = (
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "srcset",
    "content",
    "hx-get",
    "hx-post",
)
LISTS: Final = ("delegates", "requests", "journal", "messages", "visits")
_ICS_NAMES: Final = {
    "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "UID", "DTSTAMP", "DTSTART",
    "DTEND", "SEQUENCE", "SUMMARY", "LOCATION", "DESCRIPTION", "NAME",
}  # fmt: skip


class Page(HTMLParser):
    """What a browser would find in a page that is not ours."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.foreign: list[str] = []
        self.text: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if "hack" in tag or tag in ("base", "iframe", "math", "object", "embed", "style"):
            self.foreign.append(f"<{tag}>")
        for name, value in attributes:
            is_drawn_here = tag == "img" and re.match(r"data:image/png;base64,[\w+/]+=*$", value or "")
            leads_away = name in _ADDRESSES and re.match(r"\s*(javascript|data|file|//)", value or "", re.I)
            is_script = "hack" in name or name.startswith("on") or name in ("style", "srcdoc")
            if is_script or (leads_away and not is_drawn_here):
                self.foreign.append(f"<{tag} {name}={value}>")

    def handle_data(self, text: str) -> None:
        if self.get_starttag_text() == "<script>":
            self.foreign.append(text)
        self.text.append(text)


@pytest.fixture
def world(app: Flask) -> Furnished:
    app.config["WTF_CSRF_ENABLED"] = False
    return furnished()


@pytest.fixture
def organiser(app: Flask, world: Furnished) -> FlaskClient:
    account = world.accounts[Role.ORGANISER]
    assert account is not None
    return cast.browser(app, account)


def _everywhere(text: str) -> Localized:
    return Localized(ru=text, kk=text, en=text)


def _hostile_rows(world: Furnished) -> list[int]:
    """A person, a firm, a request, a session, a site, a visit of every payload; ids of the people."""
    event = db.session.merge(world.forum.event)
    people = []
    firm = db.session.merge(world.forum.companies[0])
    for payload in PAYLOADS:
        said = _everywhere(payload)
        company = factories.company(
            event, payload, short_name=said, full_name=said, badge_name=said, identity_key=payload
        )
        company.offers = company.seeks = company.town = payload
        person = factories.delegate(
            event, company_id=company.id, family_name=payload, given_name=payload, patronymic=payload,
            latin_family_name=payload, latin_given_name=payload, position=said, town=payload, diet=payload,
            access_needs=payload, phone_extension=payload, email=f"{payload.lower()}@example.org",
        )  # fmt: skip
        factories.request(event, firm, company, message=payload, reason=payload)
        factories.session(event, title=said, summary=said)
        site = factories.site(event, title=said, summary=said, address=said, contact=payload)
        factories.visit(event, site, meeting_point=said, guide_languages=["ru"])
        record(actor=SYSTEM, action=payload, event_id=event.id, reason=payload, account=payload)
        people.append(person.id)
    return people


def _judged(paths: list[str], client: FlaskClient) -> dict[str, list[str]]:
    found = {}
    for path in paths:
        answer = client.get(path, buffered=True)
        if answer.status_code != 200:
            found[path] = [str(answer.status_code)]
        elif answer.mimetype == "text/html":
            page = Page(answer.text)
            evaluated = ["evaluated"] if "49hack" in "".join(page.text) else []
            if page.foreign or evaluated:
                found[path] = page.foreign + evaluated
    return found


def _is_desk(rule: Rule) -> bool:
    return "/desk/" in rule.rule and not rule.rule.endswith(("file.pdf", ".xlsx"))


def test_no_page_takes_a_text_for_markup(app: Flask, world: Furnished, organiser: FlaskClient) -> None:
    with transaction():
        people = _hostile_rows(world)
    code = world.forum.event.code
    desk = f"/e/{code}/desk"
    wicked = "%22%3E%3Chack%3E"
    paths = [
        *(world.path(app, rule) for rule, method in routes(app) if method == "GET" and _is_desk(rule)),
        *(f"{desk}/delegates/{key}" for key in people),
        *(f"/e/{code}/{page}" for page in ("", "programme", "sites", "venue/?q=hack")),
        f"{desk}/visits/{world.arguments['visit_id']}?find=hack",
        *(f"{desk}/{page}?q={wicked}&sort={wicked}&what={wicked}" for page in LISTS),
        *(f"{desk}/{page}?page=2" for page in LISTS),
    ]
    assert _judged(paths, organiser) == {}


def test_what_is_written_is_shown_as_it_is(world: Furnished, organiser: FlaskClient) -> None:
    with transaction():
        people = _hostile_rows(world)
    base = f"/e/{world.forum.event.code}/desk/delegates"
    lost = [
        payload
        for payload, key in zip(PAYLOADS, people, strict=True)
        if "".join(payload.split())
        not in "".join("".join(Page(organiser.get(f"{base}/{key}").text).text).split())
    ]
    assert lost == []


def test_a_page_that_took_a_text_for_markup_would_be_noticed() -> None:
    through = [payload for payload in PAYLOADS if Page(f'<p title="{payload}">{payload}</p>').foreign]
    assert len(through) >= 20


def test_delegates_pages_and_their_calendar_hold_no_markup_either(app: Flask, world: Furnished) -> None:
    with transaction():
        _hostile_rows(world)
        me = db.session.merge(world.forum.delegates[0])
        me.family_name = me.given_name = '"><hack>'
    account = world.accounts[Role.DELEGATE]
    assert account is not None
    client = cast.browser(app, account)
    base = f"/e/{world.forum.event.code}/my"
    assert _judged([f"{base}/", f"{base}/visits", f"{base}/agenda.pdf", "/account"], client) == {}


def test_a_hostile_workbook_is_imported_as_text(any_app: Flask) -> None:
    any_app.config["WTF_CSRF_ENABLED"] = False
    event = forum_of_two_regions(seats=3)
    client = cast.browser(any_app, cast.account(Role.ORGANISER, event_id=event.id))
    texts = [
        ILLEGAL_CHARACTERS_RE.sub("", text).lstrip("=") for text in (*PAYLOADS, "_x0000_hack", "_xD800_hack")
    ]
    book = workbook_of(
        *((text, text, text, *[text] * 10) for text in texts), headers=(*HEADERS[:12], "<hack>")
    )
    answer = client.post(
        f"/e/{event.code}/desk/imports", data={"book": (io.BytesIO(book), "'><hack>.xlsx"), "kind": ""}
    )
    page = answer.headers["Location"]
    client.post(f"{page}/read", data={f"sector:{text}": text for text in texts})
    looked_at = [page, f"{page}?page=2", f"{page}?show=%22%3E%3Chack%3E", f"/e/{event.code}/desk/imports"]
    before = _judged(looked_at, client)
    applied = client.post(f"{page}/apply").status_code
    desk = f"/e/{event.code}/desk"
    after = _judged([*looked_at, f"{desk}/delegates", f"{desk}/journal", f"{desk}/"], client)
    undone = client.post(f"{page}/undo").status_code
    assert (before, applied, after, undone) == ({}, 303, {}, 303)


def test_no_calendar_gets_a_property_from_a_text(world: Furnished, organiser: FlaskClient) -> None:
    with transaction():
        _hostile_rows(world)
    content = organiser.get(f"/e/{world.forum.event.code}/programme.ics").data
    assert re.search(rb"\r(?!\n)|(?<!\r)\n", content) is None
    lines = re.sub(rb"\r\n[ \t]", b"", content).decode().split("\r\n")
    names = {re.split(r"[:;]", line)[0] for line in lines if line}
    events = sum(line == "BEGIN:VEVENT" for line in lines)
    assert (names - _ICS_NAMES, events) == (set(), len(programme.of_event(event_id=world.forum.event.id)))


def test_no_workbook_holds_a_formula(world: Furnished, organiser: FlaskClient) -> None:
    with transaction():
        people = _hostile_rows(world)
        visit = factories.visit(
            db.session.merge(world.forum.event), factories.site(world.forum.event), capacity=100
        )
    event_id = world.forum.event.id
    for person in people:
        visits.sign_up(actor=SYSTEM, event_id=event_id, visit_id=visit.id, delegate_id=person)
    base = f"/e/{world.forum.event.code}/desk"
    for path in (f"{base}/visits/{visit.id}/people.xlsx", f"{base}/delegates.xlsx"):
        book = zipfile.ZipFile(io.BytesIO(organiser.get(path, buffered=True).data))
        sheets = [book.read(name) for name in book.namelist() if "sheet" in name]
        assert [
            b for b in (b"<f>", b"<f ", b"<hyperlink", b"externalLink") for sheet in sheets if b in sheet
        ] == []
        assert any(b"HYPERLINK(" in book.read(name) for name in book.namelist())


@pytest.mark.parametrize("kind", [PaperKind.BADGE, PaperKind.AGENDA])
def test_no_paper_does_anything(app: Flask, world: Furnished, kind: PaperKind) -> None:
    with transaction():
        people = _hostile_rows(world)
    if kind is PaperKind.AGENDA:  # everybody's holds the whole programme
        del people[2:]
    run_id = papers.order(
        actor=SYSTEM,
        event_id=world.forum.event.id,
        kind=kind,
        sheet="a6",
        choice=PaperChoice(delegate_ids=tuple(people)),
    )
    jobs.work_off(app)
    db.session.rollback()
    run = db.session.get_one(PrintRun, run_id)
    assert (run.status, run.error) == ("done", None)
    with pikepdf.open(print_runs.file_of(str(run.file_name))) as pdf:
        acting = {
            "/JS",
            "/JavaScript",
            "/URI",
            "/Launch",
            "/OpenAction",
            "/AA",
            "/EmbeddedFile",
            "/Annots",
            "/AcroForm",
            "/GoToR",
        }
        named = {
            name for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) for name in dict(thing)
        }
        assert named & acting == set()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_mail_gets_a_header_from_a_text(payload: str) -> None:
    letter = Letter(
        occasion=payload,
        sender="Forum <forum@example.org>",
        recipient="a@example.org",
        language="ru",
        subject=payload,
        body=payload,
    )
    try:
        message = composed(replace(letter, subject=" ".join(payload.split())))
    except smtp.NotSentError:
        return
    head = message.as_bytes().partition(b"\r\n\r\n")[0]
    names = {line.split(b":")[0] for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))}
    assert names == {
        b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Auto-Submitted", b"Content-Type",
        b"Content-Transfer-Encoding", b"MIME-Version", b"Content-Language",
    }  # fmt: skip


@pytest.mark.parametrize(
    "payload",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org, b@example.org",
        "<a@example.org>",
        "a@exa mple.org",
    ],
)
def test_no_mail_goes_to_an_address_that_is_two(payload: str) -> None:
    letter = Letter(
        occasion="x", sender="forum@example.org", recipient=payload, language="ru", subject="x", body="x"
    )
    with pytest.raises(smtp.NotSentError):
        composed(letter)

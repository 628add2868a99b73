"""``flask site``: the sites of a forum and the rules of their hosts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from forum.cli.events import event_command
from forum.domain.host_rules import HostRules, PhotoRule
from forum.domain.identity_documents import DocumentField, DocumentKind
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.sectors import SECTORS
from forum.domain.site_kinds import SITE_KINDS
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import sites as known
from forum.queries.events import EventView
from forum.queries.sites import SiteView
from forum.services import sites as commands
from forum.services.sites import SiteWanted

_TEXTS = ("title", "summary", "address")
_RULE_TEXTS = ("clothing", "bring", "note")


def site_of(event: EventView, code: str) -> SiteView:
    """The site with that short name.

    Raises:
        ForumError: ``no_such_site``.
    """
    for each in known.of_event(event_id=event.id):
        if each.code == code:
            return each
    raise ForumError("no_such_site")


def texts(given: tuple[str, ...]) -> dict[str, Localized]:
    """``name.language=text`` options as texts by name.

    Raises:
        click.BadParameter: an option of another form.
    """
    found: dict[str, dict[str, str]] = {}
    for each in given:
        name, _, text = each.partition("=")
        name, _, language = name.partition(".")
        if language not in LANGUAGES or not name:
            raise click.BadParameter(f"write NAME.LANGUAGE=TEXT with one of {', '.join(LANGUAGES)}: {each}")
        found.setdefault(name, {})[language] = text
    return {name: Localized(by_language) for name, by_language in found.items()}


@click.group()
def site() -> None:
    """The sites that the forum visits."""


@site.command("list")
@event_command
def list_sites(event: EventView) -> None:
    """List the sites with their visits."""
    for each in known.of_event(event_id=event.id):
        shown = "" if each.is_public else " (hidden)"
        click.echo(f"{each.code:<20} {each.kind:<22} {each.title.in_language('en')}{shown}")
        for visit in each.visits:
            departs = visit.departs_at.astimezone(event.zone)
            click.echo(f"  visit {visit.id}: {departs:%Y-%m-%d %H:%M} {visit.status.value}")


@site.command("show")
@click.argument("code")
@event_command
def show(event: EventView, code: str) -> None:
    """Show what is known of the site CODE and what its host demands."""
    found = site_of(event, code)
    rules = found.rules
    lines = {
        "title": dict(found.title),
        "address": dict(found.address),
        "kind": found.kind,
        "sectors": ", ".join(found.sectors),
        "contact": ", ".join(filter(None, (found.contact_name, found.contact, found.contact_phone))),
        "asks for": ", ".join(rules.id_fields) or "nothing",
        "documents": ", ".join(rules.documents) or "all kinds",
        "list due": f"{rules.cut_off_hours} hours before the start",
        "kept": "as long as the forum keeps documents"
        if rules.kept_days is None
        else f"{rules.kept_days} days",
        "photos": rules.photos.value,
    }
    for name, value in lines.items():
        click.echo(f"{name:<10} {value}")


def _site_options(command: Any) -> Any:
    options = (
        click.option("--kind", type=click.Choice([term.code for term in SITE_KINDS]), help="What it is."),
        click.option("--text", "given", multiple=True, metavar="NAME.LANGUAGE=TEXT",
                     help="title, summary, address, clothing, bring or note in ru, kk or en; repeat it."),
        click.option("--sector", "sectors", type=click.Choice([term.code for term in SECTORS]),
                     multiple=True, help="Repeat it."),
        click.option("--contact-name", help="Whom to ask at the site."),
        click.option("--contact", help="An e-mail address."),
        click.option("--contact-phone", help="A phone number."),
        click.option("--ask", "id_fields", type=click.Choice([each.value for each in DocumentField]),
                     multiple=True, help="What the gate asks of each visitor; repeat it."),
        click.option("--accept", "documents", type=click.Choice([each.value for each in DocumentKind]),
                     multiple=True, help="Which documents count; without: every kind."),
        click.option("--cut-off-hours", type=int, help="When the list is due, before the start on site."),
        click.option("--kept-days", type=int, help="Erase documents so many days after the return."),
        click.option("--photos", type=click.Choice([each.value for each in PhotoRule]),
                     help="Whether visitors may take pictures there."),
        click.option("--public/--hidden", "is_public", default=None, help="Whether everybody is shown it."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@site.command("add")
@click.argument("code")
@_site_options
@event_command
def add(event: EventView, code: str, **options: Any) -> None:
    """Add the site CODE (a short name such as esipovo)."""
    wanted = _changed(SiteWanted(code=code, kind="other", title=Localized()), options)
    site_id = commands.add(actor=SYSTEM, event_id=event.id, wanted=wanted)
    click.echo(f"site {code} added, number {site_id}")


@site.command("change")
@click.argument("code")
@_site_options
@event_command
def change(event: EventView, code: str, **options: Any) -> None:
    """Change the site CODE; what is not named stays."""
    found = site_of(event, code)
    commands.change(
        actor=SYSTEM,
        event_id=event.id,
        site_id=found.id,
        version=found.version,
        wanted=_changed(_as_it_is(found), options),
    )
    click.echo(f"site {code} changed")


@site.command("remove")
@click.argument("code")
@event_command
def remove(event: EventView, code: str) -> None:
    """Take away the site CODE, to which no visit was ever planned."""
    commands.remove(actor=SYSTEM, event_id=event.id, site_id=site_of(event, code).id)
    click.echo(f"site {code} removed")


@site.command("map")
@click.argument("code")
@click.argument("picture", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@event_command
def put_map(event: EventView, code: str, picture: Path) -> None:
    """Put PICTURE, a JPEG or PNG, on the page of the site CODE."""
    commands.put_map(
        actor=SYSTEM,
        event_id=event.id,
        site_id=site_of(event, code).id,
        content=picture.read_bytes(),
        name=picture.name,
    )
    click.echo(f"map of {code} put")


def _as_it_is(found: SiteView) -> SiteWanted:
    return SiteWanted(
        code=found.code,
        kind=found.kind,
        title=found.title,
        summary=found.summary,
        address=found.address,
        sectors=found.sectors,
        place_id=found.place_id,
        contact_name=found.contact_name or "",
        contact=found.contact or "",
        contact_phone=found.contact_phone or "",
        rules=found.rules,
        is_public=found.is_public,
    )


def _changed(was: SiteWanted, options: Mapping[str, Any]) -> SiteWanted:
    """``was`` with the options that were given."""
    said = texts(options["given"])
    plain = ("kind", "contact_name", "contact", "contact_phone", "is_public")
    changes = {name: options[name] for name in plain if options[name] is not None}
    if options["sectors"]:
        changes["sectors"] = options["sectors"]
    for name in _TEXTS:
        if name in said:
            changes[name] = Localized({**getattr(was, name), **said[name]})
    return replace(was, **changes, rules=_changed_rules(was.rules, options, said))


def _changed_rules(was: HostRules, options: Mapping[str, Any], said: Mapping[str, Localized]) -> HostRules:
    changes: dict[str, Any] = {
        name: options[name] for name in ("cut_off_hours", "kept_days") if options[name] is not None
    }
    if options["photos"]:
        changes["photos"] = PhotoRule(options["photos"])
    if options["id_fields"]:
        changes["id_fields"] = tuple(each for each in DocumentField if each.value in options["id_fields"])
    if options["documents"]:
        changes["documents"] = tuple(each for each in DocumentKind if each.value in options["documents"])
    for name in _RULE_TEXTS:
        if name in said:
            changes[name] = Localized({**getattr(was, name), **said[name]})
    return replace(was, **changes)

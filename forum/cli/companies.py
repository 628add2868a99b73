"""``flask catalogue`` and ``flask company``: find, look at and put right companies and people."""

from __future__ import annotations

from typing import Any, Final

import click

from forum.cli.events import event_command
from forum.domain.company_profile import FIELDS, CompanyProfile, replaced
from forum.domain.company_sizes import COMPANY_SIZES
from forum.domain.legal_forms import FORMS_BY_CODE
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.regions import REGIONS
from forum.domain.sectors import SECTORS
from forum.domain.visibility import Audience, Reader
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import catalogue as known_catalogue
from forum.queries import companies as known
from forum.queries import company_merges
from forum.queries.catalogue import Choice
from forum.queries.companies import MISSING, CompanyFilter, CompanyView
from forum.queries.events import EventView
from forum.services import catalogue_settings, companies
from forum.services import company_merges as merges

_LANGUAGE: Final = "ru"
_READERS: Final = {audience.value: Reader(audience) for audience in Audience}
_CODES: Final = click.Choice([term.code for term in SECTORS])
_IN: Final = click.Choice(LANGUAGES)


@click.group()
def catalogue() -> None:
    """Search the catalogue, and say who sees it."""


@catalogue.command("search")
@click.argument("text")
@click.option("--as", "reader", type=click.Choice(list(_READERS)), default="office", show_default=True,
              help="Whose eyes: VIPs are seen by the office alone here.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Of each kind.")
@event_command
def search(event: EventView, text: str, reader: str, limit: int) -> None:
    """Companies and people that TEXT may mean, best first; exit code 1 if there is none."""
    choice = Choice(text=text, size=limit)
    arguments: dict[str, Any] = {"event_id": event.id, "reader": _READERS[reader], "choice": choice}
    firms = known_catalogue.companies(**arguments, language=_LANGUAGE).page
    people = known_catalogue.people(**arguments, language=_LANGUAGE).page
    for firm in firms.rows:
        name = firm.name.in_language(_LANGUAGE)
        click.echo("  ".join(filter(None, (f"company {firm.id}", name, firm.town))))
    for person in people.rows:
        employer = person.company.in_language(_LANGUAGE)
        click.echo("  ".join(filter(None, (f"person {person.id}", person.name, person.latin_name, employer))))
    click.echo(f"{firms.total} companies, {people.total} people")
    if not firms.total + people.total:
        raise SystemExit(1)


@catalogue.command("settings")
@click.option("--public/--not-public", "is_public", default=None, help="Whether everybody may read it.")
@click.option("--vips-seen-by", metavar="CATEGORIES", help="Such as official,speaker; empty for nobody.")
@event_command
def settings(event: EventView, is_public: bool | None, vips_seen_by: str | None) -> None:
    """Say who sees the catalogue and its VIPs; without options only show it."""
    now = catalogue_settings.of_event(event.id)
    chosen = now.vips_seen_by if vips_seen_by is None else tuple(filter(None, vips_seen_by.split(",")))
    wanted = now.is_public if is_public is None else is_public
    if (wanted, chosen) != (now.is_public, now.vips_seen_by):
        catalogue_settings.change(actor=SYSTEM, event_id=event.id, is_public=wanted, vips_seen_by=chosen)
    click.echo(f"public: {'yes' if wanted else 'no'}; VIPs seen by: {', '.join(chosen) or 'nobody'}")


@click.group()
def company() -> None:
    """List, show, change and merge companies."""


@company.command("list")
@click.option("--search", "text", default="", help="Only those that these words may mean.")
@click.option("--lacks", type=click.Choice(MISSING), help="Only those that lack this.")
@event_command
def list_companies(event: EventView, text: str, lacks: str | None) -> None:
    """Every company with its people and what it lacks."""
    chosen = CompanyFilter(text=text, lacks=lacks)
    rows = known.everything(event_id=event.id, chosen=chosen, language=_LANGUAGE)
    for row in rows:
        missing = f"  lacks {', '.join(row.lacks)}" if row.lacks else ""
        click.echo(f"{row.id:>6}  {row.name.in_language(_LANGUAGE)}  {row.people} people{missing}")
    click.echo(f"{len(rows)} companies")


@company.command("show")
@click.argument("company_id", type=int)
@event_command
def show(event: EventView, company_id: int) -> None:
    """Everything that is kept of a company."""
    found = _found(event, company_id)
    for name in FIELDS:
        said = _said(getattr(found.profile, name))
        if said:
            click.echo(f"{name:<14} {said}")
    for person_id, person in found.people:
        click.echo(f"person {person_id:<7} {person}")


@company.command("change")
@click.argument("company_id", type=int)
@click.option("--form", "legal_form", type=click.Choice(list(FORMS_BY_CODE)), help="Legal form.")
@click.option("--name", "bare_name", help="Name without the form; names in all languages are made anew.")
@click.option("--full", nargs=2, type=(_IN, str), multiple=True, help="LANGUAGE and full name.")
@click.option("--short", nargs=2, type=(_IN, str), multiple=True, help="LANGUAGE and short name.")
@click.option("--badge", nargs=2, type=(_IN, str), multiple=True, help="LANGUAGE and name on badges.")
@click.option("--about", nargs=2, type=(_IN, str), multiple=True, help="LANGUAGE and text.")
@click.option("--sector", "sectors", type=_CODES, multiple=True, help="All of them; repeat for each.")
@click.option(
    "--offer-sector",
    "offer_sectors",
    type=_CODES,
    multiple=True,
    help="A sector that it offers something to; repeat it.",
)
@click.option(
    "--seek-sector",
    "seek_sectors",
    type=_CODES,
    multiple=True,
    help="A sector that it seeks partners in; repeat it.",
)
@click.option("--offers", help="Text.")
@click.option("--seeks", help="Text.")
@click.option(
    "--size", type=click.Choice([term.code for term in COMPANY_SIZES]), help="By the number of its people."
)
@click.option("--region", type=click.Choice([term.code for term in REGIONS]), help="Where it is at home.")
@click.option("--town", help="Where it is at home.")
@click.option("--website", help="The address of its own pages.")
@event_command
def change(event: EventView, company_id: int, **options: Any) -> None:
    """Write what the options say; everything else stays."""
    found = _found(event, company_id)
    profile = _with_options(found.profile, options)
    fields = companies.change(
        actor=SYSTEM, event_id=event.id, company_id=found.id, version=found.version, profile=profile
    )
    click.echo(f"changed: {', '.join(fields)}" if fields else "nothing was different")


@company.command("merge")
@click.argument("company_id", type=int)
@click.argument("other_id", type=int)
@click.option("--dry-run", is_flag=True, help="Only say what would move.")
@event_command
def merge(event: EventView, company_id: int, other_id: int, dry_run: bool) -> None:
    """Make the company OTHER_ID part of COMPANY_ID, which stays."""
    keep, other = _found(event, company_id), _found(event, other_id)
    preview = company_merges.preview(event_id=event.id, keep=keep, other=other)
    click.echo(
        f"{_name(other)} -> {_name(keep)}: {len(preview.people)} people, {preview.requests} requests,"
        f" {preview.dropped} requests that both have, {len(preview.fallen)} orders of meetings no longer hold"
    )
    if dry_run:
        return
    done = merges.merge(
        actor=SYSTEM, event_id=event.id, company_id=keep.id, version=keep.version, other_id=other.id,
        other_version=other.version,
    )  # fmt: skip
    click.echo(f"done; {done.fallen_orders} orders of meetings no longer hold")
    click.echo(f"to undo: flask company part {done.entry_id}")


@company.command("part")
@click.argument("entry_id", type=int)
@event_command
def part(event: EventView, entry_id: int) -> None:
    """Undo the merge with that number in the journal."""
    again = merges.part(actor=SYSTEM, event_id=event.id, entry_id=entry_id)
    click.echo(f"company {again} is there again")


def _with_options(profile: CompanyProfile, options: dict[str, Any]) -> CompanyProfile:
    """A new name makes the names in all languages anew, except those that are given too."""
    plain = ("legal_form", "bare_name", "offers", "seeks", "size", "region", "town", "website")
    lists = ("sectors", "offer_sectors", "seek_sectors")
    named = {"full_name": options["full"], "short_name": options["short"], "badge_name": options["badge"]}
    is_renamed = options["bare_name"] is not None or options["legal_form"] is not None
    kept = Localized() if is_renamed else None
    return replaced(
        profile,
        {
            **{name: options[name] for name in plain if options[name] is not None},
            **{name: tuple(sorted(set(options[name]))) for name in lists if options[name]},
            **{
                name: Localized({**(kept if kept is not None else getattr(profile, name)), **dict(given)})
                for name, given in named.items()
            },
            "about": Localized({**profile.about, **dict(options["about"])}),
        },
    )


def _found(event: EventView, company_id: int) -> CompanyView:
    found = known.find(event_id=event.id, row_id=company_id)
    if found is None:
        raise ForumError("no_such_company")
    return found


def _name(company: CompanyView) -> str:
    return company.profile.short_name.in_language(_LANGUAGE)


def _said(value: Any) -> str:
    if isinstance(value, Localized):
        return " | ".join(f"{language}: {text}" for language, text in value.items())
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")

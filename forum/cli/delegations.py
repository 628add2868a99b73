"""``flask delegation``: delegations, who looks after them, their members, and who is ready."""

from __future__ import annotations

import click

from forum.cli.events import event_command
from forum.cli.people import person_with, profile
from forum.domain.company_names import parse_company_name
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.readiness import TITLES
from forum.domain.states import Category
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import coordinators as known_coordinators
from forum.queries import delegations as known
from forum.queries import readiness
from forum.queries.delegations import CategoryPlaces, DelegationView
from forum.queries.events import EventView
from forum.queries.readiness import ReadinessFilter
from forum.sentences import register
from forum.services import coordinators as coordinator_commands
from forum.services import delegations as commands
from forum.services import members, reminders, replacements, withdrawals

_CATEGORIES = click.Choice([category.value for category in Category])
_LANGUAGE = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="ru",
    show_default=True,
    help="The language of a person who is new.",
)
_EMAIL = click.option("--email", help="Without one the coordinators speak for the person.")

register({"no_delegation_with_code": "There is no delegation with the short name %(delegation)s."})


@click.group()
def delegation() -> None:
    """Look after delegations, their members and their readiness."""


@delegation.command("list")
@event_command
def list_delegations(event: EventView) -> None:
    """Show every delegation: how full it is, how many are ready, who looks after it."""
    ready = readiness.shares(event=event)
    for row in known.counts(event_id=event.id):
        done, people = ready.get(row.id, (0, 0))
        click.echo(f"{row.code}  {row.title.in_language('en')}  ready {done} of {people}")
        for places in known.places(delegation_id=row.id):
            click.echo(f"    {_places(places)}")
        for one in known_coordinators.of_delegation(row.id):
            click.echo(f"    coordinator {one.name} <{one.email}>")


@delegation.command()
@click.argument("code")
@click.option("--title", required=True, help="In Russian, or in the only language there is.")
@click.option("--title-kk", default="", help="In Kazakh.")
@click.option("--title-en", default="", help="In English.")
@click.option("--region", help="A code of the dictionary of regions, such as almaty_region.")
@click.option("--host", is_flag=True, help="The side that receives the others.")
@event_command
def add(
    event: EventView, code: str, title: str, title_kk: str, title_en: str, region: str | None, host: bool
) -> None:
    """Make the delegation CODE."""
    commands.create(
        actor=SYSTEM,
        event_id=event.id,
        code=code,
        title=Localized(ru=title, kk=title_kk, en=title_en),
        region=region,
        is_host=host,
    )
    click.echo(f"delegation {code} is there")


@delegation.command()
@click.argument("code")
@click.option("--title", help="In Russian.")
@click.option("--title-kk", help="In Kazakh.")
@click.option("--title-en", help="In English.")
@click.option("--region", help="A code of the dictionary of regions.")
@click.option("--host/--guest", "is_host", default=None, help="Which side it is.")
@event_command
def change(
    event: EventView,
    code: str,
    title: str | None,
    title_kk: str | None,
    title_en: str | None,
    region: str | None,
    is_host: bool | None,
) -> None:
    """Change what the delegation CODE is called and where it is from."""
    row = _delegation(event, code)
    given = {"ru": title, "kk": title_kk, "en": title_en}
    commands.change(
        actor=SYSTEM,
        event_id=event.id,
        delegation_id=row.id,
        version=row.version,
        code=code,
        title=Localized({**row.title, **{key: text for key, text in given.items() if text is not None}}),
        region=region if region is not None else row.region,
        is_host=row.is_host if is_host is None else is_host,
    )
    click.echo("changed")


@delegation.command()
@click.argument("code")
@event_command
def remove(event: EventView, code: str) -> None:
    """Remove the delegation CODE, to which nobody belongs."""
    commands.remove(actor=SYSTEM, event_id=event.id, delegation_id=_delegation(event, code).id)
    click.echo("removed")


@delegation.command()
@click.argument("code")
@click.argument("category", type=_CATEGORIES)
@click.argument("places", type=click.IntRange(0, commands.MOST_PLACES), required=False)
@event_command
def quota(event: EventView, code: str, category: str, places: int | None) -> None:
    """Give the delegation CODE so many PLACES of a CATEGORY; without a number, as many as come."""
    row = _delegation(event, code)
    quotas = {key: number for key, number in row.quotas.items() if key != category}
    if places is not None:
        quotas[Category(category)] = places
    commands.put_quotas(
        actor=SYSTEM, event_id=event.id, delegation_id=row.id, version=row.version, quotas=quotas
    )
    click.echo(f"{category}: {'as many as come' if places is None else places}")


@delegation.command()
@click.argument("code")
@click.argument("email")
@click.option("--name", default="", help="The person's name, for a new account.")
@_LANGUAGE
@click.option("--remove", "is_removed", is_flag=True, help="Let them go instead.")
@event_command
def coordinator(event: EventView, code: str, email: str, name: str, language: str, is_removed: bool) -> None:
    """Invite EMAIL to look after the delegation CODE."""
    row = _delegation(event, code)
    if is_removed:
        found = {one.email: one.account_id for one in known_coordinators.of_delegation(row.id)}
        coordinator_commands.remove(
            actor=SYSTEM, event_id=event.id, delegation_id=row.id, account_id=found.get(email.lower(), 0)
        )
        click.echo("removed")
        return
    is_new = coordinator_commands.invite(
        actor=SYSTEM, event_id=event.id, delegation_id=row.id, email=email, name=name, language=language
    )
    click.echo("invited" if is_new else "another link was sent")


@delegation.command()
@click.argument("code")
@click.argument("name")
@click.option(
    "--category",
    type=_CATEGORIES,
    default=Category.DELEGATE.value,
    show_default=True,
    help="As what the person comes.",
)
@click.option("--company", default="", help="With its legal form; made where the forum does not know it.")
@click.option("--position", default="", help="In the language of the letters.")
@_EMAIL
@_LANGUAGE
@event_command
def member(
    event: EventView,
    code: str,
    name: str,
    category: str,
    company: str,
    position: str,
    email: str | None,
    language: str,
) -> None:
    """Add NAME («Фамилия Имя Отчество») to the delegation CODE."""
    added = members.add(
        actor=SYSTEM,
        event_id=event.id,
        delegation_id=_delegation(event, code).id,
        category=Category(category),
        profile=profile(name, position=position, email=email, language=language),
        new_company=parse_company_name(company) if company else None,
    )
    click.echo(f"member {added.delegate_id}: {added.status.value}")


@delegation.command()
@click.argument("number", type=int)
@click.argument("name")
@click.option("--reason", required=True, help="Kept with the name of the person who had the place.")
@click.option("--position", default="", help="In the language of the letters; by default that of the place.")
@_EMAIL
@_LANGUAGE
@event_command
def replace(
    event: EventView, number: int, name: str, reason: str, position: str, email: str | None, language: str
) -> None:
    """Let NAME come in the place of the person with the badge NUMBER."""
    found = person_with(event, number)
    replacements.replace(
        actor=SYSTEM,
        event_id=event.id,
        delegate_id=found.delegate_id,
        version=found.version,
        profile=profile(name, position=position, email=email, language=language, like=found.profile),
        reason=reason,
    )
    click.echo(f"{name} comes in the place of {found.profile.name.full}; the old badge is void")


@delegation.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Its reader is the person.")
@event_command
def withdraw(event: EventView, number: int, reason: str) -> None:
    """Withdraw the person with the badge NUMBER."""
    found = person_with(event, number)
    withdrawals.withdraw(actor=SYSTEM, event_id=event.id, delegate_id=found.delegate_id, reason=reason)
    click.echo(f"{found.profile.name.full} is withdrawn")


@delegation.command("readiness")
@click.argument("code", required=False)
@click.option("--all", "shows_all", is_flag=True, help="Also those who are ready.")
@event_command
def show_readiness(event: EventView, code: str | None, shows_all: bool) -> None:
    """List who lacks what, of one delegation or of all; exit code 1 if anybody lacks something."""
    chosen = ReadinessFilter(delegation_id=_delegation(event, code).id if code else None)
    found = readiness.everyone(event=event, chosen=chosen, language="ru")
    for row in found:
        if shows_all or not row.is_ready:
            lacks = ", ".join(TITLES[need].in_language("en").lower() for need in row.missing)
            click.echo(f"{row.number:>5}  {row.name}  {lacks or 'ready'}")
    ready = sum(row.is_ready for row in found)
    click.echo(f"ready: {ready} of {len(found)}")
    if ready < len(found):
        raise SystemExit(1)


@delegation.command()
@click.argument("code", required=False)
@click.option("--dry-run", is_flag=True, help="Only say who would get what.")
@click.option("--reason", default="", help="Why those reminded today have to be reminded again.")
@event_command
def remind(event: EventView, code: str | None, dry_run: bool, reason: str) -> None:
    """Write to those who lack something, of one delegation or of all, once a day."""
    delegation_id = _delegation(event, code).id if code else None
    if not dry_run:
        done = reminders.remind(actor=SYSTEM, event_id=event.id, delegation_id=delegation_id, reason=reason)
        click.echo(f"letters: {done.letters}, about {done.people} people")
        return
    plan = reminders.planned(actor=SYSTEM, event_id=event.id, delegation_id=delegation_id)
    for letter in plan.letters:
        click.echo(f"{letter.recipient}: {', '.join(person.name for person in letter.people)}")
    for person in plan.unreachable:
        click.echo(f"nobody to write to: {person.name}")
    click.echo(f"letters: {len(plan.letters)}, reminded today: {len(plan.again)}")


def _delegation(event: EventView, code: str) -> DelegationView:
    found = known.with_code(event_id=event.id, code=code)
    if found is None:
        raise ForumError("no_delegation_with_code", delegation=code)
    return found


def _places(places: CategoryPlaces) -> str:
    limit = "as many as come" if places.places is None else f"of {places.places}"
    waiting = f", waiting {places.waiting}" if places.waiting else ""
    return f"{places.category.value}: {places.used} {limit}{waiting}"

"""``flask registration add`` and ``drafts``: registering somebody, and who has begun and not sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from forum.cli.events import event_command
from forum.cli.registrations import registration
from forum.domain.company_names import parse_company_name
from forum.domain.consents import PURPOSES
from forum.domain.languages import LANGUAGES_SPOKEN
from forum.domain.localized import LANGUAGES, Localized
from forum.domain.names import person_name_from_parts
from forum.domain.profile import Profile
from forum.domain.regions import REGIONS
from forum.domain.registration_steps import Step
from forum.domain.sectors import SECTORS
from forum.domain.states import Category, Visibility
from forum.domain.transliteration import to_latin
from forum.domain.typed_text import name_problem
from forum.domain.vocabulary import Vocabulary
from forum.policy import SYSTEM
from forum.queries import drafts as known
from forum.queries.events import EventView
from forum.services import applications
from forum.services.application_companies import Business, NewCompany
from forum.services.applications import Application
from forum.workbooks.contacts import Phone, parse_emails, parse_phones

T = TypeVar("T")
_MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])


def _read(problem: str, read: Callable[[str], T | None]) -> Callable[..., T | None]:
    """A callback of an option: what ``read`` makes of the text, or a usage error that says ``problem``."""

    def callback(_context: click.Context, _option: click.Parameter, text: str | None) -> T | None:
        value = read(text) if text else None
        if text and value is None:
            raise click.BadParameter(f"{text!r}: {problem}")
        return value

    return callback


def _codes(problem: str, vocabulary: Vocabulary) -> Callable[..., tuple[str, ...]]:
    """The same for an option with a list: codes, or titles in any language."""

    def read(text: str) -> tuple[str, ...] | None:
        codes, unknown = vocabulary.find_all(text)
        return None if unknown else codes

    callback = _read(problem, read)
    return lambda context, option, text: callback(context, option, text) or ()


def _name(text: str) -> str | None:
    return None if name_problem(text) else text


def _email(text: str) -> str | None:
    addresses, rest = parse_emails(text)
    return addresses[0] if len(addresses) == 1 and not rest else None


def _phone(text: str) -> Phone | None:
    phones, rest = parse_phones(text)
    return phones[0] if len(phones) == 1 and not rest else None


def _who() -> tuple[Callable[..., Any], ...]:
    name, address = _read("this is no name", _name), _read("this is no e-mail address", _email)
    return (
        click.option("--family-name", required=True, callback=name, help="As the person writes it."),
        click.option("--given-name", callback=name, help="As the person writes it."),
        click.option("--patronymic", callback=name, help="As the person writes it; by default none."),
        click.option("--latin-family-name", callback=name, help="By default as documents write it."),
        click.option("--latin-given-name", callback=name, help="By default as documents write it."),
        click.option("--email", callback=address, help="In any spelling; by default none."),
        click.option(
            "--phone",
            callback=_read("this is no phone number", _phone),
            help="In any spelling; by default none.",
        ),
        click.option(
            "--language",
            type=click.Choice(LANGUAGES),
            default="ru",
            show_default=True,
            help="Of the papers and letters.",
        ),
    )


def _profile_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that make a profile."""
    options = (
        *_who(),
        click.option("--position-ru", help="The position in Russian."),
        click.option("--position-kk", help="The position in Kazakh."),
        click.option("--position-en", help="The position in English."),
        click.option(
            "--spoken",
            callback=_codes("a language is unknown", LANGUAGES_SPOKEN),
            help="Languages that the person speaks, by their codes with commas between.",
        ),
        click.option("--town", help="Where the person comes from."),
        click.option(
            "--region",
            callback=_read("this region is unknown", REGIONS.find),
            help="Where the person comes from, by its name or code.",
        ),
        click.option("--diet", help="What the person does not eat."),
        click.option("--access-needs", help="What the person needs to get about."),
        click.option("--arrives", type=_MOMENT, help="By the clock of the forum, 2026-12-01T09:30."),
        click.option("--leaves", type=_MOMENT, help="By the clock of the forum."),
        click.option(
            "--visibility",
            type=click.Choice([each.value for each in Visibility]),
            default=Visibility.PARTICIPANTS.value,
            help="Who finds the person in the catalogue.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@registration.command("add")
@_profile_options
@click.option(
    "--category",
    type=click.Choice([each.value for each in Category]),
    default="delegate",
    help="As what the person comes.",
)
@click.option("--company", help="With its legal form; one that is known in any spelling is taken.")
@click.option("--sectors", callback=_codes("a sector is unknown", SECTORS), help="Of a new company.")
@click.option("--offers", help="Of a new company.")
@click.option("--seeks", help="Of a new company.")
@click.option("--consent", "consents", multiple=True, type=click.Choice(list(PURPOSES)), help="Repeat it.")
@click.option("--quiet", is_flag=True, help="Write no mail.")
@event_command
def add(
    event: EventView,
    category: str,
    company: str | None,
    sectors: tuple[str, ...],
    offers: str | None,
    seeks: str | None,
    consents: tuple[str, ...],
    quiet: bool,
    **typed: Any,
) -> None:
    """Register somebody as their own form would, at any time; an organiser or a place decides then."""
    sent = applications.add(
        actor=SYSTEM,
        event_id=event.id,
        category=Category(category),
        application=Application(
            profile=_profile(event, typed),
            company=NewCompany(parse_company_name(company)) if company else None,
            business=Business(sectors=sectors, offers=offers, seeks=seeks),
            consents=frozenset(consents),
        ),
        tells=not quiet,
    )
    click.echo(f"{sent.number}: {sent.status.value}")


@registration.command("drafts")
@click.option("--list", "lists", is_flag=True, help="Name everybody, the latest first.")
@event_command
def drafts(event: EventView, lists: bool) -> None:
    """Say how many have begun to register and not sent it, and after which step they stopped."""
    numbers = known.stopped_at(event_id=event.id)
    for step in ("", *Step):
        if numbers.get(step):
            click.echo(f"{step or '(nothing done yet)':20} {numbers[step]:5}")
    click.echo(f"{'in all':20} {sum(numbers.values()):5}")
    for draft in known.unsent(event_id=event.id) if lists else ():
        when = draft.updated_at.astimezone(event.zone).strftime("%Y-%m-%d %H:%M")
        click.echo(
            f"{when}  {draft.category.value:12} {draft.reached or '–':12} {draft.name} {draft.email or ''}"
        )


def _profile(event: EventView, typed: dict[str, Any]) -> Profile:
    name = person_name_from_parts(typed["family_name"], typed["given_name"] or "", typed["patronymic"] or "")
    phone: Phone | None = typed["phone"]
    return Profile(
        family_name=name.family,
        given_name=name.given,
        patronymic=name.patronymic or None,
        latin_family_name=typed["latin_family_name"] or to_latin(name.family),
        latin_given_name=typed["latin_given_name"] or to_latin(name.given) or None,
        position=Localized({code: typed[f"position_{code}"] or "" for code in LANGUAGES}),
        phone=phone.number if phone else None,
        phone_extension=phone.extension or None if phone else None,
        arrives_at=_instant(event, typed["arrives"]),
        leaves_at=_instant(event, typed["leaves"]),
        visibility=Visibility(typed["visibility"]),
        **{name: typed[name] for name in _AS_THEY_ARE},
    )


_AS_THEY_ARE = ("email", "language", "spoken", "town", "region", "diet", "access_needs")


def _instant(event: EventView, moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=event.zone) if moment else None

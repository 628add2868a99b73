"""``flask photo`` and ``flask badge``: photos of people, and how their badges will look."""

from __future__ import annotations

from pathlib import Path

import click

from forum.cli.events import event_command
from forum.domain.portraits import Crop
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.queries import profiles
from forum.queries.events import EventView
from forum.queries.profiles import ProfileView
from forum.services import badge_previews, badges, photos
from forum.services.badge_previews import BadgePreview
from forum.services.portraits import portrait
from forum.web import badge_words, photo_words  # noqa: F401 (registers what a photo can be refused for)

_NUMBER = click.argument("number", type=click.IntRange(1))
_SHARE = click.FloatRange(0, 1)


@click.group()
def photo() -> None:
    """Photos of people. NUMBER is the one on the badge."""


@photo.command("add")
@_NUMBER
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--crop",
    type=(_SHARE, _SHARE, _SHARE),
    metavar="LEFT TOP WIDTH",
    help="The part to keep, as shares of the upright picture; by default the middle.",
)
@event_command
def add(event: EventView, number: int, file: Path, crop: tuple[float, float, float] | None) -> None:
    """Give somebody a photo, in place of the one they had."""
    person = _person(event, number)
    made = portrait(file.read_bytes(), Crop(*crop) if crop else None)
    photos.put(
        actor=SYSTEM,
        event_id=event.id,
        delegate_id=person.delegate_id,
        version=person.version,
        content=made,
    )
    click.echo(f"{made.width} x {made.height} pixels, {len(made.content) // 1024} kB")
    if made.is_coarse:
        click.echo("The photo is too small to look well on paper.", err=True)


@photo.command("remove")
@_NUMBER
@event_command
def remove(event: EventView, number: int) -> None:
    """Take somebody's photo away."""
    person = _person(event, number)
    photos.remove(actor=SYSTEM, event_id=event.id, delegate_id=person.delegate_id, version=person.version)


@click.group()
def badge() -> None:
    """How badges will look. NUMBER is the one on the badge."""


@badge.command("preview")
@_NUMBER
@click.option(
    "--out",
    "out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The picture to write, a PNG.",
)
@click.option(
    "--width",
    type=click.IntRange(100, 1200),
    default=badge_previews.WIDTH,
    show_default=True,
    help="Of the picture, in pixels.",
)
@event_command
def preview(event: EventView, number: int, out: Path, width: int) -> None:
    """Draw somebody's badge as it would be printed, with the mark of a sample.

    What could look better is said, and makes the exit code 1.
    """
    found = _preview(event, number)
    out.write_bytes(badge_previews.png(found, width=width))
    sentences = badge_words.finding_sentences(found)
    for sentence in sentences:
        click.echo(sentence, err=True)
    if sentences:
        raise click.exceptions.Exit(1)


@badge.command("confirm")
@_NUMBER
@event_command
def confirm(event: EventView, number: int) -> None:
    """Note that somebody has found their badge right."""
    person = _person(event, number)
    content = _preview(event, number).content
    badges.confirm(actor=SYSTEM, event_id=event.id, delegate_id=person.delegate_id, content=content)


def _person(event: EventView, number: int) -> ProfileView:
    found = profiles.by_number(event_id=event.id, number=number)
    if found is None:
        raise ForumError("no_such_delegate")
    return found


def _preview(event: EventView, number: int) -> BadgePreview:
    found = badge_previews.of_delegate(event=event, delegate_id=_person(event, number).delegate_id)
    if found is None:
        raise ForumError("no_such_delegate")
    return found

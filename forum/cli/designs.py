"""``flask design``: how badges look."""

from __future__ import annotations

import json
from pathlib import Path

import click

from forum.cli.events import event_command
from forum.domain.states import Category
from forum.errors import ForumError
from forum.policy import SYSTEM
from forum.printing.design_data import FORMATS, from_file
from forum.printing.designs import Design, standard
from forum.printing.errors import PrintingError
from forum.queries import designs as known
from forum.queries import profiles
from forum.queries.designs import DesignView
from forum.queries.events import EventView
from forum.services import design_files, design_pictures, design_previews, designs
from forum.web import design_words

_TITLE = click.argument("title")
_VERSION = click.option("--version", "number", type=click.IntRange(1), help="By default the latest.")
_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_OUT = click.option(
    "--out", "out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
_FOR = click.option(
    "--for",
    "categories",
    multiple=True,
    type=click.Choice([each.value for each in Category]),
    help="Only these people; by default everybody.",
)


@click.group()
def design() -> None:
    """How badges look: designs, their versions, for whom they are used."""


@design.command("list")
@event_command
def list_designs(event: EventView) -> None:
    """Designs, the published version of each, and for whom it is used."""
    for view in known.listed(event_id=event.id):
        published = f"version {view.published} of {view.latest}" if view.published else "not published"
        click.echo(f"{view.title}: {published}; {_used_for(view)}")


@design.command("show")
@_TITLE
@_VERSION
@event_command
def show(event: EventView, title: str, number: int | None) -> None:
    """Versions, size and blocks of a design; what would come out badly makes the exit code 1."""
    view = _view(event, title)
    found = _design(view, number)
    for version in view.versions:
        mark = " (published)" if version.number == view.published else ""
        click.echo(f"version {version.number}, {version.saved_at:%Y-%m-%d %H:%M}{mark}")
    click.echo(f"{found.width:g} x {found.height:g} mm, {design_words.FOLDS[found.fold]}; {_used_for(view)}")
    for index, block in enumerate(found.blocks, 1):
        place = f"{block.x:g} {block.y:g} {block.width:g} {block.height:g}"
        side = f"{design_words.SIDES[block.side]}: " if found.has_back else ""
        click.echo(f"{index:3}  {place:26}  {side}{design_words.block_title(block)}")
    weak = design_previews.weaknesses(event=event, design=found)
    for problem in weak:
        click.echo(design_words.placed_sentence(found, problem), err=True)
    if weak:
        raise click.exceptions.Exit(1)


@design.command("new")
@_TITLE
@click.option(
    "--format",
    "code",
    type=click.Choice(sorted(FORMATS)),
    default="a6",
    show_default=True,
    help="The standard design to begin with.",
)
@click.option("--like", metavar="TITLE", help="Begin as the latest version of another design.")
@event_command
def new(event: EventView, title: str, code: str, like: str | None) -> None:
    """Another design, which begins as the standard one of a format or as another."""
    begin = _design(_view(event, like), None) if like else standard(FORMATS[code]).design
    designs.add(actor=SYSTEM, event_id=event.id, title=title, design=begin)


@design.command("save")
@_TITLE
@_FILE
@event_command
def save(event: EventView, title: str, file: Path) -> None:
    """Keep a changed file (JSON, as export writes it) as the next version. What is printed stays."""
    view = _view(event, title)
    try:
        _named, changed = from_file(json.loads(file.read_text("utf-8-sig")))
    except (ValueError, RecursionError, PrintingError) as error:
        raise ForumError("design_no_file") from error
    try:
        number = designs.save(
            actor=SYSTEM, event_id=event.id, design_id=view.id, version=view.latest, design=changed
        )
    except ForumError as error:
        for problem in error.data.get("problems", ()):
            click.echo(design_words.placed_sentence(changed, problem), err=True)
        raise
    click.echo(f"version {number}")


@design.command("publish")
@_TITLE
@_VERSION
@event_command
def publish(event: EventView, title: str, number: int | None) -> None:
    """Print badges after a version from now on. Badges printed after another become out of date."""
    view = _view(event, title)
    designs.publish(actor=SYSTEM, event_id=event.id, design_id=view.id, version=number or view.latest)


@design.command("use")
@_TITLE
@_FOR
@event_command
def use(event: EventView, title: str, categories: tuple[str, ...]) -> None:
    """Print badges after the published version of a design."""
    _use(event, _view(event, title).id, categories)


@design.command("standard")
@_FOR
@event_command
def use_standard(event: EventView, categories: tuple[str, ...]) -> None:
    """Print badges after the standard design again."""
    _use(event, None, categories)


@design.command("remove")
@_TITLE
@event_command
def remove(event: EventView, title: str) -> None:
    """Let go of a design that no badges are printed after."""
    designs.remove(actor=SYSTEM, event_id=event.id, design_id=_view(event, title).id)


@design.command("export")
@_TITLE
@_VERSION
@_OUT
@event_command
def export(event: EventView, title: str, number: int | None, out: Path) -> None:
    """Write a design into a file: JSON, or a zip where it shows pictures."""
    view = _view(event, title)
    content, _type = design_files.written(event_id=event.id, view=view, number=number or view.latest)
    out.write_bytes(content)


@design.command("import")
@_FILE
@click.option("--title", default="", help="What to call it; by default as the file says.")
@event_command
def import_design(event: EventView, file: Path, title: str) -> None:
    """Read a design from such a file as a new one."""
    design_files.take(actor=SYSTEM, event_id=event.id, sent=file.read_bytes(), title=title)


@design.command("preview")
@_TITLE
@_OUT
@_VERSION
@click.option("--number", "person", type=click.IntRange(1), help="Somebody, by the number of the badge.")
@click.option(
    "--width",
    type=click.IntRange(100, 1200),
    default=design_previews.WIDTH,
    show_default=True,
    help="Of the picture, in pixels.",
)
@event_command
def preview(
    event: EventView, title: str, out: Path, number: int | None, person: int | None, width: int
) -> None:
    """Draw the hardest names of the forum, each into a PNG, or one person's badge.

    Several are told apart by a number before the ending of the name: badge-2.png. A back that is printed on a
    page of its own goes into another: badge-2-back.png.
    """
    shown = design_previews.shown(
        event=event,
        design=_design(_view(event, title), number),
        delegate_id=_delegate(event, person) if person else None,
    )
    for index, badge in enumerate(shown, 1):
        target = out.with_stem(f"{out.stem}-{index}") if index > 1 else out
        target.write_bytes(design_previews.png(badge, width=width, is_whole=True))
        click.echo(f"{target}: {design_words.WHY_SHOWN[badge.why]}")
        back = design_previews.back(badge, width=width)
        if back is not None and badge.is_on_two_pages:
            target.with_stem(f"{target.stem}-back").write_bytes(back)


@design.command("picture")
@_FILE
@event_command
def picture(event: EventView, file: Path) -> None:
    """Keep a logo or a background, made anew. Says the name by which a design's file can show it."""
    made = design_pictures.clean(file.read_bytes())
    key = design_pictures.keep(actor=SYSTEM, event_id=event.id, picture=made, name=file.name)
    click.echo(f"{key}  {made.width} x {made.height}")


@design.command("pictures")
@event_command
def pictures(event: EventView) -> None:
    """The pictures that designs can show."""
    for each in known.pictures(event_id=event.id):
        click.echo(f"{each.key}  {each.width} x {each.height}  {each.name}")


def _view(event: EventView, title: str) -> DesignView:
    view = known.by_title(event_id=event.id, title=title)
    if view is None:
        raise ForumError("no_such_design")
    return view


def _design(view: DesignView, number: int | None) -> Design:
    found = known.version(design_id=view.id, number=number or view.latest)
    if found is None:
        raise ForumError("no_such_version", version=number)
    return found


def _delegate(event: EventView, number: int) -> int:
    found = profiles.by_number(event_id=event.id, number=number)
    if found is None:
        raise ForumError("no_such_delegate")
    return found.delegate_id


def _use(event: EventView, design_id: int | None, categories: tuple[str, ...]) -> None:
    chosen = [Category(each) for each in categories] or list(Category)
    designs.use(actor=SYSTEM, event_id=event.id, design_id=design_id, categories=chosen)


def _used_for(view: DesignView) -> str:
    return f"for {', '.join(view.used_for)}" if view.used_for else "not used"

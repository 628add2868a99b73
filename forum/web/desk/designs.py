"""Designs of badges: the list, the editor with its live pages, carrying them between forums."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.domain.states import Category
from forum.errors import ForumError, StaleError
from forum.printing.design_data import FORMATS, Problem, is_drawable
from forum.printing.designs import BACK, FRONT, PICTURE, Block, Design, standard
from forum.queries import delegates, designs
from forum.queries.designs import DesignView
from forum.queries.events import EventView
from forum.sentences import describe
from forum.services import design_files, design_pictures, design_previews
from forum.services import designs as commands
from forum.services.design_previews import Shown
from forum.web import design_words as words
from forum.web.access import needs
from forum.web.design_edits import edited, with_block
from forum.web.desk.blueprint import blueprint
from forum.web.forms.designs import DesignForm, design_form, format_title
from forum.web.numbers import row_number
from forum.web.paper_findings import SENTENCES
from forum.web.toasts import toast
from forum.web.users import current_actor
from forum.web.words import CATEGORIES

_LARGE, _SMALL = 720, 300


@dataclass(frozen=True)
class Page:
    """A side of a badge drawn after a design: ``source`` is an address that holds the picture.

    ``places`` are the blocks that can be moved on it, by their numbers.
    """

    shown: Shown
    source: str
    why: str
    findings: tuple[str, ...]
    side: str = FRONT
    places: tuple[tuple[int, Block], ...] = ()


@blueprint.get("/e/<event_code>/desk/designs", endpoint="designs")
@needs(Permission.MANAGE_EVENT)
def designs_list(event: EventView) -> ResponseReturnValue:
    """Every design, whose badges it is for, and the pictures there are."""
    listed = designs.listed(event_id=event.id)
    return render_template(
        "desk/designs/list.html",
        designs=listed,
        used={category: each.id for each in listed for category in each.used_for},
        pictures=designs.pictures(event_id=event.id),
        formats=[(code, format_title(code)) for code in FORMATS],
        categories=CATEGORIES,
    )


@blueprint.post("/e/<event_code>/desk/designs", endpoint="design_add")
@needs(Permission.MANAGE_EVENT)
def design_add(event: EventView) -> ResponseReturnValue:
    """Begin another design as the standard one of a format, or as another design."""
    design_id = commands.add(
        actor=current_actor(),
        event_id=event.id,
        title=request.form.get("title", ""),
        design=_beginning(event),
    )
    return _to(event, design_id)


@blueprint.post("/e/<event_code>/desk/designs/import", endpoint="design_import")
@needs(Permission.MANAGE_EVENT)
def design_import(event: EventView) -> ResponseReturnValue:
    """Read a design from a file."""
    sent = request.files.get("file")
    title = request.form.get("title", "")
    content = sent.read(design_files.MOST_BYTES + 1) if sent else b""
    design_id = design_files.take(actor=current_actor(), event_id=event.id, sent=content, title=title)
    return _to(event, design_id)


@blueprint.post("/e/<event_code>/desk/designs/use", endpoint="designs_use")
@needs(Permission.MANAGE_EVENT)
def designs_use(event: EventView) -> ResponseReturnValue:
    """Whose badges are printed after which design."""
    listed = designs.listed(event_id=event.id)
    before = {category: each.id for each in listed for category in each.used_for}
    wanted = {each: request.form.get(each.value, 0, type=row_number) or None for each in Category}
    changed = [each for each in Category if wanted[each] != before.get(each)]
    for design_id in dict.fromkeys(wanted[each] for each in changed):
        chosen = [each for each in changed if wanted[each] == design_id]
        commands.use(actor=current_actor(), event_id=event.id, design_id=design_id, categories=chosen)
    toast(_("Badges are printed after these designs from now on."), "good")
    return _to(event)


@blueprint.get("/e/<event_code>/desk/designs/<int:design_id>", endpoint="design")
@needs(Permission.MANAGE_EVENT, design=designs.find)
def design_page(event: EventView, design: DesignView) -> ResponseReturnValue:
    """The editor, with a version of the design."""
    found = _version(design)
    form = design_form(design, found, designs.pictures(event_id=event.id))
    return _editor(event, design, form, found)


@blueprint.post("/e/<event_code>/desk/designs/<int:design_id>", endpoint="design_change")
@needs(Permission.MANAGE_EVENT, design=designs.find)
def design_change(event: EventView, design: DesignView) -> ResponseReturnValue:
    """Keep a version, or only do what a button says and show the editor again."""
    form = DesignForm().offer(designs.pictures(event_id=event.id))
    do = request.form.get("do", "save")
    if not form.is_readable():
        return _editor(event, design, form, _version(design)), 422
    return _save(event, design, form) if do == "save" else _pressed(event, design, form, do)


@blueprint.post("/e/<event_code>/desk/designs/draw", endpoint="design_draw")
@needs(Permission.MANAGE_EVENT)
def design_draw(event: EventView) -> ResponseReturnValue:
    """The pages of what is being made, while it is."""
    form = DesignForm().offer(())
    if not form.is_readable():
        return "", 422
    return render_template("desk/designs/_pages.html", **_drawn(event, form.design()))


@blueprint.post("/e/<event_code>/desk/designs/<int:design_id>/publish", endpoint="design_publish")
@needs(Permission.MANAGE_EVENT, design=designs.find)
def design_publish(event: EventView, design: DesignView) -> ResponseReturnValue:
    """Print badges after a version from now on."""
    number = request.form.get("version", 0, type=row_number)
    commands.publish(actor=current_actor(), event_id=event.id, design_id=design.id, version=number)
    toast(_("Version %(version)s is published. Badges are printed after it.", version=number), "good")
    return _to(event, design.id)


@blueprint.post("/e/<event_code>/desk/designs/<int:design_id>/remove", endpoint="design_remove")
@needs(Permission.MANAGE_EVENT, design=designs.find)
def design_remove(event: EventView, design: DesignView) -> ResponseReturnValue:
    """Let go of a design."""
    commands.remove(actor=current_actor(), event_id=event.id, design_id=design.id)
    toast(_("The design “%(title)s” is gone.", title=design.title))
    return _to(event)


@blueprint.get("/e/<event_code>/desk/designs/<int:design_id>/file", endpoint="design_file")
@needs(Permission.MANAGE_EVENT, design=designs.find)
def design_file(event: EventView, design: DesignView) -> ResponseReturnValue:
    """A version as a file that another forum can read."""
    number = _number(design)
    content, media_type = design_files.written(event_id=event.id, view=design, number=number)
    response = Response(content, content_type=media_type)
    ending = "zip" if media_type == design_files.ZIP else "json"
    name = f"{event.code}-badge-{design.id}-{number}.{ending}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@blueprint.get("/e/<event_code>/desk/designs/<int:design_id>/page.png", endpoint="design_png")
@needs(Permission.MANAGE_EVENT, design=designs.find)
def design_png(event: EventView, design: DesignView) -> ResponseReturnValue:
    """The longest name of the forum after a version, small."""
    shown = design_previews.shown(event=event, design=_version(design))
    try:
        picture = design_previews.png(shown[0], width=_SMALL)
    except ForumError:
        abort(404)
    response = Response(picture, content_type="image/png")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.post(
    "/e/<event_code>/desk/designs/pictures/<int:picture_id>/remove", endpoint="design_picture_remove"
)
@needs(Permission.MANAGE_EVENT, picture=designs.find_picture)
def design_picture_remove(event: EventView, picture: designs.PictureView) -> ResponseReturnValue:
    """Let go of a picture that no design shows."""
    design_pictures.remove(actor=current_actor(), event_id=event.id, picture_id=picture.id)
    return _to(event)


def _beginning(event: EventView) -> Design:
    like = designs.find(event_id=event.id, row_id=request.form.get("like", 0, type=row_number))
    found = designs.version(design_id=like.id, number=like.latest) if like else None
    return found or standard(FORMATS.get(request.form.get("format", ""), FORMATS["a6"])).design


def _version(design: DesignView) -> Design:
    return designs.version(design_id=design.id, number=_number(design)) or abort(404)


def _number(design: DesignView) -> int:
    """The version that the address names, which must be there, or the latest."""
    number = request.args.get("version", design.latest, type=int)
    return number if number in [each.number for each in design.versions] else abort(404)


def _pressed(event: EventView, design: DesignView, form: DesignForm, do: str) -> ResponseReturnValue:
    """What a button does to the design, without keeping it."""
    try:
        is_sent = do in ("upload", "upload-back")
        side = BACK if do == "upload-back" else FRONT
        changed = _with_sent(event, form, side) if is_sent else edited(form.design(), do)
    except ForumError as error:
        form.refuse(error)
        return _editor(event, design, form, form.design()), 422
    pictures = designs.pictures(event_id=event.id)
    return _editor(event, design, design_form(design, changed, pictures, form), changed)


def _save(event: EventView, design: DesignView, form: DesignForm) -> ResponseReturnValue:
    made = form.design()
    if not form.is_sound():
        return _editor(event, design, form, made), 422
    try:
        number = commands.save(
            actor=current_actor(),
            event_id=event.id,
            design_id=design.id,
            version=form.version.data or 0,
            design=made,
            title=form.title.data or "",
            title_before=form.title_before.data,
        )
    except ForumError as error:
        form.refuse(error)
        if isinstance(error, StaleError):
            form.see(design)
        return _editor(event, design, form, made), 409
    toast(_("Version %(version)s is saved. It is printed once it is published.", version=number), "good")
    return _to(event, design.id)


def _with_sent(event: EventView, form: DesignForm, side: str) -> Design:
    """Keep the picture that was sent, and put it on the badge."""
    sent = form.sent.data
    content = sent.read(design_pictures.MOST_BYTES + 1) if sent else b""
    picture = design_pictures.clean(content)
    name = sent.filename or ""
    key = design_pictures.keep(actor=current_actor(), event_id=event.id, picture=picture, name=name)
    width = min(30.0, form.design().width)
    height = round(width * picture.height / picture.width, 1)
    return with_block(form.design(), PICTURE, side=side, picture=key, width=width, height=height)


def _editor(event: EventView, view: DesignView, form: DesignForm, design: Design) -> str:
    return render_template(
        "desk/designs/design.html",
        view=view,
        form=form,
        kinds=words.KINDS,
        titles=[words.block_title(block) for block in design.blocks],
        **_drawn(event, design),
    )


def _drawn(event: EventView, design: Design) -> dict[str, object]:
    """Pages of the hardest names or of the person asked for, and what is weak; or why there are none."""
    person = request.values.get("person", "").strip()
    if not is_drawable(design):
        return _undrawn(design, person)
    chosen = _numbered(event, person)
    try:
        shown = design_previews.shown(event=event, design=design, delegate_id=chosen)
        pages = [*_large(shown[0], design), *(_page(each, _SMALL) for each in shown[1:])]
        refusal = ""
    except ForumError as error:
        pages, refusal = [], describe(error)
    weak = design_previews.weaknesses(event=event, design=design)
    return {
        "pages": pages,
        "refusal": refusal,
        "person": person,
        "is_nobody": bool(person) and chosen is None,
        "drawn": design,
        "block_titles": [words.block_title(block) for block in design.blocks],
        "weaknesses": _said(design, weak),
    }


def _numbered(event: EventView, person: str) -> int | None:
    try:
        return delegates.id_of_number(event_id=event.id, number=row_number(person))
    except ValueError:
        return None


def _undrawn(design: Design, person: str) -> dict[str, object]:
    refusal = describe(ForumError("design_wrong"))
    nothing = {"pages": [], "is_nobody": False, "block_titles": [], "weaknesses": []}
    return {**nothing, "refusal": refusal, "person": person, "drawn": design}


def _said(design: Design, weak: Sequence[Problem]) -> list[str]:
    return list(dict.fromkeys(words.placed_sentence(design, each) for each in weak))


def _large(shown: Shown, design: Design) -> list[Page]:
    """Both sides of a badge, with the places of what stands on each."""
    places: dict[str, list[tuple[int, Block]]] = {FRONT: [], BACK: []}
    for number, block in enumerate(design.blocks):
        places[block.side].append((number, block))
    front = replace(_page(shown, _LARGE), places=tuple(places[FRONT]))
    back = design_previews.back(shown, width=_LARGE)
    if back is None:
        return [front]
    return [front, Page(front.shown, _source(back), str(words.SIDES[BACK]), (), BACK, tuple(places[BACK]))]


def _page(shown: Shown, width: int) -> Page:
    picture = design_previews.png(shown, width=width)
    found = dict.fromkeys(str(SENTENCES[each.code]) for each in shown.findings)
    return Page(replace(shown, findings=()), _source(picture), str(words.WHY_SHOWN[shown.why]), tuple(found))


def _source(picture: bytes) -> str:
    return f"data:image/png;base64,{b64encode(picture).decode()}"


def _to(event: EventView, design_id: int | None = None) -> ResponseReturnValue:
    if design_id is None:
        return redirect(url_for("desk.designs", event_code=event.code), code=303)
    return redirect(url_for("desk.design", event_code=event.code, design_id=design_id), code=303)

"""Imports at the desk: a workbook in, a look at every row, then all of it or nothing, and the way back."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.queries import imports as import_queries
from forum.queries.events import EventView
from forum.queries.imports import ImportView
from forum.sentences import describe
from forum.services import imports
from forum.services.import_readings import ImportKind
from forum.web import import_words
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.imports import ImportForm, corrections, field_choices, wording_questions
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/desk/imports", endpoint="imports")
@needs(Permission.IMPORT)
def import_list(event: EventView) -> ResponseReturnValue:
    """The form for a workbook, and what has been imported so far."""
    return _list(event, ImportForm())


@blueprint.post("/e/<event_code>/desk/imports", endpoint="imports_upload")
@needs(Permission.IMPORT)
def upload(event: EventView) -> ResponseReturnValue:
    """Read a workbook; what is wrong with it stands at its field."""
    form = ImportForm()
    if not form.validate_on_submit():
        return _list(event, form), 422
    try:
        import_id = imports.preview(
            actor=current_actor(),
            event_id=event.id,
            kind=form.chosen_kind,
            file_name=form.file_name,
            content=form.book.data.read(),
        )
    except ForumError as error:
        form.book.errors = [describe(error)]
        return _list(event, form), 422
    return _to(event, import_id)


@blueprint.get("/e/<event_code>/desk/imports/<int:workbook_id>", endpoint="import_page")
@needs(Permission.IMPORT, workbook=import_queries.find)
def import_page(event: EventView, workbook: ImportView) -> ResponseReturnValue:
    """What each row would do, or has done."""
    return _page(event, workbook)


@blueprint.post("/e/<event_code>/desk/imports/<int:workbook_id>/read", endpoint="import_read")
@needs(Permission.IMPORT, workbook=import_queries.find)
def read_again(event: EventView, workbook: ImportView) -> ResponseReturnValue:
    """Read the same file after corrections, or another sheet of it."""
    try:
        imports.reread(
            actor=current_actor(),
            event_id=event.id,
            import_id=workbook.id,
            sheet=request.form.get("sheet"),
            corrections=corrections(ImportKind(workbook.kind), workbook.columns, request.form),
        )
    except ForumError as error:
        return _page(event, workbook, describe(error)), 422
    return _to(event, workbook.id)


@blueprint.post("/e/<event_code>/desk/imports/<int:workbook_id>/apply", endpoint="import_apply")
@needs(Permission.IMPORT, workbook=import_queries.find)
def apply(event: EventView, workbook: ImportView) -> ResponseReturnValue:
    """Do what the page shows; where the forum has moved on, show the new state of things instead."""
    version = request.form.get("version", type=int)
    try:
        imports.apply(actor=current_actor(), event_id=event.id, import_id=workbook.id, version=version)
    except StaleError as error:
        imports.reread(actor=current_actor(), event_id=event.id, import_id=workbook.id)
        toast(describe(error), "warn")
    else:
        undo = url_for("desk.import_undo", event_code=event.code, workbook_id=workbook.id)
        toast(_("The workbook is imported."), undo_url=undo)
    return _to(event, workbook.id)


@blueprint.post("/e/<event_code>/desk/imports/<int:workbook_id>/undo", endpoint="import_undo")
@needs(Permission.IMPORT, workbook=import_queries.find)
def undo(event: EventView, workbook: ImportView) -> ResponseReturnValue:
    """Take it all back."""
    try:
        imports.undo(actor=current_actor(), event_id=event.id, import_id=workbook.id)
    except ForumError as error:
        return _page(event, workbook, describe(error)), 422
    toast(_("The import is undone: the forum is as it was before."))
    return _to(event, workbook.id)


@blueprint.post("/e/<event_code>/desk/imports/<int:workbook_id>/other", endpoint="import_other")
@needs(Permission.IMPORT, workbook=import_queries.find)
def other_sheet(event: EventView, workbook: ImportView) -> ResponseReturnValue:
    """Read another sheet of the same file as an import of its own."""
    import_id = imports.preview_other(
        actor=current_actor(),
        event_id=event.id,
        import_id=workbook.id,
        sheet=request.form.get("sheet", ""),
    )
    return _to(event, import_id)


def _list(event: EventView, form: ImportForm) -> str:
    return render_template(
        "desk/imports/list.html",
        form=form,
        page=import_queries.page(event_id=event.id, number=request.args.get("page", 1, type=int)),
        kinds=import_words.KINDS,
    )


def _page(event: EventView, found: ImportView, refusal: str | None = None) -> str:
    chosen = request.args.get("show", "")
    summary = import_queries.summary(import_id=found.id)
    return render_template(
        "desk/imports/import.html",
        found=found,
        home=url_for("desk.import_page", event_code=event.code, workbook_id=found.id),
        kinds=import_words.KINDS,
        refusal=refusal,
        rows=import_queries.rows(
            import_id=found.id, chosen=chosen, number=request.args.get("page", 1, type=int)
        ),
        filters=import_words.filters(found, summary),
        fields=field_choices(ImportKind(found.kind)),
        questions=wording_questions(summary),
        answers=request.form,
        words=import_words,
    )


def _to(event: EventView, import_id: int) -> ResponseReturnValue:
    return redirect(url_for("desk.import_page", event_code=event.code, workbook_id=import_id), code=303)

"""Sites at the desk: what is there, whom to ask, what the host demands."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.domain.roles import Permission
from forum.errors import ForumError, StaleError
from forum.queries import sites as known
from forum.queries.events import EventView
from forum.queries.sites import SiteView
from forum.sentences import describe
from forum.services import sites as commands
from forum.web.access import needs
from forum.web.desk.blueprint import blueprint
from forum.web.forms.sites import PictureForm, SiteForm
from forum.web.toasts import toast
from forum.web.users import current_actor


@blueprint.get("/e/<event_code>/desk/sites")
@needs(Permission.MANAGE_VISITS)
def sites(event: EventView) -> ResponseReturnValue:
    """Every site with its visits."""
    return render_template("desk/sites/list.html", sites=known.of_event(event_id=event.id))


@blueprint.route("/e/<event_code>/desk/sites/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_VISITS)
def site_new(event: EventView) -> ResponseReturnValue:
    """Add a site."""
    form = SiteForm.of(None, known.places(event_id=event.id))
    if form.validate_on_submit():
        try:
            site_id = commands.add(actor=current_actor(), event_id=event.id, wanted=form.wanted)
        except ForumError as error:
            form.refuse(error)
        else:
            toast(_("The site has been added."))
            return redirect(url_for("desk.site", event_code=event.code, site_id=site_id), code=303)
    return _page(None, form), 422 if form.errors else 200


@blueprint.get("/e/<event_code>/desk/sites/<int:site_id>")
@needs(Permission.MANAGE_VISITS, site=known.find)
def site(event: EventView, site: SiteView) -> ResponseReturnValue:
    """A site, to be changed."""
    return _page(site, SiteForm.of(site, known.places(event_id=event.id)))


@blueprint.post("/e/<event_code>/desk/sites/<int:site_id>")
@needs(Permission.MANAGE_VISITS, site=known.find)
def site_change(event: EventView, site: SiteView) -> ResponseReturnValue:
    """Change it; what somebody else has changed meanwhile is shown beside."""
    form = SiteForm.of(site, known.places(event_id=event.id))
    if not form.validate_on_submit():
        return _page(site, form), 422
    try:
        _change(event, site, form)
    except StaleError:
        kept = SiteForm.of(site, known.places(event_id=event.id), formdata=None)
        return _page(site, form, form.differences(kept)), 409
    except ForumError as error:
        form.refuse(error)
        return _page(site, form), 422
    toast(_("The site has been saved."))
    return _to_site(event, site)


@blueprint.post("/e/<event_code>/desk/sites/<int:site_id>/remove")
@needs(Permission.MANAGE_VISITS, site=known.find)
def site_remove(event: EventView, site: SiteView) -> ResponseReturnValue:
    """Take away a site that was never visited."""
    commands.remove(actor=current_actor(), event_id=event.id, site_id=site.id)
    toast(_("The site has been removed."))
    return redirect(url_for("desk.sites", event_code=event.code), code=303)


@blueprint.post("/e/<event_code>/desk/sites/<int:site_id>/map")
@needs(Permission.MANAGE_VISITS, site=known.find)
def site_map(event: EventView, site: SiteView) -> ResponseReturnValue:
    """Put a map on the site's page."""
    form = PictureForm()
    if form.validate_on_submit():
        try:
            _put_map(event, site, form)
        except ForumError as error:
            form.picture.errors = [describe(error)]
        else:
            toast(_("The map is on the page of the site."))
            return _to_site(event, site)
    site_form = SiteForm.of(site, known.places(event_id=event.id), formdata=None)
    return _page(site, site_form, picture=form), 422


@blueprint.post("/e/<event_code>/desk/sites/<int:site_id>/map/remove", endpoint="site_map_remove")
@needs(Permission.MANAGE_VISITS, site=known.find)
def map_remove(event: EventView, site: SiteView) -> ResponseReturnValue:
    """Take the map away."""
    commands.remove_map(actor=current_actor(), event_id=event.id, site_id=site.id)
    toast(_("The map has been removed."))
    return _to_site(event, site)


def _change(event: EventView, site: SiteView, form: SiteForm) -> None:
    commands.change(
        actor=current_actor(),
        event_id=event.id,
        site_id=site.id,
        version=form.seen_version,
        wanted=form.wanted,
    )


def _put_map(event: EventView, site: SiteView, form: PictureForm) -> None:
    sent = form.picture.data
    commands.put_map(
        actor=current_actor(),
        event_id=event.id,
        site_id=site.id,
        content=sent.read(),
        name=sent.filename or "",
    )


def _page(
    site: SiteView | None,
    form: SiteForm,
    differences: list[dict[str, str]] | None = None,
    picture: PictureForm | None = None,
) -> str:
    return render_template(
        "desk/sites/site.html",
        site=site,
        form=form,
        differences=differences or [],
        picture=picture or PictureForm(formdata=None),
    )


def _to_site(event: EventView, site: SiteView) -> ResponseReturnValue:
    return redirect(url_for("desk.site", event_code=event.code, site_id=site.id), code=303)

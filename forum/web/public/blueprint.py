"""The blueprint that the features of this area register their routes with."""

from __future__ import annotations

from flask import Blueprint, g

from forum.web.navigation import NavItem, navigation
from forum.web.public.navigation import CATALOGUE, DESTINATIONS
from forum.web.users import current_actor

blueprint = Blueprint("public", __name__)


@blueprint.context_processor
def _navigation() -> dict[str, tuple[NavItem, ...]]:
    event = g.get("event")
    if event is None:
        return {"nav": ()}
    destinations = (*DESTINATIONS, CATALOGUE) if event.catalogue_is_public else DESTINATIONS
    return {"nav": navigation(destinations, event, current_actor())}

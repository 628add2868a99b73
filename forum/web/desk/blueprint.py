"""The blueprint that the features of this area register their routes with."""

from __future__ import annotations

from flask import Blueprint, g

from forum.web.desk.navigation import DESTINATIONS
from forum.web.navigation import NavItem, navigation
from forum.web.users import current_actor

blueprint = Blueprint("desk", __name__)


@blueprint.context_processor
def _navigation() -> dict[str, tuple[NavItem, ...]]:
    event = g.get("event")
    return {"nav": navigation(DESTINATIONS, event, current_actor()) if event else ()}

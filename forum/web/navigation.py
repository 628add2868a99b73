"""Where links and redirects may lead, and the navigation of an area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import request, url_for

from forum.domain.roles import Permission
from forum.policy import Actor, may
from forum.queries.events import EventView


@dataclass(frozen=True)
class Destination:
    """A page of an area: who may go there, and under what name and icon it is offered.

    ``also`` are pages that belong to it although their addresses do not begin with its own.
    """

    endpoint: str
    label: Any  # a lazy text
    icon: str
    permission: Permission
    group: Any = ""  # a lazy text: the heading under which it stands
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class NavItem:
    """A destination as this reader sees it now."""

    label: str
    url: str
    icon: str
    is_current: bool
    group: str = ""


def navigation(destinations: Iterable[Destination], event: EventView, actor: Actor) -> tuple[NavItem, ...]:
    """The destinations that ``actor`` may reach; the longest address that leads here is current."""
    reachable = [destination for destination in destinations if may(actor, destination.permission, event.id)]
    leading = {
        url_for(endpoint, event_code=event.code): destination
        for destination in reachable
        for endpoint in (destination.endpoint, *destination.also)
    }
    here = max((url for url in leading if request.path.startswith(url)), key=len, default="")
    return tuple(
        NavItem(
            str(destination.label),
            url_for(destination.endpoint, event_code=event.code),
            destination.icon,
            is_current=leading.get(here) is destination,
            group=str(destination.group),
        )
        for destination in reachable
    )


def safe_path(target: str | None) -> str | None:
    """The path of ``target`` if it leads to this site, else None: no redirects to strangers."""
    if not target:
        return None
    try:
        parts = urlsplit(target.replace("\\", "/"))
    except ValueError:  # such as http://[
        return None
    if parts.netloc and parts.netloc != request.host:
        return None
    if parts.scheme not in ("", "http", "https") or not parts.path.startswith("/"):
        return None
    if parts.path.startswith("//"):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path

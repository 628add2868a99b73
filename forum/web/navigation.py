"""Where links and redirects may lead."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request


@dataclass(frozen=True)
class NavItem:
    """An entry of an area's navigation."""

    label: str
    url: str
    icon: str
    is_current: bool


def nav_item(label: str, url: str, icon: str) -> NavItem:
    """An entry that knows whether the reader is at it or below it."""
    return NavItem(label, url, icon, is_current=request.path == url)


def safe_path(target: str | None) -> str | None:
    """The path of ``target`` if it leads to this site, else None: no redirects to strangers."""
    if not target:
        return None
    parts = urlsplit(target.replace("\\", "/"))
    if parts.netloc and parts.netloc != request.host:
        return None
    if parts.scheme not in ("", "http", "https") or not parts.path.startswith("/"):
        return None
    if parts.path.startswith("//"):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path

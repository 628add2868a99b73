"""Addresses of sites as people type them."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_LONGEST: Final = 200
_HOST: Final = re.compile(r"(?=.{4,253}$)[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")


def read_website(text: str) -> str | None:
    """The address with its scheme, ``https`` where none was typed; None for what is no address of a site."""
    address = text.strip()
    if not address or len(address) > _LONGEST or any(letter.isspace() for letter in address):
        return None
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or parts.username or not _HOST.fullmatch(host):
        return None
    return address if port is None or 0 < port < 65536 else None

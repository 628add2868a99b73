"""Handing one body to an address on the web that somebody else chose.

Whoever may name an address could make us knock at doors inside our own network. So the name is
resolved once, every answer is looked at, and the connection goes to the address looked at.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

TIMEOUT_S: Final = 10
_ANSWER_BYTES: Final = 300
_PORTS: Final = {"https": 443, "http": 80}


class NotDeliveredError(Exception):
    """Nothing was taken. ``code``: bad_address, address_not_public, unreachable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Answer:
    """What came back: the status, and the beginning of the text."""

    status: int
    words: str

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300


def refusal(address: str, *, to_own_network: bool) -> str | None:
    """Why nothing may be sent to ``address`` as it is written, None if it may."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "bad_address"
    if parts.scheme not in _PORTS or not parts.hostname or parts.username or port == 0:
        return "bad_address"
    return None if parts.scheme == "https" or to_own_network else "https_needed"


def post(address: str, body: bytes, headers: Mapping[str, str], *, to_own_network: bool) -> Answer:
    """Send ``body`` to ``address``; redirects are not followed.

    Raises:
        NotDeliveredError: as its ``code`` says.
    """
    if refusal(address, to_own_network=to_own_network):
        raise NotDeliveredError("bad_address")
    parts = urlsplit(address)
    pool = _pool(parts, _resolved(parts, to_own_network))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        answer = pool.request(
            "POST",
            path,
            body=body,
            headers={**headers, "Host": parts.netloc},
            redirect=False,
            retries=False,
            preload_content=False,
        )
        words = answer.read(_ANSWER_BYTES, decode_content=False).decode("utf-8", "replace")
        return Answer(answer.status, "".join(letter for letter in words if letter.isprintable()))
    except (HTTPError, OSError) as error:
        raise NotDeliveredError("unreachable") from error
    finally:
        pool.close()


def _resolved(parts: SplitResult, to_own_network: bool) -> str:
    assert parts.hostname is not None
    try:
        found = socket.getaddrinfo(
            parts.hostname, parts.port or _PORTS[parts.scheme], type=socket.SOCK_STREAM
        )
    except (OSError, UnicodeError) as error:
        raise NotDeliveredError("unreachable") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not to_own_network and not all(map(_is_public, addresses)):
        raise NotDeliveredError("address_not_public")
    return addresses[0]


def _is_public(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_global


def _pool(parts: SplitResult, address: str) -> urllib3.HTTPConnectionPool:
    port, timeout = parts.port or _PORTS[parts.scheme], urllib3.Timeout(total=TIMEOUT_S)
    if parts.scheme == "http":
        return urllib3.HTTPConnectionPool(address, port, timeout=timeout)
    return urllib3.HTTPSConnectionPool(
        address, port, timeout=timeout, server_hostname=parts.hostname, assert_hostname=parts.hostname
    )

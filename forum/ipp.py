"""Handing papers to a printer by IPP (RFC 8010, RFC 8011), as CUPS and every printer of today speak it.

A job is made first and gets its document afterwards. So its number can be written down in between, and
whoever comes back after a crash asks the printer by that number what has become of it: nothing is sent twice.
"""

from __future__ import annotations

import http.client
import socket
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

SOCKET: Final = "/run/cups/cups.sock"
PORT: Final = 631
TIMEOUT_S: Final = 10
USER: Final = "forum"

_CREATE_JOB, _SEND_DOCUMENT, _CANCEL_JOB = 0x0005, 0x0006, 0x0008
_GET_JOB, _GET_PRINTER, _GET_PRINTERS = 0x0009, 0x000B, 0x4002
_OPERATION_GROUP, _JOB_GROUP, _END = 0x01, 0x02, 0x03
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE, _FORMAT = 0x42, 0x44, 0x45, 0x47, 0x48, 0x49
_NOT_FOUND: Final = (0x0406, 0x0407)  # not found, gone
_NOT_POSSIBLE: Final = 0x0404
_DONE: Final = 0x0100  # from here on a status is a refusal

Attribute = tuple[int, str, "str | int | bool"]


class PrinterError(Exception):
    """The printer cannot be asked, or has refused: ``code``, and the ``words`` that it has for it."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(code, words)
        self.code = code
        self.words = words


class RemoteState(StrEnum):
    """What has become of a job at the printer."""

    EMPTY = "empty"  # made, and nothing sent yet
    WAITING = "waiting"
    STOPPED = "stopped"  # the printer waits for somebody: paper, toner, a lid
    PRINTED = "printed"
    FAILED = "failed"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True)
class Printer:
    """A queue of CUPS, or the queue of a printer itself. ``server`` is a host, ``host:port`` or a socket."""

    name: str
    server: str = ""

    def create(self, *, title: str, media: str, sides: str) -> int:
        """Make a job that is printed as it is, and give its number; nothing is printed yet.

        ``media`` is a size and ``sides`` a way of using both sides as IPP calls them: see
        ``printing.handing``.

        Raises:
            PrinterError: ``printer_unreachable``, ``printer_unknown`` or ``printer_refused``.
        """
        answer = self._ask(
            _CREATE_JOB,
            [(_NAME, "job-name", title)],
            job=[
                (_KEYWORD, "media", media),
                (_KEYWORD, "sides", sides),
                (_KEYWORD, "print-scaling", "none"),
            ],
        )
        return int(answer["job-id"])

    def send(self, remote_id: int, document: bytes) -> None:
        """Give the job its PDF; from here on it prints. Errors as of ``create``."""
        self._ask(
            _SEND_DOCUMENT,
            [
                (_INTEGER, "job-id", remote_id),
                (_FORMAT, "document-format", "application/pdf"),
                (_BOOLEAN, "last-document", True),
            ],
            document=document,
        )

    def state(self, remote_id: int) -> RemoteState:
        """What has become of the job. Errors as of ``create``, but a job may be forgotten."""
        try:
            answer = self._ask(_GET_JOB, [(_INTEGER, "job-id", remote_id)])
        except PrinterError as error:
            if error.code == "printer_unknown":
                return RemoteState.FORGOTTEN
            raise
        return _state(answer)

    def is_empty(self, remote_id: int) -> bool:
        """Whether the job is there and has never got a document. Errors as of ``state``."""
        try:
            answer = self._ask(_GET_JOB, [(_INTEGER, "job-id", remote_id)])
        except PrinterError as error:
            if error.code == "printer_unknown":
                return False
            raise
        return not int(answer.get("number-of-documents", 1))

    def cancel(self, remote_id: int) -> None:
        """Take the job back, where it is not over yet."""
        try:
            self._ask(_CANCEL_JOB, [(_INTEGER, "job-id", remote_id)])
        except PrinterError as error:
            if error.code not in ("printer_unknown", "printer_not_possible"):
                raise

    def check(self) -> None:
        """Raises ``PrinterError`` unless the printer is there."""
        self._ask(_GET_PRINTER, [(_KEYWORD, "requested-attributes", "printer-state")])

    def _ask(
        self,
        operation: int,
        attributes: Sequence[Attribute],
        *,
        job: Sequence[Attribute] = (),
        document: bytes = b"",
    ) -> Mapping[str, Any]:
        path = f"/printers/{quote(self.name)}"
        own: list[Attribute] = [
            (_URI, "printer-uri", f"ipp://localhost{path}"),
            (_NAME, "requesting-user-name", USER),
        ]
        # RFC 8011 wants the target's address and number before anything else.
        numbered = [each for each in attributes if each[1] == "job-id"]
        others = [each for each in attributes if each[1] != "job-id"]
        body = _request(operation, [own[0], *numbered, own[1], *others], job)
        return _asked(self.server, path, body + document)


def printers(server: str = "") -> tuple[str, ...]:
    """The names of the queues that a CUPS server has. Errors as of ``Printer.create``."""
    body = _request(_GET_PRINTERS, [(_KEYWORD, "requested-attributes", "printer-name")], ())
    answer = _attributes(_exchanged(server, "/", body))
    return tuple(str(value) for name, value in answer if name == "printer-name")


def _state(answer: Mapping[str, Any]) -> RemoteState:
    state = int(answer["job-state"])
    if state in (7, 8):
        return RemoteState.FAILED
    if state == 9:
        return RemoteState.PRINTED
    if not int(answer.get("number-of-documents", 1)):
        return RemoteState.EMPTY
    return RemoteState.STOPPED if state in (4, 6) else RemoteState.WAITING


def _request(operation: int, attributes: Sequence[Attribute], job: Sequence[Attribute]) -> bytes:
    head: list[Attribute] = [
        (_CHARSET, "attributes-charset", "utf-8"),
        (_LANGUAGE, "attributes-natural-language", "en"),
    ]
    parts = [struct.pack(">BBHi", 2, 0, operation, 1), bytes((_OPERATION_GROUP,))]
    parts += [_written(each) for each in (*head, *attributes)]
    if job:
        parts += [bytes((_JOB_GROUP,)), *(_written(each) for each in job)]
    return b"".join((*parts, bytes((_END,))))


def _written(attribute: Attribute) -> bytes:
    kind, name, value = attribute
    if kind == _BOOLEAN:
        content = bytes((bool(value),))
    elif kind in (_INTEGER, _ENUM):
        content = struct.pack(">i", value)
    else:
        content = str(value).encode()
    label = name.encode()
    return struct.pack(">BH", kind, len(label)) + label + struct.pack(">H", len(content)) + content


def _asked(server: str, path: str, body: bytes) -> Mapping[str, Any]:
    return dict(reversed(list(_attributes(_exchanged(server, path, body)))))


def _exchanged(server: str, path: str, body: bytes) -> bytes:
    connection = _connection(server)
    try:
        connection.request("POST", path, body, {"Content-Type": "application/ipp"})
        response = connection.getresponse()
        answer = response.read()
    except (OSError, http.client.HTTPException) as error:
        raise PrinterError("printer_unreachable", str(error)) from error
    finally:
        connection.close()
    if response.status != 200 or len(answer) < 8:
        raise PrinterError("printer_refused", f"HTTP {response.status}")
    _check(answer)
    return answer


def _check(answer: bytes) -> None:
    (status,) = struct.unpack_from(">H", answer, 2)
    if status < _DONE:
        return
    words = str(dict(_attributes(answer)).get("status-message", f"IPP {status:#06x}"))
    if status in _NOT_FOUND:
        raise PrinterError("printer_unknown", words)
    raise PrinterError("printer_not_possible" if status == _NOT_POSSIBLE else "printer_refused", words)


def _attributes(answer: bytes) -> Iterator[tuple[str, Any]]:
    """Name and value of all attributes; of lists every value, under the same name."""
    place, name = 8, ""
    while place < len(answer) and answer[place] != _END:
        kind = answer[place]
        place += 1
        if kind <= 0x0F:  # the head of a group
            continue
        (length,) = struct.unpack_from(">H", answer, place)
        name = answer[place + 2 : place + 2 + length].decode() if length else name
        place += 2 + length
        (length,) = struct.unpack_from(">H", answer, place)
        content = answer[place + 2 : place + 2 + length]
        place += 2 + length
        yield name, _value(kind, content)


def _value(kind: int, content: bytes) -> Any:
    if kind in (_INTEGER, _ENUM) and len(content) == 4:
        return struct.unpack(">i", content)[0]
    if kind == _BOOLEAN:
        return content != b"\0"
    return content.decode("utf-8", "replace")


class _SocketConnection(http.client.HTTPConnection):
    """HTTP over a socket in the file system, as CUPS offers it on its own machine."""

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.host)


def _connection(server: str) -> http.client.HTTPConnection:
    if not server:
        server = SOCKET if Path(SOCKET).exists() else f"localhost:{PORT}"
    if server.startswith("/"):
        return _SocketConnection(server, timeout=TIMEOUT_S)
    host, _, port = server.partition(":")
    return http.client.HTTPConnection(host, int(port or PORT), timeout=TIMEOUT_S)

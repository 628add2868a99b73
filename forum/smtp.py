"""Handing one mail to a mail server, knowing at every moment whether it may have been accepted."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from forum import clock

TIMEOUT_S: Final = 20
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


class NotSentError(Exception):
    """The server has not accepted the mail. ``code`` says why, ``words`` are the server's own.

    ``is_final``: trying again would end the same way.
    """

    def __init__(self, code: str, words: str = "", *, is_final: bool = False) -> None:
        super().__init__(code, words)
        self.code = code
        self.words = words
        self.is_final = is_final


class UnsureError(Exception):
    """The mail was handed over whole, and no answer came: it may have been accepted or not."""


@dataclass(frozen=True)
class Attachment:
    """A file that goes along. ``media_type`` is such as ``application/pdf``."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A mail as the worker takes it out of the outbox."""

    occasion: str
    sender: str  # an address, or "Name <address>"
    recipient: str
    language: str
    subject: str
    body: str
    calendars: tuple[tuple[str, str], ...] = ()  # method and text of the calendar files that go along
    attachments: tuple[Attachment, ...] = ()


def composed(letter: Letter) -> EmailMessage:
    """The letter as MIME. Its Message-ID follows from its occasion: sent twice, it is the same mail.

    Raises:
        NotSentError: ``bad_address`` or ``bad_text``, both final.
    """
    message = EmailMessage(policy=SMTP)
    name, sender = parseaddr(letter.sender)
    message["From"] = Address(name, addr_spec=sender)
    message["To"] = Address(addr_spec=_address(letter.recipient))
    try:
        message["Subject"] = letter.subject
    except ValueError as error:
        raise NotSentError("bad_text", is_final=True) from error
    message["Date"] = format_datetime(clock.now())
    domain = sender.rpartition("@")[2] or "localhost"
    message["Message-ID"] = f"<{sha256(letter.occasion.encode()).hexdigest()[:40]}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(
        letter.body, charset="utf-8", cte="quoted-printable" if letter.body.isascii() else "base64"
    )
    message["Content-Language"] = letter.language
    for method, text in letter.calendars:
        message.add_attachment(
            text.encode(),
            maintype="text",
            subtype="calendar",
            filename=f"{method.lower()}.ics",
            params={"method": method, "charset": "utf-8"},
        )
    for file in letter.attachments:
        kind, _, subtype = file.media_type.partition("/")
        message.add_attachment(file.content, maintype=kind, subtype=subtype, filename=file.name)
    return message


def deliver(letter: Letter, url: str) -> None:
    """Hand ``letter`` to the server at ``url`` (``smtp://user:password@host:port`` or ``smtps://``).

    Raises:
        NotSentError: the server has not accepted it.
        UnsureError: the connection ended after the mail had been handed over, before the answer.
    """
    message = composed(letter)
    text = message.as_bytes()
    with _connected(urlsplit(url)) as server:
        _announce(server, parseaddr(letter.sender)[1], _address(letter.recipient))
        _hand_over(server, text)


def _address(text: str) -> str:
    """The address with the domain as servers know it (почта.рф becomes xn--…)."""
    local, _, domain = text.rpartition("@")
    try:
        address = Address(username=local, domain=domain.encode("idna").decode("ascii")).addr_spec
    except (ValueError, IndexError) as error:
        raise NotSentError("bad_address", is_final=True) from error
    if not local or not domain or not address.isascii() or re.search(r"[\s<>,\x00-\x1f\x7f]", address):
        raise NotSentError("bad_address", is_final=True)
    return address


@contextmanager
def _connected(url: SplitResult) -> Iterator[smtplib.SMTP]:
    try:
        server = _open(url)
    except smtplib.SMTPResponseException as error:
        raise NotSentError("server_refuses", _words(error.smtp_code, error.smtp_error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError("unreachable", str(error)) from error
    try:
        yield server
    finally:
        server.close()


def _open(url: SplitResult) -> smtplib.SMTP:
    host = url.hostname or "localhost"
    context = ssl.create_default_context()
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT_S, context=context)
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=TIMEOUT_S)
    try:
        server.ehlo_or_helo_if_needed()
        is_encrypted = url.scheme == "smtps"
        if not is_encrypted and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
            is_encrypted = True
        if url.username:
            if not is_encrypted and host not in _LOOPBACK:
                raise NotSentError("no_encryption")
            server.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _announce(server: smtplib.SMTP, sender: str, recipient: str) -> None:
    """Envelope and the go-ahead for the text; nothing is accepted before the text."""
    with _nothing_accepted():
        _expect(server.mail(sender), 250, "server_refuses")
        code, words = server.rcpt(recipient)
        if code not in (250, 251):
            raise NotSentError("recipient_refused", _words(code, words), is_final=code >= 500)
        _expect(server.docmd("DATA"), 354, "text_refused")


def _hand_over(server: smtplib.SMTP, text: bytes) -> None:
    """The text and the server's verdict. Only the final dot makes it a mail."""
    lines = re.sub(rb"(?m)^\.", b"..", text)
    ending = b".\r\n" if lines.endswith(b"\r\n") else b"\r\n.\r\n"
    with _nothing_accepted():
        server.send(lines + ending)
    try:
        code, words = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise UnsureError(str(error)) from error
    if code != 250:
        raise NotSentError("text_refused", _words(code, words), is_final=code >= 500)


@contextmanager
def _nothing_accepted() -> Iterator[None]:
    try:
        yield
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError("connection_lost", str(error)) from error


def _expect(reply: tuple[int, bytes], code: int, refusal: str) -> None:
    if reply[0] != code:
        raise NotSentError(refusal, _words(*reply))


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:500]

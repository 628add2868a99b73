"""A real SMTP server for tests, which can be told to refuse, to drop the line, or to keep silent."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass
class MailServer:
    """What has arrived, and how the server is to behave."""

    port: int = 0
    host: str = "127.0.0.1"
    to_recipient: str = "250 OK"
    to_text: str = "250 OK"
    drops_after_text: bool = False
    is_silent_after_text: bool = False
    has_text: threading.Event = field(default_factory=threading.Event)
    arrived: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://{self.host}:{self.port}"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        message = message_from_bytes(envelope.original_content or b"", policy=default)
        assert isinstance(message, EmailMessage)
        self.arrived.append(message)
        self.envelopes.append((envelope.mail_from or "", list(envelope.rcpt_tos)))
        self.has_text.set()
        if self.is_silent_after_text:
            await asyncio.Event().wait()
        if self.drops_after_text and server.transport is not None:
            server.transport.abort()
        return self.to_text

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, how: str, data: Any
    ) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"p@ss")


@contextmanager
def mail_server(**behaviour: Any) -> Iterator[MailServer]:
    """A server on a free port of this machine."""
    server = MailServer(**behaviour)
    controller = Controller(
        server,
        hostname=server.host,
        port=_free_port(),
        authenticator=server.authenticate,
        auth_require_tls=False,
        enable_SMTPUTF8=False,
    )
    server.port = controller.port
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

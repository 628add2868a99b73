"""Settings, read from the environment in this one place. A wrong value stops the start with a sentence."""

from __future__ import annotations

import base64
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from flask import current_app

ROOT: Final = Path(__file__).resolve().parent.parent
_DATABASES: Final = ("sqlite", "postgresql")


class SettingsError(Exception):
    """A setting is missing or makes no sense; the message names it and says what it takes."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between installations. ``from_environment`` reads it."""

    instance_path: Path
    database_url: str
    secret_key: str
    document_key: bytes  # 32 bytes: AES-256 for ID documents
    base_url: str = "http://127.0.0.1:8000"
    smtp_url: str | None = None  # smtp://user:password@host:port or smtps://; None keeps mail in the outbox
    mail_from: str = "forum@localhost"
    queue_url: str | None = (
        None  # None: SQLite beside the database; postgresql:// or redis:// for several hosts
    )
    trusted_proxies: int = 0
    webhooks_to_own_network: bool = False  # or they could be pointed at what stands behind the firewall
    testing: bool = False

    @property
    def is_https(self) -> bool:
        return urlsplit(self.base_url).scheme == "https"


def in_force() -> Settings:
    """The settings of the app at work."""
    settings: Settings = current_app.extensions["forum_settings"]
    return settings


def version() -> str:
    """The version of the app, as ``pyproject.toml`` and the changelog have it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def environment_of_child(extra: Mapping[str, str]) -> dict[str, str]:
    """The environment for a program that we start: without our settings, with ``extra``."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
    return {**inherited, **extra}


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from ``FORUM_*``; a first start makes its keys under the instance folder.

    Raises:
        SettingsError: a value cannot be used.
    """
    instance_path = Path(environment.get("FORUM_INSTANCE_PATH", ROOT / "instance")).resolve()
    # Nobody else on the machine may read the database of thousands of people, as by default they could.
    instance_path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Settings(
        instance_path=instance_path,
        database_url=_database_url(environment, instance_path),
        secret_key=environment.get("FORUM_SECRET_KEY") or _kept_key(instance_path / "secret.key"),
        document_key=_document_key(environment, instance_path),
        base_url=_base_url(environment),
        smtp_url=_url(environment, "FORUM_SMTP_URL", ("smtp", "smtps")),
        mail_from=environment.get("FORUM_MAIL_FROM", "forum@localhost"),
        queue_url=_url(environment, "FORUM_QUEUE_URL", ("postgresql", "redis", "rediss")),
        trusted_proxies=_whole_number(environment, "FORUM_TRUSTED_PROXIES", 0),
        webhooks_to_own_network=bool(_whole_number(environment, "FORUM_WEBHOOKS_TO_OWN_NETWORK", 0)),
    )


def _database_url(environment: Mapping[str, str], instance_path: Path) -> str:
    url = environment.get("FORUM_DATABASE_URL") or f"sqlite:///{instance_path / 'forum.db'}"
    scheme = urlsplit(url).scheme
    if scheme == "postgres" or scheme == "postgresql":
        url = "postgresql+psycopg" + url[len(scheme) :]
    if urlsplit(url).scheme.split("+")[0] not in _DATABASES:
        raise SettingsError("FORUM_DATABASE_URL takes sqlite:///… or postgresql://…")
    return url


def _base_url(environment: Mapping[str, str]) -> str:
    url = environment.get("FORUM_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise SettingsError("FORUM_BASE_URL takes http://… or https://…, the address people open")
    return url


def _url(environment: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str | None:
    url = environment.get(name)
    if url and urlsplit(url).scheme not in schemes:
        raise SettingsError(f"{name} takes {' or '.join(scheme + '://…' for scheme in schemes)}")
    return url or None


def _whole_number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, str(default))
    if not text.isdigit():
        raise SettingsError(f"{name} takes a whole number, not {text!r}")
    return int(text)


def _document_key(environment: Mapping[str, str], instance_path: Path) -> bytes:
    text = environment.get("FORUM_DOCUMENT_KEY") or _kept_key(instance_path / "documents.key")
    try:
        key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        key = b""
    if len(key) != 32:
        raise SettingsError("FORUM_DOCUMENT_KEY takes 32 bytes in URL-safe base64")
    return key


def _kept_key(path: Path) -> str:
    """The key in ``path``, made on first use and readable by the owner only.

    The key is written beside the file and linked into place, so that of two processes
    that start together both end with the same key.
    """
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="ascii").strip()

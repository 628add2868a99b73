"""Apps of tests: one for each database, kept for the next test that gets the same.

To make an app costs more than most tests, and its engine learns every statement anew.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

from flask import Flask, g
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from forum import create_app
from forum.database import dispose
from forum.models.base import db
from tests.databases import settings_for

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


@dataclass(frozen=True)
class _Kept:
    """An app and how it was when it was made."""

    app: Flask
    config: dict[str, Any]
    extensions: dict[str, Any]
    views: dict[str, Any]

    @property
    def is_as_made(self) -> bool:
        return self.app.view_functions == self.views

    def begin(self, url: str, folder: Path) -> Flask:
        """As new, with its files in ``folder``."""
        self.app.config.clear()
        self.app.config.update(self.config)
        self.app.extensions.clear()
        self.app.extensions.update(self.extensions, forum_settings=settings_for(url, folder))
        self.app.extensions["forum_queue"].flush()
        self.app.instance_path = str(folder)
        self.app._got_first_request = False
        return self.app


_kept: dict[str, _Kept] = {}


@contextlib.contextmanager
def app_on(url: str, folder: Path) -> Iterator[Flask]:
    """The app of the database ``url``, its files in ``folder``, with its context pushed."""
    kept = _kept.pop(url, None) or _made(url, folder)
    app = kept.begin(url, folder)
    with app.app_context():
        yield app
    dispose(app)
    if kept.is_as_made:
        _kept[url] = kept


def _made(url: str, folder: Path) -> _Kept:
    app = create_app(settings_for(url, folder))
    app.jinja_env.bytecode_cache = _compiled_templates
    app.wsgi_app = _with_a_clean_g(app.wsgi_app)  # type: ignore[method-assign]
    return _Kept(app, dict(app.config), dict(app.extensions), dict(app.view_functions))


class _CompiledTemplates(BytecodeCache):
    """Templates are compiled once, not once for every app."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


class _CompiledAddresses:
    """What writes a route's addresses is compiled once: it depends on the route alone, not on the app."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}
        self._compile = Rule._compile_builder

    def compile(self, rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        defaults = tuple((rule.defaults or {}).items())
        key = (rule.rule, rule.subdomain, rule.merge_slashes, defaults, append_unknown)
        if key not in self._known:
            self._known[key] = self._compile(rule, append_unknown)
        return self._known[key]


_compiled_templates = _CompiledTemplates()
_compiled_addresses = _CompiledAddresses()
Rule._compile_builder = lambda *which: _compiled_addresses.compile(*which)  # type: ignore[method-assign]


def _with_a_clean_g(wsgi_app: WSGIApplication) -> WSGIApplication:
    """Requests join the context that the test has pushed: neither the reader of one nor what it has
    read must stay for the next.
    """

    def run(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        for name in list(g):
            g.pop(name)
        db.session.rollback()
        return wsgi_app(environ, start_response)

    return run

"""Signing in and out, and the language of the pages."""

from forum.web.auth import language
from forum.web.auth.blueprint import blueprint

__all__ = ["blueprint", "language"]

"""Signing in and out, one's own account, and the language of the pages."""

from forum.web.auth import accounts, language, sign_ins
from forum.web.auth.blueprint import blueprint

__all__ = ["accounts", "blueprint", "language", "sign_ins"]

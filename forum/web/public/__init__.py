"""Pages for everyone."""

from forum.web.public import health
from forum.web.public.blueprint import blueprint

__all__ = ["blueprint", "health"]

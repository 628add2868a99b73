"""The delegate's side."""

from forum.web.cabinet import papers, visits
from forum.web.cabinet.blueprint import blueprint

__all__ = ["blueprint", "papers", "visits"]

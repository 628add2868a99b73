"""The organisers' side."""

from forum.web.desk import delegates, papers, today, visits
from forum.web.desk.blueprint import blueprint

__all__ = ["blueprint", "delegates", "papers", "today", "visits"]

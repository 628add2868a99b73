"""The organisers' side."""

from forum.web.desk import delegates, today, visits
from forum.web.desk.blueprint import blueprint

__all__ = ["blueprint", "delegates", "today", "visits"]

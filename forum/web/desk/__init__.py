"""The organisers' side."""

from forum.web.desk import delegates, today
from forum.web.desk.blueprint import blueprint

__all__ = ["blueprint", "delegates", "today"]

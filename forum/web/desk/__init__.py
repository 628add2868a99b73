"""The organisers' side."""

from forum.web.desk.blueprint import blueprint

__all__ = ["blueprint"]

"""The hall: check-in and printing."""

from forum.web.venue.blueprint import blueprint

__all__ = ["blueprint"]

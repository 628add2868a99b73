"""The hall: check-in and printing."""

from forum.web.venue import check_in, meetings
from forum.web.venue.blueprint import blueprint

__all__ = ["blueprint", "check_in", "meetings"]

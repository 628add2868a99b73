"""The hall and the bus: check-in, meetings, the roll."""

from forum.web.venue import buses, check_in, meetings
from forum.web.venue.blueprint import blueprint

__all__ = ["blueprint", "buses", "check_in", "meetings"]

"""The hall and the bus: check-in, badges, meetings, the roll."""

from forum.web.venue import badges, buses, check_in, meetings, stations
from forum.web.venue.blueprint import blueprint

__all__ = ["badges", "blueprint", "buses", "check_in", "meetings", "stations"]

"""What other programs may read and write: the same services and permissions as the pages."""

from forum.web.api import companies, delegations, event, problems, registrations
from forum.web.api.blueprint import register_api

__all__ = ["companies", "delegations", "event", "problems", "register_api", "registrations"]

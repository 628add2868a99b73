"""Pages for everyone."""

from forum.web.public import (
    calendars,
    catalogue,
    companies,
    forums,
    health,
    invitations,
    openapi,
    photos,
    privacy,
    programme,
    registration,
    registration_preview,
    registration_steps,
    sites,
)
from forum.web.public.blueprint import blueprint

__all__ = [
    "blueprint",
    "calendars",
    "catalogue",
    "companies",
    "forums",
    "health",
    "invitations",
    "openapi",
    "photos",
    "privacy",
    "programme",
    "registration",
    "registration_preview",
    "registration_steps",
    "sites",
]

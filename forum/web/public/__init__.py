"""Pages for everyone."""

from forum.web.public import (
    companies,
    forums,
    health,
    invitations,
    openapi,
    photos,
    programme,
    registration,
    registration_preview,
    registration_steps,
    sites,
)
from forum.web.public.blueprint import blueprint

__all__ = [
    "blueprint",
    "companies",
    "forums",
    "health",
    "invitations",
    "openapi",
    "photos",
    "programme",
    "registration",
    "registration_preview",
    "registration_steps",
    "sites",
]

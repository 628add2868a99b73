"""Pages for everyone."""

from forum.web.public import forums, health, photos, programme, sites
from forum.web.public.blueprint import blueprint

__all__ = ["blueprint", "forums", "health", "photos", "programme", "sites"]

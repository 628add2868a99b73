"""Where one can go from here, in the order shown."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from forum.domain.roles import Permission
from forum.web.navigation import Destination

DESTINATIONS: Final[tuple[Destination, ...]] = (
    Destination("public.forum", _l("Forum"), "flag", Permission.PUBLIC),
    Destination("public.programme", _l("Programme"), "calendar-days", Permission.PUBLIC),
    Destination("public.sites", _l("Sites"), "factory", Permission.PUBLIC),
)
CATALOGUE: Final = Destination("public.catalogue", _l("Catalogue"), "users", Permission.PUBLIC)

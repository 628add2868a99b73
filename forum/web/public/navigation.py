"""Where one can go from here, in the order shown."""

from __future__ import annotations

from typing import Final

from forum.web.navigation import Destination

DESTINATIONS: Final[tuple[Destination, ...]] = ()

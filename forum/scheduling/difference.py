"""What changes for people between two plans of the same forum."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from forum.scheduling.plan import Plan


@dataclass(frozen=True, slots=True)
class Difference:
    """Request ids: ``moved`` have another slot, ``reseated`` only another table or interpreter."""

    added: tuple[Hashable, ...]
    cancelled: tuple[Hashable, ...]
    moved: tuple[Hashable, ...]
    reseated: tuple[Hashable, ...]


def difference(before: Plan, after: Plan) -> Difference:
    """Added, moved and reseated in the order of ``after``, cancelled in the order of ``before``."""
    old, new = before.by_request, after.by_request
    stayed = [request for request in new if request in old]
    moved = tuple(request for request in stayed if new[request].slot != old[request].slot)
    return Difference(
        added=tuple(request for request in new if request not in old),
        cancelled=tuple(request for request in old if request not in new),
        moved=moved,
        reseated=tuple(r for r in stayed if new[r] != old[r] and new[r].slot == old[r].slot),
    )

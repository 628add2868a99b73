"""What the list of requests takes from its address."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from forum.domain.states import RequestRank, RequestStatus
from forum.queries.requests import RequestFilter
from forum.web.numbers import row_number


def chosen_filter(address: MultiDict[str, str]) -> RequestFilter:
    """The filter in ``address``; what makes no sense there filters nothing."""
    status, rank = address.get("status"), address.get("rank")
    return RequestFilter(
        text=address.get("q", ""),
        status=RequestStatus(status) if status in list(RequestStatus) else None,
        rank=RequestRank(rank) if rank in list(RequestRank) else None,
        delegation_id=address.get("delegation", type=row_number),
        is_placed={"yes": True, "no": False}.get(address.get("meeting", "")),
    )

"""What the list of people takes from its address."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from forum.domain.states import Category, RegistrationStatus
from forum.queries.delegate_list import DelegateFilter
from forum.web.numbers import row_number

E = TypeVar("E", bound=StrEnum)


def chosen_filter(address: MultiDict[str, str], seen: frozenset[int] | None) -> DelegateFilter:
    """The filter in ``address``; what makes no sense there filters nothing."""
    return DelegateFilter(
        text=address.get("q", ""),
        delegation_id=address.get("delegation", type=row_number),
        category=_one_of(Category, address.get("category")),
        status=_one_of(RegistrationStatus, address.get("status")),
        lacks=address.get("lacks"),
        has_arrived={"yes": True, "no": False}.get(address.get("arrived", "")),
        unanswered=address.get("unanswered", type=row_number),
        delegations=seen,
    )


def _one_of(kind: type[E], value: str | None) -> E | None:
    return kind(value) if value in list(kind) else None

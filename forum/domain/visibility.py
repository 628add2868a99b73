"""Whom a reader of the catalogue may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from forum.domain.states import Category, Visibility


class Audience(StrEnum):
    """Who reads: anybody, somebody who takes part, the office that runs the forum."""

    EVERYBODY = "everybody"
    PARTICIPANTS = "participants"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Reader:
    """``category`` is what a participant takes part as; None for coordinators and strangers."""

    audience: Audience
    category: Category | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """How far a person is shown. ``has_agreed``: the consent to the catalogue has not been refused."""

    visibility: Visibility
    is_vip: bool = False
    has_agreed: bool = True

    @property
    def is_hidden(self) -> bool:
        """Whether nobody but the office sees the person, VIP or not."""
        return self.visibility is Visibility.NOBODY or not self.has_agreed


def may_see(reader: Reader, person: Shown, vips_seen_by: Collection[str]) -> bool:
    """Whether ``reader`` sees the person. A VIP is never public, however public the profile says."""
    if reader.audience is Audience.OFFICE:
        return True
    if person.is_hidden:
        return False
    if person.is_vip:
        return reader.category is not None and reader.category in vips_seen_by
    return reader.audience is Audience.PARTICIPANTS or person.visibility is Visibility.PUBLIC

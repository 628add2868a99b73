"""How a person's name is put together from its parts, and how a reader of a language reads it."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import select

from forum.domain.transliteration import to_latin
from forum.models import Delegate
from forum.models.base import db


class Named(Protocol):
    """A row or a view with a name in its own letters and, where it is known, in Latin ones."""

    @property
    def family_name(self) -> str: ...
    @property
    def given_name(self) -> str: ...
    @property
    def latin_family_name(self) -> str | None: ...
    @property
    def latin_given_name(self) -> str | None: ...


def full_name(*parts: str | None) -> str:
    """The parts that there are, in the order given."""
    return " ".join(part for part in parts if part)


def latin_name(person: Named) -> str:
    """Family name first, as the person's document has it, else letter by letter."""
    return full_name(*latin_parts(person))


def latin_parts(person: Named) -> tuple[str, str]:
    """Family name and given name."""
    return (
        person.latin_family_name or to_latin(person.family_name),
        person.latin_given_name or to_latin(person.given_name),
    )


def name_in(language: str, name: str, latin: str = "") -> str:
    """The name in letters that a reader of the language reads: Latin ones in English, else its own.

    Without ``latin``, what the person's document has, it is written letter by letter.
    """
    return (latin or to_latin(name)) if language == "en" else name


def numbered(*, event_id: int, number: int) -> int | None:
    """The id of whoever has that number in the forum, None for nobody and for the erased."""
    return db.session.scalar(
        select(Delegate.id).where(
            Delegate.event_id == event_id, Delegate.number == number, Delegate.erased_at.is_(None)
        )
    )

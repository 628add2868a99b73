"""Column types that every table shares."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from forum.domain.localized import Localized
from forum.extensions import Base, db

__all__ = [
    "Base",
    "EventKey",
    "Instant",
    "Key",
    "LocalizedText",
    "SortKeys",
    "db",
    "enumerated",
    "foreign",
]


class Instant(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database (SQLite keeps no zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class LocalizedText(TypeDecorator[Localized]):
    """A ``Localized`` as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Localized | None, dialect: Dialect) -> Any:
        return None if value is None else dict(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Localized | None:
        return None if value is None else Localized(value)


def enumerated(kind: type[StrEnum], name: str) -> Enum:
    """A column of ``kind`` kept as its value, with a named check."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


def foreign(target: str, *, ondelete: str = "CASCADE", index: bool = True, **options: Any) -> Any:
    """A foreign key column to ``target``."""
    return mapped_column(ForeignKey(target, ondelete=ondelete), index=index, **options)


Key = Annotated[int, mapped_column(primary_key=True)]
EventKey = Annotated[int, mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)]


class SortKeys:
    """ICU sort keys, one per language: lists sort as the reader's language does."""

    sort_ru: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    sort_kk: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    sort_en: Mapped[bytes] = mapped_column(LargeBinary, default=b"")


Base.registry.update_type_annotation_map(
    {
        datetime: Instant(),
        Localized: LocalizedText(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
        list[dict[str, Any]]: JSON(),
        str: String(),
    }
)

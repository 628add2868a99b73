"""Runs the migrations as one write transaction of the app's own engine."""

from alembic import context

import forum.models  # noqa: F401 (autogenerate compares the tables it declares)
from forum.extensions import db
from forum.unit_of_work import transaction


def render_item(kind, item, autogen_context):
    """Write our column types into migrations as the plain types that they are stored as."""
    if kind == "type" and type(item).__module__.startswith("forum."):
        plain = item.impl_instance if hasattr(item, "impl_instance") else item.impl
        return f"sa.{plain!r}"
    return False


def migrate() -> None:
    with transaction(), db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        raw = connection.connection.dbapi_connection
        if is_sqlite:
            # A changed table is copied, dropped and renamed: with foreign keys on, dropping it
            # would delete every row that refers to it. The pragma works outside transactions only.
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            context.configure(
                connection=connection,
                target_metadata=db.metadata,
                render_as_batch=True,
                render_item=render_item,
                compare_type=True,
                transaction_per_migration=False,
            )
            with context.begin_transaction():
                context.run_migrations()
        finally:
            if is_sqlite:
                raw.execute("PRAGMA foreign_keys=ON")


migrate()

"""finish papers and visits"""

import re

import sqlalchemy as sa
from alembic import op

from forum.domain.folding import fold


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


# Whose keys are folded from which texts. No word of a company is folded twice.
_KEYS = (
    ("delegates", "identity_key", ("family_name", "given_name", "patronymic")),
    (
        "delegates",
        "search_key",
        ("family_name", "given_name", "patronymic", "latin_family_name", "latin_given_name"),
    ),
    ("companies", "search_key", ("bare_name", "badge_name")),
    ("invitations", "search_key", ("name",)),
)
_DOUBLED = re.compile(r"(\d)\1+")


def fold_doubled_digits(is_now) -> None:
    """Keys were folded as if «100» and «10» were one word. Those of the erased are not made of texts."""
    for table, key, texts in _KEYS:
        types = [sa.column(name, sa.JSON() if name == "badge_name" else sa.String()) for name in texts]
        rows = sa.table(table, sa.column("id"), sa.column(key), *types)
        for row in op.get_bind().execute(sa.select(rows)).mappings().all():
            words = " ".join(_said(row[name]) for name in texts).split()
            doubled = fold(" ".join(dict.fromkeys(words) if table == "companies" else words))
            single = " ".join(sorted(_DOUBLED.sub(r"\1", doubled).split()))
            before, after = (single, doubled) if is_now else (doubled, single)
            if before != after and row[key] == before:
                op.execute(rows.update().where(rows.c.id == row["id"]).values({key: after}))


def _said(text) -> str:
    return " ".join(text.values()) if isinstance(text, dict) else text or ""


# Table, check, column, the values before and the values now.
# fmt: off
_GROWN = (
    ("assignments", "ck_assignments_status", "status", ("ready", "applied", "told",), ("queued", "computing", "failed", "ready", "applied", "told",)),
)
# fmt: on


def allow(is_now) -> None:
    for table, check, column, before, now in _GROWN:
        listed = ", ".join(f"'{value}'" for value in (now if is_now else before))
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(check), type_="check")
        op.execute(f"DELETE FROM {table} WHERE {column} NOT IN ({listed})")
        with op.batch_alter_table(table) as batch_op:
            batch_op.create_check_constraint(op.f(check), f"{column} IN ({listed})")


def upgrade():
    allow(is_now=True)
    op.create_table('paper_counts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('badge', 'agenda', 'badge_back', 'tent_card', 'name_plate', 'table_agenda', 'interpreter_agenda', 'company_agenda', 'programme', 'room_programme', 'session_sheet', 'delegation_sheet', 'visit_sheet', 'visit_list', 'door_sign', 'table_sign', 'seating_plan', 'booklet', 'day_pack', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('unprinted', sa.Integer(), nullable=False),
    sa.Column('stale', sa.JSON(), nullable=False),
    sa.Column('seen', sa.String(), nullable=False),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_paper_counts_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_counts')),
    sa.UniqueConstraint('event_id', 'kind', name=op.f('uq_paper_counts_event_id_kind'))
    )
    with op.batch_alter_table('paper_counts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_counts_event_id'), ['event_id'], unique=False)

    with op.batch_alter_table('access_lists', schema=None) as batch_op:
        batch_op.add_column(sa.Column('message_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_access_lists_message_id'), ['message_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_access_lists_message_id'), 'messages', ['message_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.add_column(sa.Column('keeps_together', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('rounds', sa.Integer(), nullable=False, server_default=sa.text('0')))
        batch_op.add_column(sa.Column('stop_asked', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('error', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('lease', sa.Integer(), nullable=False, server_default=sa.text('0')))
        batch_op.add_column(sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('attempts', sa.Integer(), nullable=False, server_default=sa.text('0')))

    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('enclosure', sa.JSON(), nullable=False, server_default=sa.text("'{}'")))

    with op.batch_alter_table('print_jobs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('run_id', sa.Integer(), nullable=True))
        batch_op.alter_column('delegate_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.create_index(batch_op.f('ix_print_jobs_run_id'), ['run_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_print_jobs_run_id'), 'print_runs', ['run_id'], ['id'], ondelete='CASCADE')

    with op.batch_alter_table('print_stations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('prints_papers', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('is_two_sided', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('sites', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sealed_password', sa.LargeBinary(), nullable=True))

    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.add_column(sa.Column('bus_filling', sa.JSON(), nullable=False, server_default=sa.text("'{}'")))

    fold_doubled_digits(is_now=True)


def downgrade():
    fold_doubled_digits(is_now=False)

    allow(is_now=False)
    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.drop_column('bus_filling')

    with op.batch_alter_table('sites', schema=None) as batch_op:
        batch_op.drop_column('sealed_password')

    with op.batch_alter_table('print_stations', schema=None) as batch_op:
        batch_op.drop_column('is_two_sided')
        batch_op.drop_column('prints_papers')

    with op.batch_alter_table('print_jobs', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_print_jobs_run_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_print_jobs_run_id'))
        batch_op.alter_column('delegate_id',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.drop_column('run_id')

    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.drop_column('enclosure')

    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.drop_column('attempts')
        batch_op.drop_column('leased_until')
        batch_op.drop_column('lease')
        batch_op.drop_column('error')
        batch_op.drop_column('stop_asked')
        batch_op.drop_column('rounds')
        batch_op.drop_column('keeps_together')

    with op.batch_alter_table('access_lists', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_access_lists_message_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_access_lists_message_id'))
        batch_op.drop_column('message_id')

    with op.batch_alter_table('paper_counts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_counts_event_id'))

    op.drop_table('paper_counts')

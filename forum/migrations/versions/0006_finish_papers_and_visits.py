"""finish papers and visits"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


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

    with op.batch_alter_table('sites', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sealed_password', sa.LargeBinary(), nullable=True))


def downgrade():
    allow(is_now=False)
    with op.batch_alter_table('sites', schema=None) as batch_op:
        batch_op.drop_column('sealed_password')

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

"""requests and papers: what is imposed, what follows what, what is printed"""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


_KINDS_BEFORE = ("badge", "agenda")
_KINDS_NOW = (
    *_KINDS_BEFORE, "badge_back", "tent_card", "name_plate", "table_agenda", "interpreter_agenda",
    "company_agenda", "programme", "room_programme", "session_sheet", "delegation_sheet", "visit_sheet", "visit_list",
    "door_sign", "table_sign", "seating_plan", "booklet", "day_pack",
)  # fmt: skip
_PRINTED = (("print_runs", "ck_print_runs_kind"), ("papers", "ck_papers_kind"))


def replace_kinds(kinds) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    for table, key in (("print_runs", "run_id"), ("papers", "paper_id")):
        op.execute(f"DELETE FROM prints WHERE {key} IN (SELECT id FROM {table} WHERE kind NOT IN ({listed}))")
    for table, check in _PRINTED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(check), type_="check")
        op.execute(f"DELETE FROM {table} WHERE kind NOT IN ({listed})")
        with op.batch_alter_table(table) as batch_op:
            batch_op.create_check_constraint(op.f(check), f"kind IN ({listed})")


def upgrade():
    replace_kinds(_KINDS_NOW)
    op.create_table('meeting_orders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('before_id', sa.Integer(), nullable=False),
    sa.Column('after_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('before_id <> after_id', name=op.f('ck_meeting_orders_not_oneself')),
    sa.ForeignKeyConstraint(['after_id'], ['requests.id'], name=op.f('fk_meeting_orders_after_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['before_id'], ['requests.id'], name=op.f('fk_meeting_orders_before_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_meeting_orders_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_orders')),
    sa.UniqueConstraint('before_id', 'after_id', name=op.f('uq_meeting_orders_before_id_after_id'))
    )
    with op.batch_alter_table('meeting_orders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_orders_after_id'), ['after_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_orders_before_id'), ['before_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_orders_event_id'), ['event_id'], unique=False)

    with op.batch_alter_table('delegates', schema=None) as batch_op:
        batch_op.add_column(sa.Column('least_meetings', sa.Integer(), nullable=True))

    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_imposed', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade():
    replace_kinds(_KINDS_BEFORE)
    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.drop_column('is_imposed')

    with op.batch_alter_table('delegates', schema=None) as batch_op:
        batch_op.drop_column('least_meetings')

    with op.batch_alter_table('meeting_orders', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_orders_event_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_orders_before_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_orders_after_id'))

    op.drop_table('meeting_orders')

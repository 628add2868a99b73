"""meetings: what delegates ask for, when they can, and days on which things change"""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


# Enumerations that have grown: (table, check, column, before, now).
GROWN = (
    (
        "requests",
        "ck_requests_status",
        "status",
        ("pending", "accepted", "declined", "withdrawn"),
        ("pending", "accepted", "declined", "withdrawn", "expired"),
    ),
    (
        "plans",
        "ck_plans_status",
        "status",
        ("queued", "solving", "draft", "published", "superseded", "cancelled", "failed"),
        ("queued", "solving", "draft", "published", "superseded", "cancelled", "failed", "tried"),
    ),
)
# What a row becomes where the other version does not know its state.
LEFT = (("requests", "status", "expired", "withdrawn"), ("plans", "status", "tried", "cancelled"))


def replace_checks(now: int, moved) -> None:
    for table, check, column, *values in GROWN:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(check), type_="check")
        for _, _, before, after in (move for move in moved if move[:2] == (table, column)):
            op.execute(f"UPDATE {table} SET {column} = '{after}' WHERE {column} = '{before}'")
        listed = ", ".join(f"'{value}'" for value in values[now])
        with op.batch_alter_table(table) as batch_op:
            batch_op.create_check_constraint(op.f(check), f"{column} IN ({listed})")


def upgrade():
    replace_checks(1, ())
    op.create_table('calendar_links',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_calendar_links_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'kind', 'subject_id', name=op.f('pk_calendar_links'))
    )
    op.create_table('separations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('never', 'apart', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_separations_in_order')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_separations_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['first_id'], ['companies.id'], name=op.f('fk_separations_first_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['second_id'], ['companies.id'], name=op.f('fk_separations_second_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_separations')),
    sa.UniqueConstraint('event_id', 'first_id', 'second_id', name=op.f('uq_separations_event_id_first_id_second_id'))
    )
    with op.batch_alter_table('separations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_separations_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_separations_first_id'), ['first_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_separations_second_id'), ['second_id'], unique=False)

    op.create_table('table_closings',
    sa.Column('table_id', sa.Integer(), nullable=False),
    sa.Column('slot_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['slot_id'], ['slots.id'], name=op.f('fk_table_closings_slot_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['table_id'], ['tables.id'], name=op.f('fk_table_closings_table_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('table_id', 'slot_id', name=op.f('pk_table_closings'))
    )
    with op.batch_alter_table('table_closings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_table_closings_slot_id'), ['slot_id'], unique=False)

    op.create_table('request_guests',
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_request_guests_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['request_id'], ['requests.id'], name=op.f('fk_request_guests_request_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('request_id', 'delegate_id', name=op.f('pk_request_guests'))
    )
    with op.batch_alter_table('request_guests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_request_guests_delegate_id'), ['delegate_id'], unique=False)

    with op.batch_alter_table('admissions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('most_requests', sa.Integer(), nullable=True))

    with op.batch_alter_table('delegates', schema=None) as batch_op:
        batch_op.add_column(sa.Column('most_meetings', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('rest_after', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('meeting_language', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('wants_interpreter', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('no_show_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.add_column(sa.Column('offer_hours', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('most_requests', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('request_expiry_hours', sa.Integer(), nullable=True))

    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('late_minutes', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('overrun_minutes', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('note', sa.String(), nullable=True))

    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('calendars', sa.JSON(), nullable=False, server_default='[]'))

    with op.batch_alter_table('plans', schema=None) as batch_op:
        batch_op.add_column(sa.Column('based_on_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('assumptions', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('change_number', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('is_repair', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f('ix_plans_based_on_id'), ['based_on_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_plans_based_on_id'), 'plans', ['based_on_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('asked_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('length', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('part_of_day', sa.Enum('morning', 'afternoon', name='part_of_day', native_enum=False, create_constraint=True, length=32), nullable=True))
        batch_op.add_column(sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(op.f('ck_requests_length_positive'), 'length >= 1')
        batch_op.create_index(batch_op.f('ix_requests_asked_by_id'), ['asked_by_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_requests_asked_by_id'), 'delegates', ['asked_by_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('tables', schema=None) as batch_op:
        batch_op.add_column(sa.Column('for_officials', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade():
    replace_checks(0, LEFT)
    with op.batch_alter_table('tables', schema=None) as batch_op:
        batch_op.drop_column('for_officials')

    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_requests_asked_by_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_requests_asked_by_id'))
        batch_op.drop_constraint(op.f('ck_requests_length_positive'), type_='check')
        batch_op.drop_constraint(op.f('ck_requests_part_of_day'), type_='check')
        batch_op.drop_column('answered_at')
        batch_op.drop_column('expires_at')
        batch_op.drop_column('part_of_day')
        batch_op.drop_column('length')
        batch_op.drop_column('asked_by_id')

    with op.batch_alter_table('plans', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_plans_based_on_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_plans_based_on_id'))
        batch_op.drop_column('is_repair')
        batch_op.drop_column('change_number')
        batch_op.drop_column('assumptions')
        batch_op.drop_column('based_on_id')

    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.drop_column('calendars')

    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.drop_column('note')
        batch_op.drop_column('overrun_minutes')
        batch_op.drop_column('late_minutes')

    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_column('request_expiry_hours')
        batch_op.drop_column('most_requests')
        batch_op.drop_column('offer_hours')

    with op.batch_alter_table('delegates', schema=None) as batch_op:
        batch_op.drop_column('no_show_at')
        batch_op.drop_column('wants_interpreter')
        batch_op.drop_column('meeting_language')
        batch_op.drop_column('rest_after')
        batch_op.drop_column('most_meetings')

    with op.batch_alter_table('admissions', schema=None) as batch_op:
        batch_op.drop_column('most_requests')

    with op.batch_alter_table('request_guests', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_request_guests_delegate_id'))

    op.drop_table('request_guests')
    with op.batch_alter_table('table_closings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_table_closings_slot_id'))

    op.drop_table('table_closings')
    with op.batch_alter_table('separations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_separations_second_id'))
        batch_op.drop_index(batch_op.f('ix_separations_first_id'))
        batch_op.drop_index(batch_op.f('ix_separations_event_id'))

    op.drop_table('separations')
    op.drop_table('calendar_links')

"""requests and papers: what is imposed, what follows what, what is printed"""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
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
    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.drop_column('is_imposed')

    with op.batch_alter_table('delegates', schema=None) as batch_op:
        batch_op.drop_column('least_meetings')

    with op.batch_alter_table('meeting_orders', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_orders_event_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_orders_before_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_orders_after_id'))

    op.drop_table('meeting_orders')

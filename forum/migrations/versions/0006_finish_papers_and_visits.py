"""finish papers and visits"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('access_lists', schema=None) as batch_op:
        batch_op.add_column(sa.Column('message_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_access_lists_message_id'), ['message_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_access_lists_message_id'), 'messages', ['message_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('enclosure', sa.JSON(), nullable=False, server_default=sa.text("'{}'")))

    with op.batch_alter_table('sites', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sealed_password', sa.LargeBinary(), nullable=True))


def downgrade():
    with op.batch_alter_table('sites', schema=None) as batch_op:
        batch_op.drop_column('sealed_password')

    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.drop_column('enclosure')

    with op.batch_alter_table('access_lists', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_access_lists_message_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_access_lists_message_id'))
        batch_op.drop_column('message_id')

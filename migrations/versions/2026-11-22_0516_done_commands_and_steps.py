"""done commands and steps"""

import sqlalchemy as sa
from alembic import op


revision = 'f27701011c60'
down_revision = '368476f23b07'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table('done_commands',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('order_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_done_commands'))
    )
    op.create_index(op.f('ix_done_commands_order_id'), 'done_commands', ['order_id'], unique=False)
    op.create_table('order_steps',
    sa.Column('order_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_steps_order_id')),
    sa.PrimaryKeyConstraint('order_id', 'kind', 'subject_id', name=op.f('pk_order_steps'))
    )
    op.create_table('shipment_labels',
    sa.Column('shipment_id', sa.Uuid(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['shipment_id'], ['shipments.id'], name=op.f('fk_shipment_labels_shipment_id')),
    sa.PrimaryKeyConstraint('shipment_id', name=op.f('pk_shipment_labels'))
    )


def downgrade() -> None:
    op.drop_table('shipment_labels')
    op.drop_table('order_steps')
    op.drop_index(op.f('ix_done_commands_order_id'), table_name='done_commands')
    op.drop_table('done_commands')

"""announcements"""

import sqlalchemy as sa
from alembic import op

revision = "5d1c0a7b9e42"
down_revision = "f27701011c60"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "announcements",
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("tell_customer", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "due_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_announcements_order_id")
        ),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_announcements")),
    )
    op.create_index(op.f("ix_announcements_due_at"), "announcements", ["due_at"])


def downgrade() -> None:
    op.drop_table("announcements")

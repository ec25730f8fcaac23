"""shipping refunded"""

import sqlalchemy as sa
from alembic import op

revision = "aa70c5d1f3e2"
down_revision = "a91c44e7d210"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "orders",
        sa.Column(
            "shipping_is_refunded", sa.Boolean(), server_default=sa.text("false"), nullable=False
        ),
    )


def downgrade() -> None:
    op.drop_column("orders", "shipping_is_refunded")

"""texts of pictures"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "a47c0be9d215"
down_revision = "f6481db0f395"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "product_images", sa.Column("texts", JSONB(), server_default="{}", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("product_images", "texts")

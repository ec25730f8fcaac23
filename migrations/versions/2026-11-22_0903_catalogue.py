"""catalogue"""

import sqlalchemy as sa  # noqa: F401
from alembic import op

revision = "d4260be91f73"
down_revision = "c31f5a8d0b64"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")


def downgrade() -> None:
    pass

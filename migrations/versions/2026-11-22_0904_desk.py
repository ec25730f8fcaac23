"""desk"""

import sqlalchemy as sa  # noqa: F401
from alembic import op

revision = "e5370cfa2084"
down_revision = "d4260be91f73"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")


def downgrade() -> None:
    pass

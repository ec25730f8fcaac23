"""history"""

import sqlalchemy as sa  # noqa: F401
from alembic import op

revision = "b20417c9e355"
down_revision = "aa70c5d1f3e2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")


def downgrade() -> None:
    pass

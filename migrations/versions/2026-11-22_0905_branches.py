"""branches"""

import sqlalchemy as sa
from alembic import op

revision = "f6481db0f395"
down_revision = "e5370cfa2084"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "branches", sa.Column("kind", sa.Text(), server_default="corporate", nullable=False)
    )
    op.add_column(
        "branches", sa.Column("version", sa.BigInteger(), server_default="1", nullable=False)
    )
    op.create_check_constraint(
        op.f("ck_branches_kind"), "branches", "kind IN ('corporate', 'boutique', 'franchise')"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_branches_kind"), "branches")
    op.drop_column("branches", "version")
    op.drop_column("branches", "kind")

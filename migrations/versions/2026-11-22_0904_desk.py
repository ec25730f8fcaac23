"""desk"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "e5370cfa2084"
down_revision = "d4260be91f73"
branch_labels = None
depends_on = None

NOW = sa.text("now()")
TABLES = (
    "rollup_positions",
    "sales_days",
    "sales_hours",
    "connection_tests",
    "connection_trials",
    "saved_views",
    "preferences",
)
VERSIONED = ("channels", "shipping_methods")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _pages()
    _connections()
    _sums()
    for table in VERSIONED:
        op.add_column(
            table, sa.Column("version", sa.BigInteger(), server_default="1", nullable=False)
        )
    # Which transaction wrote an entry: so readers know exactly what became visible since they looked.
    op.execute("ALTER TABLE history ADD COLUMN IF NOT EXISTS txid xid8")
    op.execute("ALTER TABLE history ALTER COLUMN txid SET DEFAULT pg_current_xact_id()")
    op.execute("CREATE INDEX IF NOT EXISTS ix_history_txid ON history (txid)")


def _pages() -> None:
    op.create_table(
        "preferences",
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("value", postgresql.JSONB(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_members.id"], name=op.f("fk_preferences_staff_id")
        ),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_preferences")),
    )
    op.create_table(
        "saved_views",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_members.id"], name=op.f("fk_saved_views_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    op.create_index(
        "uq_saved_views_name",
        "saved_views",
        ["staff_id", "resource", sa.literal_column("lower(name)")],
        unique=True,
    )
    op.create_index(
        "ix_saved_views_shared", "saved_views", ["resource"], postgresql_where=sa.text("is_shared")
    )


def _connections() -> None:
    op.create_table(
        "connection_trials",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("configuration", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connection_trials")),
    )
    op.create_table(
        "connection_tests",
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.Column("took_ms", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("provider", name=op.f("pk_connection_tests")),
    )


def _sums() -> None:
    op.create_table(
        "sales_hours",
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("orders", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "hour", "channel_id", "branch_id", "currency", name=op.f("pk_sales_hours")
        ),
    )
    op.create_table(
        "sales_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("variant_id", sa.BigInteger(), nullable=False),
        sa.Column("pieces", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "branch_id", "channel_id", "currency", "variant_id", name=op.f("pk_sales_days")
        ),
    )
    op.create_table(
        "rollup_positions",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_rollup_positions")),
    )


def downgrade() -> None:
    for table in VERSIONED:
        op.drop_column(table, "version")
    for table in TABLES:
        op.drop_table(table)

"""history"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "b20417c9e355"
down_revision = "aa70c5d1f3e2"
branch_labels = None
depends_on = None

FIELDS = """
    CREATE FUNCTION history_fields(changes jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN ARRAY(SELECT jsonb_object_keys(changes))
"""
# A month is attached rather than created in place: nobody who writes history has to wait for it.
MONTH = """
    CREATE FUNCTION history_month(day date) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        first timestamptz := date_trunc('month', day::timestamp) AT TIME ZONE 'UTC';
        beyond timestamptz :=
            (date_trunc('month', day::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
        name text := to_char(day, '"history_"YYYY_MM');
    BEGIN
        IF to_regclass('history_months.' || name) IS NOT NULL
            OR EXISTS (SELECT FROM history_months.history_rest WHERE at >= first AND at < beyond)
        THEN RETURN; END IF;
        EXECUTE format('CREATE TABLE history_months.%I (LIKE public.history INCLUDING ALL)', name);
        EXECUTE format(
            'ALTER TABLE public.history ATTACH PARTITION history_months.%I'
            ' FOR VALUES FROM (%L) TO (%L)', name, first, beyond);
        EXECUTE format(
            'CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON history_months.%I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()', name);
    END $$
"""
# Done by the owner's hand: whoever may call it can make room for history, and nothing else.
ROOM = """
    CREATE FUNCTION history_room() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    SET lock_timeout = '5s' SET timezone = 'UTC' AS $$
    BEGIN
        FOR ahead IN 0..3 LOOP
            PERFORM public.history_month((now() + make_interval(months => ahead))::date);
        END LOOP;
    END $$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _set_aside()
    _create_history()
    for function in (FIELDS, MONTH, ROOM):
        op.execute(function)
    op.execute("REVOKE ALL ON FUNCTION history_month(date), history_room() FROM PUBLIC")
    _create_indexes()
    _create_months()
    _move_over()
    _create_seals()
    _refuse_changes()


def _set_aside() -> None:
    op.execute("ALTER SEQUENCE history_id_seq OWNED BY NONE")
    op.execute("DROP INDEX ix_history_subject")
    op.execute("ALTER TABLE history RENAME CONSTRAINT pk_history TO pk_history_before")
    op.execute("ALTER TABLE history RENAME TO history_before")


def _create_history() -> None:
    op.create_table(
        "history",
        sa.Column(
            "id",
            sa.BigInteger(),
            server_default=sa.text("nextval('history_id_seq')"),
            nullable=False,
        ),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("changes", postgresql.JSONB(), nullable=False),
        sa.Column("details", postgresql.JSONB(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("workflow_id", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", "at", name=op.f("pk_history")),
        postgresql_partition_by="RANGE (at)",
    )
    op.execute("ALTER SEQUENCE history_id_seq OWNED BY history.id")


def _create_indexes() -> None:
    """One for each way to look for entries; the newest first in all of them."""
    op.create_index("ix_history_subject", "history", ["subject_id", "subject", "id"])
    op.create_index("ix_history_at", "history", ["at", "id"])
    for column in ("subject", "actor", "action"):
        op.create_index(f"ix_history_by_{column}", "history", [column, "at", "id"])
    op.create_index(
        "ix_history_fields",
        "history",
        [sa.text("history_fields(changes)")],
        postgresql_using="gin",
    )
    op.create_index(
        "ix_history_reason",
        "history",
        [sa.text("lower(reason) gin_trgm_ops")],
        postgresql_using="gin",
        postgresql_where=sa.text("reason IS NOT NULL"),
    )


def _create_months() -> None:
    op.execute("CREATE SCHEMA history_months")
    op.execute("CREATE TABLE history_months.history_rest PARTITION OF history DEFAULT")
    op.execute(
        "SELECT history_month(month::date) FROM ("
        " SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC') AS month FROM history_before"
        ") AS months"
    )
    op.execute("SELECT history_room()")


def _move_over() -> None:
    columns = (
        "id, at, actor, subject, subject_id, action, changes, details, reason, workflow_id,"
        " request_id"
    )
    op.execute(f"INSERT INTO history ({columns}) SELECT {columns} FROM history_before")
    op.execute("DROP TABLE history_before")


def _create_seals() -> None:
    op.create_table(
        "history_seal_keys",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_seal_keys")),
    )
    op.create_table(
        "history_seals",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("to_id", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", sa.BigInteger(), nullable=False),
        sa.Column("manifest", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_history_seals")),
    )


def _refuse_changes() -> None:
    """Rows of every month too: a trigger for each row is handed down to all of them."""
    op.execute(
        "CREATE TRIGGER append_only_row BEFORE UPDATE OR DELETE ON history"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    for table in ("history", "history_seals"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    for table in ("history", "history_months.history_rest", "history_seals", "stock_movements"):
        op.execute(
            f"CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    raise NotImplementedError("What was sealed is not unsealed.")

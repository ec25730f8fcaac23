"""customers"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "c31f5a8d0b64"
down_revision = "b20417c9e355"
branch_labels = None
depends_on = None

PLACES = "((lower(addresses::text))::jsonb)"
SPENT = """
CREATE FUNCTION add_to_customer_total(customer bigint, in_currency text, amount bigint)
RETURNS void LANGUAGE sql AS $$
    INSERT INTO customer_totals AS t (customer_id, currency, spent)
    SELECT customer, in_currency, amount WHERE customer IS NOT NULL AND amount <> 0
    ON CONFLICT (customer_id, currency) DO UPDATE SET spent = t.spent + excluded.spent
$$;
CREATE FUNCTION count_customer_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.customer_id IS NOT DISTINCT FROM NEW.customer_id THEN
            PERFORM add_to_customer_total(NEW.customer_id, NEW.currency,
                (NEW.captured - NEW.refunded) - (OLD.captured - OLD.refunded));
            RETURN NULL;
        END IF;
        PERFORM add_to_customer_total(OLD.customer_id, OLD.currency, OLD.refunded - OLD.captured);
    END IF;
    PERFORM add_to_customer_total(NEW.customer_id, NEW.currency, NEW.captured - NEW.refunded);
    RETURN NULL;
END $$;
CREATE TRIGGER customer_total_of_new AFTER INSERT ON orders FOR EACH ROW
    WHEN (NEW.customer_id IS NOT NULL AND NEW.captured <> 0)
    EXECUTE FUNCTION count_customer_total();
CREATE TRIGGER customer_total_of_changed AFTER UPDATE OF captured, refunded, customer_id ON orders
    FOR EACH ROW
    WHEN (OLD.captured <> NEW.captured OR OLD.refunded <> NEW.refunded
          OR OLD.customer_id IS DISTINCT FROM NEW.customer_id)
    EXECUTE FUNCTION count_customer_total();
"""

KNOWN_FROM_ORDERS = """
WITH newest AS (
    SELECT DISTINCT ON (lower(customer_email))
        customer_name, customer_email, customer_phone, language, branch_id
    FROM orders WHERE customer_email <> ''
    ORDER BY lower(customer_email), placed_at DESC
), added AS (
    INSERT INTO customers (name, email, phone, language, branch_id)
    SELECT customer_name, customer_email, customer_phone, language, branch_id FROM newest
    ON CONFLICT DO NOTHING RETURNING id
)
INSERT INTO history (actor, subject, subject_id, action, changes, details)
SELECT 'system', 'customer', id::text, 'customer.created', '{}', '{"from": "orders"}' FROM added;
UPDATE orders SET customer_id = customers.id FROM customers
WHERE orders.customer_id IS NULL AND orders.customer_email <> ''
    AND lower(customers.email) = lower(orders.customer_email) AND customers.email <> '';
INSERT INTO customer_totals (customer_id, currency, spent)
SELECT customer_id, currency, sum(captured - refunded) FROM orders
WHERE customer_id IS NOT NULL GROUP BY customer_id, currency HAVING sum(captured - refunded) <> 0;
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _extend_customers()
    _index_customers()
    op.create_table(
        "custom_fields",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("labels", JSONB(), nullable=False),
        sa.Column("choices", JSONB(), server_default="[]", nullable=False),
        sa.Column("shop_level", sa.Text(), server_default="hidden", nullable=False),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_custom_fields"),
        sa.CheckConstraint(
            "kind IN ('text', 'number', 'choice', 'date', 'bool')", name="ck_custom_fields_kind"
        ),
        sa.CheckConstraint(
            "shop_level IN ('hidden', 'read', 'write')", name="ck_custom_fields_shop_level"
        ),
    )
    _create_consents()
    op.create_table(
        "customer_totals",
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "currency", name="pk_customer_totals"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name="fk_customer_totals_customer_id"
        ),
    )
    op.create_index(
        "ix_customer_totals_spent",
        "customer_totals",
        ["currency", sa.text("spent DESC"), sa.text("customer_id DESC")],
    )
    op.execute(KNOWN_FROM_ORDERS)
    op.execute(SPENT)


def _extend_customers() -> None:
    op.add_column("customers", sa.Column("addresses", JSONB(), server_default="[]", nullable=False))
    op.execute("""
        UPDATE customers SET addresses = jsonb_build_array(
            address || '{"is_shipping_default": true, "is_billing_default": true}')
        WHERE address <> '{}'
    """)
    op.drop_column("customers", "address")
    op.add_column(
        "customers", sa.Column("preferences", JSONB(), server_default="{}", nullable=False)
    )
    op.add_column("customers", sa.Column("note", sa.Text(), server_default="", nullable=False))
    op.add_column("customers", sa.Column("branch_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key("fk_customers_branch_id", "customers", "branches", ["branch_id"], ["id"])
    search = sa.Computed("lower(name || ' ' || email || ' ' || phone)", persisted=True)
    op.add_column("customers", sa.Column("search", sa.Text(), search, nullable=False))


def _index_customers() -> None:
    newest = [sa.text("created_at DESC"), sa.text("id DESC")]
    op.create_index("ix_customers_created", "customers", newest)
    op.create_index("ix_customers_branch", "customers", ["branch_id", *newest])
    op.create_index("ix_customers_name", "customers", [sa.text("lower(name)"), "id"])
    op.create_index(
        "ix_customers_search",
        "customers",
        ["search"],
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
    )
    op.create_index(
        "ix_customers_places",
        "customers",
        [sa.text(f"{PLACES} jsonb_path_ops")],
        postgresql_using="gin",
        postgresql_where=sa.text("addresses <> '[]'"),
    )
    op.create_index(
        "ix_customers_custom",
        "customers",
        ["custom"],
        postgresql_using="gin",
        postgresql_ops={"custom": "jsonb_path_ops"},
        postgresql_where=sa.text("custom <> '{}'"),
    )


def _create_consents() -> None:
    op.create_table(
        "mailing_lists",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_mailing_lists"),
        sa.CheckConstraint(
            "kind IN ('newsletter', 'mailing', 'partner')", name="ck_mailing_lists_kind"
        ),
    )
    op.execute("""
        INSERT INTO mailing_lists (code, kind, name) VALUES
            ('newsletter', 'newsletter', 'Newsletter'), ('mailing', 'mailing', 'Mailing list')
    """)
    op.create_table(
        "consents",
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("list_code", sa.Text(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "list_code", name="pk_consents"),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_consents_customer_id"),
        sa.ForeignKeyConstraint(
            ["list_code"], ["mailing_lists.code"], name="fk_consents_list_code"
        ),
    )
    op.create_index(
        "ix_consents_list",
        "consents",
        ["list_code", "customer_id"],
        postgresql_where=sa.text("is_given"),
    )


def downgrade() -> None:
    raise NotImplementedError("What customers agreed to is not thrown away.")

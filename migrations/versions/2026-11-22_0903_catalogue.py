"""catalogue"""

from alembic import op

revision = "d4260be91f73"
down_revision = "c31f5a8d0b64"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE brands (
    id bigserial CONSTRAINT pk_brands PRIMARY KEY,
    name text NOT NULL,
    version bigint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX uq_brands_name ON brands (lower(name));
CREATE TABLE suppliers (
    id bigserial CONSTRAINT pk_suppliers PRIMARY KEY,
    name text NOT NULL,
    version bigint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX uq_suppliers_name ON suppliers (lower(name));
CREATE TABLE product_classes (
    id bigserial CONSTRAINT pk_product_classes PRIMARY KEY,
    name text NOT NULL,
    attribute_ids jsonb NOT NULL DEFAULT '[]',
    version bigint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX uq_product_classes_name ON product_classes (lower(name));
CREATE TABLE attributes (
    id bigserial CONSTRAINT pk_attributes PRIMARY KEY,
    code text NOT NULL CONSTRAINT uq_attributes_code UNIQUE,
    names jsonb NOT NULL,
    position bigint NOT NULL DEFAULT 0,
    version bigint NOT NULL DEFAULT 1
);
CREATE TABLE attribute_values (
    id bigserial CONSTRAINT pk_attribute_values PRIMARY KEY,
    attribute_id bigint NOT NULL
        CONSTRAINT fk_attribute_values_attribute_id REFERENCES attributes (id),
    code text NOT NULL,
    names jsonb NOT NULL,
    position bigint NOT NULL DEFAULT 0,
    CONSTRAINT uq_attribute_values_attribute_id UNIQUE (attribute_id, code)
);
CREATE TABLE categories (
    id bigserial CONSTRAINT pk_categories PRIMARY KEY,
    parent_id bigint CONSTRAINT fk_categories_parent_id REFERENCES categories (id),
    names jsonb NOT NULL,
    position bigint NOT NULL DEFAULT 0,
    is_published boolean NOT NULL DEFAULT false,
    rule jsonb,
    version bigint NOT NULL DEFAULT 1
);
CREATE INDEX ix_categories_parent_id ON categories (parent_id);

ALTER TABLE products
    ADD language text NOT NULL DEFAULT 'en',
    ADD translations jsonb NOT NULL DEFAULT '{}',
    ADD brand_id bigint CONSTRAINT fk_products_brand_id REFERENCES brands (id),
    ADD supplier_id bigint CONSTRAINT fk_products_supplier_id REFERENCES suppliers (id),
    ADD class_id bigint CONSTRAINT fk_products_class_id REFERENCES product_classes (id),
    ADD created_at timestamptz NOT NULL DEFAULT now(),
    ADD version bigint NOT NULL DEFAULT 1;
CREATE INDEX ix_products_name ON products (name, id);
CREATE INDEX ix_products_brand_id ON products (brand_id);
CREATE INDEX ix_products_supplier_id ON products (supplier_id);
CREATE INDEX ix_products_class_id ON products (class_id);
ALTER TABLE variants ADD is_active boolean NOT NULL DEFAULT true;
CREATE INDEX ix_variants_price ON variants (price, id);

CREATE TABLE product_values (
    product_id bigint NOT NULL CONSTRAINT fk_product_values_product_id REFERENCES products (id),
    value_id bigint NOT NULL
        CONSTRAINT fk_product_values_value_id REFERENCES attribute_values (id),
    CONSTRAINT pk_product_values PRIMARY KEY (product_id, value_id)
);
CREATE INDEX ix_product_values_value_id ON product_values (value_id);
CREATE TABLE variant_values (
    variant_id bigint NOT NULL CONSTRAINT fk_variant_values_variant_id REFERENCES variants (id),
    value_id bigint NOT NULL
        CONSTRAINT fk_variant_values_value_id REFERENCES attribute_values (id),
    CONSTRAINT pk_variant_values PRIMARY KEY (variant_id, value_id)
);
CREATE INDEX ix_variant_values_value_id ON variant_values (value_id);
CREATE TABLE product_categories (
    product_id bigint NOT NULL
        CONSTRAINT fk_product_categories_product_id REFERENCES products (id),
    category_id bigint NOT NULL
        CONSTRAINT fk_product_categories_category_id REFERENCES categories (id),
    CONSTRAINT pk_product_categories PRIMARY KEY (product_id, category_id)
);
CREATE INDEX ix_product_categories_category_id ON product_categories (category_id);
CREATE TABLE product_images (
    id uuid CONSTRAINT pk_product_images PRIMARY KEY,
    product_id bigint CONSTRAINT fk_product_images_product_id REFERENCES products (id),
    position bigint NOT NULL DEFAULT 0,
    width bigint NOT NULL,
    height bigint NOT NULL,
    content bytea NOT NULL,
    thumbnail bytea NOT NULL,
    author text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ix_product_images_product_id ON product_images (product_id);
ALTER TABLE product_images
    ALTER content SET STORAGE EXTERNAL,
    ALTER thumbnail SET STORAGE EXTERNAL;
"""

SEARCH = r"""
CREATE TABLE variant_search (
    variant_id bigint CONSTRAINT pk_variant_search PRIMARY KEY
        CONSTRAINT fk_variant_search_variant_id REFERENCES variants (id) ON DELETE CASCADE,
    sku text NOT NULL,
    sku_key text COLLATE "C" NOT NULL,
    length bigint NOT NULL,
    words tsvector NOT NULL,
    stems tsvector NOT NULL
);
CREATE TABLE search_words (
    word text COLLATE "C" CONSTRAINT pk_search_words PRIMARY KEY,
    shortened text[] NOT NULL
);

-- Words as they are compared: small letters without accents, nothing between them but blanks.
CREATE FUNCTION search_words_of(texts text) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(word), '{}')
    FROM regexp_split_to_table(
        lower(unaccent(lower(texts COLLATE pg_c_utf8))), '[^[:alnum:]]+') AS word
    WHERE word <> ''
$$;
CREATE FUNCTION search_sku_of(sku text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        nullif(regexp_replace(
            lower(unaccent(lower(sku COLLATE pg_c_utf8))), '[^[:alnum:]]+', '', 'g'), ''),
        lower(sku COLLATE pg_c_utf8))
$$;
-- The russian configuration stems Latin words as English ones.
CREATE FUNCTION search_stems_of(words text[]) RETURNS tsvector LANGUAGE sql STABLE AS $$
    SELECT array_to_tsvector(words)
        || strip(to_tsvector('russian', array_to_string(words, ' ')))
        || strip(to_tsvector('french', array_to_string(words, ' ')))
$$;
-- Two words are one typing error apart only if they share one of these.
CREATE FUNCTION search_shortened_of(word text) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN length(word) NOT BETWEEN 3 AND 40 OR word ~ '[0-9]' THEN '{}'::text[]
        ELSE ARRAY(SELECT word UNION
                   SELECT overlay(word placing '' from i for 1)
                   FROM generate_series(1, length(word)) AS i) END
$$;

CREATE FUNCTION search_refresh(wanted bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO variant_search (variant_id, sku, sku_key, length, words, stems)
    SELECT id, sku, search_sku_of(sku), cardinality(called), array_to_tsvector(words),
           search_stems_of(words)
    FROM (
        SELECT v.id, v.sku, search_words_of(p.name) AS called,
            search_words_of(concat_ws(' ', p.name, v.name, b.name, (
                SELECT string_agg(translated.value ->> 'name', ' ')
                FROM jsonb_each(p.translations) AS translated
            ), (
                SELECT string_agg(named.value, ' ')
                FROM variant_values vv JOIN attribute_values a ON a.id = vv.value_id
                CROSS JOIN jsonb_each_text(a.names) AS named WHERE vv.variant_id = v.id
            ))) AS words
        FROM variants v JOIN products p ON p.id = v.product_id
        LEFT JOIN brands b ON b.id = p.brand_id
        WHERE v.id = ANY(wanted)
    ) found
    ON CONFLICT (variant_id) DO UPDATE SET
        sku = excluded.sku, sku_key = excluded.sku_key, length = excluded.length,
        words = excluded.words, stems = excluded.stems;
    INSERT INTO search_words (word, shortened)
    SELECT word, search_shortened_of(word)
    FROM (SELECT DISTINCT unnest(tsvector_to_array(stems)) AS word
          FROM variant_search WHERE variant_id = ANY(wanted)) told
    WHERE NOT EXISTS (SELECT FROM search_words known WHERE known.word = told.word)
    ORDER BY word
    ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION search_variants_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(ARRAY(SELECT id FROM written));
    RETURN NULL;
END $$;
CREATE FUNCTION search_variants_edited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(ARRAY(
        SELECT written.id FROM written JOIN before USING (id)
        WHERE (written.sku, written.name, written.product_id)
            IS DISTINCT FROM (before.sku, before.name, before.product_id)));
    RETURN NULL;
END $$;
CREATE FUNCTION search_products_edited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(ARRAY(
        SELECT variants.id FROM written JOIN before USING (id)
        JOIN variants ON variants.product_id = written.id
        WHERE (written.name, written.translations, written.brand_id)
            IS DISTINCT FROM (before.name, before.translations, before.brand_id)));
    RETURN NULL;
END $$;
CREATE FUNCTION search_brands_edited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(ARRAY(
        SELECT variants.id FROM written JOIN products ON products.brand_id = written.id
        JOIN variants ON variants.product_id = products.id));
    RETURN NULL;
END $$;
CREATE FUNCTION search_variant_values_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(ARRAY(SELECT DISTINCT variant_id FROM written));
    RETURN NULL;
END $$;
CREATE FUNCTION search_attribute_values_edited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(ARRAY(
        SELECT DISTINCT variant_id FROM variant_values JOIN written ON written.id = value_id));
    RETURN NULL;
END $$;
CREATE TRIGGER search_written AFTER INSERT ON variants REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION search_variants_written();
CREATE TRIGGER search_edited AFTER UPDATE ON variants
    REFERENCING NEW TABLE AS written OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION search_variants_edited();
CREATE TRIGGER search_edited AFTER UPDATE ON products
    REFERENCING NEW TABLE AS written OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION search_products_edited();
CREATE TRIGGER search_edited AFTER UPDATE ON brands REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION search_brands_edited();
CREATE TRIGGER search_written AFTER INSERT ON variant_values REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION search_variant_values_written();
CREATE TRIGGER search_removed AFTER DELETE ON variant_values REFERENCING OLD TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION search_variant_values_written();
CREATE TRIGGER search_edited AFTER UPDATE ON attribute_values REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION search_attribute_values_edited();

SELECT search_refresh(ARRAY(SELECT id FROM variants));
CREATE INDEX ix_variant_search_sku_key ON variant_search (sku_key);
CREATE INDEX ix_variant_search_stems ON variant_search USING gin (stems);
CREATE INDEX ix_search_words_shortened ON search_words USING gin (shortened);
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    op.execute(TABLES)
    op.execute(SEARCH)


def downgrade() -> None:
    op.execute("""
        DROP TRIGGER search_written ON variants;
        DROP TRIGGER search_edited ON variants;
        DROP TRIGGER search_edited ON products;
        DROP TABLE search_words, variant_search, product_images, product_categories,
            variant_values, product_values;
        ALTER TABLE variants DROP is_active;
        DROP INDEX ix_variants_price, ix_products_name;
        ALTER TABLE products DROP language, DROP translations, DROP brand_id, DROP supplier_id,
            DROP class_id, DROP created_at, DROP version;
        DROP TABLE categories, attribute_values, attributes, product_classes, suppliers, brands;
        DROP FUNCTION search_variants_written, search_variants_edited, search_products_edited,
            search_brands_edited, search_variant_values_written, search_attribute_values_edited,
            search_refresh, search_shortened_of, search_stems_of, search_sku_of, search_words_of;
    """)

"""Three years of a shop's orders, made up inside PostgreSQL from a fixed seed."""

from psycopg import Connection, connect
from psycopg.rows import TupleRow

STAFF = 12
CUSTOMERS_PER_ORDER = 0.3

BRANCHES = [
    ("warehouse", "Central warehouse"),
    ("river-street", "River Street"),
    ("north-mall", "North Mall"),
    ("station", "Station"),
]
# code, name, kind, branch, orders of a thousand
CHANNELS = [
    ("shop", "Internet shop", "storefront", "warehouse", 430),
    ("wholesale", "Wholesale shop", "storefront", None, 60),
    ("river-street", "River Street", "point_of_sale", "river-street", 140),
    ("north-mall", "North Mall", "point_of_sale", "north-mall", 90),
    ("station", "Station", "point_of_sale", "station", 40),
    ("ozon", "Ozon", "marketplace", "warehouse", 150),
    ("wildberries", "Wildberries", "marketplace", "warehouse", 87),
    ("phone", "By phone", "phone", None, 3),
]

SHOP = """
INSERT INTO products (id, name, tax_class)
SELECT n, 'Product ' || n, 'standard' FROM generate_series(1, 400) n;
INSERT INTO variants (id, product_id, sku, name, price, currency, weight_g)
SELECT n, 1 + n % 400, 'SKU-' || lpad(n::text, 4, '0'),
       (ARRAY['Kettle', 'Lamp', 'Mug', 'Chair', 'Notebook', 'Backpack', 'Umbrella', 'Candle'])
       [1 + n % 8] || ' ' || (ARRAY['red', 'blue', 'green', 'white', 'black'])[1 + n % 5],
       990 + (n * 7919) % 49000, 'RUB', 100 + n
FROM generate_series(1, 1000) n;
SELECT setval(pg_get_serial_sequence('products', 'id'), 400);
SELECT setval(pg_get_serial_sequence('variants', 'id'), 1000);
"""

# r1..r5: chances of this order; stage: how its life went, by its age. An order has a second line,
# and so can be shipped or returned in part, from r3 = 0.5 on.
DRAWS = """
CREATE TEMP TABLE draws ON COMMIT DROP AS
SELECT n, md5('order ' || n)::uuid AS id, random() AS r1, random() AS r2, random() AS r3,
       random() AS r4, random() AS r5,
       now() - interval '1096 days' * (1 - power(n::float / %(orders)s, 0.7)) AS placed_at,
       1 + floor(%(customers)s * power(random(), 1.5))::int AS customer
FROM generate_series(1, %(orders)s) n;
ALTER TABLE draws ADD stage text, ADD channel_id bigint;
UPDATE draws SET
  channel_id = (SELECT id FROM shares WHERE r2 * 1000 < upto ORDER BY upto LIMIT 1),
  stage = CASE
    WHEN placed_at < now() - interval '14 days' THEN CASE
      WHEN r1 < 0.895 THEN 'completed' WHEN r1 < 0.91 THEN 'returned'
      WHEN r1 < 0.92 AND r3 >= 0.5 THEN 'part_returned' WHEN r1 < 0.97 THEN 'cancelled'
      WHEN r1 < 0.995 THEN 'expired' WHEN r1 < 0.998 AND r3 >= 0.5 THEN 'part_shipped'
      ELSE 'held' END
    WHEN placed_at < now() - interval '3 days' THEN CASE
      WHEN r1 < 0.55 THEN 'completed' WHEN r1 < 0.8 THEN 'shipped'
      WHEN r1 < 0.84 AND r3 >= 0.5 THEN 'part_shipped' WHEN r1 < 0.9 THEN 'paid'
      WHEN r1 < 0.94 THEN 'cancelled' WHEN r1 < 0.97 THEN 'expired'
      WHEN r1 < 0.985 THEN 'return_requested'
      ELSE 'held' END
    WHEN r1 < 0.25 THEN 'unpaid' WHEN r1 < 0.35 THEN 'authorised' WHEN r1 < 0.75 THEN 'paid'
    WHEN r1 < 0.95 THEN 'shipped' WHEN r1 < 0.97 THEN 'part_paid' ELSE 'held' END;
"""

# The assortment moves on: a year sells 600 of the 1000 variants, a few of them most.
LINES = """
CREATE TEMP TABLE sold ON COMMIT DROP AS
SELECT d.n, d.id AS order_id, line, stage,
       1 + 200 * (extract(days FROM d.placed_at - (now() - interval '1096 days'))::int / 366)
         + floor(600 * power(random(), 2))::int AS variant_id,
       1 + floor(3 * power(random(), 3))::int AS ordered
FROM draws d, generate_series(1, 1 + floor(8 * power(r3, 3))::int) line;
"""

ORDERS = """
INSERT INTO orders (id, channel_id, branch_id, external_ref, status, payment, fulfilment, returns,
  currency, prices_include_tax, goods, shipping, shipping_tax, tax, total, authorised, captured,
  refunded, weight_g, customer_name, customer_email, customer_phone, language, address, search,
  responsible_id, hold_reason, attention, attention_at, placed_at, closed_at)
SELECT id, channel_id, branch_id, external_ref, status, payment, fulfilment, returns, 'RUB', true,
  goods, shipping, 0, goods / 6, total, CASE payment WHEN 'authorised' THEN total ELSE 0 END,
  captured, CASE payment WHEN 'refunded' THEN captured WHEN 'part_refunded' THEN captured / 3
  ELSE 0 END, weight_g, name, email, phone, 'ru', '{}',
  lower(concat_ws(' ', name, email, phone, external_ref)), responsible_id,
  CASE status WHEN 'on_hold' THEN 'Address to be checked' END, attention,
  CASE WHEN attention IS NOT NULL THEN placed_at + interval '1 hour' END, placed_at,
  CASE WHEN status NOT IN ('placed', 'on_hold') THEN placed_at + interval '3 days' END
FROM (
  SELECT *, CASE WHEN payment IN ('paid', 'refunded', 'part_refunded') THEN total
                 WHEN payment = 'part_paid' THEN total / 2 ELSE 0 END AS captured
  FROM (
    SELECT d.n, d.id, d.channel_id, c.branch_id, d.placed_at, goods, weight_g, shipping,
      goods + shipping AS total, full_name AS name,
      replace(lower(full_name), ' ', '.') || customer || '@example.com' AS email,
      '+79' || lpad((customer::bigint * 48271 %% 1000000000)::text, 9, '0') AS phone,
      CASE c.kind WHEN 'marketplace' THEN upper(substr(c.code, 1, 2)) || '-'
        || to_char(d.placed_at, 'YYYYMM') || '-' || d.n END AS external_ref,
      CASE WHEN r4 < 0.8 THEN staff[1 + floor(cardinality(staff) * power(r5, 2))::int] END
        AS responsible_id,
      CASE WHEN r5 > 0.99 AND stage NOT IN ('completed', 'cancelled', 'expired')
                OR r5 > 0.9999 THEN (ARRAY['capture_unknown', 'carrier_unknown', 'no_stock'])
                [1 + d.n %% 3] END AS attention,
      CASE WHEN stage IN ('returned', 'part_returned', 'completed', 'return_requested')
             THEN 'completed' WHEN stage IN ('cancelled', 'expired') THEN stage
           WHEN stage = 'held' THEN 'on_hold' ELSE 'placed' END AS status,
      CASE WHEN stage IN ('unpaid', 'expired') OR stage = 'cancelled' AND r4 < 0.5 THEN 'unpaid'
           WHEN stage IN ('authorised', 'held') THEN 'authorised'
           WHEN stage IN ('returned', 'cancelled') THEN 'refunded'
           WHEN stage = 'part_returned' THEN 'part_refunded'
           WHEN stage = 'part_paid' THEN 'part_paid' ELSE 'paid' END AS payment,
      CASE WHEN stage IN ('returned', 'part_returned', 'completed', 'return_requested')
             THEN 'delivered' WHEN stage = 'shipped' THEN 'fulfilled'
           WHEN stage = 'part_shipped' THEN 'partial' ELSE 'unfulfilled' END AS fulfilment,
      CASE stage WHEN 'returned' THEN 'returned' WHEN 'part_returned' THEN 'partial'
           WHEN 'return_requested' THEN 'requested' ELSE 'none' END AS returns
    FROM draws d
    CROSS JOIN (SELECT array_agg(id ORDER BY id) AS staff FROM staff_members) t
    JOIN channels c ON c.id = d.channel_id
    CROSS JOIN LATERAL (
      SELECT CASE c.kind WHEN 'storefront' THEN 39000 ELSE 0 END AS shipping) charge
    JOIN (SELECT sold.n, sum(price * ordered) AS goods, sum(v.weight_g * ordered) AS weight_g
          FROM sold JOIN variants v ON v.id = variant_id GROUP BY sold.n) l ON l.n = d.n
    CROSS JOIN LATERAL (SELECT
      (ARRAY['Anna', 'Boris', 'Vera', 'Gleb', 'Darya', 'Egor', 'Zhanna', 'Ivan', 'Kira', 'Lev',
             'Maria', 'Nikita', 'Olga', 'Pavel', 'Rita', 'Semyon'])[1 + customer %% 16] || ' ' ||
      (ARRAY['Petrov', 'Sidorov', 'Orlov', 'Belov', 'Kuznetsov', 'Volkov', 'Zaitsev', 'Morozov',
             'Lebedev', 'Sokolov', 'Novikov', 'Popov', 'Egorov'])[1 + customer %% 13] AS full_name
    ) names
  ) drawn
) counted
ORDER BY n;
"""

SOLD_LINES = """
INSERT INTO order_lines (order_id, line, variant_id, sku, name, unit_price, tax_class, tax_rate,
  gross, tax, weight_g, ordered, allocated, shipped, delivered, cancelled, return_requested,
  returned_good, refunded)
SELECT order_id, line, v.id, v.sku, v.name, v.price, 'standard', 2000, v.price * ordered,
  v.price * ordered / 6, v.weight_g, ordered, ordered - shipped - cancelled, shipped,
  CASE WHEN is_delivered THEN shipped ELSE 0 END, cancelled,
  CASE WHEN stage = 'return_requested' THEN shipped ELSE 0 END, returned, returned
FROM (
  SELECT *, CASE WHEN stage IN ('shipped', 'completed', 'returned', 'part_returned',
                                'return_requested') OR stage = 'part_shipped' AND line = 1
                 THEN ordered ELSE 0 END AS shipped,
    CASE WHEN stage IN ('cancelled', 'expired') THEN ordered ELSE 0 END AS cancelled,
    CASE WHEN stage = 'returned' OR stage = 'part_returned' AND line = 1
         THEN ordered ELSE 0 END AS returned,
    stage IN ('completed', 'returned', 'part_returned', 'return_requested') AS is_delivered
  FROM sold
) s JOIN variants v ON v.id = s.variant_id
ORDER BY n, line;
"""


def seed(database_url: str, orders: int = 200_000) -> None:
    """Fills an empty database of the newest schema; the same orders each time, up to today."""
    with connect(database_url) as connection:
        connection.execute("SET LOCAL statement_timeout = 0")
        connection.execute("SET LOCAL max_parallel_workers_per_gather = 0")  # keeps random() true
        connection.execute("SELECT setseed(0.42)")
        _add_shop(connection)
        _add_orders(connection, orders)
    with connect(database_url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _add_shop(connection: Connection[TupleRow]) -> None:
    connection.execute(SHOP)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO branches (code, name, country) VALUES (%s, %s, 'RU')", BRANCHES
        )
        cursor.executemany(
            "INSERT INTO staff_members (name) VALUES (%s)",
            [(f"Staff member {n}",) for n in range(1, STAFF + 1)],
        )
        cursor.executemany(
            "INSERT INTO channels (code, name, kind, currency, branch_id, locations,"
            " payment_methods, shipping_methods) VALUES (%s, %s, %s, 'RUB',"
            " (SELECT id FROM branches WHERE code = %s), '[]', '[]', '[]')",
            [channel[:4] for channel in CHANNELS],
        )


def _add_orders(connection: Connection[TupleRow], orders: int) -> None:
    connection.execute("CREATE TEMP TABLE shares (id bigint, upto int) ON COMMIT DROP")
    upto = 0
    for code, _, _, _, share in CHANNELS:
        upto += share
        connection.execute(
            "INSERT INTO shares SELECT id, %s FROM channels WHERE code = %s", (upto, code)
        )
    customers = max(1, int(orders * CUSTOMERS_PER_ORDER))
    size = {"orders": orders, "customers": customers}
    for statement in _statements(DRAWS, LINES):
        connection.execute(statement, size)
    connection.execute("ANALYZE draws")
    connection.execute("ANALYZE sold")
    connection.execute(ORDERS, size)
    connection.execute(SOLD_LINES)


def _statements(*scripts: str) -> list[str]:
    """PostgreSQL takes parameters with one statement at a time."""
    return [part for script in scripts for part in script.split(";") if part.strip()]

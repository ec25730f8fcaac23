"""The made-up orders that lists are measured on obey the rules of real ones."""

import pytest
from sqlalchemy import select

from bench.order_list import CASES, measure
from bench.seed_orders import seed
from db.engine import Database
from db.reads.order_details import find_order_detail
from db.reads.order_filters import EVERY_ORDER
from db.reads.order_parts import OrderDetail
from db.tables.orders import Order
from domain.orders import fulfilment_status, payment_status, return_status
from local.postgres import EmbeddedPostgres
from tests.conftest import TEMPLATE

ORDERS = 600


@pytest.fixture
def seeded(owner_url: str, db: Database) -> Database:
    seed(owner_url, ORDERS)
    return db


def test_every_order_is_one_that_could_be(seeded: Database) -> None:
    with seeded.transaction() as tx:
        ids = tx.scalars(select(Order.id).order_by(Order.number)).all()
        orders = [find_order_detail(tx, EVERY_ORDER, id) for id in ids]
    assert len(orders) == ORDERS
    for order in orders:
        assert order is not None
        assert_true_to_the_rules(order)


def assert_true_to_the_rules(order: OrderDetail) -> None:
    lines = {line.line: line.quantities for line in order.lines}
    assert 1 <= len(lines) <= 8
    for line in lines.values():
        line.check()
    assert order.fulfilment == fulfilment_status(lines)
    assert order.returns == return_status(lines)
    money = (order.total, order.authorised, order.captured, order.refunded)
    assert order.payment == payment_status(*money)
    assert sum(line.gross for line in order.lines) + order.shipping == order.total


def test_the_measure_names_every_case(database_url: str, seeded: Database) -> None:
    figures = measure(database_url, calls=2)
    assert len(figures) == 2 * len(CASES) + 1
    assert {figure.unit for figure in figures} == {"ms", "times"}
    assert min(figure.value for figure in figures) > 0


def test_the_same_orders_come_each_time(postgres: EmbeddedPostgres) -> None:
    assert totals_of(postgres) == totals_of(postgres)


def totals_of(postgres: EmbeddedPostgres) -> list[tuple[int, int]]:
    postgres.create_database("backoffice_seeded", template=TEMPLATE)
    url = postgres.url("backoffice_seeded")
    seed(url, 50)
    database = Database.connect(url)
    with database.transaction() as tx:
        rows = tx.execute(select(Order.number, Order.total).order_by(Order.number)).all()
    database.close()
    postgres.drop_database("backoffice_seeded")
    assert len(rows) == 50
    return [(number, total) for number, total in rows]

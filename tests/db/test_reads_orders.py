"""The list of orders: what each filter finds, in which order, and in how many statements."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from db import history
from db.engine import Database
from db.reads.names import ChannelName, Name
from db.reads.order_filters import OrderFilters, OutOfRange, Scope
from db.reads.orders import (
    FEW,
    OrderRow,
    OrderSort,
    find_order_key,
)
from domain.access import STOREFRONT, Actor, Grants, Reach, Right
from domain.orders import (
    ChannelKind,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
    ReturnStatus,
)
from local.postgres import EmbeddedPostgres
from tests.conftest import TEMPLATE
from tests.db.listed_orders import numbers, page, sell
from tests.db.order_shop import (
    ANN,
    BOB,
    MALL,
    RIVER,
    at,
    order_id,
)


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres) -> Iterator[Database]:
    """For tests that change nothing."""
    postgres.create_database("backoffice_reads", template=TEMPLATE)
    database = Database.connect(postgres.url("backoffice_reads"))
    sell(database)
    yield database
    database.close()
    postgres.drop_database("backoffice_reads")


@pytest.fixture
def busy_shop(db: Database) -> Database:
    sell(db)
    return db


@pytest.mark.requirement("R225", "R226", "R227", "R228", "R229")
def test_a_row_says_where_from_how_far_what_who_and_how_much(shop: Database) -> None:
    assert page(shop, OrderFilters(q="3")).rows == [
        OrderRow(
            id=order_id(3),
            number=3,
            placed_at=at(3),
            channel=ChannelName("till", "Till", ChannelKind.POINT_OF_SALE),
            branch=Name(MALL, "Mall"),
            status=OrderStatus.COMPLETED,
            payment=PaymentStatus.REFUNDED,
            fulfilment=FulfilmentStatus.DELIVERED,
            returns=ReturnStatus.RETURNED,
            currency="EUR",
            total=2000,
            captured=2000,
            refunded=2000,
            customer_name="50% Ltd",
            customer_email="half\\price@example.org",
            responsible=Name(BOB, "Bob"),
            line_count=1,
            first_line="Carrier bag",
            attention=None,
        )
    ]
    row = page(shop, OrderFilters(q="7")).rows[0]
    assert (row.branch, row.responsible, row.line_count, row.first_line) == (None, None, 3, "Tea")


@pytest.mark.requirement("R73", "R220")
@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (OrderSort.NEWEST, [7, 5, 6, 4, 3, 2, 1]),
        (OrderSort.OLDEST, [1, 2, 3, 4, 6, 5, 7]),
        (OrderSort.NUMBER_FALLING, [7, 6, 5, 4, 3, 2, 1]),
        (OrderSort.NUMBER_RISING, [1, 2, 3, 4, 5, 6, 7]),
        (OrderSort.DEAREST, [6, 5, 2, 3, 7, 1, 4]),
        (OrderSort.CHEAPEST, [4, 1, 7, 3, 2, 5, 6]),
    ],
)
def test_each_order_of_the_list(shop: Database, sort: OrderSort, expected: list[int]) -> None:
    assert numbers(shop, sort) == expected


@pytest.mark.requirement("R74", "R220", "R231", "R232", "R233", "R234", "R235")
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"channels": {"ozon"}}, [7, 2]),
        ({"channels": {"ozon", "phone"}}, [7, 5, 2]),
        ({"channels": {"nowhere"}}, []),
        ({"channel_kinds": {ChannelKind.MARKETPLACE}}, [7, 2]),
        ({"channel_kinds": {ChannelKind.POINT_OF_SALE, ChannelKind.STOREFRONT}}, [6, 4, 3, 1]),
        ({"branch_id": MALL}, [6, 3]),
        ({"statuses": {OrderStatus.ON_HOLD}}, [4]),
        ({"statuses": {OrderStatus.EXPIRED, OrderStatus.CANCELLED}}, [7, 5]),
        ({"payments": {PaymentStatus.PART_PAID, PaymentStatus.PAID}}, [6, 2]),
        ({"fulfilments": {FulfilmentStatus.DELIVERED}}, [3, 2]),
        ({"returns": {ReturnStatus.REQUESTED}}, [6]),
        ({"returns": {ReturnStatus.NONE, ReturnStatus.RETURNED}}, [7, 5, 4, 3, 2, 1]),
        ({"placed_from": at(4)}, [7, 5, 6, 4]),
        ({"placed_to": at(4)}, [3, 2, 1]),
        ({"placed_from": at(2), "placed_to": at(3, 13)}, [3, 2]),
        ({"total_from": 2000}, [7, 5, 6, 3, 2]),
        ({"total_to": 1000}, [4, 1]),
        ({"total_from": 1000, "total_to": 2000}, [7, 3, 2, 1]),
        ({"total_from": 2**63 - 1}, []),
        ({"responsible_id": ANN}, [4, 1]),
        ({"customer_email": " ivan.P@EXAMPLE.com"}, [4, 1]),
        ({"customer_email": "ivan"}, []),
        ({"sku": "CUP"}, [7, 2]),
        ({"sku": "cup"}, []),
        ({"attention": True}, [4]),
        ({"statuses": {OrderStatus.COMPLETED}, "sku": "TEA", "q": "anna"}, [2]),
        ({"statuses": {OrderStatus.ON_HOLD}, "returns": {ReturnStatus.REQUESTED}}, []),
        ({"channels": {"shop"}, "channel_kinds": {ChannelKind.PHONE}}, []),
    ],
)
def test_each_filter(shop: Database, filters: dict[str, Any], expected: list[int]) -> None:
    assert numbers(shop, **filters) == expected


def test_a_sku_that_everybody_buys_is_found_by_walking_the_list(busy_shop: Database) -> None:
    with busy_shop.transaction() as tx:
        tx.execute(
            text(
                "INSERT INTO order_lines (order_id, line, variant_id, sku, name, unit_price,"
                " tax_class, tax_rate, gross, tax, weight_g, ordered, allocated)"
                " SELECT :order, 1 + n, 3, 'BAG', 'Carrier bag', 0, '', 0, 0, 0, 0, 1, 1"
                " FROM generate_series(1, :many) n"
            ),
            {"order": order_id(1), "many": FEW},
        )
        history.append(tx, history.order_entry(order_id(1), "order.edited", "system"))
    assert numbers(busy_shop, sku="BAG") == [3, 1]
    assert numbers(busy_shop, OrderSort.CHEAPEST, sku="BAG") == [1, 3]
    assert numbers(busy_shop, sku="BAG", statuses={OrderStatus.PLACED}) == [1]
    assert numbers(busy_shop, sku="BAG", q="3") == [3]
    assert page(busy_shop, OrderFilters(sku="BAG", q="1")).rows[0].line_count == FEW + 1


@pytest.mark.parametrize("field", ["branch_id", "responsible_id", "total_from", "total_to"])
@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**300])
def test_numbers_that_no_column_holds_are_refused(field: str, number: int) -> None:
    filters: dict[str, Any] = {field: number}
    with pytest.raises(OutOfRange, match=f"^{field}: {number} is no such number\\.$"):
        OrderFilters(**filters)


AT_OWN = Grants({Right.ORDER_READ: Reach.OWN})


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(frozenset({RIVER})), [4, 1]),
        (Scope(channel_id=1), [6, 4, 1]),
        (Scope(frozenset({MALL}), channel_id=1), [6]),
        (Scope.of(Actor("key:3", STOREFRONT, channel_id=2)), [7, 2]),
        (Scope.of(Actor("staff:1", AT_OWN, branches=frozenset({MALL}))), [6, 3]),
        (Scope.of(Actor("staff:1", AT_OWN, branches=frozenset({MALL, RIVER}))), [6, 4, 3, 1]),
        (Scope.of(Actor("staff:1", branches=frozenset({MALL}))), []),
    ],
)
def test_nobody_sees_past_their_scope(shop: Database, scope: Scope, expected: list[int]) -> None:
    assert [row.number for row in page(shop, scope=scope).rows] == expected
    found = [n for n in range(1, 8) if page(shop, OrderFilters(q=f"#{n}"), scope=scope).rows]
    assert found == sorted(expected)
    with shop.transaction() as tx:
        assert [n for n in range(1, 8) if find_order_key(tx, scope, str(n))] == sorted(expected)


def test_filters_narrow_a_scope_and_never_widen_it(shop: Database) -> None:
    assert page(shop, OrderFilters(branch_id=RIVER), scope=Scope(frozenset({MALL}))).rows == []

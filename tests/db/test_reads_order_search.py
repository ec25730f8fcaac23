"""Finding orders by what people type, and leafing through what was found."""

from collections.abc import Iterator
from typing import Any

import pytest

from db.engine import Database
from db.reads.order_filters import EVERY_ORDER, OrderFilters
from db.reads.orders import OrderSort, find_order_key
from db.reads.search import LONGEST, SearchTooLong
from domain.orders import OrderStatus, ReturnStatus
from local.postgres import EmbeddedPostgres
from tests.conftest import TEMPLATE
from tests.db.listed_orders import numbers, page, sell
from tests.db.order_shop import add_order, at, order_id


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres) -> Iterator[Database]:
    """For tests that change nothing."""
    postgres.create_database("backoffice_search", template=TEMPLATE)
    database = Database.connect(postgres.url("backoffice_search"))
    sell(database)
    yield database
    database.close()
    postgres.drop_database("backoffice_search")


@pytest.fixture
def busy_shop(db: Database) -> Database:
    sell(db)
    return db


@pytest.mark.requirement("R74", "R235")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("5", [5, 6, 3]),  # the order of that number, then words that begin so
        ("#5", [5]),
        ("№5", [5]),
        ("404", []),
        ("oz-77", [2]),
        ("OZ", [7, 2]),
        ("z-7", [7, 2]),
        ("petrov", [4, 1]),
        ("  PETROV   ivan ", [4, 1]),
        ("petrov anna", []),
        ("pe", [4, 1]),
        ("et", []),  # two letters find beginnings of words
        ("ivan.p@example.com", [4, 1]),
        ("+7 (916) 123-45-67", [4, 1]),
        ("8 916 123 45 67", [4, 1]),
        ("07911 123456", [5, 2]),
        ("o'hara", [5, 2]),
        ("'; DROP TABLE orders; --", []),
        ('"', []),
        ("50%", [6, 3]),
        ("5%%", []),
        ("%", []),
        ("___", []),
        ("anna_o", [5, 2]),
        ("ann__o", []),
        ("half\\price", [6, 3]),
        ("\\", []),
        ("anna\0o'hara", [5, 2]),
        ("\0", []),
        ("9" * LONGEST, []),
        ("-.-.-.-.-", []),
        (" ", [7, 5, 6, 4, 3, 2, 1]),
    ],
)
def test_what_people_type(shop: Database, typed: str, expected: list[int]) -> None:
    assert numbers(shop, q=typed) == expected


def test_a_text_that_no_order_could_hold_is_refused(shop: Database) -> None:
    with pytest.raises(SearchTooLong, match=r"^Search for at most 100 characters\.$"):
        numbers(shop, q="x" * 10_000)


@pytest.mark.parametrize("field", ["sku", "customer_email"])
def test_hostile_texts_in_other_filters_find_nothing(shop: Database, field: str) -> None:
    for hostile in ("\0", "%", "' OR true --", "x" * 10_000, "\ud7ff\U0010ffff"):
        filters: dict[str, Any] = {field: hostile}
        assert numbers(shop, **filters) == []
    assert numbers(shop, channels={"\0"}) == []


@pytest.mark.parametrize("sort", list(OrderSort))
@pytest.mark.parametrize("limit", [1, 2, 3, 7])
@pytest.mark.parametrize(
    "filters",
    [
        OrderFilters(),
        OrderFilters(q="7"),
        OrderFilters(sku="TEA"),
        OrderFilters(statuses=frozenset(OrderStatus), returns=frozenset(ReturnStatus)),
    ],
)
def test_pages_together_are_the_whole_list(
    shop: Database, sort: OrderSort, limit: int, filters: OrderFilters
) -> None:
    whole = page(shop, filters, sort).rows
    rows, after = [], None
    while True:
        shown = page(shop, filters, sort, after, limit)
        assert len(shown.rows) == limit or shown.next is None
        rows += shown.rows
        if shown.next is None:
            break
        after = shown.next
    assert rows == whole


@pytest.mark.requirement("R224")
@pytest.mark.parametrize("sort", list(OrderSort))
def test_orders_that_come_in_meanwhile_repeat_and_hide_nothing(
    busy_shop: Database, sort: OrderSort
) -> None:
    before = numbers(busy_shop, sort)
    first = page(busy_shop, sort=sort, limit=3)
    add_order(busy_shop, 8, "shop", total=5000)
    add_order(busy_shop, 9, "shop", total=0, placed_at=at(1, hour=1))
    add_order(busy_shop, 10, "shop", total=2000, placed_at=at(5))
    rest = page(busy_shop, sort=sort, after=first.next)
    seen = [row.number for row in (*first.rows, *rest.rows)]
    assert [number for number in seen if number <= 7] == before
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("limit", [0, -1, 101])
def test_a_page_has_its_bounds(shop: Database, limit: int) -> None:
    with pytest.raises(ValueError, match=f"^A page has 1 to 100 orders, not {limit}\\.$"):
        page(shop, limit=limit)


@pytest.mark.parametrize("typed", ["4", " #4 ", str(order_id(4)), order_id(4).hex])
def test_an_order_is_found_by_number_or_id(shop: Database, typed: str) -> None:
    with shop.transaction() as tx:
        found = find_order_key(tx, EVERY_ORDER, typed)
    assert found is not None
    assert found.id == order_id(4)


@pytest.mark.parametrize("typed", ["404", "", "x", "\0", "4; --", "9" * 30, "x" * 10_000])
def test_no_order_is_found_by_what_is_none(shop: Database, typed: str) -> None:
    with shop.transaction() as tx:
        assert find_order_key(tx, EVERY_ORDER, typed) is None

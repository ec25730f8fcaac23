"""Seven orders that differ in all a list can be narrowed down by."""

from typing import Any

from db.engine import Database
from db.reads.order_filters import EVERY_ORDER, OrderFilters, Scope
from db.reads.orders import Cursor, OrderPage, OrderSort, list_orders
from tests.db.order_shop import ANN, BOB, MALL, RIVER, add_order, at, counted, open_shop

IVAN = {"name": "Ivan Petrov", "email": "Ivan.P@example.com", "phone": "+79161234567"}
ANNA = {"name": "Anna O'Hara", "email": "anna_o@example.com", "phone": "+447911123456"}
HALF = {"name": "50% Ltd", "email": "half\\price@example.org", "phone": ""}
DONE: dict[str, Any] = {"status": "completed", "fulfilment": "delivered", "captured": 2000}


def sell(db: Database) -> None:
    """Newest first: 7 5 6 4 3 2 1; 5 and 6 were placed in the same moment, 2, 3 and 7 cost the
    same."""
    open_shop(db)
    mall: dict[str, Any] = {"branch_id": MALL}
    river: dict[str, Any] = {"branch_id": RIVER, "responsible_id": ANN}
    paid, returned = DONE | {"payment": "paid"}, DONE | {"payment": "refunded", "refunded": 2000}
    stuck: dict[str, Any] = {
        "status": "on_hold",
        "payment": "authorised",
        "attention": "capture_unknown",
    }
    partly: dict[str, Any] = {"fulfilment": "partial", "payment": "part_paid", "captured": 1}
    add_order(db, 1, "shop", **IVAN, **river, total=1000)
    add_order(db, 2, "ozon", **ANNA, **paid, total=2000, ref="OZ-77-A", skus=["CUP", "TEA"])
    add_order(
        db, 3, "till", **HALF, **mall, **returned, total=2000, skus=["BAG"], returns="returned",
        responsible_id=BOB,
    )  # fmt: skip
    add_order(db, 4, "shop", **IVAN, **river, **stuck, total=50)
    add_order(db, 5, "phone", **ANNA, status="expired", total=3000, placed_at=at(5))
    add_order(
        db, 6, "shop", **HALF, **mall, **partly, total=4000, returns="requested", placed_at=at(5)
    )
    add_order(
        db, 7, "ozon", ref="OZ-78-B", skus=["TEA", "TEA", "CUP"], status="cancelled", total=2000
    )


def page(
    db: Database,
    filters: OrderFilters | None = None,
    sort: OrderSort = OrderSort.NEWEST,
    after: Cursor | None = None,
    limit: int = 50,
    scope: Scope = EVERY_ORDER,
) -> OrderPage:
    with counted(db) as statements, db.transaction() as tx:
        shown = list_orders(tx, scope, filters or OrderFilters(), sort, after, limit)
    assert len(statements) == 1
    return shown


def numbers(db: Database, sort: OrderSort = OrderSort.NEWEST, **filters: Any) -> list[int]:
    return [row.number for row in page(db, OrderFilters(**filters), sort).rows]

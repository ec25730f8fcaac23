"""A small shop whose orders are written row by row, for what screens read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import Session

from db import history
from db.engine import Database
from db.placing import searchable
from db.tables.access import ApiKey
from db.tables.catalogue import Product, Variant
from db.tables.orders import Order, OrderLine
from db.tables.shop import Branch, Channel, Location
from db.tables.staff import StaffMember

RIVER, MALL = 1, 2
ANN, BOB = 1, 2
CHANNELS = {"shop": "storefront", "ozon": "marketplace", "till": "point_of_sale", "phone": "phone"}
SKUS = {"TEA": "Tea", "CUP": "Cup", "BAG": "Carrier bag"}
ORDER = {
    "status": "placed",
    "payment": "unpaid",
    "fulfilment": "unfulfilled",
    "currency": "EUR",
    "prices_include_tax": True,
    "goods": 0,
    "shipping": 0,
    "shipping_tax": 0,
    "tax": 0,
    "weight_g": 0,
    "language": "en",
    "address": {},
}


def order_id(number: int) -> UUID:
    """Falls as the number rises, so that no test passes because ids and numbers agree."""
    return UUID(int=10**6 - number)


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 1, day, hour, tzinfo=UTC)


def open_shop(db: Database) -> None:
    with db.transaction() as tx:
        tx.add_all([Branch(id=RIVER, code="river", name="River", country="GB")])
        tx.add_all([Branch(id=MALL, code="mall", name="Mall", country="GB")])
        tx.add_all([_staff(ANN, "Ann"), _staff(BOB, "Bob")])
        tx.add(Product(id=1, name="Goods", tax_class="standard"))
        tx.flush()
        tx.add_all(_variant(id, sku) for id, sku in enumerate(SKUS, 1))
        tx.add_all(_channel(id, code) for id, code in enumerate(CHANNELS, 1))
        tx.add(Location(id=1, code="river", name="River store room", branch_id=RIVER))
        tx.add(ApiKey(id=3, name="Storefront", token_hash=b"", rights={}, fields={}))
        _told(tx)


def add_order(
    db: Database,
    number: int,
    channel: str,
    *,
    name: str = "",
    email: str = "",
    phone: str = "",
    ref: str | None = None,
    skus: Sequence[str] = ("TEA",),
    **values: Any,
) -> None:
    row = Order(
        id=order_id(number),
        number=number,
        channel_id=list(CHANNELS).index(channel) + 1,
        external_ref=ref,
        customer_name=name,
        customer_email=email,
        customer_phone=phone,
        search=searchable(name, email, phone, ref),
        **(ORDER | {"total": 0, "placed_at": at(number)} | values),
    )
    with db.transaction() as tx:
        tx.add(row)
        tx.flush()
        tx.add_all(_line(number, line, sku) for line, sku in enumerate(skus, 1))
        _told(tx)


@contextmanager
def counted(db: Database) -> Iterator[list[str]]:
    """The statements that were sent meanwhile."""
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


def _told(tx: Session) -> None:
    history.append(tx, history.Entry("shop", 1, "shop.stocked", "system"))


def _staff(id: int, name: str) -> StaffMember:
    return StaffMember(id=id, name=name)


def _variant(id: int, sku: str) -> Variant:
    return Variant(id=id, product_id=1, sku=sku, name=SKUS[sku], price=100, currency="EUR")


def _channel(id: int, code: str) -> Channel:
    lists: dict[str, Any] = {"locations": [], "payment_methods": [], "shipping_methods": []}
    return Channel(
        id=id, code=code, name=code.title(), kind=CHANNELS[code], currency="EUR", **lists
    )


def _line(number: int, line: int, sku: str) -> OrderLine:
    return OrderLine(
        order_id=order_id(number),
        line=line,
        variant_id=list(SKUS).index(sku) + 1,
        sku=sku,
        name=SKUS[sku],
        unit_price=100,
        tax_class="standard",
        tax_rate=2000,
        gross=100,
        tax=17,
        weight_g=10,
        ordered=1,
        allocated=1,
    )

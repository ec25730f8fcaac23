"""Where somebody edits orders of a small shop and looks at all that this may touch."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from temporalio.testing import ActivityEnvironment

from activities.changes import ChangeActivities
from activities.payments import PaymentActivities
from db import allocations, catalogue, changes, history, orders, placing, stock
from db.engine import Database, Session
from db.tables.history import HistoryEntry
from db.tables.orders import Order as OrderRow
from db.tables.orders import OrderLine
from db.tables.stock import Allocation, StockItem
from domain.changes import ChangePreview, ChangeSet, ChangeState
from domain.drafts import Address, Customer
from domain.order_lines import LineQuantity, ship_lines
from domain.order_messages import ConfirmChange, RecordPayment
from domain.orders import Order
from domain.pricing import Basket, WantedLine, WantedPayment, price
from tests.factories import add_variant, open_shop

SAM = "staff:1"
ADA = Customer("Ada Martin", "ada@example.org", "+33612345678", "fr")
HOME = Address("RU", "Москва", "101000", "Арбат 1")
MUG, TEA = 50_000, 20_000
COURIER, CDEK_LIGHT, CDEK_HEAVY = 30_000, 35_000, 60_000


class Desk:
    """Where somebody edits orders of a shop with ten mugs and ten packs of tea."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.shop = open_shop(db, stock_of_each=10)
        self.mug, self.tea = self.shop.variants["MUG"], self.shop.variants["TEA"]
        self.activities = ChangeActivities(db)

    def place(self, shipping: str | None = "courier", paid: int = 0, **skus: int) -> UUID:
        order_id, payment_id = uuid4(), uuid4()
        lines = [WantedLine(sku, quantity) for sku, quantity in skus.items()]
        payments = [WantedPayment(payment_id, "bank_transfer")] if paid else []
        basket = Basket(lines, ADA, HOME, payments, shipping, external_ref=f"W-{order_id}")
        with self.db.transaction() as tx:
            offer = catalogue.offer(tx, self.shop.channel_id, list(skus), "RU", shipping)
            placing.place(tx, order_id, price(basket, offer, "key:1"))
        if paid:
            came = RecordPayment(order_id, uuid4(), SAM, payment_id=payment_id, amount=paid)
            PaymentActivities(self.db).record_payment(came)
        return order_id

    def propose(self, order_id: UUID, change: ChangeSet) -> tuple[UUID, ChangePreview]:
        change_id = uuid4()
        with self.db.transaction() as tx:
            return change_id, changes.propose(tx, change_id, order_id, change, SAM)

    def confirm(self, order_id: UUID, change_id: UUID) -> Order:
        command = ConfirmChange(order_id, change_id, SAM)
        order = ActivityEnvironment().run(self.activities.apply_change, command)
        assert isinstance(order, Order)
        return order

    def edit(self, order_id: UUID, change: ChangeSet) -> tuple[ChangePreview, Order]:
        """Proposed and confirmed; nothing of it may differ from its preview or in the books."""
        change_id, preview = self.propose(order_id, change)
        order = self.confirm(order_id, change_id)
        self.check(order_id, preview, order)
        return preview, order

    def check(self, order_id: UUID, preview: ChangePreview, order: Order) -> None:
        row, lines = self.row(order_id), self.lines(order_id)
        wanted = {n: line.ordered - line.cancelled for n, line in lines.items()}
        assert preview.after.costs == (row.goods, row.shipping, row.tax, row.total)
        assert {line.line: line.quantity for line in preview.after.lines} == wanted
        assert preview.to_refund == order.overpaid
        self.check_books(order_id, order)

    def check_books(self, order_id: UUID, order: Order) -> None:
        with self.db.transaction() as tx:
            assert stock.disagreements(tx) == []
            assert orders.get(tx, order_id) == order
        for line in order.lines.values():
            line.check()

    def ship(self, order_id: UUID, *pieces: LineQuantity) -> None:
        with self.db.transaction() as tx:
            before = orders.lock(tx, order_id)
            after = before.with_lines(ship_lines(before.lines, pieces))
            allocations.sell(tx, order_id, uuid4(), pieces, SAM)
            orders.save(tx, order_id, before, after, "order.shipped", SAM)

    def receive(self, variant_id: int, quantity: int) -> None:
        with self.db.transaction() as tx:
            stock.receive(tx, uuid4(), [(variant_id, quantity)], self.shop.location_id, SAM)
            _told(tx)

    def set(self, table: type[Any], key: object, **values: Any) -> None:
        with self.db.transaction() as tx:
            row = tx.get_one(table, key)
            for name, value in values.items():
                setattr(row, name, value)
            _told(tx)

    def add(self, row: object) -> None:
        with self.db.transaction() as tx:
            tx.add(row)
            _told(tx)

    def add_variant(self, sku: str, price: int, **values: Any) -> int:
        with self.db.transaction() as tx:
            _told(tx)
            return add_variant(tx, sku, price, **values)

    def row(self, order_id: UUID) -> OrderRow:
        with self.db.transaction() as tx:
            return tx.get_one(OrderRow, order_id)

    def lines(self, order_id: UUID) -> dict[int, OrderLine]:
        with self.db.transaction() as tx:
            rows = tx.scalars(select(OrderLine).where(OrderLine.order_id == order_id))
            return {row.line: row for row in rows}

    def level(self, variant_id: int) -> tuple[int, int]:
        """On hand and allocated."""
        with self.db.transaction() as tx:
            item = tx.get_one(StockItem, (variant_id, self.shop.location_id, "good"))
            return item.on_hand, item.allocated

    def told(self, order_id: UUID, action: str) -> list[dict[str, Any]]:
        """The changes of each such history entry."""
        with self.db.transaction() as tx:
            entries = select(HistoryEntry.changes).where(
                HistoryEntry.subject_id == str(order_id), HistoryEntry.action == action
            )
            return list(tx.scalars(entries.order_by(HistoryEntry.id)))

    def state(self, change_id: UUID) -> ChangeState:
        with self.db.transaction() as tx:
            known = changes.find_change(tx, change_id)
        assert known is not None
        return known.state

    def everything(self) -> list[Any]:
        """All that an edit could touch, to see that it did not."""
        with self.db.transaction() as tx:
            tables = (OrderRow, OrderLine, Allocation, StockItem)
            rows = [tx.execute(select(*table.__table__.columns)).all() for table in tables]
            return [*map(sorted_rows, rows), tx.scalar(select(func.count(HistoryEntry.id)))]


def sorted_rows(rows: Any) -> list[str]:
    return sorted(map(repr, rows))


def _told(tx: Session) -> None:
    history.append(tx, history.Entry("test", 1, "shop.changed", "system"))


def set_line(line: int, quantity: int) -> ChangeSet:
    return ChangeSet(set_quantities=[LineQuantity(line, quantity)])

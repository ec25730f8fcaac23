"""What an order costs now, from the prices stored on its lines."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.tables.orders import Order as OrderRow
from db.tables.orders import OrderLine
from domain.prices import Amounts, PricedLine, order_total


def priced_lines(tx: Session, order_id: UUID) -> dict[int, PricedLine]:
    rows = tx.execute(
        select(
            OrderLine.line, OrderLine.ordered, OrderLine.cancelled, OrderLine.gross, OrderLine.tax
        ).where(OrderLine.order_id == order_id)
    )
    return {
        row.line: PricedLine(row.ordered, row.ordered - row.cancelled, Amounts(row.gross, row.tax))
        for row in rows
    }


def recompute_totals(tx: Session, order_id: UUID) -> int:
    """After lines changed: the order's new total, from the prices stored on them."""
    lines = priced_lines(tx, order_id).values()
    head = tx.execute(
        select(OrderRow.shipping, OrderRow.shipping_tax).where(OrderRow.id == order_id)
    ).one()
    total = order_total(lines, Amounts(head.shipping, head.shipping_tax))
    goods = sum(line.now.gross for line in lines)
    tx.execute(
        update(OrderRow)
        .where(OrderRow.id == order_id)
        .values(goods=goods, tax=total.tax, total=total.gross)
    )
    return total.gross

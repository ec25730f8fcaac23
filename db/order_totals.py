"""What an order costs now, from the prices stored on its lines."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select, update
from sqlalchemy.orm import Session

from db.tables.orders import Order as OrderRow
from db.tables.orders import OrderLine
from domain.orders import Order
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


def recompute_totals(tx: Session, order: Order, order_id: UUID) -> Order:
    """After lines changed: the total anew, from the prices stored on them.

    A favour for pieces that are cancelled now falls away with them: it is not given twice."""
    lines = priced_lines(tx, order_id).values()
    head = tx.execute(
        select(OrderRow.shipping, OrderRow.shipping_tax).where(OrderRow.id == order_id)
    ).one()
    total = order_total(lines, Amounts(head.shipping, head.shipping_tax))
    allowance = max(0, order.allowance - _take_back_favours(tx, order_id))
    tx.execute(
        update(OrderRow)
        .where(OrderRow.id == order_id)
        .values(
            goods=sum(line.now.gross for line in lines),
            tax=total.tax,
            total=total.gross,
            allowance=allowance,
            weight_g=_weight(order_id),
        )
    )
    return replace(order, total=total.gross, allowance=allowance)


def _take_back_favours(tx: Session, order_id: UUID) -> int:
    """What was refunded for pieces that are not wanted any more; they count as cancelled only."""
    wanted = OrderLine.ordered - OrderLine.cancelled
    rows = tx.scalars(
        select(OrderLine).where(OrderLine.order_id == order_id, OrderLine.refunded > wanted)
    ).all()
    favours = 0
    for row in rows:
        left = row.ordered - row.cancelled
        line = PricedLine(row.ordered, left, Amounts(row.gross, row.tax))
        favours += line.refund_for(row.refunded - left, left).gross
        row.refunded = left
    tx.flush()
    return favours


def _weight(order_id: UUID) -> ScalarSelect[int]:
    wanted = OrderLine.ordered - OrderLine.cancelled
    return (
        select(func.coalesce(func.sum(OrderLine.weight_g * wanted), 0))
        .where(OrderLine.order_id == order_id)
        .scalar_subquery()
    )

"""Lines of an order beyond their quantities: what they are made of, and what went back."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from db.tables.orders import Order as OrderRow
from db.tables.orders import OrderLine
from db.tables.shop import Channel
from domain.order_lines import (
    LineNotOnOrder,
    LineQuantity,
    MoreThanOpen,
    ShippingRefunded,
    one_of_each,
)
from domain.order_messages import RefundOrder
from domain.prices import Amounts, PricedLine
from domain.stock import Demand

_NOTE_REFUNDED = text(
    "UPDATE order_lines AS l SET refunded = l.refunded + new.quantity"
    " FROM unnest(CAST(:lines AS bigint[]), CAST(:quantities AS bigint[])) AS new (line, quantity)"
    " WHERE l.order_id = :order_id AND l.line = new.line"
)


def service_lines(tx: Session, order_id: UUID) -> set[int]:
    """Lines that no stock is held for."""
    return set(
        tx.scalars(
            select(OrderLine.line).where(OrderLine.order_id == order_id, OrderLine.is_service)
        )
    )


def line_variants(tx: Session, order_id: UUID) -> dict[int, int]:
    rows = tx.execute(
        select(OrderLine.line, OrderLine.variant_id).where(OrderLine.order_id == order_id)
    )
    return {row.line: row.variant_id for row in rows}


def refund_amount(tx: Session, command: RefundOrder) -> int:
    """Of lines: their stored price and tax, to the penny over several refunds; or as asked."""
    amount = command.amount or 0
    if command.lines:
        amount += _price_of(tx, command.order_id, command.lines)
    if command.shipping:
        amount += _shipping_of(tx, command.order_id)
    return amount


def note_refunded(tx: Session, command: RefundOrder) -> None:
    """What went back goes back once."""
    if command.lines:
        values = {
            "order_id": command.order_id,
            "lines": [item.line for item in command.lines],
            "quantities": [item.quantity for item in command.lines],
        }
        tx.execute(_NOTE_REFUNDED, values)
    if command.shipping:
        returned = update(OrderRow).where(OrderRow.id == command.order_id)
        tx.execute(returned.values(shipping_is_refunded=True))


def _shipping_of(tx: Session, order_id: UUID) -> int:
    row = tx.execute(
        select(OrderRow.shipping, OrderRow.shipping_is_refunded).where(OrderRow.id == order_id)
    ).one()
    if row.shipping_is_refunded:
        raise ShippingRefunded("The shipping cost of this order was refunded before.")
    return int(row.shipping)


def _price_of(tx: Session, order_id: UUID, pieces: Sequence[LineQuantity]) -> int:
    rows = {
        row.line: row for row in tx.scalars(select(OrderLine).where(OrderLine.order_id == order_id))
    }
    return sum(_price_of_one(rows.get(piece.line), piece) for piece in one_of_each(pieces))


def _price_of_one(row: OrderLine | None, piece: LineQuantity) -> int:
    if row is None:
        raise LineNotOnOrder(f"Line {piece.line} is not on this order.")
    left = row.ordered - row.cancelled - row.refunded
    if not 0 < piece.quantity <= left:
        raise MoreThanOpen(f"Line {piece.line}: {left} pieces can still be refunded.")
    line = PricedLine(row.ordered, row.ordered - row.cancelled, Amounts(row.gross, row.tax))
    return line.refund_for(piece.quantity, row.cancelled + row.refunded).gross


def demands(
    tx: Session, order_id: UUID, pieces: Sequence[LineQuantity]
) -> tuple[list[Demand], list[int]]:
    """What these pieces ask of stock, and the locations that serve the order's channel."""
    wanted = {piece.line: piece.quantity for piece in pieces}
    rows = tx.execute(
        select(OrderLine.line, OrderLine.variant_id, OrderLine.sku).where(
            OrderLine.order_id == order_id,
            OrderLine.line.in_(wanted),
            OrderLine.is_service.is_(False),
        )
    )
    locations = tx.execute(
        select(Channel.locations)
        .join(OrderRow, OrderRow.channel_id == Channel.id)
        .where(OrderRow.id == order_id)
    ).scalar_one()
    asked = [Demand(row.line, row.variant_id, row.sku, wanted[row.line]) for row in rows]
    return asked, locations


def everything_allocated(tx: Session, order_id: UUID) -> list[LineQuantity]:
    rows = tx.execute(
        select(OrderLine.line, OrderLine.allocated)
        .where(OrderLine.order_id == order_id, OrderLine.allocated > 0)
        .order_by(OrderLine.line)
    )
    return [LineQuantity(row.line, row.allocated) for row in rows]

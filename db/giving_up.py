"""Pieces of an order that will not be sold to it after all: cancelled, expired or edited away."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from db import allocations
from db.order_lines import service_lines
from domain.order_lines import LineQuantity, Lines, cancel_lines


def give_up(
    tx: Session,
    order_id: UUID,
    lines: Lines,
    pieces: Sequence[LineQuantity],
    by: str,
    *,
    restock: bool = True,
    reason: str = "",
) -> Lines:
    """The lines after `pieces` are cancelled. Their stock is free again, or written off."""
    after = cancel_lines(lines, pieces)
    services = service_lines(tx, order_id)
    held = [
        LineQuantity(number, lines[number].allocated - line.allocated)
        for number, line in after.items()
        if number not in services and lines[number].allocated > line.allocated
    ]
    if held and restock:
        allocations.release(tx, order_id, held, by)
    elif held:
        allocations.write_off(tx, order_id, held, by, reason)
    return after

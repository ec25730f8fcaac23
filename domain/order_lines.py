"""The quantities of an order line, and how each act moves them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.errors import Refusal


class NothingChosen(Refusal):
    """No line, or a quantity below one."""


class LineNotOnOrder(Refusal):
    """The line belongs to another order, or is named twice."""


class ShippingRefunded(Refusal):
    """Shipping is paid once, and goes back once."""


class MoreThanOpen(Refusal):
    """More asked for than is left to act on."""


class LineStage(StrEnum):
    """The furthest thing that is true of the whole rest of a line."""

    BACKORDERED = "backordered"
    ALLOCATED = "allocated"
    PICKED = "picked"
    PACKED = "packed"
    PART_SHIPPED = "part_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    RETURNED = "returned"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class LineQuantities:
    """`allocated`, `backordered`, `picked` and `packed` count what is still here (packed is part of
    picked, picked of allocated); the others count up for ever."""

    ordered: int
    allocated: int = 0
    backordered: int = 0
    picked: int = 0
    packed: int = 0
    shipped: int = 0
    delivered: int = 0
    cancelled: int = 0
    return_requested: int = 0
    returned_good: int = 0
    returned_damaged: int = 0
    written_off: int = 0

    @property
    def wanted(self) -> int:
        return self.ordered - self.cancelled

    @property
    def open(self) -> int:
        return self.wanted - self.shipped

    @property
    def undelivered(self) -> int:
        return self.shipped - self.delivered

    @property
    def returned(self) -> int:
        return self.returned_good + self.returned_damaged + self.written_off

    @property
    def stage(self) -> LineStage:
        if self.wanted == 0:
            return LineStage.CANCELLED
        if self.shipped:
            return self._stage_after_shipping()
        if self.backordered:
            return LineStage.BACKORDERED
        if self.packed == self.wanted:
            return LineStage.PACKED
        return LineStage.PICKED if self.picked == self.wanted else LineStage.ALLOCATED

    def _stage_after_shipping(self) -> LineStage:
        if self.returned >= self.wanted:
            return LineStage.RETURNED
        if self.delivered >= self.wanted:
            return LineStage.DELIVERED
        return LineStage.SHIPPED if self.open == 0 else LineStage.PART_SHIPPED

    def check(self) -> None:
        """What must hold of every line at every moment."""
        assert min(vars(self).values()) >= 0, self
        assert self.allocated + self.backordered == self.open, self
        assert self.packed <= self.picked <= self.allocated, self
        assert self.delivered <= self.shipped, self
        assert self.return_requested + self.returned <= self.shipped, self


@dataclass(frozen=True)
class LineQuantity:
    line: int
    quantity: int


Lines = Mapping[int, LineQuantities]
_Act = Callable[[LineQuantities, int], LineQuantities]


def pick_lines(lines: Lines, wanted: Sequence[LineQuantity]) -> dict[int, LineQuantities]:
    return _act(
        lines,
        wanted,
        limit=lambda line: line.allocated - line.picked,
        act=lambda line, n: replace(line, picked=line.picked + n),
    )


def pack_lines(lines: Lines, wanted: Sequence[LineQuantity]) -> dict[int, LineQuantities]:
    """Packing what nobody picked picks it."""
    return _act(
        lines,
        wanted,
        limit=lambda line: line.allocated - line.packed,
        act=lambda line, n: replace(
            line, packed=line.packed + n, picked=max(line.picked, line.packed + n)
        ),
    )


def ship_lines(lines: Lines, wanted: Sequence[LineQuantity]) -> dict[int, LineQuantities]:
    """Packed pieces leave first; a small shop may ship what it never marked as picked."""
    return _act(lines, wanted, limit=lambda line: line.allocated, act=_ship)


def unship_lines(lines: Lines, wanted: Sequence[LineQuantity]) -> dict[int, LineQuantities]:
    """The parcel did not leave after all: its pieces are allocated again."""
    return _act(
        lines,
        wanted,
        limit=lambda line: line.undelivered,
        act=lambda line, n: replace(line, shipped=line.shipped - n, allocated=line.allocated + n),
    )


def deliver_lines(lines: Lines, wanted: Sequence[LineQuantity]) -> dict[int, LineQuantities]:
    return _act(
        lines,
        wanted,
        limit=lambda line: line.undelivered,
        act=lambda line, n: replace(line, delivered=line.delivered + n),
    )


def allocate_lines(lines: Lines, wanted: Sequence[LineQuantity]) -> dict[int, LineQuantities]:
    """Stock came in for pieces sold without it."""
    return _act(
        lines,
        wanted,
        limit=lambda line: line.backordered,
        act=lambda line, n: replace(
            line, backordered=line.backordered - n, allocated=line.allocated + n
        ),
    )


def cancel_lines(lines: Lines, wanted: Sequence[LineQuantity]) -> dict[int, LineQuantities]:
    """Pieces without stock go first, packed ones last."""
    return _act(lines, wanted, limit=lambda line: line.open, act=_cancel)


def everything_open(lines: Lines) -> list[LineQuantity]:
    return [LineQuantity(number, line.open) for number, line in lines.items() if line.open]


def one_of_each(pieces: Sequence[LineQuantity]) -> Sequence[LineQuantity]:
    """Each line is named once, so that nobody counts one of the two alone."""
    if len({piece.line for piece in pieces}) < len(pieces):
        raise LineNotOnOrder("A line is named twice.")
    return pieces


def _act(
    lines: Lines,
    wanted: Sequence[LineQuantity],
    limit: Callable[[LineQuantities], int],
    act: _Act,
) -> dict[int, LineQuantities]:
    if not wanted or any(item.quantity <= 0 for item in wanted):
        raise NothingChosen("Choose at least one line and a quantity above zero.")
    after = dict(lines)
    for item in one_of_each(wanted):
        line = after.get(item.line)
        if line is None:
            raise LineNotOnOrder(f"Line {item.line} is not on this order.")
        if item.quantity > limit(line):
            raise MoreThanOpen(
                f"Line {item.line}: {item.quantity} asked for, {limit(line)} left for this."
            )
        after[item.line] = act(line, item.quantity)
    return after


def _ship(line: LineQuantities, n: int) -> LineQuantities:
    return replace(
        line,
        allocated=line.allocated - n,
        shipped=line.shipped + n,
        packed=max(line.packed - n, 0),
        picked=min(max(line.picked - n, 0), line.allocated - n),
    )


def _cancel(line: LineQuantities, n: int) -> LineQuantities:
    backordered = max(line.backordered - n, 0)
    allocated = line.allocated - (n - (line.backordered - backordered))
    return replace(
        line,
        cancelled=line.cancelled + n,
        backordered=backordered,
        allocated=allocated,
        picked=min(line.picked, allocated),
        packed=min(line.packed, allocated),
    )

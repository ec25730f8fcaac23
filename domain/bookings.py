"""What people book into and out of stock: goods that came in, corrections, losses."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.errors import Refusal
from domain.stock import Condition, MovementKind

WITH_REASON = frozenset({MovementKind.ADJUSTMENT, MovementKind.WRITE_OFF})


class LocationUnknown(Refusal):
    """There is no such stock location, or not for this caller."""


class ServiceHasNoStock(Refusal):
    """Nothing of a service lies on shelves."""


class BookingIdReused(Refusal):
    """The id came before with other pieces."""


class BelowAllocated(Refusal):
    """More would go than is there and not held for orders."""


class TooManyPieces(Refusal):
    """More pieces than any shelf holds."""


MOST_PIECES = 10**12


@dataclass(frozen=True)
class Booking:
    """`id` is chosen by the caller, so that sending it twice books it once."""

    id: UUID
    kind: MovementKind
    location_id: int
    changes: Mapping[str, int]
    """SKU -> pieces that come (or, below zero, go)."""
    condition: Condition = Condition.GOOD
    reason: str | None = None


@dataclass(frozen=True)
class Level:
    on_hand: int
    allocated: int

    def after(self, change: int, sku: str) -> int:
        """What is on hand then; pieces held for orders stay."""
        on_hand = self.on_hand + change
        if change < 0 and on_hand < self.allocated:
            free = self.on_hand - self.allocated
            raise BelowAllocated(
                f"{sku}: {self.on_hand} on hand, {self.allocated} held for orders: {-change} "
                f"cannot go, at most {free}."
            )
        if on_hand > MOST_PIECES:
            raise TooManyPieces(f"{sku}: at most {MOST_PIECES} pieces.")
        return on_hand

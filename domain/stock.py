"""Stock: a ledger of movements, and the counters that must agree with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Refusal


class Condition(StrEnum):
    GOOD = "good"
    OPEN_BOX = "open_box"
    DAMAGED = "damaged"
    BROKEN = "broken"
    QUARANTINE = "quarantine"
    EXPIRED = "expired"


class MovementKind(StrEnum):
    RECEIPT = "receipt"
    ALLOCATION = "allocation"
    RELEASE = "release"
    SALE = "sale"
    CANCELLATION = "cancellation"
    """Goods of a parcel that did not leave after all, or came back unopened."""
    RETURN = "return"
    ADJUSTMENT = "adjustment"
    WRITE_OFF = "write_off"
    TRANSFER_OUT = "transfer_out"
    TRANSFER_IN = "transfer_in"
    CONDITION_CHANGE = "condition_change"


class OutOfStock(Refusal):
    """Fewer pieces can be sold than the order asks for."""


class ReasonMissing(Refusal):
    """A correction of stock needs its reason."""


@dataclass(frozen=True)
class Demand:
    """Pieces of one variant that one line of an order asks for."""

    line: int
    variant_id: int
    sku: str
    quantity: int
    may_backorder: bool = False


@dataclass(frozen=True)
class Allocation:
    """Pieces held for a line at a location; without a location they are backordered."""

    line: int
    variant_id: int
    location_id: int | None
    quantity: int


Available = Mapping[tuple[int, int], int]
"""(variant, location) -> on hand less allocated."""


def allocate(
    demands: Sequence[Demand], available: Available, locations: Sequence[int]
) -> list[Allocation]:
    """Where each piece comes from: one location that has all of it, else several in their order.

    Lines that want the same variant share what is there: nothing is promised twice."""
    left = dict(available)
    held: list[Allocation] = []
    for demand in demands:
        held += _allocate_one(demand, left, _one_first(demands, left, locations))
    return held


def _allocate_one(
    demand: Demand, left: dict[tuple[int, int], int], locations: Sequence[int]
) -> list[Allocation]:
    held, missing = [], demand.quantity
    for location in locations:
        key = (demand.variant_id, location)
        take = min(left.get(key, 0), missing)
        if take > 0:
            held.append(Allocation(demand.line, demand.variant_id, location, take))
            left[key] -= take
            missing -= take
    if missing and not demand.may_backorder:
        raise OutOfStock(f"{demand.sku}: {demand.quantity - missing} of {demand.quantity} left.")
    if missing:
        held.append(Allocation(demand.line, demand.variant_id, None, missing))
    return held


def _one_first(
    demands: Sequence[Demand], available: Available, locations: Sequence[int]
) -> Sequence[int]:
    """The locations, the first that can serve the whole order alone put in front."""
    wanted: dict[int, int] = {}
    for demand in demands:
        wanted[demand.variant_id] = wanted.get(demand.variant_id, 0) + demand.quantity
    for location in locations:
        if all(available.get((variant, location), 0) >= n for variant, n in wanted.items()):
            return [location, *(other for other in locations if other != location)]
    return locations

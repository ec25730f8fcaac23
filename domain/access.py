"""Who may do what: the rights, and the profiles a new shop starts with."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Refusal


class Forbidden(Refusal):
    """This person may not do this."""


class Right(StrEnum):
    ORDER_PLACE = "order.place"
    ORDER_SET_PRICE = "order.set_price"
    ORDER_READ = "order.read"
    ORDER_EDIT = "order.edit"
    ORDER_HOLD = "order.hold"
    ORDER_FULFIL = "order.fulfil"
    ORDER_CANCEL = "order.cancel"
    ORDER_REFUND = "order.refund"
    ORDER_ASSIGN = "order.assign"
    ORDER_NOTE = "order.note"
    PAYMENT_RECORD = "payment.record"
    PROCESS_SETTLE = "process.settle"
    PRODUCT_READ = "product.read"
    PRODUCT_EDIT = "product.edit"
    STOCK_READ = "stock.read"
    STOCK_EDIT = "stock.edit"
    SETTINGS_READ = "settings.read"
    SETTINGS_EDIT = "settings.edit"


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a staff member, a program with a key, a customer or the system itself."""

    name: str
    """`staff:7`, `key:3`, `customer:<id>` or `system`: what history and workflows write."""
    rights: frozenset[Right]
    branch_id: int | None = None
    """Set where the person sees one branch's orders only."""
    channel_id: int | None = None
    """Set for a program that places orders of one channel and sees no others."""
    staff_id: int | None = None

    def may(self, right: Right) -> bool:
        return right in self.rights


EVERY_RIGHT = frozenset(Right)

PROFILES: dict[str, frozenset[Right]] = {
    "SuperAdmin": EVERY_RIGHT,
    "Logistician": frozenset(
        {
            Right.ORDER_READ,
            Right.ORDER_FULFIL,
            Right.ORDER_NOTE,
            Right.STOCK_READ,
            Right.STOCK_EDIT,
            Right.PRODUCT_READ,
        }
    ),
    "Translator": frozenset({Right.PRODUCT_READ}),
    "Salesperson": frozenset(
        {
            Right.ORDER_PLACE,
            Right.ORDER_READ,
            Right.ORDER_EDIT,
            Right.ORDER_HOLD,
            Right.ORDER_CANCEL,
            Right.ORDER_NOTE,
            Right.PAYMENT_RECORD,
            Right.PRODUCT_READ,
            Right.STOCK_READ,
        }
    ),
}

STOREFRONT_RIGHTS = frozenset({Right.ORDER_PLACE, Right.ORDER_READ, Right.PRODUCT_READ})


def require(actor: Actor, right: Right) -> None:
    if not actor.may(right):
        raise Forbidden(f"This needs the right {right}.")


def known_rights(names: Collection[str]) -> frozenset[Right]:
    """Stored names of rights that still exist; a right taken out of the program is no right."""
    return frozenset(Right(name) for name in names if name in Right.__members__.values())

"""A priced order before it is placed: all that placing writes; prices cannot move meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from domain.prices import Amounts
from domain.stock import Demand


@dataclass(frozen=True)
class DraftLine:
    line: int
    variant_id: int
    sku: str
    name: str
    is_service: bool
    may_backorder: bool
    quantity: int
    unit_price: int
    tax_class: str
    tax_rate: int
    gross: int
    tax: int
    weight_g: int


@dataclass(frozen=True)
class DraftPayment:
    id: str
    method: str
    amount: int


@dataclass(frozen=True)
class Customer:
    name: str
    email: str
    phone: str
    language: str


@dataclass(frozen=True)
class Address:
    country: str
    city: str = ""
    postcode: str = ""
    street: str = ""
    point_code: str = ""
    """A pick-up point of the carrier, in place of a street."""


@dataclass(frozen=True)
class Draft:
    channel_id: int
    branch_id: int | None
    external_ref: str | None
    currency: str
    prices_include_tax: bool
    lines: list[DraftLine]
    shipping_method: str | None
    shipping: int
    shipping_tax: int
    customer: Customer
    address: Address
    comment: str
    payments: list[DraftPayment]
    locations: list[int]
    responsible_id: int | None
    expires_in_s: int | None
    capture_on_shipping: bool
    by: str
    customer_id: int | None = None
    """Named by the caller; else the customer is found by e-mail when the order is placed."""

    @property
    def amounts(self) -> Amounts:
        return Amounts(
            sum(line.gross for line in self.lines) + self.shipping,
            sum(line.tax for line in self.lines) + self.shipping_tax,
        )

    @property
    def weight_g(self) -> int:
        return sum(line.weight_g * line.quantity for line in self.lines)

    def demands(self) -> list[Demand]:
        return [
            Demand(line.line, line.variant_id, line.sku, line.quantity, line.may_backorder)
            for line in self.lines
            if not line.is_service
        ]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Draft":
        return Draft(
            **{
                **data,
                "lines": _each(DraftLine, data["lines"]),
                "payments": _each(DraftPayment, data["payments"]),
                "customer": Customer(**data["customer"]),
                "address": Address(**data["address"]),
            }
        )


def split_payments(
    total: int, payments: Sequence[tuple[UUID, str, int | None]]
) -> list[DraftPayment]:
    """The payments of an order; the one without an amount takes the rest."""
    fixed = sum(amount or 0 for _, _, amount in payments)
    return [
        DraftPayment(str(id), method, amount if amount is not None else total - fixed)
        for id, method, amount in payments
        if amount is not None or total > fixed
    ]


def _each(kind: Any, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    return [kind(**row) for row in rows]

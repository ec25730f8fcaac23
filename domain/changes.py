"""A change set: what is to be different about a placed order, and what that means for it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from domain.access import of_noun
from domain.drafts import Address, DraftLine
from domain.errors import Refusal
from domain.order_lines import LineNotOnOrder, LineQuantity, Lines
from domain.orders import Order
from domain.prices import Amounts, PricedLine, order_total, with_tax
from domain.pricing import Offer, UnknownSku, WrongCurrency

MOST_LINES = 200
MOST_PIECES = 1_000_000
HIGHEST_PRICE = 10**12
LONGEST_TEXT = 2_000


class NothingToChange(Refusal):
    """The edit leaves the order as it is."""


class NothingWouldRemain(Refusal):
    """An edit takes no order's last piece away; cancelling does."""


class AlreadyShipped(Refusal):
    """Fewer pieces are wanted than have left the house."""


class ChangeNotOpen(Refusal):
    """This order has no such edit, or it was confirmed or discarded before."""


class ChangeIdReused(Refusal):
    """The id stands for another edit."""


class ChangeOutdated(Refusal):
    """The edit would no longer cost what its preview said."""


class BeyondLimits(Refusal):
    """A quantity, price, text or number of lines that no edit may have."""


class ChangeState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"


@dataclass(frozen=True)
class AddLine:
    variant_id: int
    quantity: int
    unit_price: int | None = None
    """Agreed with the customer; None: the catalogue's."""


@dataclass(frozen=True)
class CustomerEdit:
    """None stays as it is."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class ChangeSet:
    """`set_quantities` name the new wanted quantity of a line, 0 to take it away."""

    set_quantities: list[LineQuantity] = field(default_factory=list)
    add_lines: list[AddLine] = field(default_factory=list)
    customer: CustomerEdit = field(default_factory=CustomerEdit)
    address: Address | None = None
    shipping_method: str | None = None
    comment: str | None = None

    def terms(self) -> dict[str, Any]:
        """The order's own fields that are to be written over."""
        named = {
            "customer_name": self.customer.name,
            "customer_email": self.customer.email,
            "customer_phone": self.customer.phone,
            "language": self.customer.language,
            "address": asdict(self.address) if self.address else None,
            "shipping_method": self.shipping_method,
            "comment": self.comment,
        }
        return {name: value for name, value in named.items() if value is not None}

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "ChangeSet":
        return ChangeSet(
            set_quantities=[LineQuantity(**item) for item in data["set_quantities"]],
            add_lines=[AddLine(**item) for item in data["add_lines"]],
            customer=CustomerEdit(**data["customer"]),
            address=Address(**data["address"]) if data["address"] else None,
            shipping_method=data["shipping_method"],
            comment=data["comment"],
        )


@dataclass(frozen=True)
class ContentLine:
    """`gross` is what the customer pays for the `quantity` still wanted."""

    line: int
    sku: str
    name: str
    quantity: int
    unit_price: int
    gross: int


@dataclass(frozen=True)
class Contents:
    """What an order is made of and what it costs, in minor units."""

    lines: list[ContentLine]
    goods: int
    shipping: int
    tax: int
    total: int

    @property
    def costs(self) -> tuple[int, int, int, int]:
        return self.goods, self.shipping, self.tax, self.total

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Contents":
        lines = [ContentLine(**line) for line in data["lines"]]
        return Contents(**{**data, "lines": lines})


@of_noun("stock")
@dataclass(frozen=True)
class Shortage:
    sku: str
    missing: int
    may_backorder: bool
    """Sold all the same; the customer waits."""


@dataclass(frozen=True)
class ChangePreview:
    before: Contents
    after: Contents
    shortages: list[Shortage]
    to_refund: int
    """Paid too much after the edit and not yet on its way back."""
    to_collect: int
    """Beyond what was paid and what open payments will bring."""

    @property
    def difference(self) -> int:
        return self.after.total - self.before.total

    @property
    def missing(self) -> list[Shortage]:
        """What forbids the edit."""
        return [shortage for shortage in self.shortages if not shortage.may_backorder]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "ChangePreview":
        return ChangePreview(
            before=Contents.from_json(data["before"]),
            after=Contents.from_json(data["after"]),
            shortages=[Shortage(**item) for item in data["shortages"]],
            to_refund=data["to_refund"],
            to_collect=data["to_collect"],
        )


def check_limits(change: ChangeSet) -> None:
    _limit("lines", len(change.set_quantities) + len(change.add_lines), 0, MOST_LINES)
    for item in change.set_quantities:
        _limit("quantity", item.quantity, 0, MOST_PIECES)
    for added in change.add_lines:
        _limit("quantity", added.quantity, 1, MOST_PIECES)
        _limit("unit price", added.unit_price or 0, 0, HIGHEST_PRICE)
    address = asdict(change.address) if change.address else {}
    for name, value in {**change.terms(), **address}.items():
        if isinstance(value, str):
            _limit(f"length of {name}", len(value), 0, LONGEST_TEXT)


def quantity_steps(lines: Lines, wanted: Sequence[LineQuantity]) -> dict[int, int]:
    """By line: how many pieces more, or, below zero, fewer than are wanted now."""
    steps: dict[int, int] = {}
    for item in wanted:
        line = lines.get(item.line)
        if line is None or item.line in steps:
            raise LineNotOnOrder(f"Line {item.line} is not on this order, or is named twice.")
        if item.quantity < line.shipped:
            raise AlreadyShipped(f"Line {item.line}: {line.shipped} pieces have left already.")
        steps[item.line] = item.quantity - line.wanted
    return {number: step for number, step in steps.items() if step}


def new_lines(
    sold: Mapping[int, DraftLine],
    steps: Mapping[int, int],
    added: Sequence[AddLine],
    offer: Offer,
    country: str,
) -> list[DraftLine]:
    """More of a line at its stored price and tax, what is new to the order at today's.

    Each is a line of its own, so that refunds of either stay exact."""
    wanted = [(sold[line], step) for line, step in steps.items() if step > 0]
    wanted += [(_offered(item, offer, country), item.quantity) for item in added]
    included = offer.prices_include_tax
    return [
        _line(line, number, quantity, tax_included=included)
        for number, (line, quantity) in enumerate(wanted, start=max(sold, default=0) + 1)
    ]


def goods_and_weight(sold: Mapping[int, DraftLine], lines: Lines) -> tuple[int, int]:
    """What shipping is priced by: minor units and grams of all that is still wanted."""
    goods = sum(line.now.gross for line in _priced(sold, lines).values())
    return goods, sum(line.weight_g * lines[number].wanted for number, line in sold.items())


def contents(sold: Mapping[int, DraftLine], lines: Lines, shipping: Amounts) -> Contents:
    priced = _priced(sold, lines)
    total = order_total(priced.values(), shipping)
    shown = [
        ContentLine(number, line.sku, line.name, now.wanted, line.unit_price, now.now.gross)
        for (number, line), now in zip(sold.items(), priced.values(), strict=True)
    ]
    goods = sum(line.gross for line in shown)
    return Contents(shown, goods, total.gross - goods, total.tax, total.gross)


def preview(
    before: Contents, after: Contents, shortages: list[Shortage], order: Order
) -> ChangePreview:
    """`order` as it is after the edit."""
    promised = sum(payment.amount for payment in order.payments if payment.is_open)
    to_collect = max(0, order.due - promised)
    return ChangePreview(before, after, shortages, order.overpaid, to_collect)


def _offered(item: AddLine, offer: Offer, country: str) -> DraftLine:
    variant = {known.variant_id: known for known in offer.variants.values()}.get(item.variant_id)
    if variant is None:
        raise UnknownSku(f"The shop does not sell variant {item.variant_id}.")
    if variant.currency != offer.currency and item.unit_price is None:
        raise WrongCurrency(f"{variant.sku} has no price in {offer.currency}.")
    return DraftLine(
        line=0,
        variant_id=variant.variant_id,
        sku=variant.sku,
        name=variant.name,
        is_service=variant.is_service,
        may_backorder=variant.may_backorder,
        quantity=item.quantity,
        unit_price=variant.price if item.unit_price is None else item.unit_price,
        tax_class=variant.tax_class,
        tax_rate=offer.taxes.rate(variant.tax_class, country),
        gross=0,
        tax=0,
        weight_g=variant.weight_g,
    )


def _line(line: DraftLine, number: int, quantity: int, *, tax_included: bool) -> DraftLine:
    amounts = with_tax(line.unit_price * quantity, line.tax_rate, tax_included=tax_included)
    return replace(line, line=number, quantity=quantity, gross=amounts.gross, tax=amounts.tax)


def _priced(sold: Mapping[int, DraftLine], lines: Lines) -> dict[int, PricedLine]:
    return {
        number: PricedLine(line.quantity, lines[number].wanted, Amounts(line.gross, line.tax))
        for number, line in sold.items()
    }


def _limit(name: str, value: int, lowest: int, highest: int) -> None:
    if not lowest <= value <= highest:
        raise BeyondLimits(f"The {name} must be between {lowest} and {highest}.")

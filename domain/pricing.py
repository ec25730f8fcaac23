"""From a basket to a priced order: what the caller wants, against what the channel offers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from domain.drafts import Address, Customer, Draft, DraftLine, split_payments
from domain.errors import Refusal
from domain.money import Money
from domain.prices import NOTHING, Amounts, TaxTable, check_total, with_tax
from domain.shipping import NoSuchShippingMethod, ShippingMethod, shipping_price
from domain.stock import OutOfStock


class UnknownSku(Refusal):
    """The shop sells nothing under this code, or does not sell it (any more)."""


class PaymentMethodNotOffered(Refusal):
    """The channel does not take this kind of payment."""


class PaymentsDoNotAddUp(Refusal):
    """Several payments must cover the order exactly; one of them may leave its amount open."""


class WrongCurrency(Refusal):
    """The variant has no price in the channel's currency."""


@dataclass(frozen=True)
class WantedLine:
    sku: str
    quantity: int
    unit_price: int | None = None
    """Agreed elsewhere; only for callers who may set prices."""


@dataclass(frozen=True)
class WantedPayment:
    id: UUID
    method: str
    amount: int | None = None


@dataclass(frozen=True)
class Basket:
    lines: list[WantedLine]
    customer: Customer
    address: Address
    payments: list[WantedPayment]
    shipping_method: str | None = None
    external_ref: str | None = None
    comment: str = ""


@dataclass(frozen=True)
class OfferedVariant:
    variant_id: int
    sku: str
    name: str
    price: int
    currency: str
    tax_class: str
    weight_g: int
    is_service: bool
    may_backorder: bool
    available: int


@dataclass(frozen=True)
class Offer:
    """What one channel sells, and on what terms."""

    channel_id: int
    branch_id: int | None
    currency: str
    prices_include_tax: bool
    locations: list[int]
    payment_methods: list[str]
    responsible_id: int | None
    expires_in_s: int | None
    capture_on_shipping: bool
    variants: Mapping[str, OfferedVariant]
    taxes: TaxTable
    shipping_methods: Mapping[str, ShippingMethod] = field(default_factory=dict)
    not_set_up: frozenset[str] = frozenset()
    """Payment methods whose provider is not switched on."""


def price(basket: Basket, offer: Offer, by: str) -> Draft:
    """The order as it would be placed. Refuses all that can be seen without holding stock."""
    country = basket.address.country
    lines = [
        _price_line(number, wanted, _variant(wanted, offer), offer, country)
        for number, wanted in enumerate(basket.lines, start=1)
    ]
    _look_at_stock(basket, offer)
    shipping = _price_shipping(basket, offer, lines)
    goods = sum((Amounts(line.gross, line.tax) for line in lines), NOTHING)
    total = check_total(goods + shipping).gross
    return Draft(
        channel_id=offer.channel_id,
        branch_id=offer.branch_id,
        external_ref=basket.external_ref,
        currency=offer.currency,
        prices_include_tax=offer.prices_include_tax,
        lines=lines,
        shipping_method=basket.shipping_method,
        shipping=shipping.gross,
        shipping_tax=shipping.tax,
        customer=basket.customer,
        address=basket.address,
        comment=basket.comment,
        payments=split_payments(total, _payments(basket, offer, total)),
        locations=offer.locations,
        responsible_id=offer.responsible_id,
        expires_in_s=offer.expires_in_s,
        capture_on_shipping=offer.capture_on_shipping,
        by=by,
    )


def _variant(wanted: WantedLine, offer: Offer) -> OfferedVariant:
    variant = offer.variants.get(wanted.sku)
    if variant is None:
        raise UnknownSku(f"The shop does not sell {wanted.sku!r}.")
    if variant.currency != offer.currency and wanted.unit_price is None:
        raise WrongCurrency(f"{wanted.sku} has no price in {offer.currency}.")
    return variant


def _price_line(
    number: int, wanted: WantedLine, variant: OfferedVariant, offer: Offer, country: str
) -> DraftLine:
    unit_price = variant.price if wanted.unit_price is None else wanted.unit_price
    rate = offer.taxes.rate(variant.tax_class, country)
    amounts = with_tax(unit_price * wanted.quantity, rate, tax_included=offer.prices_include_tax)
    return DraftLine(
        line=number,
        variant_id=variant.variant_id,
        sku=variant.sku,
        name=variant.name,
        is_service=variant.is_service,
        may_backorder=variant.may_backorder,
        quantity=wanted.quantity,
        unit_price=unit_price,
        tax_class=variant.tax_class,
        tax_rate=rate,
        gross=amounts.gross,
        tax=amounts.tax,
        weight_g=variant.weight_g,
    )


def _look_at_stock(basket: Basket, offer: Offer) -> None:
    """A glance without a lock: what is sold out for sure need not start a process."""
    wanted: dict[str, int] = {}
    for line in basket.lines:
        wanted[line.sku] = wanted.get(line.sku, 0) + line.quantity
    for sku, quantity in wanted.items():
        variant = offer.variants[sku]
        short = quantity > variant.available
        if short and not variant.is_service and not variant.may_backorder:
            raise OutOfStock(f"{sku}: {max(variant.available, 0)} of {quantity} left.")


def _price_shipping(basket: Basket, offer: Offer, lines: list[DraftLine]) -> Amounts:
    if basket.shipping_method is None:
        return NOTHING
    method = offer.shipping_methods.get(basket.shipping_method)
    if method is None:
        raise NoSuchShippingMethod(f"There is no shipping method {basket.shipping_method!r}.")
    country = basket.address.country
    goods = sum(line.gross for line in lines)
    weight = sum(line.weight_g * line.quantity for line in lines)
    amount = shipping_price(method, country, goods, weight)
    rate = offer.taxes.rate(method.tax_class, country)
    return with_tax(amount, rate, tax_included=offer.prices_include_tax)


def _payments(basket: Basket, offer: Offer, total: int) -> list[tuple[UUID, str, int | None]]:
    for payment in basket.payments:
        if payment.method not in offer.payment_methods:
            raise PaymentMethodNotOffered(f"{payment.method} is not offered here.")
        check_set_up(payment.method, offer.not_set_up)
    fixed = sum(payment.amount or 0 for payment in basket.payments)
    open_ended = sum(payment.amount is None for payment in basket.payments)
    covered = fixed <= total if open_ended == 1 else fixed == total
    if basket.payments and (open_ended > 1 or not covered):
        raise PaymentsDoNotAddUp(f"The payments must add up to {Money(total, offer.currency)}.")
    return [(payment.id, payment.method, payment.amount) for payment in basket.payments]


def check_set_up(method: str, not_set_up: Collection[str]) -> None:
    if method in not_set_up:
        raise PaymentMethodNotOffered(f"{method} is not offered: its provider is not switched on.")

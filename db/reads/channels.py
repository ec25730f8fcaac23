"""Channels for whoever places orders: the terms of each, and what it offers now."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.catalogue import offer
from db.payment_methods import not_set_up
from db.reads.products import list_products, on_sale
from db.tables.catalogue import ShippingMethod
from db.tables.shop import Branch, Channel
from domain.access import of_noun
from domain.orders import ChannelKind
from domain.payments import PaymentMethod
from domain.pricing import OfferedVariant

FOUND = 20


@dataclass(frozen=True)
class ShippingChoice:
    code: str
    name: str


@dataclass(frozen=True)
class ChannelRow:
    code: str
    name: str
    kind: ChannelKind
    currency: str
    country: str | None
    """Of the branch it belongs to."""
    payment_methods: list[PaymentMethod]
    shipping_methods: list[ShippingChoice]


@of_noun("order", "stock")
@dataclass(frozen=True)
class OfferedRow:
    """`unit_price` in minor units; `available` is what this channel can promise now."""

    sku: str
    name: str
    unit_price: int
    currency: str
    is_service: bool
    may_backorder: bool
    available: int


def list_channels(
    tx: Session, branches: frozenset[int] | None, channel_id: int | None
) -> list[ChannelRow]:
    """Of these branches (None: of all), by name; of a program its own alone."""
    wanted = select(Channel, Branch.country).outerjoin(Branch, Branch.id == Channel.branch_id)
    if branches is not None:
        wanted = wanted.where(Channel.branch_id.in_(branches))
    if channel_id is not None:
        wanted = wanted.where(Channel.id == channel_id)
    rows = tx.execute(wanted.order_by(Channel.name, Channel.id)).all()
    methods = tx.execute(select(ShippingMethod.code, ShippingMethod.name))
    names = {row.code: row.name for row in methods}
    missing = not_set_up(tx)
    return [_channel(channel, country, names, missing) for channel, country in rows]


def find_offered(tx: Session, channel_id: int, skus: Sequence[str]) -> list[OfferedRow]:
    """In the order asked for; what is not on sale is not in it."""
    variants = offer(tx, channel_id, set(skus), "", None).variants
    return [_offered(variants[sku]) for sku in dict.fromkeys(skus) if sku in variants]


def search_offered(tx: Session, channel_id: int, q: str) -> list[OfferedRow]:
    found = list_products(tx, q, on_sale(), limit=FOUND)
    return find_offered(tx, channel_id, [row.sku for row in found.rows])


def _channel(
    channel: Channel, country: str | None, names: dict[str, str], missing: frozenset[str]
) -> ChannelRow:
    methods = [method for method in channel.payment_methods if method not in missing]
    return ChannelRow(
        code=channel.code,
        name=channel.name,
        kind=ChannelKind(channel.kind),
        currency=channel.currency,
        country=country,
        payment_methods=[PaymentMethod(method) for method in methods],
        shipping_methods=[
            ShippingChoice(code, names[code]) for code in channel.shipping_methods if code in names
        ],
    )


def _offered(variant: OfferedVariant) -> OfferedRow:
    return OfferedRow(
        sku=variant.sku,
        name=variant.name,
        unit_price=variant.price,
        currency=variant.currency,
        is_service=variant.is_service,
        may_backorder=variant.may_backorder,
        available=variant.available,
    )

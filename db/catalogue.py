"""What a channel offers: variants with prices and stock, taxes, shipping methods."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import payment_methods
from db.tables.catalogue import Product, ShippingMethod, TaxRate, Variant
from db.tables.shop import Channel
from db.tables.stock import StockItem
from domain.payments import CapturePolicy
from domain.prices import TaxTable
from domain.pricing import Offer, OfferedVariant
from domain.shipments import CarrierCode
from domain.shipping import Band, Basis
from domain.shipping import ShippingMethod as ShippingRule
from domain.stock import Condition


def offer(
    tx: Session, channel_id: int, skus: Collection[str], country: str, shipping: str | None
) -> Offer:
    """As far as these SKUs and this country need it; unknown SKUs are simply not in it."""
    channel = tx.get_one(Channel, channel_id)
    return Offer(
        channel_id=channel.id,
        branch_id=channel.branch_id,
        currency=channel.currency,
        prices_include_tax=channel.prices_include_tax,
        locations=channel.locations,
        payment_methods=channel.payment_methods,
        responsible_id=channel.responsible_id,
        expires_in_s=channel.unpaid_expire_after_s,
        capture_on_shipping=channel.capture_policy == CapturePolicy.ON_SHIPPING,
        variants=_variants(tx, skus, channel.locations),
        taxes=tax_table(tx, country),
        shipping_methods=_shipping_methods(tx, channel, shipping),
        not_set_up=payment_methods.not_set_up(tx),
    )


def variant_ids(tx: Session, skus: Collection[str]) -> dict[str, int]:
    rows = tx.execute(select(Variant.sku, Variant.id).where(Variant.sku.in_(skus)))
    return {row.sku: row.id for row in rows}


def tax_table(tx: Session, country: str) -> TaxTable:
    rows = tx.execute(
        select(TaxRate.tax_class, TaxRate.country, TaxRate.rate).where(
            TaxRate.country.in_([country, "*"])
        )
    )
    return TaxTable({(row.tax_class, row.country): row.rate for row in rows})


def shipping_rule(row: ShippingMethod) -> ShippingRule:
    return ShippingRule(
        code=row.code,
        carrier=CarrierCode(row.carrier),
        service=row.service,
        tax_class=row.tax_class,
        basis=Basis(row.basis),
        bands=tuple(Band(up_to, price) for up_to, price in row.bands),
        handling_fee=row.handling_fee,
        free_from_total=row.free_from_total,
        free_from_weight_g=row.free_from_weight_g,
        countries=frozenset(row.countries),
    )


def _variants(
    tx: Session, skus: Collection[str], locations: list[int]
) -> dict[str, OfferedVariant]:
    available = (
        select(func.coalesce(func.sum(StockItem.on_hand - StockItem.allocated), 0))
        .where(
            StockItem.variant_id == Variant.id,
            StockItem.location_id.in_(locations),
            StockItem.condition == Condition.GOOD,
        )
        .scalar_subquery()
        .label("available")
    )
    rows = tx.execute(
        select(
            Variant.id,
            Variant.sku,
            Product.name.label("product_name"),
            Variant.name,
            Variant.price,
            Variant.currency,
            Product.tax_class,
            Variant.weight_g,
            Product.is_service,
            Variant.may_backorder,
            available,
        )
        .join(Product, Product.id == Variant.product_id)
        .where(Variant.sku.in_(skus), Product.is_published, Variant.is_active)
    )
    return {row.sku: _offered(row) for row in rows.all()}


def _offered(row: Any) -> OfferedVariant:
    return OfferedVariant(
        variant_id=row.id,
        sku=row.sku,
        name=f"{row.product_name}, {row.name}" if row.name else row.product_name,
        price=row.price,
        currency=row.currency,
        tax_class=row.tax_class,
        weight_g=row.weight_g,
        is_service=row.is_service,
        may_backorder=row.may_backorder,
        available=int(row.available),
    )


def _shipping_methods(tx: Session, channel: Channel, code: str | None) -> dict[str, ShippingRule]:
    if code is None or code not in channel.shipping_methods:
        return {}
    row = tx.get(ShippingMethod, code)
    return {code: shipping_rule(row)} if row else {}

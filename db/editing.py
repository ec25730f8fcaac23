"""Carries an edit out: pieces given up and added, their stock, shipping, totals and history."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db import allocations, catalogue, history, orders, stock
from db.giving_up import give_up
from db.order_totals import recompute_totals
from db.placing import searchable
from db.tables.catalogue import ShippingMethod, Variant
from db.tables.orders import Order as OrderRow
from db.tables.orders import OrderLine
from db.tables.stock import Allocation as AllocationRow
from domain import changes as rules
from domain.changes import ChangePreview, ChangeSet, Contents, Shortage
from domain.drafts import DraftLine
from domain.order_lines import LineQuantities, LineQuantity, Lines
from domain.orders import Order
from domain.prices import Amounts, with_tax
from domain.pricing import Offer
from domain.shipping import NoSuchShippingMethod, shipping_price
from domain.stock import Demand, allocate

_TERMS = [
    OrderRow.customer_name,
    OrderRow.customer_email,
    OrderRow.customer_phone,
    OrderRow.language,
    OrderRow.address,
    OrderRow.comment,
    OrderRow.shipping_method,
    OrderRow.shipping,
    OrderRow.shipping_tax,
    OrderRow.weight_g,
]


@dataclass(frozen=True)
class CarriedOut:
    order: Order
    preview: ChangePreview


@dataclass(frozen=True)
class _Edit:
    """The order as it was, what is wanted of it, and what its channel offers today."""

    order_id: UUID
    order: Order
    change: ChangeSet
    by: str
    sold: dict[int, DraftLine]
    terms: dict[str, Any]
    """The fields of the order itself that an edit may write over."""
    external_ref: str | None
    country: str
    offer: Offer


def carry_out(
    tx: Session,
    order_id: UUID,
    order: Order,
    change: ChangeSet,
    by: str,
    reason: str | None = None,
) -> CarriedOut:
    """The order is locked. Missing stock is backordered and told in the preview: whether it may
    stay so, the caller decides."""
    edit = _load(tx, order_id, order, change, by)
    lines, new, shortages = _change_lines(tx, edit)
    sold = edit.sold | {line.line: line for line in new}
    terms = _new_terms(tx, edit, sold, lines)
    before = _contents(edit.sold, order.lines, edit.terms)
    contents = _contents(sold, lines, terms)
    after = replace(order.with_lines(lines), total=contents.total)
    after = _save(tx, edit, after, terms, reason)
    return CarriedOut(after, rules.preview(before, contents, shortages, after))


def _load(tx: Session, order_id: UUID, order: Order, change: ChangeSet, by: str) -> _Edit:
    row = tx.execute(
        select(
            OrderRow.channel_id,
            OrderRow.currency,
            OrderRow.prices_include_tax,
            OrderRow.external_ref,
            *_TERMS,
        ).where(OrderRow.id == order_id)
    ).one()
    terms = {column.key: getattr(row, column.key) for column in _TERMS}
    country = (terms | change.terms())["address"].get("country", "")
    added = {item.variant_id for item in change.add_lines}
    skus = tx.scalars(select(Variant.sku).where(Variant.id.in_(added))).all()
    offer = catalogue.offer(tx, row.channel_id, skus, country, change.shipping_method)
    # What the customer agreed to outlives what the channel says today.
    offer = replace(offer, currency=row.currency, prices_include_tax=row.prices_include_tax)
    sold = _sold(tx, order_id)
    return _Edit(order_id, order, change, by, sold, terms, row.external_ref, country, offer)


def _sold(tx: Session, order_id: UUID) -> dict[int, DraftLine]:
    rows = tx.execute(
        select(
            OrderLine.line,
            OrderLine.variant_id,
            OrderLine.sku,
            OrderLine.name,
            OrderLine.is_service,
            Variant.may_backorder,
            OrderLine.ordered.label("quantity"),
            OrderLine.unit_price,
            OrderLine.tax_class,
            OrderLine.tax_rate,
            OrderLine.gross,
            OrderLine.tax,
            OrderLine.weight_g,
        )
        .join(Variant, Variant.id == OrderLine.variant_id)
        .where(OrderLine.order_id == order_id)
        .order_by(OrderLine.line)
    )
    return {row.line: DraftLine(**row._mapping) for row in rows}


def _change_lines(
    tx: Session, edit: _Edit
) -> tuple[dict[int, LineQuantities], list[DraftLine], list[Shortage]]:
    steps = rules.quantity_steps(edit.order.lines, edit.change.set_quantities)
    fewer = [LineQuantity(line, -step) for line, step in steps.items() if step < 0]
    new = rules.new_lines(edit.sold, steps, edit.change.add_lines, edit.offer, edit.country)
    _lock_levels(tx, edit, fewer, new)
    lines = dict(edit.order.lines)
    if fewer:
        lines.update(give_up(tx, edit.order_id, lines, fewer, edit.by))
    missing = _hold(tx, edit, new)
    lines |= {line.line: _quantities(line, missing) for line in new}
    if not any(line.wanted for line in lines.values()):
        raise rules.NothingWouldRemain("Nothing would be left of the order: cancel it instead.")
    _add_lines(tx, edit.order_id, new, lines)
    return lines, new, _shortages(new, missing)


def _lock_levels(
    tx: Session, edit: _Edit, fewer: Sequence[LineQuantity], new: Sequence[DraftLine]
) -> None:
    """Those given up and those taken, at once and in id order, so that nobody waits in a ring."""
    variants = {edit.sold[item.line].variant_id for item in fewer}
    variants |= {line.variant_id for line in new}
    held = select(AllocationRow.location_id).where(AllocationRow.order_id == edit.order_id)
    if variants:
        stock.lock_available(tx, variants, [*edit.offer.locations, *tx.scalars(held)])


def _hold(tx: Session, edit: _Edit, new: Sequence[DraftLine]) -> dict[int, int]:
    """Holds what there is for new lines, with what was just given up; by line what is missing."""
    demands = [
        Demand(line.line, line.variant_id, line.sku, line.quantity, may_backorder=True)
        for line in new
        if not line.is_service
    ]
    if not demands:
        return {}
    wanted, locations = {demand.variant_id for demand in demands}, edit.offer.locations
    held = allocate(demands, stock.lock_available(tx, wanted, locations), locations)
    allocations.hold(tx, edit.order_id, held, edit.by)
    return {item.line: item.quantity for item in held if item.location_id is None}


def _quantities(line: DraftLine, missing: Mapping[int, int]) -> LineQuantities:
    backordered = missing.get(line.line, 0)
    return LineQuantities(line.quantity, line.quantity - backordered, backordered)


def _shortages(new: Sequence[DraftLine], missing: Mapping[int, int]) -> list[Shortage]:
    pieces: Counter[tuple[str, bool]] = Counter()
    for line in new:
        pieces[line.sku, line.may_backorder] += missing.get(line.line, 0)
    return [Shortage(sku, n, may_backorder) for (sku, may_backorder), n in pieces.items() if n]


def _add_lines(tx: Session, order_id: UUID, new: Sequence[DraftLine], lines: Lines) -> None:
    if not new:
        return
    tx.execute(
        insert(OrderLine),
        [
            {
                "order_id": order_id,
                "line": line.line,
                "variant_id": line.variant_id,
                "sku": line.sku,
                "name": line.name,
                "is_service": line.is_service,
                "unit_price": line.unit_price,
                "tax_class": line.tax_class,
                "tax_rate": line.tax_rate,
                "gross": line.gross,
                "tax": line.tax,
                "weight_g": line.weight_g,
                "ordered": line.quantity,
                "allocated": lines[line.line].allocated,
                "backordered": lines[line.line].backordered,
            }
            for line in new
        ],
    )


def _new_terms(
    tx: Session, edit: _Edit, sold: Mapping[int, DraftLine], lines: Lines
) -> dict[str, Any]:
    """As wanted; shipping is priced anew when what is sent, where or how has changed."""
    terms = edit.terms | edit.change.terms()
    goods, weight = rules.goods_and_weight(sold, lines)
    resized = lines != edit.order.lines
    if resized:
        terms["weight_g"] = weight
    method = terms["shipping_method"]
    moved = (method, edit.country) != (
        edit.terms["shipping_method"],
        edit.terms["address"].get("country", ""),
    )
    if method and (resized or moved):
        shipping = _shipping(tx, edit, method, goods, weight)
        terms |= {"shipping": shipping.gross, "shipping_tax": shipping.tax}
    return terms


def _shipping(tx: Session, edit: _Edit, code: str, goods: int, weight: int) -> Amounts:
    """The order's own method stays good when its channel no longer offers it."""
    if code not in edit.offer.shipping_methods and code != edit.terms["shipping_method"]:
        raise NoSuchShippingMethod(f"There is no shipping method {code!r}.")
    rule = catalogue.shipping_rule(tx.get_one(ShippingMethod, code))
    price = shipping_price(rule, edit.country, goods, weight)
    rate = edit.offer.taxes.rate(rule.tax_class, edit.country)
    return with_tax(price, rate, tax_included=edit.offer.prices_include_tax)


def _contents(sold: Mapping[int, DraftLine], lines: Lines, terms: Mapping[str, Any]) -> Contents:
    return rules.contents(sold, lines, Amounts(terms["shipping"], terms["shipping_tax"]))


def _save(
    tx: Session, edit: _Edit, after: Order, terms: dict[str, Any], reason: str | None
) -> Order:
    changes = history.differences(edit.terms, terms)
    if not changes and after == edit.order:
        raise rules.NothingToChange("The order is already as this edit wants it.")
    if changes:
        _save_terms(tx, edit, changes, terms)
    before = _with_room_for(after.lines, edit.order)
    saved = orders.save(
        tx,
        edit.order_id,
        before,
        after,
        "order.edited",
        edit.by,
        reason=reason,
        changes=changes,
    )
    saved = recompute_totals(tx, saved, edit.order_id)
    assert saved.total == after.total, "not what the preview said"
    return saved


def _save_terms(
    tx: Session, edit: _Edit, changes: history.Changes, terms: Mapping[str, Any]
) -> None:
    people = (terms["customer_name"], terms["customer_email"], terms["customer_phone"])
    orders.set_fields(
        tx,
        edit.order_id,
        **{name: new for name, (_, new) in changes.items()},
        search=searchable(*people, edit.external_ref),
    )


def _with_room_for(lines: Lines, order: Order) -> Order:
    """The order before the edit, its new lines there with nothing in them."""
    return order.with_lines({**{n: LineQuantities(0) for n in lines}, **order.lines})

"""Products written by their SKUs: created, edited, or left as they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from db import history
from db.history import Entry
from db.reads.rows import build
from db.tables.catalogue import Product as ProductRow
from db.tables.catalogue import TaxRate, Variant
from db.tables.stock import StockItem
from domain import products as rules
from domain.errors import Refusal
from domain.products import OWN, SHARED, KnownProduct, Outcome, Product, SkuTwice

WRITERS = 7_301_944_512_018_226_001
"""Key of the lock that lets one transaction at a time write the catalogue."""


@dataclass(frozen=True)
class Saved:
    """What became of one product; the refusal where it was refused."""

    sku: str
    outcome: Outcome
    refusal: Refusal | None = None


@dataclass(frozen=True)
class _Step:
    wanted: Product
    known: KnownProduct | None
    saved: Saved


def save_products(
    tx: Session, wanted: Sequence[Product], by: str, *, only_new: bool = False
) -> list[Saved]:
    """In the order given. One refused product does not keep the others from being saved."""
    tx.execute(select(func.pg_advisory_xact_lock(WRITERS)))
    known = _known(tx, {product.sku for product in wanted})
    tax_classes = set(tx.scalars(select(TaxRate.tax_class).distinct()))
    seen: set[str] = set()
    steps = []
    for one in wanted:
        found = known.get(one.sku)
        product = rules.completed(one, found.product if found else None)
        saved = _decide(product, found, tax_classes, seen, only_new)
        steps.append(_Step(product, found, saved))
        seen.add(product.sku)
    _write(tx, steps, by)
    return [step.saved for step in steps]


def _decide(
    wanted: Product,
    known: KnownProduct | None,
    tax_classes: set[str],
    seen: set[str],
    only_new: bool,
) -> Saved:
    if wanted.sku in seen:
        return Saved(wanted.sku, Outcome.REFUSED, SkuTwice(f"{wanted.sku} came before."))
    if known and only_new:
        return Saved(wanted.sku, Outcome.KEPT)
    if known and known.product == wanted:
        return Saved(wanted.sku, Outcome.UNCHANGED)
    try:
        rules.check(wanted, known, tax_classes)
    except Refusal as refusal:
        return Saved(wanted.sku, Outcome.REFUSED, refusal)
    return Saved(wanted.sku, Outcome.EDITED if known else Outcome.CREATED)


def _known(tx: Session, skus: Iterable[str]) -> dict[str, KnownProduct]:
    variants = (
        select(func.count())
        .select_from(Variant)
        .where(Variant.product_id == ProductRow.id)
        .correlate(ProductRow)
        .scalar_subquery()
    )
    on_hand = (
        select(func.coalesce(func.sum(StockItem.on_hand), 0))
        .where(StockItem.variant_id == Variant.id)
        .scalar_subquery()
    )
    rows = tx.execute(
        select(
            ProductRow.id,
            Variant.sku,
            *(getattr(ProductRow, name) for name in SHARED),
            *(getattr(Variant, name) for name in OWN),
            variants.label("variants"),
            on_hand.label("on_hand"),
        )
        .join(Variant, Variant.product_id == ProductRow.id)
        .where(Variant.sku.in_(skus))
    )
    return {
        row.sku: KnownProduct(row.id, build(Product, row), row.variants > 1, int(row.on_hand))
        for row in rows
    }


def _write(tx: Session, steps: Sequence[_Step], by: str) -> None:
    created = [step.wanted for step in steps if step.saved.outcome is Outcome.CREATED]
    entries = _create(tx, created, by)
    for step in steps:
        if step.known and step.saved.outcome is Outcome.EDITED:
            entries.append(_edit(tx, step.wanted, step.known, by))
    if entries:
        history.append(tx, *entries)


def _create(tx: Session, wanted: Sequence[Product], by: str) -> list[Entry]:
    if not wanted:
        return []
    added = tx.scalars(
        insert(ProductRow).returning(ProductRow.id, sort_by_parameter_order=True),
        [_fields(product, SHARED) for product in wanted],
    )
    ids = added.all()
    pairs = list(zip(wanted, ids, strict=True))
    tx.execute(
        insert(Variant),
        [{"product_id": id, "sku": product.sku, **_fields(product, OWN)} for product, id in pairs],
    )
    return [_entry(id, "product.created", by, product, {}) for product, id in pairs]


def _edit(tx: Session, wanted: Product, known: KnownProduct, by: str) -> Entry:
    values = {**_fields(wanted, SHARED), "version": ProductRow.version + 1}
    tx.execute(update(ProductRow).where(ProductRow.id == known.id).values(values))
    tx.execute(update(Variant).where(Variant.sku == wanted.sku).values(_fields(wanted, OWN)))
    return _entry(known.id, "product.edited", by, wanted, vars(known.product))


def _entry(id: int, action: str, by: str, product: Product, before: dict[str, object]) -> Entry:
    changes = history.differences(before, vars(product))
    return Entry("product", id, action, by, changes, details={"sku": product.sku})


def _fields(product: Product, names: Sequence[str]) -> dict[str, object]:
    return {name: getattr(product, name) for name in names}

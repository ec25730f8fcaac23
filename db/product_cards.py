"""Product cards: everything about a product written by one act, or nothing of it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from db import history, images
from db.card_parts import links_of, require_all, save_links, text_changes
from db.history import Changes, Entry
from db.products import WRITERS
from db.tables.catalogue import Brand, Product, ProductClass, Supplier, TaxRate, Variant
from db.tables.orders import OrderLine
from db.tables.stock import StockItem, StockMovement
from domain.catalogue import (
    Card,
    InUse,
    KnownVariant,
    ProductUnknown,
    SkuTaken,
    VariantCard,
    check_card,
)
from domain.errors import ChangedMeanwhile
from domain.products import STANDARD

PLAIN = (
    *("name", "description", "language", "tax_class", "is_service", "is_published"),
    *("brand_id", "supplier_id", "class_id"),
)
VARIANT = ("sku", "name", "price", "currency", "weight_g", "may_backorder", "is_active")


def create_card(tx: Session, card: Card, by: str) -> int:
    _lock(tx)
    _check(tx, card, [])
    card = replace(card, tax_class=card.tax_class or STANDARD)
    plain = {name: getattr(card, name) for name in PLAIN}
    added = insert(Product).values(**plain, translations=_texts(card)).returning(Product.id)
    product_id = tx.execute(added).scalar_one()
    save_links(tx, product_id, card)
    images.place(tx, product_id, card.image_ids)
    entries = [_created(product_id, card, by, _describe(tx, product_id, card))]
    entries += _save_variants(tx, product_id, card.variants, [], [], by)
    history.append(tx, *entries)
    return product_id


def save_card(tx: Session, product_id: int, version: int, card: Card, by: str) -> None:
    """A card that changes nothing leaves no trace."""
    _lock(tx)
    product = lock_product(tx, product_id, version)
    known = known_variants(tx, product_id)
    removed = _check(tx, card, known)
    changes = _changes(tx, product, replace(card, tax_class=card.tax_class or product.tax_class))
    entries = _save_variants(tx, product_id, card.variants, known, removed, by)
    if changes:
        _save_product(tx, product, card)
    if changes := {**changes, **_describe(tx, product_id, card)}:
        entries.insert(0, Entry("product", product_id, "product.edited", by, changes))
    if entries:
        bump(tx, product_id)
        history.append(tx, *entries)


def delete_card(tx: Session, product_id: int, by: str) -> None:
    """Only what was never sold and never in stock; everything else is taken off sale instead."""
    _lock(tx)
    product = lock_product(tx, product_id)
    known = known_variants(tx, product_id)
    if any(variant.was_used for variant in known):
        raise InUse(f"{product.name} was sold or in stock and cannot be deleted: unpublish it.")
    delete_variants(tx, [variant.card.id for variant in known])
    save_links(tx, product_id, Card(product.name, ()))
    images.place(tx, product_id, ())
    tx.execute(delete(Product).where(Product.id == product_id))
    skus = [variant.card.sku for variant in known]
    details = {"name": product.name, "skus": skus}
    history.append(tx, Entry("product", product_id, "product.deleted", by, details=details))


def lock_product(tx: Session, product_id: int, version: int | None = None) -> Product:
    """`version`: what the writer has read; None where that does not matter."""
    wanted = select(Product).where(Product.id == product_id).with_for_update()
    product = tx.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if product is None:
        raise ProductUnknown(f"There is no product {product_id} (any more).")
    if version is not None and product.version != version:
        raise ChangedMeanwhile("Somebody has changed this product since you opened it.")
    return product


def bump(tx: Session, product_id: int) -> None:
    changed = update(Product).where(Product.id == product_id)
    tx.execute(changed.values(version=Product.version + 1))


def known_variants(tx: Session, product_id: int) -> list[KnownVariant]:
    on_hand = select(func.coalesce(func.sum(StockItem.on_hand), 0)).where(
        StockItem.variant_id == Variant.id
    )
    used = or_(
        exists().where(OrderLine.variant_id == Variant.id),
        exists().where(StockMovement.variant_id == Variant.id),
        exists().where(StockItem.variant_id == Variant.id),
    )
    rows = tx.execute(
        select(
            Variant.id,
            *(getattr(Variant, name) for name in VARIANT),
            on_hand.scalar_subquery().label("on_hand"),
            used.label("was_used"),
        )
        .where(Variant.product_id == product_id)
        .order_by(Variant.id)
    ).all()
    values = links_of(tx, "variant", [row.id for row in rows])
    return [
        KnownVariant(
            VariantCard(
                id=row.id,
                value_ids=values[row.id],
                **{name: getattr(row, name) for name in VARIANT},
            ),
            int(row.on_hand),
            row.was_used,
        )
        for row in rows
    ]


def delete_variants(tx: Session, ids: Sequence[int | None]) -> None:
    if not ids:
        return
    save_links(tx, 0, variants={id: () for id in ids if id is not None})
    tx.execute(delete(Variant).where(Variant.id.in_(ids)))


def _lock(tx: Session) -> None:
    tx.execute(select(func.pg_advisory_xact_lock(WRITERS)))


def _check(tx: Session, card: Card, known: Sequence[KnownVariant]) -> list[KnownVariant]:
    removed = check_card(card, known, set(tx.scalars(select(TaxRate.tax_class).distinct())))
    own = [variant.card.id for variant in known]
    skus = [variant.sku for variant in card.variants]
    taken = select(Variant.sku).where(Variant.sku.in_(skus), Variant.id.not_in(own))
    if sku := tx.scalar(taken.order_by(Variant.sku).limit(1)):
        raise SkuTaken(f"{sku} is the SKU of another product.")
    require_all(tx, Brand.id, "brand", _one(card.brand_id))
    require_all(tx, Supplier.id, "supplier", _one(card.supplier_id))
    require_all(tx, ProductClass.id, "product class", _one(card.class_id))
    return removed


def _save_product(tx: Session, product: Product, card: Card) -> None:
    plain = {name: getattr(card, name) for name in PLAIN}
    plain["tax_class"] = card.tax_class or product.tax_class
    changed = update(Product).where(Product.id == product.id)
    tx.execute(changed.values(**plain, translations=_texts(card)))
    save_links(tx, product.id, card)
    images.place(tx, product.id, card.image_ids)


def _describe(tx: Session, product_id: int, card: Card) -> Changes:
    """Once the pictures are in their place."""
    return {} if card.image_texts is None else images.describe(tx, product_id, card.image_texts)


def _save_variants(
    tx: Session,
    product_id: int,
    wanted: Sequence[VariantCard],
    known: Sequence[KnownVariant],
    removed: Sequence[KnownVariant],
    by: str,
) -> list[Entry]:
    delete_variants(tx, [variant.card.id for variant in removed])
    entries = [_variant_entry(product_id, "deleted", by, one.card.sku, {}) for one in removed]
    before = {variant.card.id: variant.card for variant in known}
    changed = [(one, before[one.id]) for one in wanted if one.id is not None]
    _make_room(tx, changed)
    for variant, was in changed:
        entries += _edit_variant(tx, product_id, variant, was, by)
    new = [variant for variant in wanted if variant.id is None]
    return entries + [_add_variant(tx, product_id, variant, by) for variant in new]


def _make_room(tx: Session, changed: Iterable[tuple[VariantCard, VariantCard]]) -> None:
    """Two variants may swap their SKUs."""
    renamed = [one.id for one, was in changed if one.sku != was.sku]
    if renamed:
        free = update(Variant).where(Variant.id.in_(renamed))
        tx.execute(free.values(sku=func.concat("/", Variant.id)))


def _edit_variant(
    tx: Session, product_id: int, variant: VariantCard, was: VariantCard, by: str
) -> list[Entry]:
    price, currency = variant.price, variant.currency
    variant = replace(
        variant,
        price=was.price if price is None else price,
        currency=currency or was.currency,
        value_ids=tuple(sorted(variant.value_ids)),
    )
    changes = history.differences(asdict(was), asdict(variant))
    if not changes:
        return []
    values = {name: getattr(variant, name) for name in VARIANT}
    tx.execute(update(Variant).where(Variant.id == variant.id).values(values))
    if "value_ids" in changes:
        save_links(tx, product_id, variants={was.id: variant.value_ids})
    return [_variant_entry(product_id, "edited", by, was.sku, changes)]


def _add_variant(tx: Session, product_id: int, variant: VariantCard, by: str) -> Entry:
    values = {name: getattr(variant, name) for name in VARIANT}
    added = insert(Variant).values(product_id=product_id, **values).returning(Variant.id)
    variant_id = tx.execute(added).scalar_one()
    save_links(tx, product_id, variants={variant_id: variant.value_ids})
    changes = history.differences({}, {**values, "value_ids": variant.value_ids})
    return _variant_entry(product_id, "created", by, variant.sku, changes)


def _changes(tx: Session, product: Product, card: Card) -> Changes:
    plain = {name: getattr(product, name) for name in PLAIN}
    links = links_of(tx, "product", [product.id])[product.id]
    categories = links_of(tx, "category", [product.id])[product.id]
    before = {**plain, "value_ids": links, "category_ids": categories}
    before["image_ids"] = images.order_of(tx, product.id)
    texts = text_changes(product.translations, _texts(card))
    return {**history.differences(before, _told(card)), **texts}


def _created(product_id: int, card: Card, by: str, more: Changes) -> Entry:
    changes = {**history.differences({}, _told(card)), **text_changes({}, _texts(card))}
    return Entry("product", product_id, "product.created", by, {**changes, **more})


def _told(card: Card) -> dict[str, Any]:
    told = {name: getattr(card, name) for name in PLAIN}
    told["value_ids"] = tuple(sorted(card.value_ids))
    told["category_ids"] = tuple(sorted(card.category_ids))
    told["image_ids"] = card.image_ids
    return told


def _variant_entry(product_id: int, act: str, by: str, sku: str, changes: dict[str, Any]) -> Entry:
    return Entry("product", product_id, f"variant.{act}", by, changes, details={"sku": sku})


def _texts(card: Card) -> dict[str, Any]:
    return {language: asdict(text) for language, text in card.translations.items()}


def _one(id: int | None) -> tuple[int, ...]:
    return () if id is None else (id,)

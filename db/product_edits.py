"""Single acts on a product: translated, published, doubled."""

from dataclasses import asdict, replace
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db import history, images
from db.card_parts import links_of, text_changes
from db.history import Entry
from db.product_cards import PLAIN, bump, create_card, known_variants, lock_product
from db.tables.catalogue import Product, Variant
from domain.catalogue import Card, Text, VariantCard, free_sku
from domain.images import ImageTexts


def translate(
    tx: Session,
    product_id: int,
    version: int,
    texts: dict[str, Text | None],
    by: str,
    image_texts: ImageTexts | None = None,
) -> None:
    """Languages that are not named stay; None, or nothing said of a picture, takes one away."""
    product = lock_product(tx, product_id, version)
    known = {**product.translations}
    for language, text in texts.items():
        known.pop(language, None)
        if text is not None:
            known[language] = asdict(text)
    changes = text_changes(product.translations, known)
    if changes:
        tx.execute(update(Product).where(Product.id == product_id).values(translations=known))
    if changes := {**changes, **images.translate(tx, product_id, image_texts or {})}:
        bump(tx, product_id)
        history.append(tx, Entry("product", product_id, "product.translated", by, changes))


def publish(tx: Session, product_id: int, is_published: bool, by: str) -> None:
    """Shown to customers, or not any more."""
    product = lock_product(tx, product_id)
    if product.is_published is is_published:
        return
    changed = update(Product).where(Product.id == product_id)
    tx.execute(changed.values(is_published=is_published))
    bump(tx, product_id)
    act = "product.published" if is_published else "product.unpublished"
    changes = {"is_published": (not is_published, is_published)}
    history.append(tx, Entry("product", product_id, act, by, changes))


def duplicate(tx: Session, product_id: int, by: str) -> int:
    """Not published; with SKUs of its own, and nothing in stock."""
    product = lock_product(tx, product_id)
    copies = [(image, uuid4()) for image in images.order_of(tx, product_id)]
    for image, copy in copies:
        images.copy(tx, image, copy, by)
    plain = {name: getattr(product, name) for name in PLAIN}
    card = Card(
        **{**plain, "is_published": False},
        variants=tuple(_renamed(tx, product_id)),
        translations={language: Text(**text) for language, text in product.translations.items()},
        category_ids=links_of(tx, "category", [product_id])[product_id],
        value_ids=links_of(tx, "product", [product_id])[product_id],
        image_ids=tuple(copy for _, copy in copies),
    )
    return create_card(tx, card, by)


def _renamed(tx: Session, product_id: int) -> list[VariantCard]:
    known = [variant.card for variant in known_variants(tx, product_id)]
    taken: set[str] = set()
    renamed = []
    for variant in known:
        alike = select(Variant.sku).where(Variant.sku.startswith(variant.sku[:85], autoescape=True))
        sku = free_sku(variant.sku, taken.union(tx.scalars(alike)))
        taken.add(sku)
        renamed.append(replace(variant, id=None, sku=sku))
    return renamed

"""Pictures of products: uploaded first, given to a product when its card is saved."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Uuid, delete, exists, func, insert, literal, select, update
from sqlalchemy.orm import Session

from db import history
from db.history import Changes, Entry
from db.tables.catalogue import ProductImage
from domain.images import ImageTexts, ImageUnknown, Picture

LEFT_OVER_AFTER = timedelta(days=1)
"""Uploaded for a card that nobody saved."""


def add_image(tx: Session, image_id: UUID, picture: Picture, by: str) -> None:
    """Sent twice, it is kept once."""
    if tx.scalar(select(exists().where(ProductImage.id == image_id))):
        return
    tx.execute(
        insert(ProductImage).values(
            id=image_id,
            width=picture.width,
            height=picture.height,
            content=picture.content,
            thumbnail=picture.thumbnail,
            author=by,
        )
    )
    details = {"width": picture.width, "height": picture.height}
    entry = Entry("product_image", image_id, "product_image.uploaded", by, details=details)
    history.append(tx, entry)
    _delete_left_over(tx)


def find_image(tx: Session, image_id: UUID, *, thumbnail: bool) -> bytes | None:
    column = ProductImage.thumbnail if thumbnail else ProductImage.content
    return tx.scalar(select(column).where(ProductImage.id == image_id))


def order_of(tx: Session, product_id: int) -> tuple[UUID, ...]:
    own = select(ProductImage.id).where(ProductImage.product_id == product_id)
    return tuple(tx.scalars(own.order_by(ProductImage.position, ProductImage.id)))


def place(tx: Session, product_id: int, image_ids: Sequence[UUID]) -> None:
    """In this order; pictures the product had and that are not named are deleted."""
    before = order_of(tx, product_id)
    if before == tuple(image_ids):
        return
    _require_free(tx, product_id, image_ids)
    if gone := set(before) - set(image_ids):
        tx.execute(delete(ProductImage).where(ProductImage.id.in_(gone)))
    for position, image_id in enumerate(image_ids):
        placed = update(ProductImage).where(ProductImage.id == image_id)
        tx.execute(placed.values(product_id=product_id, position=position))


def texts_of(tx: Session, product_id: int) -> dict[UUID, dict[str, str]]:
    own = select(ProductImage.id, ProductImage.texts).where(ProductImage.product_id == product_id)
    rows = tx.execute(own.order_by(ProductImage.position, ProductImage.id))
    return {row.id: row.texts for row in rows}


def describe(tx: Session, product_id: int, texts: ImageTexts) -> Changes:
    """Of the product's own pictures; what has changed, language by language."""
    before = texts_of(tx, product_id)
    for id in texts:
        _require_own(id, id in before)
    said = {id: {code: text for code, text in texts[id].items() if text} for id in texts}
    changed = {id: text for id, text in said.items() if text != before[id]}
    for id, text in changed.items():
        tx.execute(update(ProductImage).where(ProductImage.id == id).values(texts=text))
    return _text_changes(before, changed)


def translate(tx: Session, product_id: int, texts: ImageTexts) -> Changes:
    """What is said in other languages stays."""
    before = texts_of(tx, product_id)
    return describe(tx, product_id, {id: {**before.get(id, {}), **texts[id]} for id in texts})


def copy(tx: Session, image_id: UUID, copy_id: UUID, by: str) -> None:
    """Under another id; the copy belongs to no product yet."""
    kept = [
        getattr(ProductImage, name) for name in ("width", "height", "content", "thumbnail", "texts")
    ]
    same = select(literal(copy_id, Uuid), *kept, literal(by)).where(ProductImage.id == image_id)
    columns = ["id", *(column.key for column in kept), "author"]
    tx.execute(insert(ProductImage).from_select(columns, same))


def _require_free(tx: Session, product_id: int, image_ids: Sequence[UUID]) -> None:
    wanted = select(ProductImage.id, ProductImage.product_id).where(ProductImage.id.in_(image_ids))
    owners = {row.id: row.product_id for row in tx.execute(wanted.with_for_update())}
    for image_id in image_ids:
        _require_own(image_id, owners.get(image_id, 0) in (None, product_id))


def _require_own(image_id: UUID, is_own: bool) -> None:
    if not is_own:
        raise ImageUnknown(f"There is no picture {image_id}, or it is another product's.")


def _text_changes(
    before: Mapping[UUID, Mapping[str, str]], after: Mapping[UUID, Mapping[str, str]]
) -> Changes:
    """`image_text.fr`: (those that have changed, what they have become)"""
    languages = {language for id in after for language in (*before[id], *after[id])}
    changes: Changes = {}
    for language in sorted(languages):
        pairs = [(before[id].get(language), after[id].get(language)) for id in after]
        told = [pair for pair in pairs if pair[0] != pair[1]]
        if told:
            changes[f"image_text.{language}"] = ([old for old, _ in told], [new for _, new in told])
    return changes


def _delete_left_over(tx: Session) -> None:
    is_old = ProductImage.created_at < func.now() - LEFT_OVER_AFTER
    tx.execute(delete(ProductImage).where(ProductImage.product_id.is_(None), is_old))

"""A product as customers see it, in their language."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from db.reads.product_cards import CardRead, ValueRead, find_card

FALLBACK = "en"


@dataclass(frozen=True)
class Named:
    """`colour: red`"""

    name: str
    value: str


@dataclass(frozen=True)
class OfferedVariant:
    sku: str
    name: str
    price: int
    currency: str
    is_available: bool


@dataclass(frozen=True)
class Preview:
    """`gaps`: what this language, or the product, is still without."""

    name: str
    description: str
    categories: list[str]
    characteristics: list[Named]
    image_ids: list[UUID]
    image_texts: list[str]
    """Of each picture, in its place; the name where nothing is said."""
    variants: list[OfferedVariant]
    is_published: bool
    gaps: list[str] = field(default_factory=list)


def find_preview(tx: Session, product_id: int, language: str) -> Preview | None:
    card = find_card(tx, product_id)
    if card is None:
        return None
    text = card.translations.get(language, card)
    shown = [category for category in card.categories if category.is_published]
    return Preview(
        name=text.name,
        description=text.description or card.description,
        categories=[in_language(category.names, language) for category in shown],
        characteristics=[_named(value, language) for value in card.values],
        image_ids=[image.id for image in card.images],
        image_texts=[in_language(image.texts, language) or text.name for image in card.images],
        variants=_offered(card, language),
        is_published=card.is_published,
        gaps=list(_gaps(card, language)),
    )


def in_language(names: dict[str, str], language: str) -> str:
    """Or in another that there is."""
    return names.get(language) or names.get(FALLBACK) or next(iter(names.values()), "")


def _offered(card: CardRead, language: str) -> list[OfferedVariant]:
    return [
        OfferedVariant(
            variant.sku,
            ", ".join(in_language(value.names, language) for value in variant.values)
            or variant.name,
            variant.price,
            variant.currency,
            card.is_service
            or variant.may_backorder
            or any(level.available > 0 for level in variant.stock),
        )
        for variant in card.variants
        if variant.is_active
    ]


def _named(value: ValueRead, language: str) -> Named:
    return Named(in_language(value.attribute_names, language), in_language(value.names, language))


def _gaps(card: CardRead, language: str) -> list[str]:
    text = card.translations.get(language)
    is_own = card.language == language
    gaps = {
        "translation": text is None and not is_own,
        "description": not (card.description if is_own or text is None else text.description),
        "image": not card.images,
        "category": not card.categories,
        "variant": not any(variant.is_active for variant in card.variants),
    }
    return [name for name, is_gap in gaps.items() if is_gap]

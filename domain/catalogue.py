"""A product as its card shows it: texts, what it is sorted by, and all its variants at once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from uuid import UUID

from domain.errors import Refusal
from domain.images import ImageTexts
from domain.products import PriceMissing, StillInStock, TaxClassUnknown

LANGUAGES = ("en", "fr", "ru")
MOST_VARIANTS = 100
MOST_IMAGES = 30


class ProductUnknown(Refusal):
    """There is no product of this number."""


class SkuTaken(Refusal):
    """Another product is sold under this SKU, or the card names it twice."""


class SameVariantTwice(Refusal):
    """Two variants with the same values could not be told apart."""


class VariantUnknown(Refusal):
    """The card has no such variant (any more)."""


class InUse(Refusal):
    """It was sold, or lay on shelves: its history would be lost."""


class NothingChosen(Refusal):
    """The card names something that is not there (any more)."""


@dataclass(frozen=True)
class Text:
    name: str
    description: str = ""


@dataclass(frozen=True)
class VariantCard:
    """`price` and `currency` as they are where none is said; `id` is None for a new one."""

    sku: str
    id: int | None = None
    name: str = ""
    price: int | None = None
    currency: str | None = None
    weight_g: int = 0
    may_backorder: bool = False
    is_active: bool = True
    value_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Card:
    """Everything that one save writes. `tax_class`, `image_texts` None: as they are."""

    name: str
    variants: tuple[VariantCard, ...]
    description: str = ""
    language: str = "en"
    translations: Mapping[str, Text] = field(default_factory=dict)
    tax_class: str | None = None
    is_service: bool = False
    is_published: bool = False
    brand_id: int | None = None
    supplier_id: int | None = None
    class_id: int | None = None
    category_ids: tuple[int, ...] = ()
    value_ids: tuple[int, ...] = ()
    image_ids: tuple[UUID, ...] = ()
    image_texts: ImageTexts | None = None


@dataclass(frozen=True)
class KnownVariant:
    """A variant as it stands, and what keeps it from being deleted."""

    card: VariantCard
    on_hand: int = 0
    was_used: bool = False


def check_card(
    card: Card, known: Iterable[KnownVariant], tax_classes: Collection[str]
) -> list[KnownVariant]:
    """Whether the card may be saved; the variants that go with it."""
    if card.tax_class is not None and card.tax_class not in tax_classes:
        raise TaxClassUnknown(f"There is no tax rate for class {card.tax_class!r}.")
    by_id = {variant.card.id: variant for variant in known}
    for variant in card.variants:
        _check_variant(variant, by_id)
    _check_apart(card.variants)
    _check_service(card, by_id.values())
    kept = {variant.id for variant in card.variants}
    return [_removable(variant) for id, variant in by_id.items() if id not in kept]


def _check_variant(variant: VariantCard, known: Mapping[int | None, KnownVariant]) -> None:
    if variant.id is None:
        if variant.price is None or variant.currency is None:
            raise PriceMissing(f"{variant.sku} is new and needs a price and a currency.")
    elif variant.id not in known:
        raise VariantUnknown(f"{variant.sku} is no variant of this product any more.")


def _check_apart(variants: Iterable[VariantCard]) -> None:
    skus: set[str] = set()
    values: dict[frozenset[int], str] = {}
    for variant in variants:
        if variant.sku in skus:
            raise SkuTaken(f"{variant.sku} is named twice.")
        skus.add(variant.sku)
        if not variant.value_ids:
            continue
        twin = values.setdefault(frozenset(variant.value_ids), variant.sku)
        if twin != variant.sku:
            raise SameVariantTwice(f"{twin} and {variant.sku} have the same values.")


def _check_service(card: Card, known: Iterable[KnownVariant]) -> None:
    for variant in known:
        if card.is_service and variant.on_hand:
            raise StillInStock(f"{variant.on_hand} pieces of {variant.card.sku} are in stock.")


def _removable(variant: KnownVariant) -> KnownVariant:
    if variant.was_used:
        raise InUse(
            f"{variant.card.sku} was sold or in stock and cannot be deleted: switch it off instead."
        )
    return variant


def free_sku(sku: str, taken: Collection[str]) -> str:
    """For a copy: MUG-COPY, MUG-COPY-2, ..."""
    start = f"{sku[:85]}-COPY"
    names = (start if number == 1 else f"{start}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)

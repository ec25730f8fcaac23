"""Product cards: one window in which everything about a product is edited and saved at once."""

from typing import Annotated, Literal, TypeVar
from uuid import UUID

from fastapi import Path
from pydantic import BaseModel, Field

from api.access import Db, needs
from api.answers import RESPONSES, NotFound
from api.products import BIGINT, SKU, Reader
from api.routers import Router
from api.strict import Strict
from db import product_cards, product_edits
from db.engine import Session
from db.reads.attributes import propose_variants
from db.reads.product_cards import CardChoices, CardRead, card_choices, find_card
from db.reads.product_previews import Preview, find_preview
from domain.access import Actor, Right
from domain.catalogue import MOST_IMAGES, MOST_VARIANTS, Card, Text, VariantCard
from domain.catalogue_variants import Proposed
from domain.images import LONGEST_TEXT

router = Router("/product-cards", tags=["product cards"], responses=RESPONSES)

Creator = Annotated[Actor, needs(Right.PRODUCT_CREATE)]
Editor = Annotated[Actor, needs(Right.PRODUCT_EDIT)]
Translator = Annotated[Actor, needs(Right.PRODUCT_TRANSLATE)]
Deleter = Annotated[Actor, needs(Right.PRODUCT_DELETE)]
Id = Annotated[int, Field(ge=1, le=BIGINT)]
ProductId = Annotated[int, Path(ge=1, le=BIGINT)]
Language = Literal["en", "fr", "ru"]
LanguageCode = Annotated[str, Field(pattern="^(en|fr|ru)$")]
ImageText = Annotated[str, Field(max_length=LONGEST_TEXT, pattern=r"^[^\x00]*$")]
ImageTexts = dict[UUID, dict[LanguageCode, ImageText]]

Thing = TypeVar("Thing")
PLAIN = {
    *("name", "description", "language", "tax_class", "is_service", "is_published"),
    *("brand_id", "supplier_id", "class_id"),
}


class TextEdit(Strict):
    name: str = Field(min_length=1, max_length=300)
    description: str = Field("", max_length=20_000)

    def text(self) -> Text:
        return Text(self.name, self.description)


class VariantEdit(Strict):
    id: Id | None = Field(None, description="None: a new variant.")
    sku: str = Field(min_length=1, max_length=100, pattern=SKU)
    name: str = Field("", max_length=300)
    price: int | None = Field(None, ge=0, le=10**12, description="Minor units; not sent: as it is.")
    currency: str | None = Field(None, pattern="^[A-Z]{3}$")
    weight_g: int = Field(0, ge=0, le=10**9)
    may_backorder: bool = False
    is_active: bool = True
    value_ids: list[Id] = Field([], max_length=10)

    def card(self) -> VariantCard:
        fields = self.model_dump(exclude={"value_ids"})
        return VariantCard(**fields, value_ids=tuple(self.value_ids))


class CardCreate(Strict):
    """Variants that are left out are deleted; pictures come in the order they shall have."""

    name: str = Field(min_length=1, max_length=300)
    description: str = Field("", max_length=20_000)
    language: Language = "en"
    translations: dict[LanguageCode, TextEdit] = Field({})
    tax_class: str | None = Field(None, min_length=1, max_length=50)
    is_service: bool = False
    is_published: bool = False
    brand_id: Id | None = None
    supplier_id: Id | None = None
    class_id: Id | None = None
    category_ids: list[Id] = Field([], max_length=100)
    value_ids: list[Id] = Field([], max_length=100)
    image_ids: list[UUID] = Field([], max_length=MOST_IMAGES)
    image_texts: ImageTexts | None = Field(
        None, max_length=MOST_IMAGES, description="What they show; not sent: as it is."
    )
    variants: list[VariantEdit] = Field(min_length=1, max_length=MOST_VARIANTS)

    def card(self) -> Card:
        return Card(
            **self.model_dump(include=PLAIN),
            category_ids=_each_once(self.category_ids),
            value_ids=_each_once(self.value_ids),
            image_ids=_each_once(self.image_ids),
            image_texts=self.image_texts,
            translations={key: text.text() for key, text in self.translations.items()},
            variants=tuple(variant.card() for variant in self.variants),
        )


class CardEdit(CardCreate):
    version: int = Field(ge=1, le=BIGINT, description="Of the card as it was read.")


class Translations(Strict):
    """Languages that are not sent stay as they are; null takes a translation away."""

    version: int = Field(ge=1, le=BIGINT)
    texts: dict[LanguageCode, TextEdit | None] = Field(min_length=1)
    image_texts: ImageTexts = Field({}, max_length=MOST_IMAGES)


class ChosenAttribute(Strict):
    attribute_id: Id
    value_ids: list[Id] = Field(min_length=1, max_length=MOST_VARIANTS)


class VariantsPreview(Strict):
    """`MUG-{colour}-{size}`: codes of attributes in braces, their values' codes in their place."""

    pattern: str = Field(min_length=1, max_length=200)
    attributes: list[ChosenAttribute] = Field(min_length=1, max_length=6)
    product_id: Id | None = Field(None, description="Whose variants exist already.")
    language: Language = "en"


class ProposedVariants(BaseModel):
    variants: list[Proposed]


@router.post("", status_code=201)
def create_card(body: CardCreate, actor: Creator, db: Db) -> CardRead:
    with db.transaction() as tx:
        product_id = product_cards.create_card(tx, body.card(), actor.name)
        return _found(tx, product_id, actor)


@router.post("/variants/preview")
def preview_variants(body: VariantsPreview, actor: Reader, db: Db) -> ProposedVariants:
    """Every combination of the values: which there are already, and which SKUs are taken."""
    chosen = [(one.attribute_id, tuple(one.value_ids)) for one in body.attributes]
    with db.transaction() as tx:
        variants = propose_variants(tx, chosen, body.pattern, body.product_id, body.language)
    return ProposedVariants(variants=variants)


@router.get("/choices")
def read_card_choices(actor: Reader, db: Db) -> CardChoices:
    """Tax classes and currencies a card can have."""
    with db.transaction() as tx:
        return card_choices(tx)


@router.get("/{product_id}")
def read_card(product_id: ProductId, actor: Reader, db: Db) -> CardRead:
    with db.transaction() as tx:
        return _found(tx, product_id, actor)


@router.put("/{product_id}")
def save_card(product_id: ProductId, body: CardEdit, actor: Editor, db: Db) -> CardRead:
    """All of it or nothing. A version that is no longer the newest is refused."""
    with db.transaction() as tx:
        _found(tx, product_id, actor)
        product_cards.save_card(tx, product_id, body.version, body.card(), actor.name)
        return _found(tx, product_id, actor)


@router.delete("/{product_id}", status_code=204)
def delete_card(product_id: ProductId, actor: Deleter, db: Db) -> None:
    """Refused once it was sold or in stock: take it off sale instead."""
    with db.transaction() as tx:
        _found(tx, product_id, actor)
        product_cards.delete_card(tx, product_id, actor.name)


@router.put("/{product_id}/translations")
def translate(product_id: ProductId, body: Translations, actor: Translator, db: Db) -> CardRead:
    texts = {language: text.text() if text else None for language, text in body.texts.items()}
    with db.transaction() as tx:
        _found(tx, product_id, actor)
        product_edits.translate(tx, product_id, body.version, texts, actor.name, body.image_texts)
        return _found(tx, product_id, actor)


@router.post("/{product_id}/publish")
def publish(product_id: ProductId, actor: Editor, db: Db) -> CardRead:
    return _publish(db, product_id, True, actor)


@router.post("/{product_id}/unpublish")
def unpublish(product_id: ProductId, actor: Editor, db: Db) -> CardRead:
    """Off sale; nothing that was sold is touched."""
    return _publish(db, product_id, False, actor)


@router.post("/{product_id}/duplicate", status_code=201)
def duplicate(product_id: ProductId, actor: Creator, db: Db) -> CardRead:
    """A copy with SKUs of its own, not yet published."""
    with db.transaction() as tx:
        _found(tx, product_id, actor)
        copy_id = product_edits.duplicate(tx, product_id, actor.name)
        return _found(tx, copy_id, actor)


@router.get("/{product_id}/preview")
def preview(product_id: ProductId, actor: Reader, db: Db, language: Language = "en") -> Preview:
    """What customers would see in that language, published or not."""
    with db.transaction() as tx:
        found = find_preview(tx, product_id, language)
    if found is None:
        raise NotFound("There is no such product.")
    return found


def _publish(db: Db, product_id: int, is_published: bool, actor: Actor) -> CardRead:
    with db.transaction() as tx:
        _found(tx, product_id, actor)
        product_edits.publish(tx, product_id, is_published, actor.name)
        return _found(tx, product_id, actor)


def _found(tx: Session, product_id: int, actor: Actor) -> CardRead:
    found = find_card(tx, product_id, actor.branches_for(Right.STOCK_READ))
    if found is None:
        raise NotFound("There is no such product.")
    return found


def _each_once(things: list[Thing]) -> tuple[Thing, ...]:
    return tuple(dict.fromkeys(things))

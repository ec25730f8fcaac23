"""Products by their SKUs: found by whoever sells, written one by one or hundreds at once."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated

from fastapi import Depends, Path, Query, Response
from pydantic import BaseModel, Field

from api.access import Db, needs
from api.answers import RESPONSES, NotFound
from api.paging import BadCursor
from api.routers import Router
from api.strict import Strict
from db import products
from db.engine import Session
from db.products import Saved
from db.reads.product_filters import EVERY_PRODUCT, Missing, ProductFilters, StockFilter
from db.reads.products import (
    MOST,
    Key,
    ProductRow,
    ProductSort,
    count_keys,
    find_product,
    list_products,
    on_sale,
)
from domain.access import Actor, Right, require
from domain.products import Outcome, Product

router = Router("/products", tags=["products"], responses=RESPONSES)

Reader = Annotated[Actor, needs(Right.PRODUCT_READ)]
Editor = Annotated[Actor, needs(Right.PRODUCT_EDIT)]
SKU = r"^[^\s/\x00-\x1f\x7f]+$"
Sku = Annotated[str, Path(max_length=100, pattern=SKU)]
TEXT = r"^[^\x00]*$"
BIGINT = 2**63 - 1
Id = Annotated[int | None, Query(ge=1, le=BIGINT)]
LONGEST_PLACE = 2000


class ProductEdit(Strict):
    name: str = Field(min_length=1, max_length=300, pattern=TEXT)
    description: str = Field("", max_length=20_000, pattern=TEXT)
    price: int | None = Field(
        None, ge=0, le=10**12, description="Minor units of the currency; not sent: as it is."
    )
    currency: str | None = Field(
        None, pattern="^[A-Z]{3}$", description="ISO 4217; not sent: as it is."
    )
    tax_class: str | None = Field(
        None,
        min_length=1,
        max_length=50,
        pattern=TEXT,
        description="Not sent: as it is, `standard` for a new one.",
    )
    weight_g: int = Field(0, ge=0, le=10**9)
    is_service: bool = Field(False, description="Nothing is kept in stock.")
    may_backorder: bool = Field(False, description="Sold also when nothing is left.")
    is_published: bool = True

    def product(self, sku: str) -> Product:
        fields = {name: getattr(self, name) for name in ProductEdit.model_fields}
        return Product(sku, **fields)


class ProductWithSku(ProductEdit):
    sku: str = Field(min_length=1, max_length=100, pattern=SKU)


class ProductsEdit(Strict):
    products: list[ProductWithSku] = Field(min_length=1, max_length=500)
    only_new: bool = Field(False, description="Leave those alone that are there already.")


class ProductList(BaseModel):
    rows: list[ProductRow]
    next: str | None
    """Send it as `after` to get the next page."""


class SavedRead(BaseModel):
    sku: str
    outcome: Outcome
    code: str | None = None
    message: str | None = None

    @staticmethod
    def of(saved: Saved) -> "SavedRead":
        refusal = saved.refusal
        if refusal is None:
            return SavedRead(sku=saved.sku, outcome=saved.outcome)
        return SavedRead(
            sku=saved.sku, outcome=saved.outcome, code=type(refusal).__name__, message=str(refusal)
        )


class SavedProducts(BaseModel):
    results: list[SavedRead]
    """One for each product, in the order they came."""


def filters(
    category: Annotated[Id, Query(description="Or below it, by hand or by rule.")] = None,
    brand: Id = None,
    supplier: Id = None,
    product_class: Id = None,
    value: Annotated[list[int], Query(max_length=10, description="Of attributes.")] = [],  # noqa: B006
    published: bool | None = None,
    active: bool | None = None,
    stock: StockFilter | None = None,
    below: Annotated[int, Query(ge=1, le=10**6)] = 10,
    location: Annotated[str | None, Query(max_length=100, pattern=TEXT)] = None,
    price_from: Annotated[int | None, Query(ge=0, le=10**12)] = None,
    price_to: Annotated[int | None, Query(ge=0, le=10**12)] = None,
    currency: Annotated[str | None, Query(pattern="^[A-Z]{3}$")] = None,
    lacks: Annotated[list[Missing], Query(max_length=len(Missing))] = [],  # noqa: B006
) -> ProductFilters:
    return ProductFilters(
        category_id=category,
        brand_id=brand,
        supplier_id=supplier,
        class_id=product_class,
        value_ids=tuple(value),
        is_published=published,
        is_active=active,
        stock=stock,
        below=below,
        location=location,
        price_from=price_from,
        price_to=price_to,
        currency=currency,
        missing=frozenset(lacks),
    )


@router.get("")
def read_products(
    actor: Reader,
    db: Db,
    wanted: Annotated[ProductFilters, Depends(filters)],
    q: Annotated[str, Query(max_length=100)] = "",
    sort: ProductSort = ProductSort.SKU,
    after: Annotated[str | None, Query(max_length=LONGEST_PLACE)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> ProductList:
    """A row for each variant. `q`: an SKU or its beginning, or words of the name in any of its
    languages, best first; a storefront sees what is on sale."""
    wanted = on_sale(wanted) if _is_storefront(actor) else wanted
    place = _place(after, count_keys(q, sort))
    with db.transaction() as tx:
        page = list_products(tx, q, wanted, sort, after=place, limit=limit)
    return ProductList(rows=page.rows, next=_token(page.next))


@router.get("/{sku}")
def read_product(sku: Sku, actor: Reader, db: Db) -> ProductRow:
    with db.transaction() as tx:
        return _found(tx, sku, on_sale() if _is_storefront(actor) else EVERY_PRODUCT)


@router.put("/{sku}", responses={201: {"model": ProductRow, "description": "Created"}})
def save_product(
    sku: Sku, body: ProductEdit, actor: Editor, db: Db, response: Response
) -> ProductRow:
    """Creates it or makes it what the body says; a body that changes nothing leaves no trace.

    A new one needs a price and its currency."""
    with db.transaction() as tx:
        saved = products.save_products(tx, [body.product(sku)], actor.name)[0]
        if saved.refusal:
            raise saved.refusal
        _check_created(actor, saved)
        response.status_code = 201 if saved.outcome is Outcome.CREATED else 200
        return _found(tx, sku)


@router.put("")
def save_products(body: ProductsEdit, actor: Editor, db: Db) -> SavedProducts:
    """Up to 500 at once; each has its own result, and refused ones do not hold up the others."""
    wanted = [product.product(product.sku) for product in body.products]
    with db.transaction() as tx:
        saved = products.save_products(tx, wanted, actor.name, only_new=body.only_new)
        _check_created(actor, *saved)
    return SavedProducts(results=[SavedRead.of(one) for one in saved])


def _check_created(actor: Actor, *saved: Saved) -> None:
    """Whether a product is new is known only once it is written; nothing of it stays if not."""
    if any(one.outcome is Outcome.CREATED for one in saved):
        require(actor, Right.PRODUCT_CREATE)


def _found(tx: Session, sku: str, wanted: ProductFilters = EVERY_PRODUCT) -> ProductRow:
    found = find_product(tx, sku, wanted)
    if found is None:
        raise NotFound("There is no such product.")
    return found


def _is_storefront(actor: Actor) -> bool:
    return actor.channel_id is not None


def _token(place: Key | None) -> str | None:
    if place is None:
        return None
    text = json.dumps(place, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _place(token: str | None, kinds: list[type]) -> Key | None:
    if token is None:
        return None
    try:
        padded = token.encode("ascii") + b"=" * (-len(token) % 4)
        place = json.loads(urlsafe_b64decode(padded))
    except (ValueError, RecursionError):
        raise BadCursor("This page token cannot be read.") from None
    if not isinstance(place, list) or [type(part) for part in place] != kinds:
        raise BadCursor("This page token belongs to another list: start from the first page.")
    if any(_is_out_of_bounds(part) for part in place):
        raise BadCursor("This page token cannot be read.")
    return tuple(place)


def _is_out_of_bounds(part: int | str) -> bool:
    return "\0" in part if isinstance(part, str) else abs(part) > BIGINT

"""Products by their SKUs: read by whoever sells, written one by one or hundreds at once."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, Field

from api.access import Db, needs
from api.answers import RESPONSES, NotFound
from api.strict import Strict
from db import products
from db.engine import Session
from db.products import Saved
from db.reads.products import MOST, ProductRow, find_product, list_products
from domain.access import Actor, Right
from domain.products import Outcome, Product

router = APIRouter(prefix="/products", tags=["products"], responses=RESPONSES)

Reader = Annotated[Actor, needs(Right.PRODUCT_READ)]
Editor = Annotated[Actor, needs(Right.PRODUCT_EDIT)]
SKU = r"^[^\s/\x00-\x1f\x7f]+$"
Sku = Annotated[str, Path(max_length=100, pattern=SKU)]
TEXT = r"^[^\x00]*$"


class ProductEdit(Strict):
    name: str = Field(min_length=1, max_length=300, pattern=TEXT)
    description: str = Field("", max_length=20_000, pattern=TEXT)
    price: int = Field(ge=0, le=10**12, description="Minor units of the currency.")
    currency: str = Field(pattern="^[A-Z]{3}$", description="ISO 4217.")
    tax_class: str = Field("standard", min_length=1, max_length=50, pattern=TEXT)
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


@router.get("")
def read_products(
    actor: Reader,
    db: Db,
    q: Annotated[str, Query(max_length=100)] = "",
    after: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> ProductList:
    """By SKU. `q`: an SKU, the beginning of one, or words of the name; a storefront sees what is
    published."""
    with db.transaction() as tx:
        page = list_products(tx, q, published_only=_is_storefront(actor), after=after, limit=limit)
    return ProductList(rows=page.rows, next=page.next)


@router.get("/{sku}")
def read_product(sku: Sku, actor: Reader, db: Db) -> ProductRow:
    with db.transaction() as tx:
        return _found(tx, sku, published_only=_is_storefront(actor))


@router.put("/{sku}", responses={201: {"model": ProductRow, "description": "Created"}})
def save_product(
    sku: Sku, body: ProductEdit, actor: Editor, db: Db, response: Response
) -> ProductRow:
    """Creates it or makes it what the body says; a body that changes nothing leaves no trace."""
    with db.transaction() as tx:
        saved = products.save_products(tx, [body.product(sku)], actor.name)[0]
        if saved.refusal:
            raise saved.refusal
        response.status_code = 201 if saved.outcome is Outcome.CREATED else 200
        return _found(tx, sku)


@router.put("")
def save_products(body: ProductsEdit, actor: Editor, db: Db) -> SavedProducts:
    """Up to 500 at once; each has its own result, and refused ones do not hold up the others."""
    wanted = [product.product(product.sku) for product in body.products]
    with db.transaction() as tx:
        saved = products.save_products(tx, wanted, actor.name, only_new=body.only_new)
    return SavedProducts(results=[SavedRead.of(one) for one in saved])


def _found(tx: Session, sku: str, published_only: bool = False) -> ProductRow:
    found = find_product(tx, sku, published_only=published_only)
    if found is None:
        raise NotFound("There is no such product.")
    return found


def _is_storefront(actor: Actor) -> bool:
    return actor.channel_id is not None

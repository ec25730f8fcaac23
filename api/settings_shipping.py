"""Settings of shipping: methods, prices by total or weight, from when it is free, where to."""

from typing import Annotated, Self

from fastapi import Path
from pydantic import Field, model_validator

from api.access import Db
from api.answers import RESPONSES, NotFound
from api.routers import Router
from api.settings import Editor, Reader
from api.strict import Strict
from db import shipping_methods
from db.engine import Session
from db.shipping_methods import ShippingMethod, ShippingTerms, list_shipping_methods
from domain.prices import HIGHEST_TOTAL
from domain.shipments import CarrierCode
from domain.shipping import Basis

router = Router("/settings/shipping-methods", tags=["settings"], responses=RESPONSES)
CODE = "^[a-z0-9][a-z0-9-]{0,49}$"
Code = Annotated[str, Path(pattern=CODE)]
Price = Annotated[int, Field(ge=0, le=HIGHEST_TOTAL, description="Minor units.")]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$", description="ISO 3166.")]


class BandEdit(Strict):
    up_to: int | None = Field(None, ge=1, le=HIGHEST_TOTAL, description="null: without end.")
    price: Price


class TermsEdit(Strict):
    name: str = Field(min_length=1, max_length=200)
    carrier: CarrierCode
    service: str = Field("", max_length=50, description="The carrier's own code of its service.")
    tax_class: str = Field("standard", min_length=1, max_length=50)
    basis: Basis
    bands: list[BandEdit] = Field(min_length=1, max_length=100)
    handling_fee: Price = 0
    free_from_total: Price | None = None
    free_from_weight_g: int | None = Field(None, ge=0, le=10**9)
    countries: list[Country] = Field(default_factory=list, max_length=250)

    @model_validator(mode="after")
    def rising_bands(self) -> Self:
        ends = [band.up_to for band in self.bands]
        if None in ends[:-1]:
            raise ValueError("only the last band is without end")
        known = [end for end in ends if end is not None]
        if known != sorted(set(known)):
            raise ValueError("each band ends above the one before it")
        return self

    def terms(self) -> ShippingTerms:
        given = {name: getattr(self, name) for name in TermsEdit.model_fields}
        bands = [(band.up_to, band.price) for band in self.bands]
        return ShippingTerms(**given | {"bands": bands, "countries": sorted(set(self.countries))})


class MethodCreate(TermsEdit):
    code: str = Field(pattern=CODE)


class MethodEdit(TermsEdit):
    version: int = Field(ge=1)


@router.get("")
def read_shipping_methods(actor: Reader, db: Db) -> list[ShippingMethod]:
    with db.transaction() as tx:
        return list_shipping_methods(tx)


@router.post("", status_code=201)
def create_shipping_method(body: MethodCreate, actor: Editor, db: Db) -> ShippingMethod:
    """Customers see it once a channel offers it."""
    with db.transaction() as tx:
        shipping_methods.add_shipping_method(tx, body.code, body.terms(), actor.name)
        return _found(tx, body.code)


@router.get("/{code}")
def read_shipping_method(code: Code, actor: Reader, db: Db) -> ShippingMethod:
    with db.transaction() as tx:
        return _found(tx, code)


@router.put("/{code}")
def edit_shipping_method(code: Code, body: MethodEdit, actor: Editor, db: Db) -> ShippingMethod:
    """Orders that are placed keep what they were promised."""
    with db.transaction() as tx:
        method = _found(tx, code, lock=True)
        shipping_methods.edit_shipping_method(tx, method, body.terms(), body.version, actor.name)
        return _found(tx, code)


def _found(tx: Session, code: str, *, lock: bool = False) -> ShippingMethod:
    method = shipping_methods.find_shipping_method(tx, code, lock=lock)
    if method is None:
        raise NotFound("There is no such shipping method.")
    return method

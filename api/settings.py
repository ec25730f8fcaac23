"""Settings of the shop itself: its data, its currencies, its units of measure."""

from dataclasses import asdict
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, EmailStr, Field, field_validator, model_validator

from api.access import Db, needs
from api.answers import RESPONSES
from api.routers import Router
from api.strict import Strict
from db.currencies import Currencies, read_currencies, save_currencies
from db.settings import Stored, read_setting, save_setting
from domain.access import Actor, Right
from domain.units import BUILT_IN, UnitKind

router = Router("/settings", tags=["settings"], responses=RESPONSES)
Reader = Annotated[Actor, needs(Right.SETTINGS_READ)]
Editor = Annotated[Actor, needs(Right.SETTINGS_EDIT)]
SHOP, UNITS = "shop", "units"
Version = Annotated[int, Field(ge=0, description="The one you read; 0: nobody has set it yet.")]
CurrencyCode = Annotated[str, Field(pattern="^[A-Z]{3}$", description="ISO 4217.")]


class ShopData(Strict):
    name: str = Field("", max_length=200)
    legal_name: str = Field("", max_length=300)
    country: str = Field("", pattern="^([A-Z]{2})?$", description="ISO 3166.")
    city: str = Field("", max_length=100)
    postcode: str = Field("", max_length=20)
    street: str = Field("", max_length=300)
    email: EmailStr | Literal[""] = ""
    phone: str = Field("", max_length=30)
    tax_number: str = Field("", max_length=50)
    language: Literal["en", "fr", "ru"] = "en"
    timezone: str = Field("UTC", max_length=60, description="Where the shop's day begins.")
    low_stock: int = Field(5, ge=0, le=1_000_000, description="So few pieces are told as low.")

    @field_validator("timezone")
    @classmethod
    def known_timezone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValueError("no such time zone: Europe/Paris is one") from None
        return name


class ShopEdit(ShopData):
    name: str = Field(min_length=1, max_length=200)
    version: Version


class ShopRead(ShopData):
    version: int


class CurrenciesEdit(Strict):
    default: CurrencyCode
    accepted: list[CurrencyCode] = Field(min_length=1, max_length=50)
    version: Version

    @model_validator(mode="after")
    def consistent(self) -> Self:
        if len(set(self.accepted)) < len(self.accepted):
            raise ValueError("each currency once")
        if self.default not in self.accepted:
            raise ValueError("the default currency must be among the accepted ones")
        return self


class UnitEdit(Strict):
    code: str = Field(pattern="^[A-Z0-9]{2,3}$", description="UN/ECE Recommendation 20.")
    kind: UnitKind
    places: int = Field(ge=0, le=3, description="Decimal places of a quantity.")
    en: str = Field(min_length=1, max_length=20)
    fr: str = Field(min_length=1, max_length=20)
    ru: str = Field(min_length=1, max_length=20)


class UnitsEdit(Strict):
    units: list[UnitEdit] = Field(min_length=1, max_length=100)
    version: Version

    @field_validator("units")
    @classmethod
    def each_once(cls, units: list[UnitEdit]) -> list[UnitEdit]:
        if len({unit.code for unit in units}) < len(units):
            raise ValueError("each code once")
        return units


class UnitsRead(BaseModel):
    units: list[UnitEdit]
    version: int


@router.get("/shop")
def read_shop(actor: Reader, db: Db) -> ShopRead:
    with db.transaction() as tx:
        return _shop(read_setting(tx, SHOP))


@router.put("/shop")
def edit_shop(body: ShopEdit, actor: Editor, db: Db) -> ShopRead:
    value = body.model_dump(exclude={"version"})
    with db.transaction() as tx:
        before = _shop(read_setting(tx, SHOP)).model_dump(exclude={"version"})
        version = save_setting(tx, SHOP, before, value, body.version, actor.name)
    return ShopRead(**value, version=version)


@router.get("/currencies")
def read_accepted_currencies(actor: Reader, db: Db) -> Currencies:
    with db.transaction() as tx:
        return read_currencies(tx)


@router.put("/currencies")
def edit_accepted_currencies(body: CurrenciesEdit, actor: Editor, db: Db) -> Currencies:
    """What a channel sells in cannot be left out."""
    with db.transaction() as tx:
        return save_currencies(tx, body.default, body.accepted, body.version, actor.name)


@router.get("/units")
def read_units(actor: Reader, db: Db) -> UnitsRead:
    with db.transaction() as tx:
        return _units(read_setting(tx, UNITS))


@router.put("/units")
def edit_units(body: UnitsEdit, actor: Editor, db: Db) -> UnitsRead:
    value = body.model_dump(exclude={"version"}, mode="json")
    with db.transaction() as tx:
        before = _units(read_setting(tx, UNITS)).model_dump(exclude={"version"}, mode="json")
        version = save_setting(tx, UNITS, before, value, body.version, actor.name)
    return UnitsRead(units=body.units, version=version)


def _shop(stored: Stored) -> ShopRead:
    known = {name: stored.value[name] for name in ShopData.model_fields if name in stored.value}
    return ShopRead(**known, version=stored.version)


def _units(stored: Stored) -> UnitsRead:
    units = stored.value.get("units") or [asdict(unit) for unit in BUILT_IN]
    return UnitsRead(units=[UnitEdit(**unit) for unit in units], version=stored.version)

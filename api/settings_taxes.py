"""Settings of taxes: classes of goods and their rates by country."""

from pydantic import Field, field_validator

from api.access import Db
from api.answers import RESPONSES
from api.routers import Router
from api.settings import Editor, Reader, Version
from api.strict import Strict
from db.tax_rates import Rate, Taxes, read_taxes, save_taxes

router = Router("/settings/taxes", tags=["settings"], responses=RESPONSES)


class RateEdit(Strict):
    tax_class: str = Field(min_length=1, max_length=50)
    country: str = Field(pattern=r"^([A-Z]{2}|\*)$", description="`*`: all the others.")
    rate: int = Field(ge=0, le=10_000, description="Hundredths of a percent.")


class TaxesEdit(Strict):
    rates: list[RateEdit] = Field(min_length=1, max_length=2000)
    version: Version

    @field_validator("rates")
    @classmethod
    def each_once(cls, rates: list[RateEdit]) -> list[RateEdit]:
        if len({(rate.tax_class, rate.country) for rate in rates}) < len(rates):
            raise ValueError("each country once in a class")
        return rates


@router.get("")
def read_tax_table(actor: Reader, db: Db) -> Taxes:
    with db.transaction() as tx:
        return read_taxes(tx)


@router.put("")
def edit_tax_table(body: TaxesEdit, actor: Editor, db: Db) -> Taxes:
    """The whole table. A class by which goods are taxed cannot be left out."""
    rates = [Rate(rate.tax_class, rate.country, rate.rate) for rate in body.rates]
    with db.transaction() as tx:
        return save_taxes(tx, rates, body.version, actor.name)

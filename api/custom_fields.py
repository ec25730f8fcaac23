"""The fields of customers that the shop's owner defines."""

from typing import Annotated, Self

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.access import Db, needs
from api.answers import RESPONSES, NotFound
from api.routers import Router
from api.strict import Strict
from db import custom_fields
from domain.access import Actor, FieldLevel, Right
from domain.custom_fields import CustomKind

router = Router("/custom-fields", tags=["customers"], responses=RESPONSES)

Reader = Annotated[Actor, needs(Right.CUSTOMER_READ)]
Owner = Annotated[Actor, needs(Right.SETTINGS_EDIT)]
KEY = "^[a-z][a-z0-9_]{0,49}$"
Key = Annotated[str, Path(pattern=KEY)]
Choice = Annotated[str, Field(min_length=1, max_length=100)]
Choices = Annotated[list[Choice], Field(max_length=100)]


class LabelsEdit(Strict):
    """How pages call it; English is shown where a language has none."""

    en: str = Field(min_length=1, max_length=100)
    fr: str = Field("", max_length=100)
    ru: str = Field("", max_length=100)


class CustomFieldCreate(Strict):
    key: str = Field(pattern=KEY, description="For programs and filters; never changes.")
    kind: CustomKind = Field(description="Never changes.")
    labels: LabelsEdit
    choices: Choices = Field(default_factory=list)
    shop_level: FieldLevel = Field(
        FieldLevel.HIDDEN, description="How far customers see it of themselves."
    )
    position: int = Field(0, ge=0, le=1000)

    @model_validator(mode="after")
    def choices_belong_to_choices(self) -> Self:
        if bool(self.choices) != (self.kind is CustomKind.CHOICE):
            raise ValueError("a field of kind choice has choices, and no other has")
        return self


class CustomFieldEdit(Strict):
    version: int = Field(ge=1, lt=2**63)
    labels: LabelsEdit | None = None
    choices: Annotated[list[Choice], Field(min_length=1, max_length=100)] | None = None
    shop_level: FieldLevel | None = None
    position: int | None = Field(None, ge=0, le=1000)
    is_active: bool | None = None


class CustomFieldRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    key: str
    kind: CustomKind
    labels: dict[str, str]
    choices: list[str]
    shop_level: FieldLevel
    position: int
    is_active: bool
    version: int


@router.get("")
def read_custom_fields(actor: Reader, db: Db) -> list[CustomFieldRead]:
    with db.transaction() as tx:
        return [CustomFieldRead.model_validate(row) for row in custom_fields.list_fields(tx)]


@router.post("", status_code=201)
def create_custom_field(body: CustomFieldCreate, actor: Owner, db: Db) -> CustomFieldRead:
    with db.transaction() as tx:
        custom_fields.add_field(tx, by=actor.name, **body.model_dump())
        return CustomFieldRead.model_validate(custom_fields.find_field(tx, body.key))


@router.patch("/{key}")
def edit_custom_field(key: Key, body: CustomFieldEdit, actor: Owner, db: Db) -> CustomFieldRead:
    """Values that customers have stay; a choice that is taken away is only not given any more."""
    values = body.model_dump(exclude_none=True, exclude={"version"})
    with db.transaction() as tx:
        row = custom_fields.edit_field(tx, key, body.version, values, actor.name)
        if row is None:
            raise NotFound("There is no such field.")
        return CustomFieldRead.model_validate(row)

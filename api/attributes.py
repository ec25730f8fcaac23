"""What products differ in: attributes with values; and brands, suppliers, product classes."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, Field

from api.access import Db, needs
from api.answers import RESPONSES, NotFound
from api.product_cards import Id, LanguageCode
from api.products import BIGINT, Reader
from api.routers import Router
from api.strict import Strict
from db import attributes, named
from db.engine import Session
from db.named import BRANDS, CLASSES, SUPPLIERS, Kind
from db.reads.attributes import AttributeRead, list_attributes
from db.reads.keyset import MOST
from db.reads.named import NamedRow, find_named, list_named
from domain.access import Actor, Right
from domain.attributes import MOST_VALUES, AttributeDraft, ValueDraft

router = Router(responses=RESPONSES)

Editor = Annotated[Actor, needs(Right.PRODUCT_EDIT)]
RowId = Annotated[int, Path(ge=1, le=BIGINT)]
NAME = r"^[^\x00]*$"
Names = dict[LanguageCode, Annotated[str, Field(min_length=1, max_length=200, pattern=NAME)]]


class ValueEdit(Strict):
    id: Id | None = Field(None, description="None: a new value.")
    code: str = Field(pattern=r"^[A-Za-z0-9._-]{1,30}$", description="Stands for it in SKUs.")
    names: Names = Field(min_length=1)

    def draft(self) -> ValueDraft:
        return ValueDraft(self.code, self.names, self.id)


class AttributeCreate(Strict):
    """Values come in the order they shall be shown; those left out are deleted."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,29}$", description="As patterns of SKUs name it.")
    names: Names = Field(min_length=1)
    position: int = Field(0, ge=0, le=10**6)
    values: list[ValueEdit] = Field([], max_length=MOST_VALUES)

    def draft(self) -> AttributeDraft:
        values = tuple(value.draft() for value in self.values)
        return AttributeDraft(self.code, self.names, values, self.position)


class AttributeEdit(AttributeCreate):
    version: int = Field(ge=1, le=BIGINT)


class AttributeList(BaseModel):
    rows: list[AttributeRead]
    next: None = None


class NamedCreate(Strict):
    name: str = Field(min_length=1, max_length=200)


class NamedEdit(NamedCreate):
    version: int = Field(ge=1, le=BIGINT)


class ClassCreate(NamedCreate):
    attribute_ids: list[Id] = Field([], max_length=50, description="What its products have.")


class ClassEdit(ClassCreate):
    version: int = Field(ge=1, le=BIGINT)


class NamedList(BaseModel):
    rows: list[NamedRow]
    next: int | None
    """Send it as `after` to get the next page."""


@router.get("/attributes", tags=["attributes"])
def read_attributes(actor: Reader, db: Db) -> AttributeList:
    with db.transaction() as tx:
        return AttributeList(rows=list_attributes(tx))


@router.post("/attributes", status_code=201, tags=["attributes"])
def create_attribute(body: AttributeCreate, actor: Editor, db: Db) -> AttributeRead:
    with db.transaction() as tx:
        return _found(tx, attributes.add_attribute(tx, body.draft(), actor.name))


@router.get("/attributes/{attribute_id}", tags=["attributes"])
def read_attribute(attribute_id: RowId, actor: Reader, db: Db) -> AttributeRead:
    with db.transaction() as tx:
        return _found(tx, attribute_id)


@router.put("/attributes/{attribute_id}", tags=["attributes"])
def save_attribute(
    attribute_id: RowId, body: AttributeEdit, actor: Editor, db: Db
) -> AttributeRead:
    with db.transaction() as tx:
        _found(tx, attribute_id)
        attributes.save_attribute(tx, attribute_id, body.version, body.draft(), actor.name)
        return _found(tx, attribute_id)


@router.delete("/attributes/{attribute_id}", status_code=204, tags=["attributes"])
def delete_attribute(attribute_id: RowId, actor: Editor, db: Db) -> None:
    """Refused while a product, a product class or a rule needs it."""
    with db.transaction() as tx:
        _found(tx, attribute_id)
        attributes.delete_attribute(tx, attribute_id, actor.name)


def _found(tx: Session, attribute_id: int) -> AttributeRead:
    found = list_attributes(tx, attribute_id)
    if not found:
        raise NotFound("There is no such attribute.")
    return found[0]


def _named(tx: Session, kind: Kind, id: int) -> NamedRow:
    found = find_named(tx, kind, id)
    if found is None:
        raise NotFound(f"There is no such {kind.noun.replace('_', ' ')}.")
    return found


def _add_routes(path: str, kind: Kind) -> None:
    """Reading and deleting is the same for every kind; so is writing, where it has a name only."""
    tag = path.strip("/").replace("-", " ")
    routes = Router(path, tags=[tag], responses=RESPONSES)
    noun = kind.noun

    @routes.get("", name=f"read_{noun}_list")
    def read_all(
        actor: Reader,
        db: Db,
        q: Annotated[str, Query(max_length=100)] = "",
        after: Annotated[int | None, Query(ge=1, le=BIGINT)] = None,
        limit: Annotated[int | None, Query(ge=1, le=MOST)] = None,
    ) -> NamedList:
        """By name; without `limit` all of them. `q`: words of the name."""
        with db.transaction() as tx:
            page = list_named(tx, kind, q, after, limit)
        return NamedList(rows=page.rows, next=page.next)

    @routes.get("/{id}", name=f"read_{noun}")
    def read_one(id: RowId, actor: Reader, db: Db) -> NamedRow:
        with db.transaction() as tx:
            return _named(tx, kind, id)

    @routes.delete("/{id}", status_code=204, name=f"delete_{noun}")
    def delete(id: RowId, actor: Editor, db: Db) -> None:
        """Refused while there are products of it, or rules that name it."""
        with db.transaction() as tx:
            _named(tx, kind, id)
            named.delete_named(tx, kind, id, actor.name)

    if kind is not CLASSES:
        _add_writing(routes, kind)
    router.routes.extend(routes.routes)


def _add_writing(routes: Router, kind: Kind) -> None:
    @routes.post("", status_code=201, name=f"create_{kind.noun}")
    def create(body: NamedCreate, actor: Editor, db: Db) -> NamedRow:
        with db.transaction() as tx:
            return _named(tx, kind, named.add_named(tx, kind, body.name, actor.name))

    @routes.put("/{id}", name=f"save_{kind.noun}")
    def save(id: RowId, body: NamedEdit, actor: Editor, db: Db) -> NamedRow:
        with db.transaction() as tx:
            _named(tx, kind, id)
            named.save_named(tx, kind, id, body.version, body.name, actor.name)
            return _named(tx, kind, id)


@router.post("/product-classes", status_code=201, tags=["product classes"])
def create_class(body: ClassCreate, actor: Editor, db: Db) -> NamedRow:
    with db.transaction() as tx:
        id = named.add_named(tx, CLASSES, body.name, actor.name, body.attribute_ids)
        return _named(tx, CLASSES, id)


@router.put("/product-classes/{id}", tags=["product classes"])
def save_class(id: RowId, body: ClassEdit, actor: Editor, db: Db) -> NamedRow:
    attribute_ids, by = body.attribute_ids, actor.name
    with db.transaction() as tx:
        _named(tx, CLASSES, id)
        named.save_named(tx, CLASSES, id, body.version, body.name, by, attribute_ids)
        return _named(tx, CLASSES, id)


_add_routes("/brands", BRANDS)
_add_routes("/suppliers", SUPPLIERS)
_add_routes("/product-classes", CLASSES)

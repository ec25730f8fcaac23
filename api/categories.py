"""Categories: a tree in three languages, filled by hand and by rules."""

from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, Field, model_validator

from api.access import Db, needs
from api.answers import RESPONSES, NotFound
from api.fields import FieldHidden
from api.product_cards import Id, LanguageCode
from api.products import BIGINT, Reader
from api.routers import Router
from api.strict import Strict
from db import categories
from db.engine import Session
from db.reads.categories import (
    CategoryRow,
    Gathering,
    gathered_by,
    gathered_in,
    list_categories,
)
from domain.access import Actor, Right
from domain.catalogue_rules import (
    MOST_CONDITIONS,
    MOST_VALUES,
    Condition,
    Criterion,
    Match,
    Operator,
    Rule,
)
from domain.categories import CategoryDraft

router = Router("/categories", tags=["categories"], responses=RESPONSES)

Editor = Annotated[Actor, needs(Right.CATEGORY_EDIT)]
CategoryId = Annotated[int, Path(ge=1, le=BIGINT)]
Names = dict[LanguageCode, Annotated[str, Field(min_length=1, max_length=300)]]
TELLING = {
    Criterion.PRICE: "price",
    Criterion.TAX_CLASS: "tax_class",
}


class ConditionEdit(Strict):
    """`is_one_of` and `is_none_of` take several ids; prices, weights and stock are compared."""

    criterion: Criterion
    operator: Operator
    values: list[Annotated[int, Field(ge=0, le=BIGINT)] | Annotated[str, Field(max_length=50)]] = (
        Field(min_length=1, max_length=MOST_VALUES)
    )
    currency: str | None = Field(None, pattern="^[A-Z]{3}$")


class RuleEdit(Strict):
    match: Match = Match.ALL
    conditions: list[ConditionEdit] = Field(min_length=1, max_length=MOST_CONDITIONS)

    def rule(self) -> Rule:
        return Rule(
            self.match,
            tuple(
                Condition(one.criterion, one.operator, tuple(one.values), one.currency)
                for one in self.conditions
            ),
        )


class CategoryCreate(Strict):
    names: Names = Field(min_length=1, description="By language.")
    parent_id: Id | None = None
    position: int = Field(0, ge=0, le=10**6)
    is_published: bool = False
    rule: RuleEdit | None = Field(None, description="Which products belong here by themselves.")

    @model_validator(mode="after")
    def with_names(self) -> "CategoryCreate":
        if "\0" in "".join(self.names.values()):
            raise ValueError("a text cannot hold the NUL character")
        return self

    def draft(self) -> CategoryDraft:
        rule = self.rule.rule() if self.rule else None
        return CategoryDraft(self.names, self.parent_id, self.position, self.is_published, rule)


class CategoryEdit(CategoryCreate):
    version: int = Field(ge=1, le=BIGINT)


class CategoryList(BaseModel):
    rows: list[CategoryRow]


@router.get("")
def read_categories(actor: Reader, db: Db) -> CategoryList:
    """The whole tree: parents before their children."""
    with db.transaction() as tx:
        return CategoryList(rows=list_categories(tx))


@router.post("", status_code=201)
def create_category(body: CategoryCreate, actor: Editor, db: Db) -> CategoryRow:
    draft = _checked(body, actor)
    with db.transaction() as tx:
        return _found(tx, categories.add_category(tx, draft, actor.name))


@router.post("/rule/preview")
def preview_rule(body: RuleEdit, actor: Reader, db: Db) -> Gathering:
    """What the rule would gather."""
    rule = body.rule()
    _refuse_telling(rule, actor)
    with db.transaction() as tx:
        return gathered_by(tx, rule)


@router.get("/{category_id}")
def read_category(category_id: CategoryId, actor: Reader, db: Db) -> CategoryRow:
    with db.transaction() as tx:
        return _found(tx, category_id)


@router.get("/{category_id}/products")
def read_gathered(category_id: CategoryId, actor: Reader, db: Db) -> Gathering:
    """How many products are in it or below it; `GET /products?category=` lists them."""
    with db.transaction() as tx:
        _found(tx, category_id)
        return gathered_in(tx, category_id)


@router.put("/{category_id}")
def save_category(
    category_id: CategoryId, body: CategoryEdit, actor: Editor, db: Db
) -> CategoryRow:
    draft = _checked(body, actor)
    with db.transaction() as tx:
        _found(tx, category_id)
        categories.save_category(tx, category_id, body.version, draft, actor.name)
        return _found(tx, category_id)


@router.post("/{category_id}/publish")
def publish_category(category_id: CategoryId, actor: Editor, db: Db) -> CategoryRow:
    return _publish(db, category_id, True, actor)


@router.post("/{category_id}/unpublish")
def unpublish_category(category_id: CategoryId, actor: Editor, db: Db) -> CategoryRow:
    return _publish(db, category_id, False, actor)


@router.post("/{category_id}/duplicate", status_code=201)
def duplicate_category(category_id: CategoryId, actor: Editor, db: Db) -> CategoryRow:
    """Beside it, with what is in it; not yet published."""
    with db.transaction() as tx:
        _found(tx, category_id)
        return _found(tx, categories.duplicate_category(tx, category_id, actor.name))


@router.delete("/{category_id}", status_code=204)
def delete_category(category_id: CategoryId, actor: Editor, db: Db) -> None:
    """Its products stay; refused while there are categories below it."""
    with db.transaction() as tx:
        _found(tx, category_id)
        categories.delete_category(tx, category_id, actor.name)


def _publish(db: Db, category_id: int, is_published: bool, actor: Actor) -> CategoryRow:
    with db.transaction() as tx:
        _found(tx, category_id)
        categories.publish_category(tx, category_id, is_published, actor.name)
        return _found(tx, category_id)


def _found(tx: Session, category_id: int) -> CategoryRow:
    found = list_categories(tx, category_id)
    if not found:
        raise NotFound("There is no such category.")
    return found[0]


def _checked(body: CategoryCreate, actor: Actor) -> CategoryDraft:
    draft = body.draft()
    if draft.rule:
        _refuse_telling(draft.rule, actor)
    return draft


def _refuse_telling(rule: Rule, actor: Actor) -> None:
    """Who belongs to a category would tell the prices that its rule looks at."""
    hidden: Any = actor.hidden["product"]
    for condition in rule.conditions:
        if TELLING.get(condition.criterion) in hidden:
            raise FieldHidden(f"A rule over {condition.criterion} would tell what you do not see.")

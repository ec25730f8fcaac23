"""The tree of categories: made, edited, moved, published, deleted."""

from typing import Any

from sqlalchemy import delete, exists, func, insert, literal, select, update
from sqlalchemy.orm import Session

from db import history
from db.history import Entry
from db.tables.catalogue import Category, ProductCategory
from domain.catalogue_rules import Rule
from domain.categories import CategoryDraft, CategoryInUse, CategoryUnknown, check_parent
from domain.errors import ChangedMeanwhile

TREE = 7_301_944_512_018_226_002
"""Key of the lock that lets one transaction at a time move branches of the tree."""


def add_category(tx: Session, draft: CategoryDraft, by: str) -> int:
    _lock(tx)
    check_parent(None, draft.parent_id, _parents(tx))
    added = insert(Category).values(**_values(draft)).returning(Category.id)
    category_id = tx.execute(added).scalar_one()
    changes = history.differences({}, _values(draft))
    history.append(tx, Entry("category", category_id, "category.created", by, changes))
    return category_id


def save_category(
    tx: Session, category_id: int, version: int, draft: CategoryDraft, by: str
) -> None:
    _lock(tx)
    category = _get(tx, category_id)
    if category.version != version:
        raise ChangedMeanwhile("Somebody has changed this category since you opened it.")
    check_parent(category_id, draft.parent_id, _parents(tx))
    _change(tx, category, _values(draft), "category.edited", by)


def publish_category(tx: Session, category_id: int, is_published: bool, by: str) -> None:
    category = _get(tx, category_id)
    act = "category.published" if is_published else "category.unpublished"
    _change(tx, category, {"is_published": is_published}, act, by)


def duplicate_category(tx: Session, category_id: int, by: str) -> int:
    """Beside it, with its rule and what was put into it; not published, and nothing below it."""
    category = _get(tx, category_id)
    names = {language: f"{name} (2)"[:300] for language, name in category.names.items()}
    draft = CategoryDraft(
        names, category.parent_id, category.position + 1, False, Rule.of(category.rule)
    )
    copy_id = add_category(tx, draft, by)
    members = select(ProductCategory.product_id, literal(copy_id, Category.id.type)).where(
        ProductCategory.category_id == category_id
    )
    tx.execute(insert(ProductCategory).from_select(["product_id", "category_id"], members))
    return copy_id


def delete_category(tx: Session, category_id: int, by: str) -> None:
    """The products that were in it stay, elsewhere or nowhere."""
    _lock(tx)
    category = _get(tx, category_id)
    if tx.scalar(select(exists().where(Category.parent_id == category_id))):
        raise CategoryInUse("There are categories below it: move or delete those first.")
    members = delete(ProductCategory).where(ProductCategory.category_id == category_id)
    left = tx.scalars(members.returning(ProductCategory.product_id)).all()
    tx.execute(delete(Category).where(Category.id == category_id))
    details = {"names": category.names, "product_ids": sorted(left)}
    history.append(tx, Entry("category", category_id, "category.deleted", by, details=details))


def _change(tx: Session, category: Category, values: dict[str, Any], action: str, by: str) -> None:
    before = {name: getattr(category, name) for name in values}
    changes = history.differences(before, values)
    if not changes:
        return
    changed = update(Category).where(Category.id == category.id)
    tx.execute(changed.values(**values, version=Category.version + 1))
    history.append(tx, Entry("category", category.id, action, by, changes))


def _get(tx: Session, category_id: int) -> Category:
    wanted = select(Category).where(Category.id == category_id).with_for_update()
    found = tx.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise CategoryUnknown(f"There is no category {category_id} (any more).")
    return found


def _values(draft: CategoryDraft) -> dict[str, Any]:
    return {
        "names": dict(draft.names),
        "parent_id": draft.parent_id,
        "position": draft.position,
        "is_published": draft.is_published,
        "rule": draft.rule.stored() if draft.rule else None,
    }


def _parents(tx: Session) -> dict[int, int | None]:
    return {row.id: row.parent_id for row in tx.execute(select(Category.id, Category.parent_id))}


def _lock(tx: Session) -> None:
    tx.execute(select(func.pg_advisory_xact_lock(TREE)))

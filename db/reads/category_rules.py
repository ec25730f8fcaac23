"""The rules of categories as conditions on products: asked anew at every look, so never stale."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select

from db.tables.catalogue import Product, ProductValue, Variant, VariantValue
from db.tables.stock import StockItem
from domain.catalogue_rules import Condition, Criterion, Match, Operator, Rule
from domain.stock import Condition as Quality

_COLUMNS: dict[Criterion, Any] = {
    Criterion.BRAND: Product.brand_id,
    Criterion.SUPPLIER: Product.supplier_id,
    Criterion.PRODUCT_CLASS: Product.class_id,
    Criterion.TAX_CLASS: Product.tax_class,
}


def meets(rule: Rule) -> ColumnElement[bool]:
    """Of a row of products."""
    conditions = map(_condition, rule.conditions)
    return and_(*conditions) if rule.match is Match.ALL else or_(false(), *conditions)


def has_value(value_ids: tuple[Any, ...] | list[int]) -> ColumnElement[bool]:
    """The product or one of its variants."""
    of_product = exists().where(
        ProductValue.product_id == Product.id, ProductValue.value_id.in_(value_ids)
    )
    of_variant = exists().where(
        Variant.product_id == Product.id,
        VariantValue.variant_id == Variant.id,
        VariantValue.value_id.in_(value_ids),
    )
    return or_(of_product.correlate(Product), of_variant.correlate(Product))


def _condition(condition: Condition) -> ColumnElement[bool]:
    column = _COLUMNS.get(condition.criterion)
    if column is not None:
        met = func.coalesce(column.in_(condition.values), false())
        return _turned(condition, met)
    if condition.criterion is Criterion.VALUE:
        return _turned(condition, has_value(condition.values))
    if condition.criterion is Criterion.IN_STOCK:
        return _compared(condition, _available())
    return _of_a_variant(condition)


def _of_a_variant(condition: Condition) -> ColumnElement[bool]:
    own = [Variant.product_id == Product.id, Variant.is_active]
    if condition.criterion is Criterion.PRICE:
        own.append(Variant.currency == condition.currency)
        return (
            exists().where(*own, _compared(condition, Variant.price.expression)).correlate(Product)
        )
    return (
        exists().where(*own, _compared(condition, Variant.weight_g.expression)).correlate(Product)
    )


def _available() -> Any:
    return (
        select(func.coalesce(func.sum(StockItem.on_hand - StockItem.allocated), 0))
        .join(Variant, Variant.id == StockItem.variant_id)
        .where(Variant.product_id == Product.id, StockItem.condition == Quality.GOOD)
        .correlate(Product)
        .scalar_subquery()
    )


def _turned(condition: Condition, met: ColumnElement[bool]) -> ColumnElement[bool]:
    return ~met if condition.operator is Operator.IS_NONE_OF else met


def _compared(condition: Condition, what: ColumnElement[Any]) -> ColumnElement[bool]:
    bound = condition.values[0]
    return what >= bound if condition.operator is Operator.AT_LEAST else what <= bound

"""The rights: one for each thing that can be done to each noun."""

from collections import defaultdict
from enum import StrEnum


class Right(StrEnum):
    """`noun.command`"""

    ORDER_PLACE = "order.place"
    ORDER_SET_PRICE = "order.set_price"
    ORDER_READ = "order.read"
    ORDER_EDIT = "order.edit"
    ORDER_HOLD = "order.hold"
    ORDER_FULFIL = "order.fulfil"
    ORDER_CANCEL = "order.cancel"
    ORDER_REFUND = "order.refund"
    ORDER_ASSIGN = "order.assign"
    ORDER_NOTE = "order.note"
    ORDER_EXPORT = "order.export"
    PAYMENT_RECORD = "payment.record"
    PROCESS_READ = "process.read"
    PROCESS_SETTLE = "process.settle"
    CUSTOMER_READ = "customer.read"
    CUSTOMER_CREATE = "customer.create"
    CUSTOMER_EDIT = "customer.edit"
    CUSTOMER_DISABLE = "customer.disable"
    CUSTOMER_EXPORT = "customer.export"
    PRODUCT_READ = "product.read"
    PRODUCT_CREATE = "product.create"
    PRODUCT_EDIT = "product.edit"
    PRODUCT_TRANSLATE = "product.translate"
    PRODUCT_DELETE = "product.delete"
    PRODUCT_EXPORT = "product.export"
    CATEGORY_EDIT = "category.edit"
    STOCK_READ = "stock.read"
    STOCK_EDIT = "stock.edit"
    STOCK_EXPORT = "stock.export"
    STAFF_READ = "staff.read"
    STAFF_CREATE = "staff.create"
    STAFF_EDIT = "staff.edit"
    STAFF_BLOCK = "staff.block"
    GROUP_READ = "group.read"
    GROUP_CREATE = "group.create"
    GROUP_EDIT = "group.edit"
    GROUP_DELETE = "group.delete"
    API_KEY_READ = "api_key.read"
    API_KEY_CREATE = "api_key.create"
    API_KEY_REVOKE = "api_key.revoke"
    BRANCH_READ = "branch.read"
    BRANCH_CREATE = "branch.create"
    BRANCH_EDIT = "branch.edit"
    HISTORY_READ = "history.read"
    HISTORY_EXPORT = "history.export"
    VIEW_SHARE = "view.share"
    SETTINGS_READ = "settings.read"
    SETTINGS_EDIT = "settings.edit"

    @property
    def noun(self) -> str:
        return self.partition(".")[0]

    @property
    def command(self) -> str:
        return self.partition(".")[2]


class Reach(StrEnum):
    """How far a right goes."""

    OWN = "own"
    """The person's own branches."""
    ALL = "all"


EVERY_RIGHT = frozenset(Right)
BOUND_TO_BRANCHES = frozenset({"order", "payment", "process", "stock", "customer", "staff"})
"""Nouns whose rows belong to a branch; the other rights reach everywhere or nowhere."""


def by_noun() -> dict[str, list[Right]]:
    found: dict[str, list[Right]] = defaultdict(list)
    for right in Right:
        found[right.noun].append(right)
    return dict(found)

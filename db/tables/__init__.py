"""Every table, imported so that migrations and tests see the whole schema."""

from db.tables import (
    access,
    catalogue,
    changes,
    customers,
    desk,
    history,
    notices,
    orders,
    payments,
    shipments,
    shop,
    staff,
    stock,
)

__all__ = [
    "access",
    "catalogue",
    "changes",
    "customers",
    "desk",
    "history",
    "notices",
    "orders",
    "payments",
    "shipments",
    "shop",
    "staff",
    "stock",
]

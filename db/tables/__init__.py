"""Every table, imported so that migrations and tests see the whole schema."""

from db.tables import (
    catalogue,
    changes,
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
    "catalogue",
    "changes",
    "history",
    "notices",
    "orders",
    "payments",
    "shipments",
    "shop",
    "staff",
    "stock",
]

"""The groups a new shop starts with, and what programs and customers may."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.access.actor import EVERYTHING, Grants
from domain.access.fields import EVERY_FIELD, FieldLevel, guarded
from domain.access.rights import BOUND_TO_BRANCHES, Reach, Right

SUPER_ADMIN = "SuperAdmin"
READ, WRITE = FieldLevel.READ, FieldLevel.WRITE


@dataclass(frozen=True)
class Profile:
    level: int
    grants: Grants


def _rights(*nouns_and_rights: str, reach: Reach = Reach.ALL) -> dict[Right, Reach]:
    """`order` stands for every right on orders."""
    chosen = [r for r in Right if r in nouns_and_rights or r.noun in nouns_and_rights]
    return {r: reach if r.noun in BOUND_TO_BRANCHES else Reach.ALL for r in chosen}


def _fields(level: FieldLevel, *nouns_and_fields: str) -> dict[str, FieldLevel]:
    """What nobody can write is open for reading at most."""
    chosen = [
        key
        for key in sorted(EVERY_FIELD)
        if key in nouns_and_fields or key.partition(".")[0] in nouns_and_fields
    ]
    return {key: level if guarded(key).is_writable else READ for key in chosen}


def _without(fields: Mapping[str, FieldLevel], keys: Iterable[str]) -> dict[str, FieldLevel]:
    return {key: level for key, level in fields.items() if key not in set(keys)}


MONEY = (
    *("order.unit_price", "order.gross", "order.tax", "order.goods", "order.shipping"),
    *("order.shipping_tax", "order.total", "order.allowance", "order.authorised"),
    *("order.captured", "order.refunded", "order.amount", "order.document"),
)

PROFILES: dict[str, Profile] = {
    SUPER_ADMIN: Profile(0, EVERYTHING),
    # Appoints the managers of branches, so may all that they may, in every branch.
    "Site manager": Profile(
        5,
        Grants(
            _rights("order", "payment", "process", "stock", "customer", "staff", "branch")
            | _rights("product", "category", "group.read", "history.read", "view"),
            _fields(WRITE, "order", "stock", "customer", "staff", "product"),
        ),
    ),
    # Not the whole history, which knows no branches: orders and customers show their own.
    "Branch manager": Profile(
        10,
        Grants(
            _rights("order", "payment", "process", "stock", "customer", "staff", reach=Reach.OWN)
            | _rights("product.read", "product.export", "group.read", "branch.read")
            | _rights("view.share"),
            _fields(WRITE, "order", "stock", "customer", "staff") | _fields(READ, "product"),
        ),
    ),
    "Purchasing manager": Profile(
        20,
        Grants(
            _rights("product", "category", "stock.read"),
            _fields(WRITE, "product") | _fields(READ, "stock"),
        ),
    ),
    "Logistician": Profile(
        30,
        Grants(
            _rights("order.read", "order.fulfil", "order.note", "process.read")
            | _rights("stock", "product.read", "branch.read"),
            _without(_fields(READ, "order"), MONEY)
            | _fields(WRITE, "order.notes", "order.files", "stock"),
        ),
    ),
    "Translator": Profile(30, Grants(_rights("product.read", "product.translate"))),
    "Salesperson": Profile(
        30,
        Grants(
            _rights("order.place", "order.read", "order.edit", "order.hold", "order.cancel")
            | _rights("order.note", "payment.record", "process.read", "stock.read")
            | _rights("customer.read", "customer.create", "customer.edit", reach=Reach.OWN)
            | _rights("product.read", "branch.read"),
            _fields(WRITE, "order", "customer") | _fields(READ, "product", "stock"),
        ),
    ),
    "Cashier": Profile(
        30,
        Grants(
            _rights("order.place", "order.read", "payment.record", reach=Reach.OWN)
            | _rights("stock.read", reach=Reach.OWN)
            | _rights("product.read"),
            _fields(WRITE, *MONEY, "order.customer_name") | _fields(READ, "product", "stock"),
        ),
    ),
}

STOREFRONT = Grants(
    _rights("order.place", "order.read", "product.read", "customer.create"),
    _without(_fields(WRITE, "order", "customer.email", "customer.phone"), ["order.notes"])
    | _fields(READ, "product", "stock.available"),
)
IMPORT = Grants(
    _rights("order.place", "order.set_price", "order.read", "order.fulfil", "payment.record")
    | _rights("product.read", "product.create", "product.edit", "stock.read", "stock.edit"),
    _fields(WRITE, "order", "product", "stock"),
)
CUSTOMER = Grants(
    _rights("order.read"), _without(_fields(READ, "order"), ["order.notes", "order.files"])
)

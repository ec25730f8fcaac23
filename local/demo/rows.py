"""Adding a row together with the history entry that tells of it."""

from db import history
from db.engine import Session
from db.history import Entry
from db.tables.access import Account, ApiKey
from db.tables.catalogue import Product, ShippingMethod, TaxRate, Variant
from db.tables.shop import Branch, Channel, Location
from db.tables.staff import StaffMember

Row = (
    Account
    | ApiKey
    | Branch
    | Channel
    | Location
    | Product
    | ShippingMethod
    | StaffMember
    | TaxRate
    | Variant
)
BY = "system"


def add(tx: Session, noun: str, row: Row) -> None:
    """The row has its id afterwards."""
    tx.add(row)
    tx.flush()
    subject_id = row.code if isinstance(row, ShippingMethod) else row.id
    history.append(tx, Entry(noun, subject_id, f"{noun}.created", BY))

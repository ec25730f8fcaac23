"""Lists of staff, groups, keys and branches cost the same however many there are."""

from collections.abc import Callable

import pytest

from db.engine import Database, Session
from db.reads.api_keys import list_keys
from db.reads.branches import list_branches
from db.reads.groups import list_groups
from db.reads.staff import StaffFilters, list_staff
from domain.access import STOREFRONT
from tests.db.order_shop import counted
from tests.factories import Shop, add_key, add_staff

LISTS: dict[str, tuple[Callable[[Session], object], int]] = {
    "staff": (lambda tx: list_staff(tx, StaffFilters(q="shop", is_active=True)), 1),
    "groups": (list_groups, 1),
    "keys": (list_keys, 2),  # and the names of those who made them
    "branches": (list_branches, 1),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_page_takes_as_many_statements_for_many_rows_as_for_one(
    db: Database, opened: Shop, name: str
) -> None:
    read, expected = LISTS[name]
    for number in (1, 10):
        with db.transaction() as tx:
            for person in range(number):
                add_staff(tx, f"p{number}-{person}", "Cashier", opened.branch_id)
                add_key(tx, f"k{number}-{person}", STOREFRONT)
        with counted(db) as statements, db.transaction() as tx:
            read(tx)
        assert len(statements) == expected

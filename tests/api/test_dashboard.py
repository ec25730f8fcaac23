"""The figures a day begins with, and that they follow what happens."""

from typing import Any

import pytest
from sqlalchemy import text

from db import history, rollups
from db.engine import Database
from db.history import Entry
from local.database import bring_up_to_date
from tests.factories import add_staff
from tests.house import House


@pytest.fixture(autouse=True)
def _always_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rollups, "SETTLED_S", 0)


async def dashboard(house: House, token: str | None = None) -> dict[str, Any]:
    client = house.speaking_as(token) if token else house.api
    answer = await client.get("/dashboard")
    assert answer.status_code == 200, answer.text
    seen: dict[str, Any] = answer.json()
    return seen


def counted(db: Database) -> list[tuple[Any, ...]]:
    """What counting all would give."""
    statement = text(
        "SELECT currency, count(*), sum(total) FROM orders"
        " WHERE status NOT IN ('cancelled', 'expired') GROUP BY currency"
    )
    with db.transaction() as tx:
        return [tuple(row) for row in tx.execute(statement)]


@pytest.mark.requirement("R140", "R143", "R144", "R145", "R318")
async def test_the_day_at_a_glance(house: House) -> None:
    empty = await dashboard(house)
    assert empty["sales"]["today"]["sums"] == []
    assert empty["to_process"] == {
        "open": 0,
        "on_hold": 0,
        "unpaid": 0,
        "to_ship": 0,
        "attention": 0,
    }
    first = await house.place()
    await house.place(pay="bank_transfer", lines=[{"sku": "TEA", "quantity": 99}])
    seen = await dashboard(house)
    [today] = seen["sales"]["today"]["sums"]
    assert (today["currency"], today["orders"], today["refunded"]) == ("RUB", 2, 0)
    assert seen["sales"]["this_month"]["sums"] == [today]
    assert seen["sales"]["yesterday"]["sums"] == []
    assert seen["to_process"] == {
        "open": 2,
        "on_hold": 0,
        "unpaid": 2,
        "to_ship": 2,
        "attention": 0,
    }
    assert [(best["sku"], best["pieces"]) for best in seen["best_products"]] == [
        ("TEA", 99),
        ("MUG", 2),
    ]
    assert [(low["sku"], low["available"]) for low in seen["low_stock"]] == [("TEA", 1)]

    await house.do(first, "cancel", reason="Changed their mind")
    await house.until_order(first["id"], status="cancelled")
    seen = await dashboard(house)
    [today] = seen["sales"]["today"]["sums"]
    assert [(today["currency"], today["orders"], today["total"])] == counted(house.db)
    assert today["orders"] == 1
    assert [best["sku"] for best in seen["best_products"]] == ["TEA"]


@pytest.mark.requirement("R10", "R60", "R326")
async def test_everybody_sees_their_own_part(house: House) -> None:
    await house.place()
    with house.db.transaction() as tx:
        here = add_staff(tx, "here", "Branch manager", house.shop.branch_id)
        elsewhere = add_staff(tx, "elsewhere", "Branch manager")
        packer = add_staff(tx, "packer", "Logistician")
        translator = add_staff(tx, "translator", "Translator")
    assert (await dashboard(house, here))["to_process"]["open"] == 1
    nothing = await dashboard(house, elsewhere)
    assert nothing["to_process"]["open"] == 0
    assert nothing["sales"]["today"]["sums"] == []
    assert (nothing["best_products"], nothing["low_stock"]) == ([], [])
    [today] = (await dashboard(house, packer))["sales"]["today"]["sums"]
    assert today == {"currency": "RUB", "orders": 1}
    seen = await dashboard(house, translator)
    assert (seen["sales"], seen["to_process"], seen["low_stock"]) == (None, None, None)


async def test_sums_are_brought_up_to_date_by_one_at_a_time(house: House) -> None:
    await house.place()
    with house.db.transaction() as mine:
        rollups.refresh_sales(mine)
        with house.db.transaction() as other:
            rollups.refresh_sales(other)
    assert [row[1] for row in counted(house.db)] == [1]
    [today] = (await dashboard(house))["sales"]["today"]["sums"]
    assert today["orders"] == 1


async def test_after_an_upgrade_the_sums_are_there_before_the_first_visitor(
    house: House, owner_url: str, database_url: str
) -> None:
    await house.place()
    with house.db.transaction() as tx:
        history.append(tx, Entry("order", "of a kind nobody knows", "order.imported", "system"))
    assert bring_up_to_date(owner_url, database_url)
    with house.db.transaction() as tx:
        sums = tx.execute(text("SELECT currency, orders, total FROM sales_hours")).all()
    assert [tuple(row) for row in sums] == counted(house.db)

"""Stock over HTTP: receipts and corrections booked once, levels and the ledger behind them."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import func, select

from db import stock as ledger
from db.engine import Database
from db.history import Entry, append
from db.stock import Movement
from db.tables.history import HistoryEntry
from db.tables.shop import Branch, Location
from db.tables.stock import StockItem, StockMovement
from domain.stock import MovementKind
from tests.api.desk import open_desk
from tests.factories import Shop, add_staff, add_variant
from tests.house import speaking


@pytest.fixture
async def api(db: Database, shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    async with open_desk(db, shop.owner) as client:
        yield client
    with db.transaction() as tx:
        assert ledger.disagreements(tx) == []


def receipt(**more: Any) -> dict[str, Any]:
    lines = [{"sku": "MUG", "quantity": 5}, {"sku": "TEA", "quantity": 7}]
    return {"id": str(uuid4()), "location": "main", "lines": lines, **more}


def correction(sku: str, quantity: int, **more: Any) -> dict[str, Any]:
    lines = [{"sku": sku, "quantity": quantity}]
    return {"id": str(uuid4()), "location": "main", "reason": "counted", "lines": lines, **more}


async def levels(api: httpx.AsyncClient, **params: Any) -> list[tuple[str, str, str, int, int]]:
    rows: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = (await api.get("/stock", params={"limit": 2, **params, **after})).json()
        rows += page["rows"]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    names = ("sku", "location", "condition", "on_hand", "available")
    return [tuple(row[name] for name in names) for row in rows]


def count(db: Database, table: type) -> int:
    with db.transaction() as tx:
        return tx.execute(select(func.count()).select_from(table)).scalar_one()


def add_branch(db: Database, code: str) -> None:
    with db.transaction() as tx:
        branch = Branch(code=code, name=code, country="RU")
        tx.add(branch)
        tx.flush()
        tx.add(Location(code=code, name=code, branch_id=branch.id))
        append(tx, Entry("test", 1, "branch.opened", "system"))


def hold(db: Database, shop: Shop, sku: str, pieces: int) -> None:
    """As for an order; with a minus, as when it is given up."""
    level = (shop.variants[sku], shop.location_id)
    with db.transaction() as tx:
        ledger.move(tx, [Movement(MovementKind.ALLOCATION, *level, "system", allocated=pieces)])
        append(tx, Entry("test", 1, "stock.held", "system"))


@pytest.mark.requirement("R34", "R35", "R53", "R205")
async def test_goods_that_came_in_are_booked_once(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    body = receipt()
    answers = [await api.post("/stock/receipts", json=body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    booked = {"id": body["id"], "lines": 2, "pieces": 12}
    assert [answer.json() for answer in answers] == [booked, booked]
    assert await levels(api) == [
        ("MUG", "main", "good", 105, 105),
        ("TEA", "main", "good", 107, 107),
    ]

    other = {**body, "lines": [{"sku": "MUG", "quantity": 6}]}
    reused = await api.post("/stock/receipts", json=other)
    assert (reused.status_code, reused.json()["code"]) == (409, "BookingIdReused")
    with db.transaction() as tx:
        told = tx.scalars(select(HistoryEntry).where(HistoryEntry.subject == "stock")).one()
        assert (told.subject_id, told.action) == (body["id"], "stock.received")
        assert told.changes == {"MUG on_hand": [100, 105], "TEA on_hand": [100, 107]}
        assert told.details == {
            "location_id": shop.location_id,
            "condition": "good",
            "pieces": 12,
        }


@pytest.mark.requirement("R38", "R39", "R48")
async def test_corrections_have_a_reason_and_spare_what_is_held(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    hold(db, shop, "MUG", 30)
    too_much = await api.post("/stock/adjustments", json=correction("MUG", -71))
    assert (too_much.status_code, too_much.json()) == (
        409,
        {
            "code": "BelowAllocated",
            "message": "MUG: 100 on hand, 30 held for orders: 71 cannot go, at most 70.",
        },
    )
    lost = correction("MUG", 20, kind="write_off", reason="fell from the shelf")
    assert (await api.post("/stock/adjustments", json=lost)).json()["pieces"] == -20
    assert (await api.post("/stock/adjustments", json=lost)).status_code == 200
    assert (await api.post("/stock/adjustments", json=correction("MUG", -50))).status_code == 201
    found = correction("MUG", 4, condition="damaged")
    assert (await api.post("/stock/adjustments", json=found)).status_code == 201
    nothing = await api.post("/stock/adjustments", json=correction("TEA", -1, condition="broken"))
    assert nothing.json()["code"] == "BelowAllocated"

    assert await levels(api, sku="MUG") == [
        ("MUG", "main", "damaged", 4, 4),
        ("MUG", "main", "good", 30, 0),
    ]
    assert await levels(api, condition="broken") == []
    with db.transaction() as tx:
        told = tx.execute(
            select(HistoryEntry.action, HistoryEntry.reason)
            .where(HistoryEntry.subject == "stock")
            .order_by(HistoryEntry.id)
        )
        assert [tuple(row) for row in told] == [
            ("stock.written_off", "fell from the shelf"),
            ("stock.adjusted", "counted"),
            ("stock.adjusted", "counted"),
        ]
    hold(db, shop, "MUG", -30)


async def test_the_ledger_of_one_sku_newest_first(api: httpx.AsyncClient, shop: Shop) -> None:
    came = receipt()
    await api.post("/stock/receipts", json=came)
    await api.post("/stock/adjustments", json=correction("MUG", -1))
    first = (await api.get("/stock/movements", params={"sku": "MUG", "limit": 2})).json()
    last = await api.get("/stock/movements", params={"sku": "MUG", "after": first["next"]})
    rows = [*first["rows"], *last.json()["rows"]]
    assert last.json()["next"] is None
    assert [(row["kind"], row["on_hand_change"], row["reason"]) for row in rows] == [
        ("adjustment", -1, "counted"),
        ("receipt", 5, None),
        ("receipt", 100, None),
    ]
    assert {name: value for name, value in rows[1].items() if value is not None} == {
        "id": rows[1]["id"],
        "at": rows[1]["at"],
        "kind": "receipt",
        "sku": "MUG",
        "location": "main",
        "condition": "good",
        "on_hand_change": 5,
        "allocated_change": 0,
        "receipt_id": came["id"],
        "actor": {"actor": "staff:1", "name": "Owner"},
    }
    unknown = (await api.get("/stock/movements", params={"sku": "NO\0SUCH"})).json()
    assert unknown == {"rows": [], "next": None}


async def test_a_receipt_of_two_thousand_lines_is_one(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    with db.transaction() as tx:
        skus = [f"S{number}" for number in range(2000)]
        for sku in skus:
            add_variant(tx, sku, 100)
        append(tx, Entry("test", 1, "shop.filled", "system"))
    lines = [{"sku": sku, "quantity": 1} for sku in skus]
    answer = await api.post("/stock/receipts", json=receipt(lines=lines))
    assert (answer.status_code, answer.json()["pieces"]) == (201, 2000)
    more = [*lines, {"sku": "MUG", "quantity": 1}]
    assert (await api.post("/stock/receipts", json=receipt(lines=more))).status_code == 422


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        (receipt(location="moon"), "LocationUnknown", "There is no stock location 'moon' "),
        (
            receipt(lines=[{"sku": f"NO{n:02}", "quantity": 1} for n in range(12)]),
            "UnknownSku",
            "The shop knows no NO00, NO01, NO02, NO03, NO04, NO05, NO06, NO07, NO08, NO09 and 2",
        ),
        (receipt(lines=[{"sku": "HELP", "quantity": 1}]), "ServiceHasNoStock", "Services have"),
    ],
)
async def test_a_receipt_that_cannot_be_booked_changes_nothing(
    api: httpx.AsyncClient, db: Database, body: dict[str, Any], code: str, message: str
) -> None:
    answer = await api.post("/stock/receipts", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert answer.json()["message"].startswith(message)
    assert (count(db, StockItem), count(db, StockMovement)) == (2, 2)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("receipts", receipt(lines=[])),
        ("receipts", receipt(lines=[{"sku": "MUG", "quantity": 0}])),
        ("receipts", receipt(lines=[{"sku": "MUG", "quantity": 1}] * 2)),
        ("receipts", receipt(lines=[{"sku": "MUG", "quantity": 10**9 + 1}])),
        ("receipts", receipt(condition="dusty")),
        ("receipts", receipt(location="nul\0")),
        ("adjustments", correction("MUG", 0)),
        ("adjustments", correction("MUG", 1, reason=" ")),
        ("adjustments", correction("MUG", -1, kind="write_off")),
        ("adjustments", correction("MUG", 1, kind="sale")),
    ],
)
async def test_a_body_out_of_bounds_changes_nothing(
    api: httpx.AsyncClient, db: Database, path: str, body: dict[str, Any]
) -> None:
    assert (await api.post(f"/stock/{path}", json=body)).status_code == 422
    assert count(db, StockMovement) == 2


@pytest.mark.parametrize("token", ["x", "é", "W10", "WyJhIiwiYiIsImMiXQ", "WzEsMiwiZ29vZCJd", "MQ"])
async def test_a_page_token_that_is_none_of_ours(api: httpx.AsyncClient, token: str) -> None:
    answer = await api.get("/stock", params={"after": token})
    assert (answer.status_code, answer.json()["code"]) == (409, "BadCursor")


@pytest.mark.requirement("R35")
async def test_who_works_in_one_branch_sees_and_books_its_stock_only(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    add_branch(db, "north")
    with db.transaction() as tx:
        north = tx.scalar(select(Branch.id).where(Branch.code == "north"))
        token = add_staff(tx, "nora", "Branch manager", north)
    nora = speaking(token)
    elsewhere = await api.post("/stock/receipts", json=receipt(), headers=nora)
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (409, "LocationUnknown")
    here = await api.post("/stock/receipts", json=receipt(location="north"), headers=nora)
    assert here.status_code == 201

    seen = (await api.get("/stock", headers=nora)).json()["rows"]
    assert [(row["sku"], row["location"]) for row in seen] == [("MUG", "north"), ("TEA", "north")]
    moved = (await api.get("/stock/movements?sku=MUG", headers=nora)).json()["rows"]
    assert [row["location"] for row in moved] == ["north"]
    assert len(await levels(api)) == 4
    assert await levels(api, location="north", sku="TEA") == [("TEA", "north", "good", 7, 7)]


async def test_locations_are_those_one_may_see(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    add_branch(db, "north")
    with db.transaction() as tx:
        bound = speaking(add_staff(tx, "mia", "Branch manager", shop.branch_id))
    every = (await api.get("/stock/locations")).json()["rows"]
    assert [(row["code"], row["branch"]) for row in every] == [("main", "Main"), ("north", "north")]
    own = (await api.get("/stock/locations", headers=bound)).json()
    assert own == {"rows": [{"code": "main", "name": "Shelf", "branch": "Main"}]}


async def test_one_receipt_sent_ten_times_at_once_is_booked_once(
    api: httpx.AsyncClient, db: Database
) -> None:
    body = receipt()
    answers = await asyncio.gather(*(api.post("/stock/receipts", json=body) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [*[200] * 9, 201]
    with db.transaction() as tx:
        booked = StockMovement.receipt_id == UUID(body["id"])
        assert tx.scalar(select(func.count()).where(booked)) == 2

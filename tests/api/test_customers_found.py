"""Finding customers: by what people type, by any field, by what they ordered; own fields."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from db import history
from db.engine import Database
from db.tables.customers import Customer
from db.tables.orders import Order
from domain.access import EVERYTHING
from tests.api.customer_desk import EVE, add_customer, code, customer, names, told
from tests.api.desk import open_desk
from tests.db.order_shop import add_order, at, open_shop
from tests.factories import add_key

SKIN = {
    "key": "skin",
    "kind": "choice",
    "labels": {"en": "Skin", "fr": "Thème", "ru": "Тема"},
    "choices": ["dark", "light"],
    "shop_level": "write",
}
CREATED = {"position": 0, "is_active": True, "version": 1}


@pytest.fixture
async def api(db: Database) -> AsyncIterator[httpx.AsyncClient]:
    open_shop(db)
    with db.transaction() as tx:
        owner = add_key(tx, "everything", EVERYTHING)
    async with open_desk(db, owner) as client:
        yield client


async def add_own_fields(api: httpx.AsyncClient) -> None:
    for key, kind in (("size", "number"), ("born", "date"), ("vip", "bool"), ("likes", "text")):
        field = {"key": key, "kind": kind, "labels": {"en": key}}
        assert (await api.post("/custom-fields", json=field)).status_code == 201
    created = await api.post("/custom-fields", json=SKIN)
    assert created.json() == {**SKIN, **CREATED}


@pytest.mark.requirement("R17", "R235")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("petrov", ["Ivan Petrov"]),
        ("  PETROV   ivan ", ["Ivan Petrov"]),
        ("petrov eve", []),
        ("iv", ["Eve Ivanova", "Ivan Petrov"]),
        ("va", []),  # two letters find beginnings of words
        ("example.org", ["Eve Ivanova"]),
        ("+7 (916) 123-45-67", ["Eve Ivanova"]),
        ("8 916 123 45 67", ["Eve Ivanova"]),
        ("100%", ["100% Tea"]),
        ("%%%", []),
        ("_", []),
        ("nul\0", []),
        ("", ["100% Tea", "Eve Ivanova", "Ivan Petrov"]),
    ],
)
async def test_what_people_type(api: httpx.AsyncClient, typed: str, found: list[str]) -> None:
    await add_customer(api, **EVE)
    await add_customer(api, name="Ivan Petrov", email="ivan@shop.example")
    await add_customer(api, name="100% Tea")
    assert await names(api, q=typed) == found


async def test_a_search_for_a_novel_is_refused(api: httpx.AsyncClient) -> None:
    assert await code(api, q="x" * 101) == (409, "SearchTooLong")


@pytest.mark.requirement("R17")
async def test_any_field_narrows_the_list(api: httpx.AsyncClient, db: Database) -> None:
    await add_customer(api, **EVE)
    await add_customer(api, name="Ann", branch_id=1)
    with db.transaction() as tx:
        tx.execute(update(Customer).where(Customer.name == "Ann").values(created_at=at(2)))
        history.append(tx, history.Entry("test", 1, "x.y", "system"))
    eve: list[dict[str, Any]] = [
        {"email": "EVE@example.org"},
        {"phone": "8 (916) 123-45-67"},
        {"city": "казань"},
        {"city": "Lyon", "country": "fr"},
        {"language": "ru"},
        {"contact_by": "sms"},
        {"created_from": "2026-01-03T00:00:00Z"},
    ]
    for filters in eve:
        assert await names(api, **filters) == ["Eve Ivanova"], filters
    for filters in ({"branch_id": 1}, {"created_to": "2026-01-03T00:00:00Z"}):
        assert await names(api, **filters) == ["Ann"], filters
    assert await names(api, has_account=False, is_active=True) == ["Ann", "Eve Ivanova"]
    for filters in ({"city": "Lyon", "country": "RU"}, {"city": "Kazan"}, {"has_account": True}):
        assert await names(api, **filters) == [], filters


@pytest.mark.requirement("R17")
async def test_what_was_ordered_narrows_the_list_and_sorts_it(
    api: httpx.AsyncClient, db: Database
) -> None:
    eve, ann = await add_customer(api, name="Eve"), await add_customer(api, name="Ann")
    await add_customer(api, name="Idle")
    paid: dict[str, Any] = {"captured": 5000, "total": 5000}
    add_order(db, 1, "shop", customer_id=eve, **paid)
    add_order(db, 2, "shop", customer_id=eve, **paid, refunded=2000)
    add_order(db, 3, "shop", customer_id=ann, captured=4000, total=4000)
    add_order(db, 4, "shop", customer_id=ann, captured=9000, total=9000, currency="RUB")
    add_order(db, 5, "shop", **paid)

    assert await names(api, ordered_from="2026-01-02T00:00:00Z") == ["Ann", "Eve"]
    assert await names(api, ordered_to="2026-01-02T00:00:00Z") == ["Eve"]
    assert await names(api, not_ordered_from="2026-01-03T00:00:00Z") == ["Eve", "Idle"]
    assert await names(api, orders_from=1) == ["Ann", "Eve"]
    assert await names(api, orders_to=0) == ["Idle"]
    assert await names(api, currency="EUR", spent_from=4001) == ["Eve"]
    assert await names(api, currency="EUR", spent_to=4000) == ["Ann", "Idle"]
    assert await names(api, currency="EUR", sort="-spent") == ["Eve", "Ann", "Idle"]
    assert await names(api, currency="RUB", sort="spent") == ["Eve", "Idle", "Ann"]
    assert await code(api, spent_from=1) == (409, "CurrencyNeeded")
    assert await code(api, sort="spent") == (409, "CurrencyNeeded")

    read = await customer(api, eve)
    assert (read["orders"], read["spent"]) == (2, [{"currency": "EUR", "amount": 8000}])
    assert [order["number"] for order in read["latest_orders"]] == [2, 1]


async def test_the_sum_follows_orders_that_change_and_move(
    api: httpx.AsyncClient, db: Database
) -> None:
    eve, ann = await add_customer(api, name="Eve"), await add_customer(api, name="Ann")
    add_order(db, 1, "shop", customer_id=eve, total=5000)
    add_order(db, 2, "shop", total=700, captured=700)

    async def spent_after(**values: Any) -> list[list[int]]:
        with db.transaction() as tx:
            tx.execute(update(Order).where(Order.number == 1).values(**values))
            history.append(tx, history.Entry("test", 1, "x.y", "system"))
        read = [await customer(api, id) for id in (eve, ann)]
        return [[each["amount"] for each in one["spent"]] for one in read]

    assert await spent_after(captured=0) == [[], []]
    assert await spent_after(captured=5000) == [[5000], []]
    assert await spent_after(refunded=1000) == [[4000], []]
    assert await spent_after(customer_id=ann) == [[0], [4000]]
    assert await spent_after(customer_id=None) == [[0], [0]]


@pytest.mark.requirement("R16", "R17")
async def test_own_fields_are_kept_and_found(api: httpx.AsyncClient) -> None:
    await add_own_fields(api)
    known = {"skin": "dark", "size": 42.5, "born": "1990-05-04", "vip": True, "likes": "Green tea"}
    eve = await add_customer(api, name="Eve", custom=known)
    await add_customer(api, name="Ann", custom={"size": 38})
    assert (await customer(api, eve))["custom"] == known
    for wanted in (
        "skin:dark",
        "size:42.5",
        "vip:true",
        "likes:TEA",
        "size>=39",
        "born<=1990-12-31",
    ):
        assert await names(api, custom=wanted) == ["Eve"], wanted
    assert await names(api, custom=["size<=42.5", "size>=38"]) == ["Ann", "Eve"]
    assert await names(api, custom=["skin:dark", "size:38"]) == []
    for wrong in ("hat:1", "size:big", "vip:maybe", "skin>=dark", "skin", "born:1990-13-01"):
        assert await code(api, custom=wrong) == (409, "CustomValueWrong"), wrong

    fewer = {"version": 1, "custom": {"vip": None, "skin": "light"}}
    edited = await api.patch(f"/customers/{eve}", json=fewer)
    left = {name: value for name, value in known.items() if name != "vip"}
    assert edited.json()["custom"] == {**left, "skin": "light"}


@pytest.mark.requirement("R16")
@pytest.mark.parametrize(
    "wrong",
    [
        {"hat": 1},
        {"skin": "red"},
        {"skin": 1},
        {"size": "1"},
        {"size": True},
        {"size": 10**16},
        {"born": "4 May"},
        {"vip": 1},
        {"likes": ""},
        {"likes": ["tea"]},
        {"likes": "x" * 2001},
    ],
)
async def test_values_that_do_not_fit_are_refused(
    api: httpx.AsyncClient, wrong: dict[str, Any]
) -> None:
    await add_own_fields(api)
    answer = await api.post("/customers", json={"name": "Ann", "custom": wrong})
    assert (answer.status_code, answer.json()["code"]) == (409, "CustomValueWrong")
    assert await names(api) == []


@pytest.mark.requirement("R16")
async def test_the_owner_changes_fields_and_values_outlive_it(
    api: httpx.AsyncClient, db: Database
) -> None:
    await api.post("/custom-fields", json=SKIN)
    eve = await add_customer(api, name="Eve", custom={"skin": "dark"})
    edit = {"version": 1, "choices": ["light", "blue"], "labels": {"en": "Look"}}
    edited = await api.patch("/custom-fields/skin", json=edit)
    assert (edited.json()["choices"], edited.json()["version"]) == (["light", "blue"], 2)
    kept = {"version": 1, "name": "Eva", "custom": {"skin": "dark"}}
    assert (await api.patch(f"/customers/{eve}", json=kept)).status_code == 200
    await api.patch("/custom-fields/skin", json={"version": 2, "is_active": False})
    new = await api.patch(f"/customers/{eve}", json={"version": 2, "custom": {"skin": "blue"}})
    assert (new.status_code, new.json()["code"]) == (409, "CustomValueWrong")
    assert [action for action, _ in told(db, "custom_field")] == [
        "custom_field.created",
        "custom_field.edited",
        "custom_field.edited",
    ]
    assert told(db, "custom_field")[2][1] == {"is_active": [True, False]}

    stale = await api.patch("/custom-fields/skin", json={"version": 1, "position": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "ChangedMeanwhile")
    again = await api.post("/custom-fields", json=SKIN)
    assert (again.status_code, again.json()["code"]) == (409, "NameTaken")
    assert (await api.patch("/custom-fields/hat", json={"version": 1})).status_code == 404
    for wrong in ({**SKIN, "choices": []}, {**SKIN, "kind": "text"}, {**SKIN, "key": "Skin"}):
        assert (await api.post("/custom-fields", json=wrong)).status_code == 422


@pytest.mark.requirement("R17")
@pytest.mark.parametrize("sort", ["created_at", "-created_at", "name", "-name", "-spent"])
async def test_pages_together_are_the_whole_list(api: httpx.AsyncClient, sort: str) -> None:
    for name in ("Eve", "ann", "Bob", "Ann", "eve"):
        await add_customer(api, name=name)
    asked = {"sort": sort, "currency": "EUR"}
    whole = [row["id"] for row in (await api.get("/customers", params=asked)).json()["rows"]]
    seen: list[int] = []
    after: dict[str, Any] = {}
    while True:
        page = (await api.get("/customers", params={**asked, "limit": 2, **after})).json()
        seen += [row["id"] for row in page["rows"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert len(whole) == 5
    assert seen == whole

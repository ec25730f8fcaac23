"""Settings of the shop: read, edited with the version read, told in history, in force at once."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import insert, select

from db import history
from db.engine import Database
from db.tables.history import HistoryEntry
from db.tables.staff import StaffMember
from tests.api.desk import open_desk
from tests.factories import Shop, add_staff
from tests.house import House, speaking

BAND = {"up_to": None, "price": 30_000}
METHOD: dict[str, Any] = {
    "name": "Drone",
    "carrier": "own",
    "basis": "weight",
    "bands": [{"up_to": 500, "price": 10_000}, BAND],
    "handling_fee": 1_000,
    "free_from_total": 500_000,
    "countries": ["RU", "KZ"],
}


@pytest.fixture
async def api(db: Database, shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    async with open_desk(db, shop.owner) as client:
        client.base_url = client.base_url.join("settings/")
        yield client


def told(db: Database, subject: str) -> list[tuple[str, str, dict[str, Any]]]:
    with db.transaction() as tx:
        entries = select(HistoryEntry).where(HistoryEntry.subject == subject)
        rows = tx.scalars(entries.order_by(HistoryEntry.id))
        return [(row.action, row.subject_id, row.changes) for row in rows]


async def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


@pytest.mark.requirement("R125", "R127", "R280", "R281", "R337")
async def test_the_shop_says_who_it_is(api: httpx.AsyncClient, db: Database) -> None:
    before = (await api.get("/shop")).json()
    assert (before["version"], before["name"], before["timezone"]) == (0, "", "UTC")
    wanted = {**before, "name": "Samovar", "language": "ru", "timezone": "Europe/Moscow"}
    assert (await api.put("/shop", json=wanted)).json() == {**wanted, "version": 1}
    assert (await api.get("/shop")).json() == {**wanted, "version": 1}
    assert await refusal(await api.put("/shop", json=wanted)) == (409, "ChangedMeanwhile")
    changes = {
        "name": ["", "Samovar"],
        "language": ["en", "ru"],
        "timezone": ["UTC", "Europe/Moscow"],
    }
    assert told(db, "setting") == [("setting.changed", "shop", changes)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"country": "Russia"},
        {"email": "nobody"},
        {"language": "de"},
        {"timezone": "Mars/Olympus"},
        {"timezone": "../../etc/passwd"},
        {"owner": "me"},
    ],
)
async def test_what_no_shop_is_like_is_refused(
    api: httpx.AsyncClient, db: Database, wrong: dict[str, str]
) -> None:
    answer = await api.put("/shop", json={"name": "Samovar", "version": 0, **wrong})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][1] == next(iter(wrong))
    assert told(db, "setting") == []


@pytest.mark.requirement("R278")
async def test_currencies(api: httpx.AsyncClient, db: Database) -> None:
    before = (await api.get("/currencies")).json()
    assert before == {"default": "RUB", "accepted": ["RUB"], "version": 0}
    wanted = {"default": "EUR", "accepted": ["EUR", "RUB"], "version": 0}
    assert (await api.put("/currencies", json=wanted)).json() == {**wanted, "version": 1}
    without = {"default": "EUR", "accepted": ["EUR"], "version": 1}
    assert await refusal(await api.put("/currencies", json=without)) == (409, "CurrencyInUse")
    wrongs: list[dict[str, Any]] = [{"default": "USD"}, {"accepted": ["EUR", "EUR"]}]
    for wrong in [*wrongs, {"accepted": []}]:
        assert (await api.put("/currencies", json={**wanted, **wrong})).status_code == 422
    assert told(db, "setting") == [
        (
            "setting.changed",
            "currencies",
            {"default": ["RUB", "EUR"], "accepted": [["RUB"], ["EUR", "RUB"]]},
        )
    ]


@pytest.mark.requirement("R279")
async def test_units_of_measure(api: httpx.AsyncClient, db: Database) -> None:
    before = (await api.get("/units")).json()
    assert [unit["code"] for unit in before["units"]][:3] == ["C62", "SET", "KGM"]
    pair = {"code": "PR", "kind": "count", "places": 0, "en": "pair", "fr": "paire", "ru": "пара"}
    wanted = {"units": [*before["units"], pair], "version": 0}
    assert (await api.put("/units", json=wanted)).json() == {**wanted, "version": 1}
    assert (await api.get("/units")).json() == {**wanted, "version": 1}
    twice = {"units": [pair, pair], "version": 1}
    assert (await api.put("/units", json=twice)).status_code == 422
    assert [entry[1] for entry in told(db, "setting")] == ["units"]


@pytest.mark.requirement("R277", "R281")
async def test_taxes(api: httpx.AsyncClient, db: Database) -> None:
    before = (await api.get("/taxes")).json()
    assert before == {
        "rates": [{"tax_class": "standard", "country": "*", "rate": 2000}],
        "version": 0,
    }
    rates = [
        {"tax_class": "books", "country": "RU", "rate": 1000},
        {"tax_class": "standard", "country": "*", "rate": 2200},
    ]
    wanted = {"rates": rates, "version": 0}
    assert (await api.put("/taxes", json=wanted)).json() == {"rates": rates, "version": 1}
    assert (await api.get("/taxes")).json() == {"rates": rates, "version": 1}
    assert told(db, "tax_class") == [
        ("tax_class.changed", "books", {"RU": [None, 1000]}),
        ("tax_class.changed", "standard", {"*": [2000, 2200]}),
    ]
    assert await refusal(await api.put("/taxes", json=wanted)) == (409, "ChangedMeanwhile")
    without = {"rates": rates[:1], "version": 1}
    assert await refusal(await api.put("/taxes", json=without)) == (409, "TaxClassInUse")
    assert (await api.get("/taxes")).json() == {"rates": rates, "version": 1}
    for wrong in ({"rate": 10_001}, {"rate": -1}, {"country": "ru"}, {"tax_class": ""}):
        body = {"rates": [{**rates[1], **wrong}], "version": 1}
        assert (await api.put("/taxes", json=body)).status_code == 422


@pytest.mark.requirement("R81", "R82", "R83", "R85", "R86", "R87", "R88", "R281")
async def test_shipping_methods(api: httpx.AsyncClient, db: Database) -> None:
    path = "/shipping-methods"
    assert [each["code"] for each in (await api.get(path)).json()] == ["cdek", "courier", "pickup"]
    made = await api.post(path, json={"code": "drone", **METHOD})
    assert made.status_code == 201, made.text
    method = made.json()
    assert method["bands"] == [[500, 10_000], [None, 30_000]]
    assert (method["countries"], method["version"]) == (["KZ", "RU"], 1)
    again = await api.post(path, json={"code": "drone", **METHOD})
    assert await refusal(again) == (409, "NameTaken")

    edit = {**METHOD, "handling_fee": 0, "free_from_weight_g": 20_000, "version": 1}
    edited = (await api.put(f"{path}/drone", json=edit)).json()
    assert (edited["handling_fee"], edited["version"]) == (0, 2)
    assert await refusal(await api.put(f"{path}/drone", json=edit)) == (409, "ChangedMeanwhile")
    assert told(db, "shipping_method")[1] == (
        "shipping_method.edited",
        "drone",
        {"handling_fee": [1_000, 0], "free_from_weight_g": [None, 20_000]},
    )
    untaxed = {**edit, "tax_class": "luxury", "version": 2}
    assert await refusal(await api.put(f"{path}/drone", json=untaxed)) == (409, "NoSuchTaxClass")
    assert await refusal(await api.get(f"{path}/rocket")) == (404, "NotFound")


@pytest.mark.parametrize(
    "wrong",
    [
        {"bands": []},
        {"bands": [BAND, {"up_to": 5, "price": 1}]},
        {"bands": [{"up_to": 5, "price": 1}, {"up_to": 5, "price": 2}]},
        {"bands": [{"up_to": 5, "price": -1}]},
        {"carrier": "ups"},
        {"basis": "mood"},
        {"countries": ["Russia"]},
        {"code": "Not A Code"},
    ],
)
async def test_a_shipping_method_that_makes_no_sense_is_refused(
    api: httpx.AsyncClient, wrong: dict[str, Any]
) -> None:
    answer = await api.post("/shipping-methods", json={"code": "drone", **METHOD, **wrong})
    assert answer.status_code == 422
    assert len((await api.get("/shipping-methods")).json()) == 3


@pytest.mark.requirement("R75", "R126", "R281")
async def test_channels(api: httpx.AsyncClient, db: Database, shop: Shop) -> None:
    [web] = (await api.get("/channels")).json()
    assert web["payment_methods"] == ["card", "cash_on_delivery", "bank_transfer", "cheque"]
    terms = {name: web[name] for name in web if name not in ("id", "code", "kind")}
    edit = {**terms, "payment_methods": ["cheque"], "unpaid_expire_after_s": None}
    edited = await api.put(f"/channels/{web['id']}", json=edit)
    assert edited.json() == {**web, **edit, "version": 2}
    assert await refusal(await api.put(f"/channels/{web['id']}", json=edit)) == (
        409,
        "ChangedMeanwhile",
    )
    assert told(db, "channel") == [
        (
            "channel.edited",
            str(web["id"]),
            {
                "payment_methods": [web["payment_methods"], ["cheque"]],
                "unpaid_expire_after_s": [3600, None],
            },
        )
    ]
    new = {"code": "fair", "kind": "point_of_sale", "name": "Fair", "currency": "RUB"}
    made = await api.post("/channels", json={**new, "locations": [shop.location_id]})
    assert (made.status_code, made.json()["locations"]) == (201, [shop.location_id])
    assert await refusal(await api.post("/channels", json=new)) == (409, "NameTaken")


async def test_what_a_channel_may_refer_to_is_told_by_name(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    with db.transaction() as tx:
        tx.execute(insert(StaffMember).values(name="Gone", is_active=False))
        history.append(tx, history.Entry("test", 1, "staff.left", "system"))
        owner = tx.scalars(select(StaffMember.id).where(StaffMember.name == "Owner")).one()
    assert (await api.get("/channels/choices")).json() == {
        "branches": [{"id": shop.branch_id, "name": "Main"}],
        "locations": [{"id": shop.location_id, "name": "Shelf"}],
        "staff": [{"id": owner, "name": "Owner"}],
    }


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"locations": [999_999]}, "NotInTheShop"),
        ({"shipping_methods": ["rocket"]}, "NotInTheShop"),
        ({"branch_id": 999_999}, "NotInTheShop"),
        ({"responsible_id": 999_999}, "NotInTheShop"),
        ({"currency": "XAU"}, "CurrencyNotAccepted"),
    ],
)
async def test_a_channel_refers_to_what_is_there(
    api: httpx.AsyncClient, wrong: dict[str, Any], code: str
) -> None:
    new = {"code": "fair", "kind": "phone", "name": "Fair", "currency": "RUB", **wrong}
    assert await refusal(await api.post("/channels", json=new)) == (409, code)
    assert len((await api.get("/channels")).json()) == 1


@pytest.mark.requirement("R125", "R126")
@pytest.mark.parametrize(
    "path", ["shop", "currencies", "units", "taxes", "shipping-methods", "channels"]
)
async def test_settings_are_for_those_with_the_right(
    api: httpx.AsyncClient, db: Database, path: str
) -> None:
    with db.transaction() as tx:
        manager = speaking(add_staff(tx, "manager", "Branch manager"))
    assert (await api.get(f"/{path}", headers=manager)).status_code == 403
    assert (await api.get(f"/{path}", headers={"Cookie": ""})).status_code == 401


@pytest.mark.requirement("R275", "R81", "R277")
async def test_the_next_order_follows_the_new_settings(house: House) -> None:
    """No process is started anew in between."""
    first = await house.order((await house.place())["id"])
    assert (first["shipping"], first["lines"][0]["tax_rate"]) == (30_000, 2000)
    taxes = (await house.api.get("/settings/taxes")).json()
    [rate] = taxes["rates"]
    await house.api.put("/settings/taxes", json={**taxes, "rates": [{**rate, "rate": 1000}]})
    courier = (await house.api.get("/settings/shipping-methods/courier")).json()
    terms = {name: value for name, value in courier.items() if name != "code"}
    terms["bands"] = [{"up_to": None, "price": 12_300}]
    edited = await house.api.put("/settings/shipping-methods/courier", json=terms)
    assert edited.status_code == 200, edited.text
    second = await house.order((await house.place())["id"])
    assert (second["shipping"], second["lines"][0]["tax_rate"]) == (12_300, 1000)
    [web] = (await house.api.get("/settings/channels")).json()
    edit = {name: web[name] for name in web if name not in ("id", "code", "kind")}
    edit["payment_methods"] = ["cheque"]
    await house.api.put(f"/settings/channels/{web['id']}", json=edit)
    answer = await house.try_to_place()
    assert answer.status_code == 409

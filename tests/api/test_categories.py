"""Categories over HTTP: a tree in three languages, filled by hand and by rules."""

from typing import Any

import httpx
import pytest

from db.engine import Database
from domain.access import Grants, Right
from tests.catalogue import COLOUR, card, post, put, refusal, told, variant
from tests.factories import add_key, add_staff, with_rights
from tests.house import speaking

CUPS = {"names": {"en": "Cups", "fr": "Tasses", "ru": "Чашки"}, "position": 2}


def rule(*conditions: dict[str, Any], match: str = "all") -> dict[str, Any]:
    return {"match": match, "conditions": [*conditions]}


def met(criterion: str, operator: str, *values: Any, **more: Any) -> dict[str, Any]:
    return {"criterion": criterion, "operator": operator, "values": [*values], **more}


@pytest.mark.requirement("R62", "R132", "R133", "R134", "R135", "R137", "R138", "R139")
async def test_made_moved_published_doubled_and_deleted(
    api: httpx.AsyncClient, db: Database
) -> None:
    kitchen = await post(api, "/categories", {"names": {"en": "Kitchen"}})
    cups = await post(api, "/categories", CUPS)
    assert cups == {
        **CUPS,
        "id": cups["id"],
        "version": 1,
        "parent_id": None,
        "is_published": False,
        "rule": None,
    }
    path = f"/categories/{cups['id']}"
    moved = await put(api, path, {**CUPS, "version": 1, "parent_id": kitchen["id"]})
    assert (moved["version"], moved["parent_id"]) == (2, kitchen["id"])
    stale = await api.put(path, json={**CUPS, "version": 1})
    assert refusal(stale) == (409, "ChangedMeanwhile")
    knot = {"names": {"en": "Kitchen"}, "version": 1, "parent_id": cups["id"]}
    assert refusal(await api.put(f"/categories/{kitchen['id']}", json=knot)) == (409, "WrongPlace")

    for act, is_published in (("publish", True), ("publish", True), ("unpublish", False)):
        assert (await api.post(f"{path}/{act}")).json()["is_published"] is is_published
    mug = await post(api, "/product-cards", card("Mug", variant("M"), category_ids=[cups["id"]]))
    copy = await post(api, f"{path}/duplicate", {})
    assert (copy["names"]["fr"], copy["parent_id"]) == ("Tasses (2)", kitchen["id"])
    gathered = (await api.get(f"/categories/{copy['id']}/products")).json()
    assert gathered == {"count": 1, "products": [{"id": mug["id"], "name": "Mug"}]}

    top = await api.delete(f"/categories/{kitchen['id']}")
    assert refusal(top) == (409, "CategoryInUse")
    assert (await api.delete(path)).status_code == 204
    assert (await api.get(path)).status_code == 404
    left = (await api.get(f"/product-cards/{mug['id']}")).json()["categories"]
    assert [category["id"] for category in left] == [copy["id"]]
    tree = (await api.get("/categories")).json()["rows"]
    assert [row["id"] for row in tree] == [kitchen["id"], copy["id"]]
    assert [action for action, _ in told(db, "category")] == [
        "category.created",
        "category.created",
        "category.edited",
        "category.published",
        "category.unpublished",
        "category.created",
        "category.deleted",
    ]
    assert told(db, "category")[2][1] == {"parent_id": [None, kitchen["id"]]}


@pytest.mark.requirement("R20", "R21")
async def test_rules_gather_products_as_they_are_now(api: httpx.AsyncClient) -> None:
    colour = await post(api, "/attributes", COLOUR)
    red, blue = (value["id"] for value in colour["values"])
    brand = await post(api, "/brands", {"name": "Nordvik"})
    cup = await post(
        api,
        "/product-cards",
        card(
            "Cup",
            variant("CUP-R", 700, value_ids=[red], weight_g=10),
            variant("CUP-B", 900, value_ids=[blue], weight_g=20),
            brand_id=brand["id"],
        ),
    )
    cases: list[tuple[dict[str, Any], list[str]]] = [
        (rule(met("brand", "is_one_of", brand["id"])), ["Cup"]),
        (rule(met("brand", "is_none_of", brand["id"])), ["Help", "Mug", "Tea"]),
        (rule(met("value", "is_one_of", red)), ["Cup"]),
        (rule(met("value", "is_none_of", red)), ["Help", "Mug", "Tea"]),
        (rule(met("price", "at_most", 800, currency="RUB")), ["Cup"]),
        (rule(met("price", "at_least", 20_000, currency="RUB")), ["Help", "Mug", "Tea"]),
        (rule(met("price", "at_least", 1, currency="USD")), []),
        (rule(met("weight_g", "at_least", 100)), ["Mug", "Tea"]),
        (rule(met("in_stock", "at_least", 1)), ["Mug", "Tea"]),
        (rule(met("tax_class", "is_one_of", "standard")), ["Cup", "Help", "Mug", "Tea"]),
        (rule(met("in_stock", "at_least", 1), met("weight_g", "at_most", 100)), ["Tea"]),
        (
            rule(met("in_stock", "at_least", 1), met("value", "is_one_of", red), match="any"),
            ["Cup", "Mug", "Tea"],
        ),
    ]
    for wanted, names in cases:
        gathered = (await api.post("/categories/rule/preview", json=wanted)).json()
        assert gathered["count"] == len(names), wanted
        assert [product["name"] for product in gathered["products"]] == names, wanted

    reds = await post(
        api,
        "/categories",
        {
            "names": {"en": "Red"},
            "rule": rule(met("value", "is_one_of", red)),
            "is_published": True,
        },
    )
    listed = (await api.get("/products", params={"category": reds["id"]})).json()["rows"]
    assert [row["sku"] for row in listed] == ["CUP-B", "CUP-R"]
    read = (await api.get(f"/product-cards/{cup['id']}")).json()
    assert read["categories"] == [
        {"id": reds["id"], "names": {"en": "Red"}, "is_published": True, "by_rule": True}
    ]
    for path in (f"/attributes/{colour['id']}", f"/brands/{brand['id']}"):
        assert (await api.delete(path)).status_code == 409


@pytest.mark.requirement("R219")
async def test_rules_that_mean_nothing_and_bodies_out_of_bounds(api: httpx.AsyncClient) -> None:
    unclear = rule(met("brand", "at_least", 1))
    for path, body in (
        ("/categories/rule/preview", unclear),
        ("/categories", {**CUPS, "rule": unclear}),
    ):
        assert refusal(await api.post(path, json=body)) == (409, "RuleUnclear")
    bodies: tuple[dict[str, Any], ...] = (
        {"names": {}},
        {"names": {"de": "Tassen"}},
        {"names": {"en": "a\0b"}},
        {"names": {"en": ""}},
        {"rule": rule()},
        {"rule": rule(*[met("brand", "is_one_of", 1)] * 21)},
        {"position": -1},
        {"parent_id": 2**63},
    )
    for wrong in bodies:
        assert (await api.post("/categories", json={**CUPS, **wrong})).status_code == 422, wrong
    orphan = await api.post("/categories", json={**CUPS, "parent_id": 99})
    assert refusal(orphan) == (409, "WrongPlace")


@pytest.mark.requirement("R5", "R7", "R117")
async def test_who_may(api: httpx.AsyncClient, db: Database) -> None:
    with db.transaction() as tx:
        vera = {"Cookie": "", **speaking(add_staff(tx, "vera", "Translator"))}
        pavel = {"Cookie": "", **speaking(add_staff(tx, "pavel", "Purchasing manager"))}
        rights = with_rights(Right.PRODUCT_READ, Right.CATEGORY_EDIT).rights
        blind = {"Cookie": "", **speaking(add_key(tx, "blind", Grants(rights)))}
    assert refusal(await api.post("/categories", json=CUPS, headers=vera)) == (403, "Forbidden")
    assert (await api.get("/categories", headers=vera)).status_code == 200
    assert (await api.get("/categories", headers={"Cookie": ""})).status_code == 401
    assert (await api.post("/categories", json=CUPS, headers=pavel)).status_code == 201

    dear = rule(met("price", "at_least", 1, currency="RUB"))
    for path, body in (
        ("/categories/rule/preview", dear),
        ("/categories", {**CUPS, "rule": dear}),
    ):
        answer = await api.post(path, json=body, headers=blind)
        assert refusal(answer) == (403, "FieldHidden")
    assert (await api.post("/categories", json=CUPS, headers=blind)).status_code == 201

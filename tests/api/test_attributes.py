"""Attributes, brands, suppliers and product classes over HTTP."""

import httpx
import pytest

from db.engine import Database
from tests.catalogue import COLOUR, SIZE, card, post, put, refusal, told, variant
from tests.factories import add_staff
from tests.house import speaking


@pytest.mark.requirement("R19", "R216")
async def test_values_are_added_renamed_ordered_and_taken_away(
    api: httpx.AsyncClient, db: Database
) -> None:
    colour = await post(api, "/attributes", COLOUR)
    path = f"/attributes/{colour['id']}"
    red, blue = colour["values"]
    crimson = {**red, "names": {"en": "crimson", "ru": "малиновый"}}
    green = {"code": "GREEN", "names": {"en": "green"}}
    cup = await post(
        api, "/product-cards", card("Cup", variant("CUP", value_ids=[red["id"]]), value_ids=[])
    )
    body = {**COLOUR, "version": 1, "values": [green, crimson]}
    edited = await put(api, path, body)
    assert [value["code"] for value in edited["values"]] == ["GREEN", "RED"]
    assert edited["values"][1] == crimson
    assert edited["used_value_ids"] == [red["id"]]
    found = (await api.get("/products", params={"q": "малиновый"})).json()["rows"]
    assert [row["sku"] for row in found] == ["CUP"]

    same = await put(api, path, {**body, "version": 2, "values": edited["values"]})
    assert same == edited
    assert refusal(await api.put(path, json=body)) == (409, "ChangedMeanwhile")
    without = {**body, "version": 2, "values": []}
    assert refusal(await api.put(path, json=without)) == (409, "AttributeInUse")
    assert refusal(await api.delete(path)) == (409, "AttributeInUse")
    for values in ([green, green], [{**blue, "id": 99}]):
        answer = await api.put(path, json={**body, "version": 2, "values": values})
        assert refusal(answer)[0] == 409
    assert refusal(await api.post("/attributes", json=COLOUR)) == (409, "CodeTaken")
    assert (await api.post("/attributes", json={**SIZE, "code": "Größe"})).status_code == 422

    assert (await api.delete(f"/product-cards/{cup['id']}")).status_code == 204
    assert (await api.delete(path)).status_code == 204
    assert (await api.get(path)).status_code == 404
    assert (await api.get("/attributes")).json() == {"rows": [], "next": None}
    assert [action for action, _ in told(db, "attribute")] == [
        "attribute.created",
        "attribute.edited",
        "attribute.deleted",
    ]


@pytest.mark.requirement("R21", "R193", "R194")
@pytest.mark.parametrize(
    ("path", "noun", "link"),
    [
        ("/brands", "brand", "brand_id"),
        ("/suppliers", "supplier", "supplier_id"),
        ("/product-classes", "product_class", "class_id"),
    ],
)
async def test_named_things(
    api: httpx.AsyncClient, db: Database, path: str, noun: str, link: str
) -> None:
    first = await post(api, path, {"name": "Nordvik"})
    assert first == {"id": first["id"], "version": 1, "name": "Nordvik", "attribute_ids": []}
    assert refusal(await api.post(path, json={"name": "NORDVIK"})) == (409, "NameTaken")
    second = await post(api, path, {"name": "Halden"})
    own = f"{path}/{first['id']}"
    renamed = await put(api, own, {"name": "nordvik", "version": 1})
    assert (renamed["name"], renamed["version"]) == ("nordvik", 2)
    assert renamed == await put(api, own, {"name": "nordvik", "version": 2})
    stale = await api.put(own, json={"name": "x", "version": 1})
    assert refusal(stale) == (409, "ChangedMeanwhile")
    taken = await api.put(own, json={"name": "halden", "version": 2})
    assert refusal(taken) == (409, "NameTaken")
    listed = (await api.get(path)).json()["rows"]
    assert [row["name"] for row in listed] == ["Halden", "nordvik"]

    cup = await post(api, "/product-cards", card("Cup", variant("CUP"), **{link: first["id"]}))
    assert refusal(await api.delete(own)) == (409, "InUse")
    assert (await api.delete(f"{path}/{second['id']}")).status_code == 204
    assert (await api.delete(f"/product-cards/{cup['id']}")).status_code == 204
    assert (await api.delete(own)).status_code == 204
    assert (await api.get(own)).status_code == 404
    assert [action for action, _ in told(db, noun)] == [
        f"{noun}.{act}" for act in ("created", "created", "edited", "deleted", "deleted")
    ]
    with db.transaction() as tx:
        headers = {"Cookie": "", **speaking(add_staff(tx, "vera", "Translator"))}
    refused = await api.post(path, json={"name": "New"}, headers=headers)
    assert refusal(refused) == (403, "Forbidden")
    assert (await api.get(path, headers=headers)).status_code == 200


async def test_brands_are_read_page_by_page_and_found_by_words(api: httpx.AsyncClient) -> None:
    for name in ("Nordvik Keramik", "halden", "Blue 100%", "Nordvik Glas"):
        await post(api, "/brands", {"name": name})
    first = (await api.get("/brands", params={"limit": 2})).json()
    assert [row["name"] for row in first["rows"]] == ["Blue 100%", "halden"]
    second = (await api.get("/brands", params={"limit": 2, "after": first["next"]})).json()
    assert [row["name"] for row in second["rows"]] == ["Nordvik Glas", "Nordvik Keramik"]
    assert second["next"] is None
    for q, names in {"keramik NORD": ["Nordvik Keramik"], "0%": ["Blue 100%"], "_": []}.items():
        found = (await api.get("/brands", params={"q": q})).json()["rows"]
        assert [row["name"] for row in found] == names


async def test_a_value_that_a_rule_names_counts_as_used(api: httpx.AsyncClient) -> None:
    colour = await post(api, "/attributes", COLOUR)
    blue = colour["values"][1]["id"]
    condition = {"criterion": "value", "operator": "is_one_of", "values": [blue]}
    rule = {"match": "all", "conditions": [condition]}
    await post(api, "/categories", {"names": {"en": "Blue things"}, "rule": rule})
    read = (await api.get(f"/attributes/{colour['id']}")).json()
    assert (colour["used_value_ids"], read["used_value_ids"]) == ([], [blue])


@pytest.mark.requirement("R21")
async def test_a_class_says_which_attributes_its_products_have(api: httpx.AsyncClient) -> None:
    size = await post(api, "/attributes", SIZE)
    body = {"name": "Shirts", "attribute_ids": [size["id"], size["id"]]}
    shirts = await post(api, "/product-classes", body)
    assert shirts["attribute_ids"] == [size["id"]]
    assert refusal(await api.delete(f"/attributes/{size['id']}")) == (409, "AttributeInUse")
    gone = {"name": "Shirts", "attribute_ids": [99], "version": 1}
    path = f"/product-classes/{shirts['id']}"
    assert refusal(await api.put(path, json=gone)) == (409, "NothingChosen")
    await put(api, path, {"name": "Shirts", "version": 1})
    assert (await api.delete(f"/attributes/{size['id']}")).status_code == 204


async def test_categories_without_rules_keep_nothing(api: httpx.AsyncClient) -> None:
    await post(api, "/categories", {"names": {"en": "Cups", "fr": "Tasses", "ru": "Чашки"}})
    brand = await post(api, "/brands", {"name": "Blue Door"})
    colour = await post(api, "/attributes", COLOUR)
    assert (await api.delete(f"/brands/{brand['id']}")).status_code == 204
    assert (await api.delete(f"/attributes/{colour['id']}")).status_code == 204

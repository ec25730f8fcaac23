"""Product cards over HTTP: the whole product by one save, or nothing of it."""

from typing import Any

import httpx
import pytest

from db.engine import Database
from tests.catalogue import (
    COLOUR,
    as_edit,
    card,
    counts,
    post,
    put,
    refusal,
    speaking_as,
    told,
    upload,
    variant,
)
from tests.factories import Shop


@pytest.mark.requirement("R18", "R21", "R186", "R208", "R209", "R211", "R213", "R215", "R218")
async def test_everything_about_a_product_in_one_save(api: httpx.AsyncClient, db: Database) -> None:
    colour = await post(api, "/attributes", COLOUR)
    red, blue = (value["id"] for value in colour["values"])
    category = await post(api, "/categories", {"names": {"en": "Kitchen"}})
    brand = await post(api, "/brands", {"name": "Nordvik"})
    supplier = await post(api, "/suppliers", {"name": "Halden AS"})
    kind = await post(
        api, "/product-classes", {"name": "Crockery", "attribute_ids": [colour["id"]]}
    )
    pictures = [await upload(api), await upload(api)]
    body = card(
        "Cup",
        variant("CUP-R", 100, weight_g=300, value_ids=[red]),
        variant("CUP-B", 120, weight_g=310, value_ids=[blue], may_backorder=True),
        description="For tea",
        translations={"ru": {"name": "Чашка", "description": "Для чая"}},
        brand_id=brand["id"],
        supplier_id=supplier["id"],
        class_id=kind["id"],
        category_ids=[category["id"]],
        value_ids=[blue],
        image_ids=pictures[::-1],
    )
    created = await post(api, "/product-cards", body)
    assert created == (await api.get(f"/product-cards/{created['id']}")).json()
    assert [image["id"] for image in created["images"]] == pictures[::-1]
    assert [(one["sku"], one["price"], one["weight_g"]) for one in created["variants"]] == [
        ("CUP-R", 100, 300),
        ("CUP-B", 120, 310),
    ]
    assert created["variants"][0]["values"][0]["names"]["ru"] == "красный"
    assert created["categories"] == [
        {"id": category["id"], "names": {"en": "Kitchen"}, "is_published": False, "by_rule": False}
    ]
    row = (await api.get("/products/CUP-R")).json()
    assert (row["brand"], row["supplier"], row["product_class"], row["image_id"]) == (
        {"id": brand["id"], "name": "Nordvik"},
        {"id": supplier["id"], "name": "Halden AS"},
        {"id": kind["id"], "name": "Crockery"},
        pictures[1],
    )

    edit = as_edit(created, name="Tea cup", image_ids=pictures[:1])
    edit["variants"] = [
        {**edit["variants"][0], "price": 150},
        variant("CUP-B", 90),
    ]
    edited = await put(api, f"/product-cards/{created['id']}", edit)
    assert (edited["version"], edited["name"], len(edited["images"])) == (2, "Tea cup", 1)
    assert [(one["sku"], one["price"]) for one in edited["variants"]] == [
        ("CUP-R", 150),
        ("CUP-B", 90),
    ]
    assert counts(db) == (4, 5, 1)
    assert told(db, "product")[3:] == [
        (
            "product.edited",
            {"name": ["Cup", "Tea cup"], "image_ids": [pictures[::-1], pictures[:1]]},
        ),
        ("variant.deleted", {}),
        ("variant.edited", {"price": [100, 150]}),
        ("variant.created", told(db, "product")[6][1]),
    ]
    assert told(db, "product")[6][1]["price"] == [None, 90]
    same = await put(api, f"/product-cards/{created['id']}", as_edit(edited))
    assert same == edited
    assert len(told(db, "product")) == 7


@pytest.mark.requirement("R218", "R219", "R210")
async def test_a_save_that_fails_changes_nothing(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    colour = await post(api, "/attributes", COLOUR)
    red = colour["values"][0]["id"]
    cup = await post(api, "/product-cards", card("Cup", variant("CUP"), variant("CUP-2")))
    path = f"/product-cards/{cup['id']}"
    before, trail = counts(db), told(db, "product", "product_image")
    one, two = as_edit(cup)["variants"]
    refused: list[tuple[dict[str, Any], str]] = [
        ({"variants": [{**one, "sku": "MUG"}, two]}, "SkuTaken"),
        ({"variants": [one, {**two, "sku": "CUP"}]}, "SkuTaken"),
        (
            {"variants": [{**one, "value_ids": [red]}, {**two, "value_ids": [red]}]},
            "SameVariantTwice",
        ),
        ({"variants": [one, {"sku": "CUP-3"}]}, "PriceMissing"),
        ({"variants": [{**one, "id": shop.variants["MUG"]}]}, "VariantUnknown"),
        ({"tax_class": "moonlight"}, "TaxClassUnknown"),
        ({"brand_id": 99}, "NothingChosen"),
        ({"category_ids": [99]}, "NothingChosen"),
        ({"value_ids": [99]}, "NothingChosen"),
        ({"image_ids": ["00000000-0000-0000-0000-000000000000"]}, "ImageUnknown"),
        ({"version": 7}, "ChangedMeanwhile"),
    ]
    for wrong, code in refused:
        answer = await api.put(path, json=as_edit(cup, name="Bowl", **{"variants": [one], **wrong}))
        assert refusal(answer) == (409, code), code
    for wrong in (
        {"name": " "},
        {"variants": []},
        {"variants": [one] * 101},
        {"variants": [{**one, "price": -1}]},
        {"variants": [{**one, "sku": "a b"}]},
        {"translations": {"de": {"name": "Tasse"}}},
        {"colour": "red"},
    ):
        assert (await api.put(path, json=as_edit(cup, **wrong))).status_code == 422
    assert (await api.get(path)).json() == cup
    assert (counts(db), told(db, "product", "product_image")) == (before, trail)
    assert (await api.put("/product-cards/99", json=as_edit(cup))).status_code == 404


async def test_a_card_is_filled_in_with_what_there_is(api: httpx.AsyncClient) -> None:
    choices = (await api.get("/product-cards/choices")).json()
    assert choices == {"tax_classes": ["standard"], "currencies": ["RUB"]}


async def test_variants_may_swap_their_skus(api: httpx.AsyncClient) -> None:
    cup = await post(api, "/product-cards", card("Cup", variant("A", 1), variant("B", 2)))
    edit = as_edit(cup)
    for one, sku in zip(edit["variants"], ("B", "A"), strict=True):
        one["sku"] = sku
    swapped = await put(api, f"/product-cards/{cup['id']}", edit)
    assert [(one["sku"], one["price"]) for one in swapped["variants"]] == [("B", 1), ("A", 2)]


@pytest.mark.requirement("R135", "R63", "R212")
async def test_what_was_in_stock_is_switched_off_instead_of_deleted(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    mug = (await api.get("/products/MUG")).json()
    path = f"/product-cards/{mug['product_id']}"
    read = (await api.get(path)).json()
    assert not read["may_be_deleted"]
    assert read["variants"][0]["stock"] == [
        {
            "location": "main",
            "name": "Shelf",
            "branch": "Main",
            "on_hand": 100,
            "allocated": 0,
            "available": 100,
        }
    ]
    assert refusal(await api.delete(path)) == (409, "InUse")
    without = as_edit(read, variants=[variant("MUG-NEW")])
    assert refusal(await api.put(path, json=without)) == (409, "InUse")
    service = as_edit(read, is_service=True)
    assert refusal(await api.put(path, json=service)) == (409, "StillInStock")

    off = as_edit(read)
    off["variants"][0]["is_active"] = False
    assert not (await put(api, path, off))["variants"][0]["is_active"]
    as_storefront = speaking_as(shop.storefront)
    assert (await api.get("/products/MUG", headers=as_storefront)).status_code == 404

    help_id = (await api.get("/products/HELP")).json()["product_id"]
    assert (await api.delete(f"/product-cards/{help_id}")).status_code == 204
    assert (await api.get("/products/HELP")).status_code == 404
    assert told(db, "product")[-1][0] == "product.deleted"
    assert (await api.delete(f"/product-cards/{help_id}")).status_code == 404

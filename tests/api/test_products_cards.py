"""Product cards over HTTP: the whole product by one save, or nothing of it."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from db.engine import Database
from db.tables.catalogue import Product, ProductImage, Variant
from domain.access import Grants, Reach, Right
from tests import factories
from tests.catalogue import (
    COLOUR,
    SIZE,
    as_edit,
    card,
    open_catalogue,
    post,
    put,
    refusal,
    told,
    upload,
    variant,
)
from tests.factories import Shop, add_staff, open_shop, with_rights
from tests.house import speaking


@pytest.fixture
def shop(db: Database) -> Shop:
    return open_shop(db)


@pytest.fixture
async def api(db: Database, shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    async with open_catalogue(db, shop.owner) as client:
        yield client


def counts(db: Database) -> tuple[int, ...]:
    with db.transaction() as tx:
        tables = (Product, Variant, ProductImage)
        return tuple(tx.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def as_of(headers: dict[str, str]) -> dict[str, str]:
    return {"Cookie": "", **headers}


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
    as_storefront = as_of(speaking(shop.storefront))
    assert (await api.get("/products/MUG", headers=as_storefront)).status_code == 404

    help_id = (await api.get("/products/HELP")).json()["product_id"]
    assert (await api.delete(f"/product-cards/{help_id}")).status_code == 204
    assert (await api.get("/products/HELP")).status_code == 404
    assert told(db, "product")[-1][0] == "product.deleted"
    assert (await api.delete(f"/product-cards/{help_id}")).status_code == 404


@pytest.mark.requirement("R136", "R137", "R132", "R133")
async def test_duplicated_published_and_previewed(api: httpx.AsyncClient, db: Database) -> None:
    body = card(
        "Cup",
        variant("CUP"),
        translations={"fr": {"name": "Tasse", "description": "Pour le thé"}},
        image_ids=[await upload(api)],
    )
    cup = await post(api, "/product-cards", body)
    copies = [await post(api, f"/product-cards/{cup['id']}/duplicate", {}) for _ in range(2)]
    assert [one["variants"][0]["sku"] for one in copies] == ["CUP-COPY", "CUP-COPY-2"]
    copy = copies[0]
    assert (copy["is_published"], copy["translations"]) == (False, cup["translations"])
    assert copy["images"][0]["id"] != cup["images"][0]["id"]
    pictures = [
        (await api.get(f"/product-images/{one['images'][0]['id']}")).content for one in (cup, copy)
    ]
    assert pictures[0] == pictures[1]

    path = f"/product-cards/{copy['id']}"
    for act, is_published in (("publish", True), ("publish", True), ("unpublish", False)):
        published = (await api.post(f"{path}/{act}")).json()
        assert published["is_published"] is is_published
    assert [act for act, _ in told(db, "product")[-2:]] == [
        "product.published",
        "product.unpublished",
    ]
    seen = (await api.get(f"{path}/preview", params={"language": "fr"})).json()
    assert (seen["name"], seen["description"], seen["gaps"]) == (
        "Tasse",
        "Pour le thé",
        ["category"],
    )
    seen = (await api.get(f"{path}/preview", params={"language": "ru"})).json()
    assert (seen["name"], seen["gaps"]) == ("Cup", ["translation", "description", "category"])
    assert (await api.get("/product-cards/99/preview")).status_code == 404


@pytest.mark.requirement("R117", "R5")
async def test_a_translator_writes_texts_and_nothing_else(
    api: httpx.AsyncClient, db: Database
) -> None:
    cup = await post(api, "/product-cards", card("Cup", variant("CUP")))
    with db.transaction() as tx:
        headers = as_of(speaking(add_staff(tx, "vera", "Translator")))
    path = f"/product-cards/{cup['id']}"
    texts = {"ru": {"name": "Чашка"}, "fr": {"name": "Tasse", "description": "Pour le thé"}}
    answer = await api.put(
        f"{path}/translations", json={"version": 1, "texts": texts}, headers=headers
    )
    assert answer.status_code == 200
    assert answer.json()["translations"]["ru"] == {"name": "Чашка", "description": ""}
    assert told(db, "product")[-1] == (
        "product.translated",
        {
            "name.ru": [None, "Чашка"],
            "description.ru": [None, ""],
            "name.fr": [None, "Tasse"],
            "description.fr": [None, "Pour le thé"],
        },
    )
    gone = {"version": 2, "texts": {"fr": None}}
    answer = await api.put(f"{path}/translations", json=gone, headers=headers)
    assert list(answer.json()["translations"]) == ["ru"]
    stale = await api.put(f"{path}/translations", json=gone, headers=headers)
    assert refusal(stale) == (409, "ChangedMeanwhile")
    for method, where in (
        ("PUT", path),
        ("DELETE", path),
        ("POST", f"{path}/publish"),
        ("POST", f"{path}/duplicate"),
    ):
        answer = await api.request(method, where, json=as_edit(cup), headers=headers)
        assert refusal(answer) == (403, "Forbidden")


@pytest.mark.requirement("R214", "R19")
async def test_combinations_are_proposed_before_they_are_made(api: httpx.AsyncClient) -> None:
    colour, size = await post(api, "/attributes", COLOUR), await post(api, "/attributes", SIZE)
    red, blue = (value["id"] for value in colour["values"])
    small, medium, _ = (value["id"] for value in size["values"])
    shirt = await post(
        api,
        "/product-cards",
        card("Shirt", variant("OLD", value_ids=[red, small])),
    )
    asked: dict[str, Any] = {
        "pattern": "MUG{colour}-{size}",
        "attributes": [
            {"attribute_id": colour["id"], "value_ids": [blue, red]},
            {"attribute_id": size["id"], "value_ids": [small, medium]},
        ],
        "product_id": shirt["id"],
        "language": "ru",
    }
    answer = await api.post("/product-cards/variants/preview", json=asked)
    proposed = answer.json()["variants"]
    assert [(one["sku"], one["name"], one["exists_as"]) for one in proposed] == [
        ("OLD", "красный, S", "OLD"),
        ("MUGRED-M", "красный, M", None),
        ("MUGBLUE-S", "синий, S", None),
        ("MUGBLUE-M", "синий, M", None),
    ]
    refused: list[tuple[dict[str, Any], str]] = [
        ({"pattern": "MUG-{colour}"}, "PatternUnclear"),
        ({"attributes": [{"attribute_id": colour["id"], "value_ids": [99]}]}, "NothingChosen"),
    ]
    for wrong, code in refused:
        answer = await api.post("/product-cards/variants/preview", json={**asked, **wrong})
        assert refusal(answer) == (409, code)


@pytest.mark.requirement("R7", "R117", "R211")
async def test_who_may_not_set_prices_saves_the_rest(api: httpx.AsyncClient, db: Database) -> None:
    cup = await post(api, "/product-cards", card("Cup", variant("CUP", 70)))
    rights = dict.fromkeys((Right.PRODUCT_READ, Right.PRODUCT_EDIT), Reach.ALL)
    with db.transaction() as tx:
        key = factories.add_key(tx, "texts", Grants(rights))
    headers = as_of(speaking(key))
    path = f"/product-cards/{cup['id']}"
    edit = as_edit(cup, name="Bowl")
    assert refusal(await api.put(path, json=edit, headers=headers)) == (403, "FieldReadOnly")
    del edit["tax_class"], edit["variants"][0]["price"]
    assert (await api.put(path, json=edit, headers=headers)).status_code == 200
    read = (await api.get(path)).json()
    assert (read["name"], read["variants"][0]["price"]) == ("Bowl", 70)


@pytest.mark.requirement("R5", "R117")
async def test_editing_is_not_creating(api: httpx.AsyncClient, db: Database) -> None:
    grants = with_rights(Right.PRODUCT_READ, Right.PRODUCT_EDIT)
    with db.transaction() as tx:
        headers = as_of(speaking(factories.add_key(tx, "editor", grants)))
    before = counts(db)
    body = {"name": "New", "price": 1, "currency": "RUB"}
    many = {"products": [{**body, "sku": "MUG"}, {**body, "sku": "NEW"}]}
    for path, sent in (("/products/NEW", body), ("/products", many)):
        assert refusal(await api.put(path, json=sent, headers=headers)) == (403, "Forbidden")
    answer = await api.post("/product-cards", json=card("New", variant("NEW")), headers=headers)
    assert refusal(answer) == (403, "Forbidden")
    assert counts(db) == before
    assert (await api.get("/products/MUG")).json()["name"] == "Mug"
    assert (await api.put("/products/MUG", json=body, headers=headers)).status_code == 200

"""What else is done to products over HTTP: copied, published, translated, combined."""

from typing import Any

import httpx
import pytest

from db.engine import Database
from domain.access import Grants, Reach, Right
from tests import factories
from tests.catalogue import (
    COLOUR,
    SIZE,
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
from tests.factories import add_staff, with_rights


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
        headers = speaking_as(add_staff(tx, "vera", "Translator"))
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
    headers = speaking_as(key)
    path = f"/product-cards/{cup['id']}"
    edit = as_edit(cup, name="Bowl")
    assert refusal(await api.put(path, json=edit, headers=headers)) == (403, "FieldReadOnly")
    del edit["tax_class"], edit["variants"][0]["price"]
    assert (await api.put(path, json=edit, headers=headers)).status_code == 200
    read = (await api.get(path)).json()
    assert (read["name"], read["variants"][0]["price"]) == ("Bowl", 70)


@pytest.mark.requirement("R10", "R117", "R211")
async def test_by_its_sku_too_who_may_not_set_prices_saves_the_rest(
    api: httpx.AsyncClient, db: Database
) -> None:
    body = {"name": "Cup", "price": 70, "currency": "RUB", "tax_class": "books"}
    await _tax(api, "standard", "books")
    assert (await api.put("/products/CUP", json=body)).status_code == 201
    rights = dict.fromkeys((Right.PRODUCT_READ, Right.PRODUCT_EDIT), Reach.ALL)
    with db.transaction() as tx:
        headers = speaking_as(factories.add_key(tx, "texts", Grants(rights)))
    refused = await api.put("/products/CUP", json={**body, "name": "Bowl"}, headers=headers)
    assert refusal(refused) == (403, "FieldReadOnly")
    rest = {"name": "Bowl", "weight_g": 5}
    assert (await api.put("/products/CUP", json=rest, headers=headers)).status_code == 200
    assert told(db, "product")[-1][1] == {"name": ["Cup", "Bowl"], "weight_g": [0, 5]}
    many = {"products": [{**rest, "sku": "CUP"}, {**rest, "sku": "NEW"}]}
    results = (await put(api, "/products", many))["results"]
    assert [(one["outcome"], one["code"]) for one in results] == [
        ("unchanged", None),
        ("refused", "PriceMissing"),
    ]
    assert refusal(await api.put("/products/NEW", json=rest)) == (409, "PriceMissing")


async def _tax(api: httpx.AsyncClient, *tax_classes: str) -> None:
    rates = [{"tax_class": each, "country": "*", "rate": 1000} for each in tax_classes]
    await put(api, "/settings/taxes", {"rates": rates, "version": 0})


@pytest.mark.requirement("R5", "R117")
async def test_editing_is_not_creating(api: httpx.AsyncClient, db: Database) -> None:
    grants = with_rights(Right.PRODUCT_READ, Right.PRODUCT_EDIT)
    with db.transaction() as tx:
        headers = speaking_as(factories.add_key(tx, "editor", grants))
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

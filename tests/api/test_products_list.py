"""The list of products: filters together, sort orders, page by page."""

from typing import Any

import httpx
import pytest

from db.engine import Database
from domain.access import Grants, Reach, Right
from tests.catalogue import COLOUR, card, post, refusal, upload, variant
from tests.factories import add_key
from tests.house import speaking


async def listed(api: httpx.AsyncClient, **asked: Any) -> list[str]:
    skus: list[str] = []
    after: dict[str, str] = {}
    while True:
        answer = await api.get("/products", params={"limit": 2, **asked, **after})
        assert answer.status_code == 200, answer.text
        skus += [row["sku"] for row in answer.json()["rows"]]
        if answer.json()["next"] is None:
            return skus
        after = {"after": answer.json()["next"]}


@pytest.mark.requirement("R187", "R192", "R193", "R194", "R195", "R196")
async def test_filters_alone_and_together(api: httpx.AsyncClient) -> None:
    colour = await post(api, "/attributes", COLOUR)
    red, blue = (value["id"] for value in colour["values"])
    kitchen = await post(api, "/categories", {"names": {"en": "Kitchen"}})
    below = {"names": {"en": "Cups"}, "parent_id": kitchen["id"]}
    cups = await post(api, "/categories", below)
    brand = await post(api, "/brands", {"name": "Nordvik"})
    supplier = await post(api, "/suppliers", {"name": "Halden AS"})
    kind = await post(api, "/product-classes", {"name": "Crockery"})
    await post(
        api,
        "/product-cards",
        card(
            "Cup",
            variant("CUP-R", 700, value_ids=[red]),
            variant("CUP-B", 900, value_ids=[blue], is_active=False),
            category_ids=[cups["id"]],
            brand_id=brand["id"],
            image_ids=[await upload(api)],
            translations={"ru": {"name": "Чашка"}},
            description="For tea",
        ),
    )
    await post(
        api,
        "/product-cards",
        card(
            "Bowl",
            variant("BOWL", 100),
            category_ids=[kitchen["id"]],
            supplier_id=supplier["id"],
            class_id=kind["id"],
            is_published=False,
        ),
    )
    for asked, expected in [
        ({}, ["BOWL", "CUP-B", "CUP-R", "HELP", "MUG", "TEA"]),
        ({"category": kitchen["id"]}, ["BOWL", "CUP-B", "CUP-R"]),
        ({"category": cups["id"]}, ["CUP-B", "CUP-R"]),
        ({"category": 99}, []),
        ({"brand": brand["id"]}, ["CUP-B", "CUP-R"]),
        ({"supplier": supplier["id"]}, ["BOWL"]),
        ({"product_class": kind["id"]}, ["BOWL"]),
        ({"value": red}, ["CUP-B", "CUP-R"]),
        ({"value": [red, blue]}, ["CUP-B", "CUP-R"]),
        ({"published": False}, ["BOWL"]),
        ({"active": False}, ["CUP-B"]),
        ({"stock": "in"}, ["MUG", "TEA"]),
        ({"stock": "in", "location": "main"}, ["MUG", "TEA"]),
        ({"stock": "in", "location": "nowhere"}, []),
        ({"stock": "out"}, ["BOWL", "CUP-B", "CUP-R"]),
        ({"stock": "below", "below": 100}, []),
        ({"stock": "below", "below": 101}, ["MUG", "TEA"]),
        ({"price_from": 700, "price_to": 20_000}, ["CUP-B", "CUP-R", "TEA"]),
        ({"price_to": 900, "currency": "RUB", "active": True}, ["BOWL", "CUP-R"]),
        ({"currency": "USD"}, []),
        ({"lacks": "image"}, ["BOWL", "HELP", "MUG", "TEA"]),
        ({"lacks": "translation_ru", "stock": "out"}, ["BOWL"]),
        ({"lacks": "translation_en"}, []),
        ({"lacks": ["description", "category"]}, ["HELP", "MUG", "TEA"]),
        ({"q": "cup", "active": True}, ["CUP-R"]),
        ({"q": "чашка", "category": cups["id"]}, ["CUP-B", "CUP-R"]),
        ({"q": "cup", "brand": 99}, []),
        ({"sort": "price"}, ["BOWL", "CUP-R", "CUP-B", "TEA", "MUG", "HELP"]),
        ({"sort": "-price"}, ["HELP", "MUG", "TEA", "CUP-B", "CUP-R", "BOWL"]),
        ({"sort": "name"}, ["BOWL", "CUP-R", "CUP-B", "HELP", "MUG", "TEA"]),
        ({"sort": "-name"}, ["TEA", "MUG", "HELP", "CUP-B", "CUP-R", "BOWL"]),
        ({"sort": "-sku"}, ["TEA", "MUG", "HELP", "CUP-R", "CUP-B", "BOWL"]),
        ({"sort": "newest", "stock": "out"}, ["BOWL", "CUP-B", "CUP-R"]),
    ]:
        assert await listed(api, **asked) == expected, asked


@pytest.mark.requirement("R219")
async def test_page_tokens_belong_to_their_list(api: httpx.AsyncClient) -> None:
    token = (await api.get("/products", params={"limit": 1})).json()["next"]
    for wrong in (
        {"after": token, "sort": "price"},
        {"after": token, "q": "mug"},
        {"after": "%%%"},
        {"after": "bnVsbA"},
        {"after": "WyJhIiwiYiJd"},
        {"after": "WyJcdTAwMDAiXQ"},
    ):
        answer = await api.get("/products", params=wrong)
        assert refusal(answer) == (409, "BadCursor"), wrong
    for wrong in (
        {"category": 0},
        {"stock": "some"},
        {"lacks": "x"},
        {"sort": "x"},
        {"brand": 2**63},
    ):
        assert (await api.get("/products", params=wrong)).status_code == 422


@pytest.mark.requirement("R7", "R10", "R117")
async def test_hidden_prices_and_stock_are_not_told_by_filters(
    api: httpx.AsyncClient, db: Database
) -> None:
    with db.transaction() as tx:
        key = add_key(tx, "texts", Grants({Right.PRODUCT_READ: Reach.ALL}))
    headers = {"Cookie": "", **speaking(key)}
    for asked in (
        {"price_from": 1},
        {"price_to": 1},
        {"sort": "price"},
        {"sort": "-price"},
        {"stock": "in"},
    ):
        answer = await api.get("/products", params=asked, headers=headers)
        assert refusal(answer) == (403, "FieldHidden"), asked
    assert (await api.get("/products", headers=headers)).status_code == 200

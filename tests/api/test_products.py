"""Products over HTTP: created, edited, found; every change told, nothing told twice."""

from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from db.engine import Database
from db.tables.catalogue import Product, Variant
from db.tables.history import HistoryEntry
from tests.factories import Shop, add_staff
from tests.house import speaking

LANTERN = {"name": "White metal lantern", "price": 339, "currency": "GBP", "weight_g": 250}
AS_STORED = {
    **LANTERN,
    "product_id": 4,
    "variant_id": 4,
    "sku": "71053",
    "names": {},
    "variant": "",
    "description": "",
    "tax_class": "standard",
    "is_service": False,
    "may_backorder": False,
    "is_published": True,
    "is_active": True,
    "brand": None,
    "supplier": None,
    "product_class": None,
    "image_id": None,
    "available": 0,
}


def told(db: Database) -> list[tuple[str, dict[str, Any]]]:
    with db.transaction() as tx:
        rows = tx.execute(
            select(HistoryEntry.action, HistoryEntry.changes)
            .where(HistoryEntry.subject == "product")
            .order_by(HistoryEntry.id)
        )
        return [(row.action, row.changes) for row in rows]


def product_count(db: Database) -> int:
    with db.transaction() as tx:
        return tx.execute(select(func.count()).select_from(Product)).scalar_one()


@pytest.mark.requirement("R1", "R63")
async def test_a_product_is_created_edited_and_then_left_alone(
    api: httpx.AsyncClient, db: Database
) -> None:
    created = await api.put("/products/71053", json=LANTERN)
    assert (created.status_code, created.json()) == (201, AS_STORED)

    dearer = {**LANTERN, "price": 399, "may_backorder": True}
    for _ in range(2):
        edited = await api.put("/products/71053", json=dearer)
        assert (edited.status_code, edited.json()) == (
            200,
            {**AS_STORED, "price": 399, "may_backorder": True},
        )

    assert (await api.get("/products/71053")).json() == edited.json()
    assert [action for action, _ in told(db)] == ["product.created", "product.edited"]
    assert told(db)[1][1] == {"price": [339, 399], "may_backorder": [False, True]}


@pytest.mark.requirement("R63", "R129")
async def test_many_at_once_each_with_its_result(api: httpx.AsyncClient, db: Database) -> None:
    await api.put("/products/71053", json=LANTERN)
    mug = {"sku": "MUG", "name": "Mug", "price": 50_000, "currency": "RUB", "weight_g": 400}
    answer = await api.put(
        "/products",
        json={
            "products": [
                {**LANTERN, "sku": "71053"},
                {**LANTERN, "sku": "84029G"},
                {**LANTERN, "sku": "84029G", "price": 1},
                {**LANTERN, "sku": "85123A", "tax_class": "moonlight"},
                {**mug, "name": "Mug, large"},
                {**mug, "is_service": True},
            ]
        },
    )
    results = [(one["sku"], one["outcome"], one["code"]) for one in answer.json()["results"]]
    assert results == [
        ("71053", "unchanged", None),
        ("84029G", "created", None),
        ("84029G", "refused", "SkuTwice"),
        ("85123A", "refused", "TaxClassUnknown"),
        ("MUG", "edited", None),
        ("MUG", "refused", "SkuTwice"),
    ]
    assert [action for action, _ in told(db)] == [
        "product.created",
        "product.created",
        "product.edited",
    ]
    assert (await api.get("/products/85123A")).status_code == 404


async def test_only_new_ones_leaves_the_rest_as_it_is(api: httpx.AsyncClient, db: Database) -> None:
    body = {
        "only_new": True,
        "products": [{**LANTERN, "sku": "MUG"}, {**LANTERN, "sku": "71053"}],
    }
    outcomes = [
        [one["outcome"] for one in (await api.put("/products", json=body)).json()["results"]]
        for _ in range(2)
    ]
    assert outcomes == [["kept", "created"], ["kept", "kept"]]
    assert (await api.get("/products/MUG")).json()["name"] == "Mug"
    assert [action for action, _ in told(db)] == ["product.created"]


async def test_what_an_edit_must_not_touch(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    mug = {"name": "Mug", "price": 50_000, "currency": "RUB", "weight_g": 400}
    service = await api.put("/products/MUG", json={**mug, "is_service": True})
    assert (service.status_code, service.json()) == (
        409,
        {"code": "StillInStock", "message": "100 pieces of MUG are in stock."},
    )

    with db.transaction() as tx:
        product_id = tx.scalar(select(Variant.product_id).where(Variant.sku == "MUG"))
        tx.add(Variant(product_id=product_id, sku="MUG-XL", price=1, currency="RUB", name="XL"))
        tx.add(
            HistoryEntry(
                actor="test", subject="test", subject_id="1", action="x.y", changes={}, details={}
            )
        )
    renamed = await api.put("/products/MUG", json={**mug, "name": "Cup"})
    assert (renamed.status_code, renamed.json()["code"]) == (409, "SeveralVariants")
    assert (await api.put("/products/MUG", json={**mug, "price": 1})).status_code == 200
    large = (await api.get("/products/MUG-XL")).json()
    assert (large["name"], large["variant"], large["price"]) == ("Mug", "XL", 1)


@pytest.mark.requirement("R146")
async def test_products_are_found_by_sku_beginning_and_words(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    names = {
        "A1": "Mug of tea",
        "MUGS": "Set of mugs",
        "MUG-2": "Second_mug",
        "Z9": "100% wool",
        "Z8": "Gone mug",
    }
    for sku, name in names.items():
        gone = {"is_published": sku != "Z8"}
        await api.put(f"/products/{sku}", json={**LANTERN, **gone, "name": name})

    async def found(q: str, token: str = shop.owner) -> list[str]:
        skus: list[str] = []
        after: dict[str, str] = {}
        while True:
            page = await api.get(
                "/products",
                params={"q": q, "limit": 2, **after},
                headers={"Cookie": "", **speaking(token)},
            )
            skus += [row["sku"] for row in page.json()["rows"]]
            if page.json()["next"] is None:
                return skus
            after = {"after": page.json()["next"]}

    mugs = await found("mug")
    assert mugs[0] == "MUG"
    assert sorted(mugs) == ["A1", "MUG", "MUG-2", "MUGS", "Z8"]
    assert sorted(await found("mug", shop.storefront)) == ["A1", "MUG", "MUG-2", "MUGS"]
    assert (await found("TEA MUG"))[0] == "A1"
    assert await found("100% wool") == ["Z9"]
    assert (await found("second_mug"))[0] == "MUG-2"
    assert await found("nowhere\0to be found") == []
    assert await found("%_") == []
    assert len(await found("")) == 8
    hidden = await api.get("/products/Z8", headers=speaking(shop.storefront))
    assert hidden.status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"price": -1},
        {"price": 3.5},
        {"price": 10**13},
        {"currency": "gbp"},
        {"name": " "},
        {"name": "nul\0"},
        {"name": "x" * 301},
        {"weight_g": -1},
        {"colour": "red"},
    ],
)
async def test_a_body_out_of_bounds_changes_nothing(
    api: httpx.AsyncClient, db: Database, wrong: dict[str, Any]
) -> None:
    single = await api.put("/products/71053", json={**LANTERN, **wrong})
    many = await api.put("/products", json={"products": [{**LANTERN, **wrong, "sku": "71053"}]})
    assert (single.status_code, many.status_code) == (422, 422)
    assert product_count(db) == 3


async def test_too_many_and_impossible_skus(api: httpx.AsyncClient, db: Database) -> None:
    many = [{**LANTERN, "sku": f"S{number}"} for number in range(501)]
    assert (await api.put("/products", json={"products": many})).status_code == 422
    assert (await api.put("/products", json={"products": []})).status_code == 422
    for sku in ("a%20b", "x" * 101, "a%00"):
        assert (await api.put(f"/products/{sku}", json=LANTERN)).status_code == 422
    assert (await api.get("/products?limit=201")).status_code == 422
    assert product_count(db) == 3

    assert (await api.put("/products", json={"products": many[:500]})).status_code == 200
    assert product_count(db) == 503


@pytest.mark.requirement("R4", "R6", "R117")
@pytest.mark.parametrize(
    ("profile", "reads", "edits"),
    [
        (None, 401, 401),
        ("Translator", 200, 403),
        ("Salesperson", 200, 403),
        ("SuperAdmin", 200, 201),
    ],
)
async def test_who_may(
    api: httpx.AsyncClient, db: Database, profile: str | None, reads: int, edits: int
) -> None:
    headers = {"Cookie": ""}
    if profile:
        with db.transaction() as tx:
            headers = speaking(add_staff(tx, "somebody", profile))
    body = {"products": [{**LANTERN, "sku": "71053"}]}
    assert (await api.get("/products", headers=headers)).status_code == reads
    assert (await api.get("/products/MUG", headers=headers)).status_code == reads
    assert (await api.put("/products/71053", json=LANTERN, headers=headers)).status_code == edits
    many = await api.put("/products", json=body, headers=headers)
    assert many.status_code == (200 if edits == 201 else edits)
    assert product_count(db) == (4 if edits == 201 else 3)

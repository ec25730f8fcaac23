"""A desk at which the whole catalogue can be edited, and what tests put into it."""

from io import BytesIO
from typing import Any

import httpx
from PIL import Image
from sqlalchemy import func, select

from db.engine import Database
from db.tables.catalogue import Product, ProductImage, Variant
from db.tables.history import HistoryEntry
from tests.house import speaking

COLOUR = {
    "code": "colour",
    "names": {"en": "Colour", "fr": "Couleur", "ru": "Цвет"},
    "values": [
        {"code": "RED", "names": {"en": "red", "fr": "rouge", "ru": "красный"}},
        {"code": "BLUE", "names": {"en": "blue", "fr": "bleu", "ru": "синий"}},
    ],
}
SIZE = {
    "code": "size",
    "names": {"en": "Size"},
    "values": [{"code": code, "names": {"en": code}} for code in ("S", "M", "L")],
}


async def post(api: httpx.AsyncClient, path: str, body: Any) -> Any:
    answer = await api.post(path, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def put(api: httpx.AsyncClient, path: str, body: Any) -> Any:
    answer = await api.put(path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def variant(sku: str, price: int = 50_000, **more: Any) -> dict[str, Any]:
    return {"sku": sku, "price": price, "currency": "RUB", **more}


def card(name: str, *variants: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "is_published": True, "variants": [*variants], **more}


def as_edit(read: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """What the window sends back of the card it was shown."""
    kept = ("version", "name", "description", "language", "translations", "tax_class")
    more = ("is_service", "is_published", "brand_id", "supplier_id", "class_id")
    own = ("id", "sku", "name", "price", "currency", "weight_g", "may_backorder", "is_active")
    return {
        **{name: read[name] for name in (*kept, *more)},
        "category_ids": [one["id"] for one in read["categories"] if not one["by_rule"]],
        "value_ids": [value["id"] for value in read["values"]],
        "image_ids": [image["id"] for image in read["images"]],
        "variants": [
            {**{name: one[name] for name in own}, "value_ids": [v["id"] for v in one["values"]]}
            for one in read["variants"]
        ],
        **changed,
    }


def picture(width: int = 640, height: int = 480, kind: str = "JPEG", **more: Any) -> bytes:
    written = BytesIO()
    Image.new("RGB", (width, height), "#aa3322").save(written, kind, **more)
    return written.getvalue()


async def upload(api: httpx.AsyncClient, content: bytes | None = None) -> Any:
    files = {"file": ("picture.jpg", picture() if content is None else content)}
    answer = await api.post("/product-images", files=files)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def told(db: Database, *subjects: str) -> list[tuple[str, dict[str, Any]]]:
    """Actions and changes, oldest first."""
    with db.transaction() as tx:
        rows = tx.execute(
            select(HistoryEntry.action, HistoryEntry.changes)
            .where(HistoryEntry.subject.in_(subjects))
            .order_by(HistoryEntry.id)
        )
        return [(row.action, row.changes) for row in rows]


def counts(db: Database) -> tuple[int, ...]:
    """Products, variants, pictures."""
    with db.transaction() as tx:
        tables = (Product, Variant, ProductImage)
        return tuple(tx.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def speaking_as(token: str) -> dict[str, str]:
    """In place of the desk's own person."""
    return {"Cookie": "", **speaking(token)}

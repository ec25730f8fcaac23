"""What customers and staff do over HTTP, for load generators."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx

from bench.load import Act
from bench.shop import sku

PATIENCE_S = 30


def client(url: str, token: str, clients: int) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=url,
        headers={"Authorization": f"Bearer {token}"},
        timeout=PATIENCE_S,
        limits=httpx.Limits(max_connections=clients, max_keepalive_connections=clients),
        trust_env=False,
    )


@asynccontextmanager
async def placing(clients: int, shop: dict[str, Any], method: str) -> AsyncIterator[Act]:
    async with client(shop["api"], shop["storefront"], clients) as storefront:

        async def act() -> None:
            await place(storefront, shop["skus"], method)

        yield act


async def place(
    storefront: httpx.AsyncClient, skus: int, method: str, shipping: str = "courier"
) -> dict[str, Any]:
    body = order(skus, method, shipping)
    return await post(storefront, "/orders", body, {"Idempotency-Key": uuid4().hex})


async def post(
    http: httpx.AsyncClient, path: str, body: Any, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    return _content(await http.post(path, json=body, headers=headers))


async def get(http: httpx.AsyncClient, path: str) -> dict[str, Any]:
    return _content(await http.get(path))


def order(skus: int, method: str, shipping: str) -> dict[str, Any]:
    """One to three lines; every customer is another one."""
    chosen = random.sample(range(skus), random.randint(1, 3))
    who = uuid4().hex[:12]
    return {
        "lines": [{"sku": sku(n), "quantity": random.randint(1, 3)} for n in chosen],
        "customer": {
            "name": "Anna Ivanova",
            "email": f"{who}@example.org",
            "phone": "+79161234567",
            "language": "ru",
        },
        "address": {"country": "RU", "city": "Казань", "postcode": "420000", "street": "Баумана 1"},
        "shipping_method": shipping,
        "payments": [{"method": method}],
    }


def _content(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_error:
        raise RuntimeError(f"{answer.request.url}: {answer.status_code} {answer.text[:500]}")
    content: dict[str, Any] = answer.json()
    return content

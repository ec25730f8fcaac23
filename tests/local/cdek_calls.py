"""Calling the simulated carrier in tests: signing in, orders, waiting for what comes later."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

import httpx

from local.simulators.credentials import CDEK_CLIENT_ID, CDEK_CLIENT_SECRET
from local.simulators.server import SimulatorServer

T = TypeVar("T")


def signed_in(simulators: SimulatorServer) -> httpx.Client:
    form = {"grant_type": "client_credentials", "client_id": CDEK_CLIENT_ID}
    url = f"{simulators.url}/cdek/v2"
    granted = httpx.post(f"{url}/oauth/token", data=form | {"client_secret": CDEK_CLIENT_SECRET})
    token = granted.json()["access_token"]
    return httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"})


def order(number: str, **changes: Any) -> dict[str, Any]:
    item = {
        "name": "Cup", "ware_key": "CUP-1", "payment": {"value": 0}, "weight": 400,
        "amount": 2, "cost": 590,
    }  # fmt: skip
    return {
        "type": 1,
        "number": number,
        "tariff_code": 139,
        "from_location": {"city": "Москва", "address": "ул. Тверская, 1"},
        "to_location": {"city": "Казань", "address": "ул. Баумана, 5"},
        "recipient": {"name": "Anna Petrova", "phones": [{"number": "+79001234567"}]},
        "packages": [{"number": "1", "weight": 900, "items": [item]}],
    } | changes


def eventually(read: Callable[[], T], seconds: float = 5) -> T:
    """What `read` returns once it is true."""
    deadline = time.monotonic() + seconds
    while not (found := read()):
        assert time.monotonic() < deadline, "It has not happened in time."
        time.sleep(0.01)
    return found


def state(api: httpx.Client, uuid: str) -> str:
    return str(api.get(f"/orders/{uuid}").json()["requests"][0]["state"])


def registered(api: httpx.Client, number: str, **changes: Any) -> str:
    uuid = str(api.post("/orders", json=order(number, **changes)).json()["entity"]["uuid"])
    eventually(lambda: state(api, uuid) == "SUCCESSFUL")
    return uuid


def rejected(api: httpx.Client, number: str, **changes: Any) -> list[str]:
    uuid = api.post("/orders", json=order(number, **changes)).json()["entity"]["uuid"]
    eventually(lambda: state(api, uuid) == "INVALID")
    return [error["code"] for error in codes(api.get(f"/orders/{uuid}"))]


def codes(answer: httpx.Response) -> list[dict[str, str]]:
    errors: list[dict[str, str]] = answer.json()["requests"][0]["errors"]
    return errors


def statuses(api: httpx.Client, uuid: str) -> list[str]:
    entity = api.get(f"/orders/{uuid}").json()["entity"]
    return [status["code"] for status in entity["statuses"]]

"""The description of the API: every route, what it asks for, what it refuses."""

from typing import Any

import pytest

from tests.house import House

OPEN = (
    "/healthz",
    "/api/account-links/",
    "/api/password-resets",
    "/api/session",
    "/api/shop/",
    "/api/webhooks/",
)
COMMANDS = {
    "hold",
    "release",
    "pick",
    "pack",
    "allocate",
    "shipments",
    "shipments/{shipment_id}/deliver",
    "cancel",
    "refunds",
    "payments",
    "payments/{payment_id}/receive",
    "changes",
    "changes/{change_id}/confirm",
    "notes",
    "files",
    "responsible",
    "process/retry",
    "process/skip",
    "process/resume",
}


@pytest.mark.requirement("R352")
async def test_every_route_tells_what_it_asks_and_what_it_refuses(house: House) -> None:
    answer = await house.storefront.get("/openapi.json", headers={"Authorization": ""})
    assert answer.status_code == 200
    told = answer.json()
    assert told["info"]["title"] == "BackOffice"
    paths = told["paths"]
    assert {f"/api/orders/{{order}}/{name}" for name in COMMANDS} <= set(paths)

    for path, methods in paths.items():
        for method, route in methods.items():
            name = f"{method} {path}"
            assert route["tags"], name
            if not path.startswith(OPEN):
                assert route["security"] == [{"HTTPBearer": []}, {"APIKeyCookie": []}], name
            if path != "/healthz":
                assert {"401", "403", "404", "409", "413", "429", "503"} <= set(
                    route["responses"]
                ), name
                assert _problem(route, "409").endswith("/Problem"), name
    assert "503" in paths["/healthz"]["get"]["responses"]
    for command in ("hold", "shipments", "changes/{change_id}/confirm"):
        assert "202" in paths[f"/api/orders/{{order}}/{command}"]["post"]["responses"]
    assert "202" in paths["/api/orders"]["post"]["responses"]


async def test_bodies_are_closed_and_described(house: House) -> None:
    schemas = (await house.api.get("/openapi.json")).json()["components"]["schemas"]
    order = schemas["OrderCreate"]
    assert order["additionalProperties"] is False
    assert order["properties"]["lines"]["maxItems"] == 2000
    assert schemas["Problem"]["required"] == ["code", "message"]


def _problem(route: dict[str, Any], status: str) -> str:
    schema: str = route["responses"][status]["content"]["application/json"]["schema"]["$ref"]
    return schema

"""CDEK as its published models describe it: what it is asked and what it answers."""

import json
from typing import Any
from uuid import UUID

import httpx
from jsonschema import Draft202012Validator

from domain.money import Money
from providers.carriers import (
    Box,
    ParcelItem,
    ParcelRequest,
    Place,
)
from providers.cdek import CdekSettings
from providers.wire import Limits
from tests.providers.vendor import answer, form, spec

MODELS = "cdek/cdek-1.2.0.models.schema.json"
ORDER = "72753031-0e35-4a2e-9c3b-2d4a1f7a1c11"
OTHER = "72753031-9e35-4a2e-9c3b-2d4a1f7a1c99"
FORM = "72753033-1111-4a2e-9c3b-2d4a1f7a1c11"
SETTINGS = CdekSettings("account", "password", limits=Limits(whole_s=5), poll_s=0.5)
ADDRESS = Place("RU", "Казань", "420000", "ул. Баумана, 1")
SHOP = Place(point_code="MSK5")
BOX = Box(
    "1001-1/1",
    1500,
    (
        ParcelItem("SKU-1", "Чайник", 1, Money(125_050, "RUB"), 1000),
        ParcelItem("SKU-2", "Чашка", 2, Money(19_900, "RUB"), 250, Money(19_900, "RUB")),
    ),
    30,
    20,
    15,
)
REQUEST = ParcelRequest(
    shipment_id=UUID("0f8fad5b-d9cb-469f-a165-70867728950e"),
    number="1001-1",
    service="137",
    sender=SHOP,
    recipient=ADDRESS,
    recipient_name="Иван Петров",
    recipient_phone="+79161234567",
    recipient_email="ivan@example.com",
    boxes=(BOX,),
    comment="Осторожно",
)
BODIES = {
    "/v2/orders": "OrderRequest",
    "/v2/calculator/tarifflist": "TariffListRequest",
    "/v2/print/barcodes": "PrintBarcodeRequest",
}
NOT_FOUND = ("v2_entity_not_found_im_number", "Entity is not found by im_number")


def strict(schema: Any) -> Any:
    """The models as they are, but a field they do not know is an error."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if "properties" in schema else {}
    return {name: strict(each) for name, each in schema.items()} | closed


def conforms(model: str, instance: object) -> None:
    schema = strict(spec(MODELS))
    Draft202012Validator({**schema, "$ref": f"#/$defs/{model}"}).validate(instance)


def rules(request: httpx.Request) -> None:
    if request.url.path == "/v2/oauth/token":
        assert form(request) == {
            "grant_type": "client_credentials",
            "client_id": "account",
            "client_secret": "password",
        }
        return
    assert request.headers["Authorization"].startswith("Bearer token-")
    if request.method == "POST":
        conforms(BODIES[request.url.path], json.loads(request.content))


def token(number: int = 1, lasts: int = 3600) -> httpx.Response:
    words = {"token_type": "bearer", "scope": "order:all", "jti": "9adca50a"}
    return answer(200, words | {"access_token": f"token-{number}", "expires_in": lasts})


def asked(kind: str, state: str, *errors: tuple[str, str]) -> dict[str, Any]:
    listed = [{"code": code, "message": message} for code, message in errors]
    at = "2026-11-22T10:00:00+0000"
    return {"type": kind, "date_time": at, "state": state, "errors": listed}


def taken(
    kind: str, state: str, *errors: tuple[str, str], status: int = 202, uuid: str = ORDER
) -> httpx.Response:
    """What every change of an order is answered with."""
    body = {"entity": {"uuid": uuid}, "requests": [asked(kind, state, *errors)]}
    conforms("EntityResponse", body)
    return answer(status, body)


def status(code: str, minute: int = 0, **more: Any) -> dict[str, Any]:
    at = f"2026-11-22T10:{minute:02}:00+0000"
    return {"code": code, "name": code.title(), "date_time": at, "city": "Москва"} | more


def order(*statuses: dict[str, Any], uuid: str = ORDER, **more: Any) -> dict[str, Any]:
    entity = {
        "uuid": uuid,
        "type": 1,
        "number": "1001-1",
        "tariff_code": 137,
        "cdek_number": 1106207236,
        "recipient": {"name": "Иван Петров", "phones": [{"number": "+79161234567"}]},
        "to_location": {"address": "ул. Баумана, 1", "city": "Казань"},
        "packages": [],
        "statuses": list(statuses),
    }
    body = {"entity": entity | more, "requests": [asked("CREATE", "SUCCESSFUL")]}
    conforms("OrderEntityResponse", body)
    return body


def not_found() -> httpx.Response:
    return answer(400, {"requests": [asked("GET", "INVALID", NOT_FOUND)]})

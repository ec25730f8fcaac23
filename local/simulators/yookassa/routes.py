"""The provider's calls, and the page on which the payer pays."""

import hmac
import json
from base64 import b64encode
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from local.simulators import pages
from local.simulators.state import Document
from local.simulators.world import World
from local.simulators.yookassa.keys import Keys
from local.simulators.yookassa.lists import list_page
from local.simulators.yookassa.payments import Payments
from local.simulators.yookassa.refunds import Refunds
from local.simulators.yookassa.values import error, invalid


async def read_body(request: Request) -> Document:
    raw = await request.body()
    try:
        body = json.loads(raw) if raw else {}
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise invalid("Is not a JSON object", "body")
    return body


class Once:
    """Does what a call asks for once per Idempotence-Key; answers with the id it has made."""

    def __init__(self, world: World) -> None:
        self._keys = Keys(world)

    async def __call__(self, request: Request, act: Callable[[Document], str]) -> str:
        body, key = await read_body(request), request.headers.get("idempotence-key")
        return self._keys.once(key, request.url.path, body, lambda: act(body))


def shop_routes(world: World) -> APIRouter:
    routes = _routes(world)

    @routes.get("/me")
    async def read_shop() -> JSONResponse:
        shop = {"account_id": world.settings.credentials.yookassa_shop_id, "status": "enabled"}
        return JSONResponse(shop | {"test": True, "payment_methods": ["bank_card"]})

    return routes


def payment_routes(world: World, once: Once, payments: Payments) -> APIRouter:
    routes = _routes(world)

    @routes.post("/payments")
    async def create_payment(request: Request) -> JSONResponse:
        origin = str(request.base_url)
        payment_id = await once(request, lambda body: payments.create(body, origin))
        return JSONResponse(payments.read(payment_id))

    @routes.get("/payments")
    async def list_payments(request: Request) -> JSONResponse:
        return JSONResponse(list_page(payments.newest(), request.query_params))

    @routes.get("/payments/{payment_id}")
    async def read_payment(payment_id: str) -> JSONResponse:
        return JSONResponse(payments.read(payment_id))

    @routes.post("/payments/{payment_id}/capture")
    async def capture_payment(request: Request, payment_id: str) -> JSONResponse:
        await once(request, lambda body: payments.capture(payment_id, body))
        return JSONResponse(payments.read(payment_id))

    @routes.post("/payments/{payment_id}/cancel")
    async def cancel_payment(request: Request, payment_id: str) -> JSONResponse:
        await once(request, lambda _: payments.cancel(payment_id))
        return JSONResponse(payments.read(payment_id))

    return routes


def refund_routes(world: World, once: Once, refunds: Refunds) -> APIRouter:
    routes = _routes(world)

    @routes.post("/refunds")
    async def create_refund(request: Request) -> JSONResponse:
        return JSONResponse(refunds.read(await once(request, refunds.create)))

    @routes.get("/refunds")
    async def list_refunds(request: Request) -> JSONResponse:
        return JSONResponse(list_page(refunds.newest(), request.query_params))

    @routes.get("/refunds/{refund_id}")
    async def read_refund(refund_id: str) -> JSONResponse:
        return JSONResponse(refunds.read(refund_id))

    return routes


def checkout_routes(payments: Payments) -> APIRouter:
    routes = APIRouter(prefix="/yookassa/checkout/{payment_id}")

    def back(payment_id: str) -> RedirectResponse:
        return RedirectResponse(payments.record(payment_id)["return_url"], 303)

    @routes.get("")
    async def show_checkout(payment_id: str) -> HTMLResponse:
        return HTMLResponse(pages.checkout(payments.record(payment_id)))

    @routes.post("/pay")
    async def pay(payment_id: str) -> RedirectResponse:
        payments.pay(payment_id)
        return back(payment_id)

    @routes.post("/decline")
    async def decline(
        payment_id: str, reason: str = Form("general_decline", max_length=64)
    ) -> RedirectResponse:
        payments.decline(payment_id, reason)
        return back(payment_id)

    return routes


def _routes(world: World) -> APIRouter:
    return APIRouter(prefix="/yookassa/v3", dependencies=[Depends(_authorised(world))])


def _authorised(world: World) -> Callable[..., Awaitable[None]]:
    keys = world.settings.credentials
    pair = f"{keys.yookassa_shop_id}:{keys.yookassa_secret_key}".encode()
    expected = b"Basic " + b64encode(pair)

    async def check(request: Request) -> None:
        given = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(given, expected):
            text = "Authentication by given credentials failed"
            raise error(401, "invalid_credentials", text, "Authorization")

    return check

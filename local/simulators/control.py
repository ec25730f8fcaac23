"""Steering the simulators: faults, webhooks, time, parcels, numbers; and the log of calls."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from pydantic import BaseModel, Field

from local.simulators import pages
from local.simulators.cdek.orders import Orders
from local.simulators.cdek.tokens import Tokens
from local.simulators.faults import Fault
from local.simulators.twilio.messages import Messages
from local.simulators.webhooks import describe
from local.simulators.world import World
from local.simulators.yookassa.refunds import Refunds

Act = Literal["step", "hand_over", "arrive", "deliver", "refuse"]
_PARCELS = 200
_YEAR = 366 * 24 * 3600


class WebhooksTarget(BaseModel):
    url: Annotated[str, Field(max_length=2000, pattern="^https?://")] | None


class NumberMark(BaseModel):
    number: str = Field(pattern=r"^\+[1-9]\d{6,14}$")
    outcome: Literal["fine", "opted_out", "unreachable"]


def fault_routes(world: World) -> APIRouter:
    routes = APIRouter(prefix="/__control/faults")

    @routes.post("", status_code=201)
    async def install(faults: list[Fault] | Fault) -> list[dict[str, Any]]:
        world.faults.install(faults if isinstance(faults, list) else [faults])
        return world.faults.list()

    @routes.get("")
    async def list_faults() -> list[dict[str, Any]]:
        return world.faults.list()

    @routes.delete("", status_code=204)
    async def clear() -> None:
        world.faults.clear()

    return routes


def webhook_control_routes(world: World) -> APIRouter:
    routes = APIRouter(prefix="/__control/webhooks")

    @routes.get("")
    async def list_pending() -> list[dict[str, Any]]:
        return [describe(webhook) for webhook in world.webhooks.pending()]

    @routes.put("", status_code=204)
    async def aim(target: WebhooksTarget) -> None:
        world.webhooks_url = target.url.rstrip("/") if target.url else None

    @routes.post("/flush")
    async def flush() -> dict[str, int]:
        return {"released": world.webhooks.flush()}

    return routes


def acting_routes(
    world: World, orders: Orders, tokens: Tokens, refunds: Refunds, messages: Messages
) -> APIRouter:
    routes = APIRouter(prefix="/__control")

    @routes.post("/clock", status_code=204)
    async def advance(seconds: Annotated[float, Body(embed=True, ge=0, le=_YEAR)]) -> None:
        world.agenda.advance(seconds)

    @routes.post("/cdek/orders/{reference}/{act}")
    async def lead_parcel(reference: str, act: Act) -> dict[str, list[str]]:
        return {"stages": orders.lead(reference, act)}

    @routes.delete("/cdek/tokens", status_code=204)
    async def revoke_tokens() -> None:
        tokens.revoke_all()

    @routes.post("/yookassa/refunds/{refund_id}/fail")
    async def fail_refund(refund_id: str) -> JSONResponse:
        return JSONResponse(refunds.fail(refund_id))

    @routes.put("/twilio/numbers", status_code=204)
    async def mark_number(mark: NumberMark) -> None:
        messages.mark(mark.number, mark.outcome)

    return routes


def log_routes(world: World) -> APIRouter:
    routes = APIRouter(prefix="/__log")

    @routes.get("")
    async def list_calls(provider: str | None = None, operation: str = "*") -> JSONResponse:
        return JSONResponse(world.log.list(provider, operation))

    @routes.delete("", status_code=204)
    async def clear() -> None:
        world.log.clear()

    return routes


def page_routes(orders: Orders) -> APIRouter:
    routes = APIRouter()

    @routes.get("/")
    async def show_front() -> HTMLResponse:
        return HTMLResponse(pages.front())

    @routes.get("/cdek/parcels")
    async def show_parcels() -> HTMLResponse:
        return HTMLResponse(pages.parcels(orders.newest()[:_PARCELS]))

    @routes.post("/cdek/parcels/{uuid}/{act}")
    async def lead_parcel(uuid: str, act: Act) -> RedirectResponse:
        orders.lead(uuid, act)
        return RedirectResponse("/cdek/parcels", 303)

    return routes

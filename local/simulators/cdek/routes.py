"""The carrier's calls."""

import json
from typing import Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from local.simulators.cdek import places
from local.simulators.cdek.orders import Orders
from local.simulators.cdek.printing import Printing
from local.simulators.cdek.subscriptions import Subscriptions
from local.simulators.cdek.tariffs import calculate, list_tariffs
from local.simulators.cdek.tokens import Tokens
from local.simulators.cdek.views import accepted, order_view
from local.simulators.cdek.wire import error, refused
from local.simulators.state import Document
from local.simulators.world import World

Kind = Literal["barcodes", "orders"]


async def read_body(request: Request) -> Document:
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise refused("CREATE", [error("v2_bad_request", "The body is not a JSON object")])
    return body


def token_routes(tokens: Tokens) -> APIRouter:
    routes = APIRouter(prefix="/cdek/v2/oauth")

    @routes.post("/token")
    async def grant_token(request: Request) -> JSONResponse:
        return JSONResponse(tokens.grant(await request.body()))

    return routes


def order_routes(tokens: Tokens, orders: Orders) -> APIRouter:
    routes = APIRouter(prefix="/cdek/v2/orders", dependencies=[Depends(tokens.check)])

    @routes.post("")
    async def create_order(request: Request) -> JSONResponse:
        return JSONResponse(accepted(orders.create(await read_body(request))), 202)

    @routes.get("")
    async def find_order(
        im_number: str | None = None, cdek_number: str | None = None
    ) -> JSONResponse:
        return JSONResponse(order_view(orders.find(im_number, cdek_number)))

    @routes.get("/{uuid}")
    async def read_order(uuid: str) -> JSONResponse:
        return JSONResponse(order_view(orders.record(uuid)))

    @routes.delete("/{uuid}")
    async def remove_order(uuid: str) -> JSONResponse:
        return JSONResponse(accepted(orders.remove(uuid)), 202)

    @routes.post("/{uuid}/refusal")
    async def refuse_order(uuid: str) -> JSONResponse:
        return JSONResponse(accepted(orders.refuse(uuid)), 202)

    return routes


def print_routes(tokens: Tokens, printing: Printing) -> APIRouter:
    routes = APIRouter(prefix="/cdek/v2/print/{kind}", dependencies=[Depends(tokens.check)])

    @routes.post("")
    async def ask_for_print(request: Request, kind: Kind) -> JSONResponse:
        form = printing.ask(kind, await read_body(request))
        return JSONResponse({"entity": {"uuid": form["uuid"]}, "requests": [form["request"]]}, 202)

    @routes.get("/{uuid}.pdf")
    async def read_file(kind: Kind, uuid: str) -> Response:
        return Response(printing.file(kind, uuid), media_type="application/pdf")

    @routes.get("/{uuid}")
    async def read_print(request: Request, kind: Kind, uuid: str) -> JSONResponse:
        form = printing.read(kind, uuid)
        return JSONResponse(printing.describe(form, str(request.base_url)))

    return routes


def catalogue_routes(world: World, tokens: Tokens) -> APIRouter:
    routes = APIRouter(prefix="/cdek/v2", dependencies=[Depends(tokens.check)])

    @routes.post("/calculator/tarifflist")
    async def price_all(request: Request) -> JSONResponse:
        return JSONResponse(list_tariffs(await read_body(request), world.clock.now()))

    @routes.post("/calculator/tariff")
    async def price_one(request: Request) -> JSONResponse:
        return JSONResponse(calculate(await read_body(request), world.clock.now()))

    @routes.get("/location/cities")
    async def list_cities(request: Request) -> JSONResponse:
        return JSONResponse([places.describe_city(c) for c in _cities(dict(request.query_params))])

    @routes.get("/location/suggest/cities")
    async def suggest_cities(name: str) -> JSONResponse:
        return JSONResponse([places.suggest_city(city) for city in places.suggest(name)])

    @routes.get("/deliverypoints")
    async def list_offices(request: Request) -> JSONResponse:
        found = places.find_offices(dict(request.query_params))
        return JSONResponse([places.describe_office(office) for office in found])

    return routes


def webhook_routes(tokens: Tokens, subscriptions: Subscriptions) -> APIRouter:
    routes = APIRouter(prefix="/cdek/v2/webhooks", dependencies=[Depends(tokens.check)])

    @routes.post("")
    async def subscribe(request: Request) -> JSONResponse:
        return JSONResponse(subscriptions.add(await read_body(request)))

    @routes.get("")
    async def list_subscriptions() -> JSONResponse:
        return JSONResponse(subscriptions.list())

    @routes.get("/{uuid}")
    async def read_subscription(uuid: str) -> JSONResponse:
        return JSONResponse(subscriptions.read(uuid))

    @routes.delete("/{uuid}")
    async def unsubscribe(uuid: str) -> JSONResponse:
        return JSONResponse(subscriptions.remove(uuid))

    return routes


def _cities(query: dict[str, str]) -> list[places.City]:
    if not {"code", "city", "postal_code"} & query.keys():
        return list(places.CITIES)
    city = places.find_city(dict(query))
    return [city] if city else []

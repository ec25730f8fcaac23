"""The provider's calls, and an inbox where a person sees what was sent."""

import hmac
from base64 import b64encode
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse

from local.simulators import pages
from local.simulators.state import Document
from local.simulators.twilio.errors import error
from local.simulators.twilio.lists import list_page
from local.simulators.twilio.messages import Messages
from local.simulators.world import World

_INBOX = 200
_FIELDS = 100


def api_routes(world: World, messages: Messages) -> APIRouter:
    routes = APIRouter(
        prefix="/twilio/2010-04-01/Accounts", dependencies=[Depends(_authorised(world))]
    )

    @routes.get("/{account}.json")
    async def read_account(account: str) -> JSONResponse:
        return JSONResponse(_account(account))

    @routes.post("/{account}/Messages.json")
    async def create_message(request: Request, account: str) -> JSONResponse:
        return JSONResponse(messages.create(await _form(request)), 201)

    @routes.get("/{account}/Messages.json")
    async def list_messages(request: Request, account: str) -> JSONResponse:
        path = request.url.path.removeprefix("/twilio")
        return JSONResponse(list_page(messages.newest(), request.query_params, path))

    @routes.get("/{account}/Messages/{sid}.json")
    async def read_message(account: str, sid: str) -> JSONResponse:
        return JSONResponse(messages.read(sid))

    return routes


def inbox_routes(messages: Messages) -> APIRouter:
    routes = APIRouter()

    @routes.get("/twilio/inbox")
    async def show_inbox() -> HTMLResponse:
        return HTMLResponse(pages.inbox(messages.newest()[:_INBOX]))

    return routes


async def _form(request: Request) -> dict[str, str]:
    body = (await request.body()).decode(errors="replace")
    try:
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError:
        raise error(400, 20001, f"More than {_FIELDS} fields") from None


def _account(sid: str) -> Document:
    return {
        "sid": sid,
        "owner_account_sid": sid,
        "friendly_name": "Demo shop",
        "status": "active",
        "type": "Trial",
        "uri": f"/2010-04-01/Accounts/{sid}.json",
    }


def _authorised(world: World) -> Callable[..., Awaitable[None]]:
    keys = world.settings.credentials
    pair = f"{keys.twilio_account_sid}:{keys.twilio_auth_token}".encode()
    expected = b"Basic " + b64encode(pair)

    async def check(request: Request, account: str) -> None:
        given = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(given, expected) or account != keys.twilio_account_sid:
            raise error(401, 20003, "Authenticate")

    return check

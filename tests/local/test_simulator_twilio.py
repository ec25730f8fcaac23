"""The simulated Twilio against its official SDK, its published OpenAPI and its rules."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests
from openapi_core import OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest, RequestsOpenAPIResponse
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from local.simulators.credentials import TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_SENDER
from local.simulators.server import SimulatorServer
from local.simulators.settings import Pace, Settings
from local.simulators.twilio.segments import segments

SPEC = Path(__file__).parents[3] / "shared" / "specs" / "twilio" / "twilio_api_v2010.json"
HOST = "https://api.twilio.com"
TO = "+447700900123"


class Redirected(TwilioHttpClient):  # type: ignore[misc]
    """The SDK's own HTTP client, calling the simulator instead of the provider."""

    def __init__(self, url: str) -> None:
        super().__init__(pool_connections=False)
        self._url = url

    def request(self, method: str, url: str, *rest: Any, **more: Any) -> Any:
        return super().request(method, url.replace(HOST, self._url), *rest, **more)


@pytest.fixture(scope="module")
def simulators() -> Iterator[SimulatorServer]:
    with SimulatorServer(settings=Settings(pace=Pace(sms=60))) as running:
        yield running


@pytest.fixture
def sdk(simulators: SimulatorServer) -> Client:
    return client(simulators)


def client(simulators: SimulatorServer, token: str = TWILIO_AUTH_TOKEN) -> Client:
    redirected = Redirected(f"{simulators.url}/twilio")
    return Client(TWILIO_ACCOUNT_SID, token, http_client=redirected)


def test_the_official_sdk_sends_and_follows_a_message(
    simulators: SimulatorServer, sdk: Client
) -> None:
    sent = sdk.messages.create(to=TO, from_=TWILIO_SENDER, body="Order 1001 is on its way")
    assert (sent.status, sent.direction, sent.num_segments) == ("queued", "outbound-api", "1")
    simulators.advance(60)
    read = sdk.messages(sent.sid).fetch()
    assert (read.status, read.price) == ("sent", "-0.0079")
    simulators.advance(60)
    assert sdk.messages(sent.sid).fetch().status == "delivered"


def test_the_official_sdk_finds_what_it_has_sent(sdk: Client) -> None:
    made = [
        sdk.messages.create(to="+447700900777", from_=TWILIO_SENDER, body=f"Text {n}").sid
        for n in range(3)
    ]
    sdk.messages.create(to="+447700900778", from_=TWILIO_SENDER, body="Another")
    since = datetime.now(UTC) - timedelta(minutes=1)
    found = sdk.messages.list(
        to="+447700900777", from_=TWILIO_SENDER, date_sent_after=since, page_size=2
    )
    assert [message.sid for message in found] == made[::-1]
    later = datetime.now(UTC) + timedelta(days=1)
    assert sdk.messages.list(to="+447700900777", date_sent_after=later) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": "07700 900123"}, 21211),
        ({"to": "+15005550001"}, 21211),
        ({"to": "+15005550004"}, 21610),
        ({"body": ""}, 21602),
        ({"body": "x" * 1601}, 21617),
        ({"from_": "+1"}, 21212),
        ({"status_callback": "ftp://x"}, 21609),
    ],
)
def test_the_official_sdk_understands_the_refusals(
    sdk: Client, fields: dict[str, str], code: int
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        sdk.messages.create(**{"to": TO, "from_": TWILIO_SENDER, "body": "Hello"} | fields)
    assert (refused.value.status, refused.value.code) == (400, code)


def test_a_wrong_token_and_an_unknown_message_are_refused(
    simulators: SimulatorServer, sdk: Client
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        client(simulators, "wrong").messages("SM" + "0" * 32).fetch()
    assert (refused.value.status, refused.value.code) == (401, 20003)
    with pytest.raises(TwilioRestException) as refused:
        sdk.messages("SM" + "0" * 32).fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)
    assert sdk.api.accounts(TWILIO_ACCOUNT_SID).fetch().status == "active"


def test_numbers_opt_out_and_become_unreachable(simulators: SimulatorServer, sdk: Client) -> None:
    mark(simulators, "+447700900001", "opted_out")
    mark(simulators, "+447700900002", "unreachable")
    with pytest.raises(TwilioRestException) as refused:
        sdk.messages.create(to="+447700900001", from_=TWILIO_SENDER, body="Hello")
    assert refused.value.code == 21610
    sent = sdk.messages.create(to="+447700900002", from_=TWILIO_SENDER, body="Hello")
    simulators.advance(60)
    simulators.advance(60)
    read = sdk.messages(sent.sid).fetch()
    assert (read.status, read.error_code) == ("undelivered", 30003)
    mark(simulators, "+447700900001", "fine")
    assert sdk.messages.create(to="+447700900001", from_=TWILIO_SENDER, body="Hello").sid


def mark(simulators: SimulatorServer, number: str, outcome: str) -> None:
    body = {"number": number, "outcome": outcome}
    simulators.control("PUT", "/__control/twilio/numbers", body)


def test_a_flood_is_slowed_down(simulators: SimulatorServer, sdk: Client) -> None:
    simulators.fault("twilio", "rate_limit", "POST *")
    with pytest.raises(TwilioRestException) as refused:
        sdk.messages.create(to=TO, from_=TWILIO_SENDER, body="Hello")
    assert (refused.value.status, refused.value.code) == (429, 20429)


@cache
def openapi() -> OpenAPI:
    if not SPEC.exists():
        pytest.skip(f"The published specification is not here: {SPEC}")
    return OpenAPI.from_dict(json.loads(SPEC.read_text()))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("act", ["create", "list", "fetch"])
def test_answers_fit_the_published_specification(simulators: SimulatorServer, act: str) -> None:
    base = f"/2010-04-01/Accounts/{TWILIO_ACCOUNT_SID}/Messages"
    keys = (TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN)
    form = {"To": TO, "From": TWILIO_SENDER, "Body": "Hello"}
    sent = httpx.post(f"{simulators.url}/twilio{base}.json", data=form, auth=keys).json()
    method, path = {
        "create": ("POST", f"{base}.json"),
        "list": ("GET", f"{base}.json"),
        "fetch": ("GET", f"{base}/{sent['sid']}.json"),
    }[act]
    data = form if act == "create" else None
    with requests.Session() as session:
        answer = session.request(
            method, f"{simulators.url}/twilio{path}", data=data, auth=keys, timeout=5
        )
    asked = requests.Request(method, f"{HOST}{path}", data=data, auth=keys)
    openapi().validate_response(RequestsOpenAPIRequest(asked), RequestsOpenAPIResponse(answer))


def test_people_see_what_was_sent(simulators: SimulatorServer, sdk: Client) -> None:
    sdk.messages.create(to=TO, from_=TWILIO_SENDER, body="<b>Parcel & label</b>")
    page = httpx.get(f"{simulators.url}/twilio/inbox").text
    assert "&lt;b&gt;Parcel &amp; label&lt;/b&gt;" in page
    assert TO in page


@pytest.mark.parametrize(
    ("text", "parts"),
    [("x" * 160, 1), ("x" * 161, 2), ("€" * 81, 2), ("Ж" * 70, 1), ("Ж" * 71, 2), ("😀" * 36, 2)],
)
def test_long_texts_take_several_segments(text: str, parts: int) -> None:
    assert segments(text) == parts

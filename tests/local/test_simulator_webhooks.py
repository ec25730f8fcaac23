"""What the simulators tell the shop: in order, twice, shuffled, late, again; and over a restart."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from twilio.request_validator import RequestValidator

from local.simulators import credentials
from local.simulators.server import SimulatorServer
from local.simulators.settings import Pace, Settings

ORDER = {
    "amount": {"value": "100.00", "currency": "RUB"},
    "confirmation": {"type": "redirect", "return_url": "http://127.0.0.1/back"},
}
KEYS = (credentials.YOOKASSA_SHOP_ID, credentials.YOOKASSA_SECRET_KEY)
FAST = Pace(booking=0, label=0, sms=0, retry=0.01)


class Shop:
    """Receives webhooks; answers with the statuses it is told to, then with 200."""

    def __init__(self) -> None:
        self.received: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[int] = []
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                shop.received.append((self.path, headers, body))
                self.send_response(shop.answers.pop(0) if shop.answers else 200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Quietly."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/hooks"
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.01])
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def wait_for(self, count: int) -> list[Any]:
        eventually(lambda: len(self.received) >= count)
        return [json.loads(body) for _, _, body in self.received]

    def events(self, count: int) -> list[str]:
        return [told["event"] for told in self.wait_for(count)]


@pytest.fixture
def shop() -> Iterator[Shop]:
    receiver = Shop()
    yield receiver
    receiver.close()


@pytest.fixture
def simulators(shop: Shop) -> Iterator[SimulatorServer]:
    with SimulatorServer(settings=Settings(shop.url, pace=FAST)) as running:
        yield running


def eventually(happened: Callable[[], bool], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "It has not happened in time."
        time.sleep(0.005)


def create(url: str, key: str, **changes: Any) -> str:
    answer = httpx.post(
        f"{url}/yookassa/v3/payments",
        json=ORDER | changes,
        headers={"Idempotence-Key": key},
        auth=KEYS,
    )
    return str(answer.json()["id"])


def capture(url: str, payment_id: str) -> None:
    path = f"{url}/yookassa/v3/payments/{payment_id}/capture"
    assert httpx.post(path, headers={"Idempotence-Key": path[-60:]}, auth=KEYS).status_code == 200


def test_the_shop_hears_of_each_step_of_a_payment(simulators: SimulatorServer, shop: Shop) -> None:
    payment_id = create(simulators.url, "steps", capture=False)
    simulators.pay(payment_id)
    shop.wait_for(1)
    capture(simulators.url, payment_id)
    told = shop.wait_for(2)
    assert {path for path, _, _ in shop.received} == {"/hooks/yookassa"}
    assert [(t["type"], t["event"], t["object"]["status"]) for t in told] == [
        ("notification", "payment.waiting_for_capture", "waiting_for_capture"),
        ("notification", "payment.succeeded", "succeeded"),
    ]
    body = {"payment_id": payment_id, "amount": {"value": "1.00", "currency": "RUB"}}
    headers = {"Idempotence-Key": "steps-refund"}
    httpx.post(f"{simulators.url}/yookassa/v3/refunds", json=body, headers=headers, auth=KEYS)
    assert shop.events(3)[2] == "refund.succeeded"


def test_a_webhook_comes_twice(simulators: SimulatorServer, shop: Shop) -> None:
    simulators.fault("yookassa", "duplicate_webhooks", "payment.canceled", copies=2)
    simulators.decline(create(simulators.url, "thrice"))
    assert shop.events(3) == ["payment.canceled"] * 3
    assert shop.received[0][2] == shop.received[1][2] == shop.received[2][2]


def test_webhooks_come_in_the_wrong_order(simulators: SimulatorServer, shop: Shop) -> None:
    simulators.fault("yookassa", "reorder_webhooks")
    payment_id = create(simulators.url, "shuffled")
    simulators.pay(payment_id)
    assert shop.received == []
    capture(simulators.url, payment_id)
    assert shop.events(2) == ["payment.succeeded", "payment.waiting_for_capture"]


def test_webhooks_are_held_until_let_go(simulators: SimulatorServer, shop: Shop) -> None:
    simulators.fault("yookassa", "hold_webhooks")
    payment_id = create(simulators.url, "held")
    simulators.pay(payment_id)
    capture(simulators.url, payment_id)
    held = simulators.control("GET", "/__control/webhooks")
    assert [(one["event"], one["held"]) for one in held] == [
        ("payment.waiting_for_capture", True), ("payment.succeeded", True),
    ]  # fmt: skip
    assert shop.received == []
    assert simulators.flush_webhooks() == 2
    assert shop.events(2) == ["payment.waiting_for_capture", "payment.succeeded"]


def test_a_refused_webhook_comes_again_until_it_is_taken(
    simulators: SimulatorServer, shop: Shop
) -> None:
    shop.answers = [500, 404, 302]
    simulators.decline(create(simulators.url, "stubborn"))
    assert shop.events(4) == ["payment.canceled"] * 4
    eventually(lambda: simulators.control("GET", "/__control/webhooks") == [])
    assert len(shop.received) == 4


def test_a_hanging_call_lets_the_webhook_overtake_its_answer(
    simulators: SimulatorServer, shop: Shop
) -> None:
    payment_id = create(simulators.url, "overtaken")
    simulators.pay(payment_id)
    shop.wait_for(1)
    simulators.fault("yookassa", "hang", "* */capture", seconds=30)
    url = f"{simulators.url}/yookassa/v3/payments/{payment_id}/capture"
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(url, headers={"Idempotence-Key": "o"}, auth=KEYS, timeout=0.3)
    assert shop.events(2)[1] == "payment.succeeded"


def test_the_shop_hears_of_each_stage_of_a_parcel(simulators: SimulatorServer, shop: Shop) -> None:
    order = registered_order(simulators)
    created = shop.wait_for(1)[0]
    assert created["attributes"] | {"code": "CREATED", "number": "told"} == created["attributes"]
    simulators.lead("told", "hand_over")
    told = shop.wait_for(2)[1]
    assert (told["type"], told["uuid"]) == ("ORDER_STATUS", order)
    assert told["attributes"]["code"] == "RECEIVED_AT_SHIPMENT_WAREHOUSE"
    assert told["attributes"]["status_code"] == "3"
    assert told["date_time"].endswith("+0000")
    assert shop.received[1][0] == "/hooks/cdek"


def test_a_subscription_is_told_as_well(simulators: SimulatorServer, shop: Shop) -> None:
    with cdek(simulators) as api:
        subscription = {"type": "ORDER_STATUS", "url": f"{shop.url}/secret-path"}
        assert api.post("/webhooks", json=subscription).status_code == 200
    registered_order(simulators)
    shop.wait_for(2)
    assert {path for path, _, _ in shop.received} == {"/hooks/cdek", "/hooks/secret-path"}


def cdek(simulators: SimulatorServer) -> httpx.Client:
    form = {
        "grant_type": "client_credentials",
        "client_id": credentials.CDEK_CLIENT_ID,
        "client_secret": credentials.CDEK_CLIENT_SECRET,
    }
    url = f"{simulators.url}/cdek/v2"
    token = httpx.post(f"{url}/oauth/token", data=form).json()["access_token"]
    return httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"})


def registered_order(simulators: SimulatorServer) -> str:
    order = {
        "type": 2,
        "number": "told",
        "tariff_code": 139,
        "from_location": {"city": "Москва", "address": "1"},
        "to_location": {"city": "Казань", "address": "5"},
        "recipient": {"name": "Anna", "phones": [{"number": "+79001234567"}]},
        "packages": [{"number": "1", "weight": 900}],
    }
    with cdek(simulators) as api:
        return str(api.post("/orders", json=order).json()["entity"]["uuid"])


def test_a_status_callback_is_signed(simulators: SimulatorServer, shop: Shop) -> None:
    account, token = credentials.TWILIO_ACCOUNT_SID, credentials.TWILIO_AUTH_TOKEN
    callback = f"{shop.url}/twilio?notice=7"
    form = {"To": "+447700900123", "From": "+15005550006", "Body": "Hi", "StatusCallback": callback}
    url = f"{simulators.url}/twilio/2010-04-01/Accounts/{account}/Messages.json"
    sent = httpx.post(url, data=form, auth=(account, token)).json()
    eventually(lambda: len(shop.received) == 2)
    told = [dict(parse_qsl(body.decode())) for _, _, body in shop.received]
    assert [(t["MessageSid"], t["MessageStatus"]) for t in told] == [
        (sent["sid"], "sent"), (sent["sid"], "delivered"),
    ]  # fmt: skip
    signature = shop.received[0][1]["x-twilio-signature"]
    assert RequestValidator(token).validate(callback, told[0], signature)
    assert not RequestValidator("another").validate(callback, told[0], signature)


def test_a_restart_forgets_nothing(shop: Shop, tmp_path: Path) -> None:
    state = str(tmp_path / "simulators.sqlite")
    shop.answers = [500] * 1000
    with SimulatorServer(settings=Settings(shop.url, state, pace=FAST)) as simulators:
        paid, unpaid = create(simulators.url, "paid"), create(simulators.url, "unpaid")
        simulators.pay(paid)
        shop.wait_for(1)
    shop.answers, shop.received = [], []
    with SimulatorServer(settings=Settings(shop.url, state, pace=FAST)) as simulators:
        assert shop.events(1) == ["payment.waiting_for_capture"]
        assert create(simulators.url, "paid") == paid
        capture(simulators.url, paid)
        simulators.advance(3600)
        shop.wait_for(3)
        listed = httpx.get(f"{simulators.url}/yookassa/v3/payments", auth=KEYS).json()["items"]
        assert [(p["id"], p["status"]) for p in listed] == [
            (unpaid, "canceled"), (paid, "succeeded"),
        ]  # fmt: skip


def test_the_simulators_run_as_a_process(tmp_path: Path, unused_port: int) -> None:
    state = tmp_path / "new" / "state.sqlite"
    with process(unused_port, state) as url:
        payment_id = create(url, "process")
    with process(unused_port, state) as url:
        assert create(url, "process") == payment_id


@contextmanager
def process(port: int, state: Path) -> Iterator[str]:
    """Killed at the end, not asked to stop."""
    command = [sys.executable, "-m", "local.simulators", "--port", str(port), "--state", str(state)]
    url = f"http://127.0.0.1:{port}"
    running = subprocess.Popen(command)
    try:
        eventually(lambda: answers(url), seconds=20)
        yield url
    finally:
        running.kill()
        running.wait(10)


@pytest.fixture
def unused_port() -> int:
    probe = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    probe.server_close()
    return int(probe.server_address[1])


def answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.TransportError:
        return False

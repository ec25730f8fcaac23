"""Every fault on order, once; and the log that tells what a provider has received."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from local.simulators.credentials import YOOKASSA_SECRET_KEY, YOOKASSA_SHOP_ID
from local.simulators.server import SimulatorServer

CREATE = "POST /yookassa/v3/payments"
ORDER = {
    "amount": {"value": "100.00", "currency": "RUB"},
    "confirmation": {"type": "redirect", "return_url": "http://127.0.0.1/back"},
}


@pytest.fixture(scope="module")
def running() -> Iterator[SimulatorServer]:
    with SimulatorServer() as simulators:
        yield simulators


@pytest.fixture
def simulators(running: SimulatorServer) -> SimulatorServer:
    running.clear_faults()
    running.control("DELETE", "/__log")
    return running


@pytest.fixture
def api(simulators: SimulatorServer) -> Iterator[httpx.Client]:
    url, keys = f"{simulators.url}/yookassa/v3", (YOOKASSA_SHOP_ID, YOOKASSA_SECRET_KEY)
    with httpx.Client(base_url=url, auth=keys, timeout=5) as client:
        yield client


def create(api: httpx.Client, key: str, timeout: float = 5) -> httpx.Response:
    headers = {"Idempotence-Key": key}
    return api.post("/payments", json=ORDER, headers=headers, timeout=timeout)


def made(api: httpx.Client) -> int:
    """How many payments there are beyond those of earlier tests."""
    return len(api.get("/payments", params={"limit": 100}).json()["items"])


def test_a_lost_answer_hides_an_act_that_was_done(
    simulators: SimulatorServer, api: httpx.Client
) -> None:
    before = made(api)
    simulators.fault("yookassa", "lose_answer", CREATE)
    with pytest.raises(httpx.RemoteProtocolError):
        create(api, "lost")
    assert made(api) == before + 1
    assert create(api, "lost").status_code == 200
    assert made(api) == before + 1


def test_a_body_cut_in_the_middle_hides_an_act_that_was_done(
    simulators: SimulatorServer, api: httpx.Client
) -> None:
    before = made(api)
    simulators.fault("yookassa", "reset_mid_body", CREATE)
    with pytest.raises(httpx.ReadError):
        create(api, "reset")
    assert made(api) == before + 1


def test_a_hanging_call_is_done_and_its_answer_late(
    simulators: SimulatorServer, api: httpx.Client
) -> None:
    before = made(api)
    simulators.fault("yookassa", "hang", CREATE, seconds=30)
    with pytest.raises(httpx.ReadTimeout):
        create(api, "hang", timeout=0.2)
    assert made(api) == before + 1
    simulators.fault("yookassa", "hang", CREATE, seconds=0.05)
    assert create(api, "hang").json()["status"] == "pending"


@pytest.mark.parametrize(
    ("kind", "status"), [("refuse_before", 503), ("rate_limit", 429), ("html_502", 502)]
)
def test_a_refusal_comes_before_the_act(
    simulators: SimulatorServer, api: httpx.Client, kind: str, status: int
) -> None:
    before = made(api)
    simulators.fault("yookassa", kind, CREATE, seconds=3)
    answer = create(api, kind)
    assert answer.status_code == status
    assert answer.headers.get("retry-after") == ("3" if kind == "rate_limit" else None)
    assert answer.headers["content-type"] == ("text/html" if status == 502 else "application/json")
    assert made(api) == before


def test_a_gateway_may_also_fail_after_the_act(
    simulators: SimulatorServer, api: httpx.Client
) -> None:
    before = made(api)
    simulators.fault("yookassa", "html_502", CREATE, acts=True)
    assert create(api, "502-after").status_code == 502
    assert made(api) == before + 1


def test_a_connection_may_also_be_lost_before_the_act(
    simulators: SimulatorServer, api: httpx.Client
) -> None:
    before = made(api)
    simulators.fault("yookassa", "lose_answer", CREATE, acts=False)
    with pytest.raises(httpx.RemoteProtocolError):
        create(api, "lost-before")
    assert made(api) == before


def test_garbage_in_place_of_an_answer(simulators: SimulatorServer, api: httpx.Client) -> None:
    simulators.fault("yookassa", "empty_200", CREATE)
    empty = create(api, "empty")
    assert (empty.status_code, empty.content) == (200, b"")
    simulators.fault("yookassa", "truncated_json", CREATE)
    whole = create(api, "truncated")
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        whole.json()
    simulators.fault("yookassa", "unknown_status", CREATE)
    assert create(api, "unknown").json()["status"] == "unheard_of"


def test_a_fault_strikes_as_often_as_asked_and_only_what_it_is_meant_for(
    simulators: SimulatorServer, api: httpx.Client
) -> None:
    simulators.fault("yookassa", "refuse_before", "GET *", count=2)
    assert create(api, "meant").status_code == 200
    assert [api.get("/payments").status_code for _ in range(3)] == [503, 503, 200]


def test_a_seeded_probability_strikes_alike_each_time(
    simulators: SimulatorServer, api: httpx.Client
) -> None:
    def statuses() -> list[int]:
        simulators.clear_faults()
        simulators.fault("yookassa", "refuse_before", probability=0.5, seed=11)
        return [api.get("/me").status_code for _ in range(20)]

    first = statuses()
    assert set(first) == {200, 503}
    assert statuses() == first


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "explode", "provider": "yookassa"},
        {"kind": "hang", "provider": "stripe"},
        {"kind": "hang", "provider": "cdek", "seconds": 601},
        {"kind": "hang", "provider": "cdek", "count": 0},
        {"kind": "reorder_webhooks", "provider": "cdek", "count": 1},
        {"kind": "hang", "provider": "cdek", "often": True},
    ],
)
def test_an_impossible_fault_is_refused(simulators: SimulatorServer, fault: dict[str, Any]) -> None:
    assert httpx.post(f"{simulators.url}/__control/faults", json=fault).status_code == 422
    assert simulators.control("GET", "/__control/faults") == []


def test_the_log_tells_what_was_received_and_keeps_no_secrets(
    simulators: SimulatorServer, api: httpx.Client
) -> None:
    simulators.fault("yookassa", "lose_answer", CREATE)
    with pytest.raises(httpx.RemoteProtocolError):
        create(api, "logged")
    create(api, "logged")
    calls = simulators.calls("yookassa", CREATE)
    told = [(c["method"], c["path"], c["key"], c["status"], c["fault"]) for c in calls]
    assert told == [
        ("POST", "/yookassa/v3/payments", "logged", 200, "lose_answer"),
        ("POST", "/yookassa/v3/payments", "logged", 200, None),
    ]
    assert calls[0]["body"] == ORDER
    assert "authorization" not in calls[0]["headers"]
    form = {"grant_type": "client_credentials", "client_id": "x", "client_secret": "hidden"}
    httpx.post(f"{simulators.url}/cdek/v2/oauth/token", data=form)
    assert "hidden" not in str(simulators.calls("cdek"))


def test_a_body_too_large_is_refused(simulators: SimulatorServer) -> None:
    answer = httpx.post(f"{simulators.url}/yookassa/v3/payments", content=b"x" * (1024 * 1024 + 1))
    assert answer.status_code == 413


def test_the_front_page_leads_everywhere(simulators: SimulatorServer) -> None:
    page = httpx.get(f"{simulators.url}/").text
    for path in ("/cdek/parcels", "/twilio/inbox", "/__log", "/__control/webhooks"):
        assert f'href="{path}"' in page
        assert httpx.get(f"{simulators.url}{path}").status_code == 200

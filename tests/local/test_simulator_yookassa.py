"""The simulated YooKassa against its official SDK, two foreign models of it, and its rules."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from yookassa import Configuration, Payment, Refund
from yookassa.domain.exceptions import BadRequestError, NotFoundError, UnauthorizedError
from yookassa.domain.notification import WebhookNotificationFactory

from local.simulators.credentials import YOOKASSA_SECRET_KEY, YOOKASSA_SHOP_ID
from local.simulators.server import SimulatorServer
from local.simulators.settings import Pace, Settings

SPECS = Path(__file__).parents[3] / "shared" / "specs" / "yookassa"
ORDER = {
    "amount": {"value": "100.00", "currency": "RUB"},
    "confirmation": {"type": "redirect", "return_url": "http://127.0.0.1/back"},
    "description": "Order 1001",
    "metadata": {"order_id": "1001"},
}


@pytest.fixture(scope="module")
def simulators() -> Iterator[SimulatorServer]:
    with SimulatorServer() as running:
        yield running


@pytest.fixture(scope="module")
def sdk(simulators: SimulatorServer) -> Iterator[None]:
    url = f"{simulators.url}/yookassa/v3"
    Configuration.configure(YOOKASSA_SHOP_ID, YOOKASSA_SECRET_KEY, api_url=url)
    yield
    Configuration.configure(None, None)


@pytest.fixture(scope="module")
def api(simulators: SimulatorServer) -> Iterator[httpx.Client]:
    url, keys = f"{simulators.url}/yookassa/v3", (YOOKASSA_SHOP_ID, YOOKASSA_SECRET_KEY)
    with httpx.Client(base_url=url, auth=keys) as client:
        yield client


def create(api: httpx.Client, key: str, **changes: Any) -> httpx.Response:
    return api.post("/payments", json=ORDER | changes, headers={"Idempotence-Key": key})


def post(api: httpx.Client, path: str, key: str, body: dict[str, Any]) -> httpx.Response:
    return api.post(path, json=body, headers={"Idempotence-Key": key})


def taken(simulators: SimulatorServer, api: httpx.Client, key: str, value: str = "100.00") -> str:
    amount = {"value": value, "currency": "RUB"}
    payment_id = create(api, key, capture=True, amount=amount).json()["id"]
    simulators.pay(payment_id)
    return str(payment_id)


def test_the_official_sdk_takes_a_payment_in_two_stages(
    simulators: SimulatorServer, sdk: None
) -> None:
    payment = Payment.create(ORDER, "sdk-two-stages")
    assert (payment.status, payment.amount.value, payment.metadata["order_id"]) == (
        "pending", 100, "1001",
    )  # fmt: skip
    expected = f"{simulators.url}/yookassa/checkout/{payment.id}"
    assert payment.confirmation.confirmation_url == expected
    simulators.pay(payment.id)
    assert Payment.find_one(payment.id).status == "waiting_for_capture"
    part = {"amount": {"value": "60.00", "currency": "RUB"}}
    captured = Payment.capture(payment.id, part, "sdk-capture")
    assert (captured.status, captured.amount.value, captured.paid) == ("succeeded", 60, True)


def test_the_official_sdk_cancels_lists_and_refunds(simulators: SimulatorServer, sdk: None) -> None:
    kept, dropped = Payment.create(ORDER, "sdk-kept"), Payment.create(ORDER, "sdk-dropped")
    simulators.pay(kept.id)
    simulators.pay(dropped.id)
    cancelled = Payment.cancel(dropped.id, "sdk-cancel")
    assert cancelled.cancellation_details.reason == "canceled_by_merchant"
    Payment.capture(kept.id, None, "sdk-capture-all")
    refund = Refund.create(
        {"payment_id": kept.id, "amount": {"value": "30.00", "currency": "RUB"}}, "sdk-refund"
    )
    assert (refund.status, Refund.find_one(refund.id).amount.value) == ("succeeded", 30)
    assert Payment.find_one(kept.id).refunded_amount.value == 30
    assert [p.id for p in Payment.list({"limit": 2}).items] == [dropped.id, kept.id]
    assert [r.id for r in Refund.list({"payment_id": kept.id}).items] == [refund.id]


def test_the_official_sdk_understands_the_refusals(sdk: None, simulators: SimulatorServer) -> None:
    with pytest.raises(NotFoundError):
        Payment.find_one("no-such-payment")
    Payment.create(ORDER, "sdk-twice")
    with pytest.raises(BadRequestError) as refused:
        Payment.create(ORDER | {"description": "Another"}, "sdk-twice")
    assert refused.value.error.parameter == "Idempotence-Key"
    Configuration.configure("demo-shop", "wrong", api_url=f"{simulators.url}/yookassa/v3")
    with pytest.raises(UnauthorizedError):
        Payment.find_one("any")
    keys = (YOOKASSA_SHOP_ID, YOOKASSA_SECRET_KEY)
    Configuration.configure(*keys, api_url=f"{simulators.url}/yookassa/v3")


@pytest.mark.parametrize(
    ("file", "names"),
    [
        ("aioyookassa", ("Payment", "Refund", "PaymentsList", "RefundsList")),
        (
            "async_yookassa",
            ("PaymentResponse", "RefundResponse", "PaymentListResponse", "RefundListResponse"),
        ),
    ],
)
def test_answers_fit_the_published_models(
    simulators: SimulatorServer, api: httpx.Client, file: str, names: tuple[str, ...]
) -> None:
    payment, refund, payments, refunds = names
    validate = validator(file)
    pending = create(api, f"{file}-pending").json()
    validate(payment, pending)
    simulators.pay(pending["id"])
    validate(payment, api.get(f"/payments/{pending['id']}").json())
    declined = create(api, f"{file}-declined").json()["id"]
    simulators.decline(declined)
    validate(payment, api.get(f"/payments/{declined}").json())
    done = taken(simulators, api, f"{file}-done")
    validate(payment, api.get(f"/payments/{done}").json())
    given = {"payment_id": done, "amount": {"value": "1.00", "currency": "RUB"}}
    validate(refund, post(api, "/refunds", f"{file}-refund", given).json())
    validate(payments, api.get("/payments").json())
    validate(refunds, api.get("/refunds").json())


def validator(file: str) -> Any:
    path = SPECS / f"{file}.models.schema.json"
    if not path.exists():
        pytest.skip(f"The published models are not here: {path}")
    definitions = json.loads(path.read_text())

    def validate(name: str, answer: Any) -> None:
        schema = definitions | {"$ref": f"#/$defs/{name}"}
        assert [e.message for e in Draft202012Validator(schema).iter_errors(answer)] == []

    return validate


def test_a_key_used_again_answers_with_the_same_payment(api: httpx.Client) -> None:
    first, second = create(api, "again"), create(api, "again")
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert create(api, "another").json()["id"] != first.json()["id"]


def test_a_refused_call_leaves_its_key_free(simulators: SimulatorServer, api: httpx.Client) -> None:
    payment_id = create(api, "free").json()["id"]
    early = post(api, f"/payments/{payment_id}/capture", "free-capture", {})
    assert (early.status_code, early.json()["parameter"]) == (400, "payment_id")
    simulators.pay(payment_id)
    late = post(api, f"/payments/{payment_id}/capture", "free-capture", {})
    assert (late.status_code, late.json()["status"]) == (200, "succeeded")
    again = post(api, f"/payments/{payment_id}/capture", "free-capture", {})
    assert again.json() == late.json()


def test_a_capture_takes_no_more_than_is_held(
    simulators: SimulatorServer, api: httpx.Client
) -> None:
    payment_id = create(api, "more").json()["id"]
    simulators.pay(payment_id)
    body = {"amount": {"value": "100.01", "currency": "RUB"}}
    refused = post(api, f"/payments/{payment_id}/capture", "more-capture", body)
    assert (refused.status_code, refused.json()["parameter"]) == (400, "amount.value")


def test_refunds_end_where_the_payment_ends(simulators: SimulatorServer, api: httpx.Client) -> None:
    payment_id = taken(simulators, api, "ends")
    part = {"payment_id": payment_id, "amount": {"value": "60.00", "currency": "RUB"}}
    assert post(api, "/refunds", "ends-1", part).status_code == 200
    assert post(api, "/refunds", "ends-1", part).status_code == 200
    refused = post(api, "/refunds", "ends-2", part)
    assert (refused.status_code, refused.json()["description"]) == (
        400, "Refund amount exceeds the 40.00 left of the payment",
    )  # fmt: skip
    assert api.get(f"/payments/{payment_id}").json()["refunded_amount"]["value"] == "60.00"


@pytest.mark.parametrize(
    ("changes", "parameter"),
    [
        ({"amount": {"value": "-1.00", "currency": "RUB"}}, "amount.value"),
        ({"amount": {"value": 100, "currency": "RUB"}}, "amount.value"),
        ({"amount": {"value": "1.001", "currency": "RUB"}}, "amount.value"),
        ({"amount": {"value": "1.00", "currency": "roubles"}}, "amount.currency"),
        ({"description": "x" * 129}, "description"),
        ({"metadata": {str(n): "x" for n in range(17)}}, "metadata"),
        ({"confirmation": {"type": "redirect", "return_url": "javascript:1"}},
         "confirmation.return_url"),
        ({"confirmation": None}, "confirmation"),
        ({"capture": "yes"}, "capture"),
    ],
)  # fmt: skip
def test_bad_input_is_named(api: httpx.Client, changes: dict[str, Any], parameter: str) -> None:
    answer = create(api, f"bad-{parameter}", **changes)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    assert answer.json()["parameter"] == parameter


def test_a_missing_key_and_a_body_that_is_no_json_are_refused(api: httpx.Client) -> None:
    assert api.post("/payments", json=ORDER).json()["parameter"] == "Idempotence-Key"
    assert api.post("/payments", content=b"{").json()["parameter"] == "body"


def test_a_payer_may_pay_decline_or_leave_on_the_page(
    simulators: SimulatorServer, api: httpx.Client
) -> None:
    paid, declined = create(api, "page-1").json(), create(api, "page-2").json()
    page = httpx.get(paid["confirmation"]["confirmation_url"])
    for words in ("100.00 RUB", "Order 1001", "Pay", "Decline", "http://127.0.0.1/back"):
        assert words in page.text
    answer = httpx.post(f"{simulators.url}/yookassa/checkout/{paid['id']}/pay")
    assert (answer.status_code, answer.headers["location"]) == (303, "http://127.0.0.1/back")
    httpx.post(f"{simulators.url}/yookassa/checkout/{declined['id']}/decline")
    details = api.get(f"/payments/{declined['id']}").json()["cancellation_details"]
    assert details == {"party": "payment_network", "reason": "general_decline"}
    over = httpx.get(f"{simulators.url}/yookassa/checkout/{declined['id']}")
    assert "This payment is canceled." in over.text


def test_lists_are_filtered_by_time_and_paged(
    simulators: SimulatorServer, api: httpx.Client
) -> None:
    made = [create(api, f"list-{n}").json() for n in range(3)]
    since = {"created_at.gte": made[0]["created_at"], "limit": 2, "status": "pending"}
    first = api.get("/payments", params=since).json()
    assert [p["id"] for p in first["items"]] == [made[2]["id"], made[1]["id"]]
    second = api.get("/payments", params=since | {"cursor": first["next_cursor"]}).json()
    assert [p["id"] for p in second["items"]] == [made[0]["id"]]
    assert "next_cursor" not in second
    assert api.get("/payments", params={"limit": 101}).json()["parameter"] == "limit"


def test_what_nobody_pays_or_captures_expires() -> None:
    with SimulatorServer() as simulators, http(simulators) as api:
        unpaid, held = create(api, "unpaid").json()["id"], create(api, "held").json()["id"]
        simulators.pay(held)
        simulators.advance(3600)
        assert reason(api, unpaid) == "expired_on_confirmation"
        assert api.get(f"/payments/{held}").json()["status"] == "waiting_for_capture"
        simulators.advance(7 * 24 * 3600)
        assert reason(api, held) == "expired_on_capture"


def test_a_refund_may_take_its_time_and_fail() -> None:
    settings = Settings(pace=Pace(refund=60))
    with SimulatorServer(settings=settings) as simulators, http(simulators) as api:
        payment_id = taken(simulators, api, "slow")
        body = {"payment_id": payment_id, "amount": {"value": "60.00", "currency": "RUB"}}
        failing = post(api, "/refunds", "slow-1", body).json()
        assert failing["status"] == "pending"
        assert post(api, "/refunds", "slow-2", body).status_code == 400
        simulators.control("POST", f"/__control/yookassa/refunds/{failing['id']}/fail")
        done = post(api, "/refunds", "slow-2", body).json()
        simulators.advance(60)
        states = [api.get(f"/refunds/{r['id']}").json()["status"] for r in (failing, done)]
        assert states == ["canceled", "succeeded"]


def test_the_same_seed_hands_out_the_same_ids() -> None:
    def first_id() -> str:
        with SimulatorServer(settings=Settings(seed=7)) as simulators, http(simulators) as api:
            return str(create(api, "seeded").json()["id"])

    assert first_id() == first_id()


def test_the_sdk_reads_the_notification(simulators: SimulatorServer, api: httpx.Client) -> None:
    payment = api.get(f"/payments/{taken(simulators, api, 'notified')}").json()
    body = {"type": "notification", "event": "payment.succeeded", "object": payment}
    notification = WebhookNotificationFactory().create(body)
    assert (notification.event, notification.object.id) == ("payment.succeeded", payment["id"])


def http(simulators: SimulatorServer) -> httpx.Client:
    keys = (YOOKASSA_SHOP_ID, YOOKASSA_SECRET_KEY)
    return httpx.Client(base_url=f"{simulators.url}/yookassa/v3", auth=keys)


def reason(api: httpx.Client, payment_id: str) -> str:
    return str(api.get(f"/payments/{payment_id}").json()["cancellation_details"]["reason"])

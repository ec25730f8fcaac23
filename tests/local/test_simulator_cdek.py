"""The simulated CDEK against the SDK published for it, its models, and the carrier's rules."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from cdek import CdekClient
from cdek.apps.form import PrintBarcodeRequest
from cdek.apps.location import CityFilter, CityListFilter
from cdek.apps.office import OfficeFilter
from cdek.apps.order import OrderRequest
from cdek.apps.tariff import TariffCodeRequest, TariffListRequest
from cdek.apps.webhook import WebhookRequest
from cdek.exceptions import CdekRequestException
from jsonschema import Draft202012Validator

from local.simulators.credentials import CDEK_CLIENT_ID, CDEK_CLIENT_SECRET
from local.simulators.server import SimulatorServer
from local.simulators.settings import Pace, Settings
from tests.local.cdek_calls import (
    codes,
    eventually,
    order,
    registered,
    rejected,
    signed_in,
    state,
)

# The SDK opens a session for every call and leaves closing it to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
SPECS = Path(__file__).parents[3] / "shared" / "specs" / "cdek" / "cdek-1.2.0.models.schema.json"
FAST = Settings(pace=Pace(booking=0, label=0))
T = TypeVar("T")


@pytest.fixture(scope="module")
def simulators() -> Iterator[SimulatorServer]:
    with SimulatorServer(settings=FAST) as running:
        yield running


@pytest.fixture(scope="module")
def sdk(simulators: SimulatorServer) -> CdekClient:
    client = CdekClient(CDEK_CLIENT_ID, CDEK_CLIENT_SECRET)
    client.base_url = f"{simulators.url}/cdek/v2/"
    return client


@pytest.fixture(scope="module")
def api(simulators: SimulatorServer) -> Iterator[httpx.Client]:
    with signed_in(simulators) as client:
        yield client


def test_the_sdk_prices_finds_places_and_points(sdk: CdekClient) -> None:
    priced = {t.tariff_code: t.delivery_sum for t in offered(sdk)}
    assert set(priced) == {136, 137, 138, 139, 233, 234, 366, 368}
    assert priced[234] < priced[136] < priced[137] < priced[139]
    assert [c.code for c in sdk.location.city(CityFilter(name="Каз"))] == [424]
    assert len(sdk.location.cities(CityListFilter())) == 12
    points = sdk.office.get(OfficeFilter(city_code=424, type="PVZ"))["result"]
    assert [point.code for point in points] == ["KAZ1"]


def offered(sdk: CdekClient) -> list[Any]:
    places = {"from_location": {"code": 44}, "to_location": {"code": 424}}
    date = "2026-11-22T10:00:00"
    ask = TariffListRequest.model_validate(places | {"packages": [{"weight": 1000}], "date": date})
    return list(sdk.tariff.calc_list(ask).get_codes())


def test_the_sdk_gets_the_price_of_one_tariff_with_services(sdk: CdekClient) -> None:
    ask = TariffCodeRequest.model_validate({
        "tariff_code": 139, "date": "2026-11-22T10:00:00",
        "from_location": {"postal_code": "101000"}, "to_location": {"city": "Kazan"},
        "packages": [{"weight": 100, "length": 50, "width": 20, "height": 10}],
        "services": [{"code": "INSURANCE", "parameter": "10000"}],
    })  # fmt: skip
    price = sdk.tariff.calc(ask)
    assert price.weight_calc == 2000
    assert (price.currency, price.total_sum) == ("RUB", price.delivery_sum + 80)
    assert ([s.code for s in price.services or []], price.period_max) == (["INSURANCE"], 3)


def test_the_sdk_books_reads_prints_and_deletes(sdk: CdekClient) -> None:
    booked = sdk.order.create(OrderRequest.model_validate(order("sdk-1")))
    assert booked.entity is not None
    assert booked.requests is not None
    assert booked.requests[0].state == "ACCEPTED"
    uuid = str(booked.entity.uuid)
    eventually(lambda: sdk.order.get_by_uuid(uuid).entity.cdek_number)
    read = sdk.order.get_by_im_number("sdk-1").entity
    assert read is not None
    assert (read.uuid, [s.code for s in read.statuses]) == (uuid, ["CREATED", "ACCEPTED"])
    assert sdk.order.get_by_cdek_number(str(read.cdek_number)).entity.uuid == uuid
    asked = sdk.barcode.set(PrintBarcodeRequest.model_validate({
        "orders": [{"order_uuid": uuid}], "format": "A6"}))  # fmt: skip
    form = str(asked.entity.uuid)
    eventually(lambda: sdk.barcode.get(form).entity.url)
    assert sdk.barcode.get_pdf(form).startswith(b"%PDF-1.4")
    sdk.order.delete(uuid)
    with pytest.raises(CdekRequestException):
        sdk.order.get_by_im_number("sdk-1")


def test_the_sdk_subscribes(sdk: CdekClient, simulators: SimulatorServer) -> None:
    made = sdk.webhook.set(WebhookRequest(type="ORDER_STATUS", url="http://127.0.0.1:9/x"))
    uuid = str(made.entity.uuid)
    assert [str(one.uuid) for one in sdk.webhook.all()] == [uuid]
    assert sdk.webhook.get(uuid).entity.url == "http://127.0.0.1:9/x"
    sdk.webhook.delete(uuid)
    assert sdk.webhook.all() == []


def test_answers_fit_the_published_models(api: httpx.Client) -> None:
    validate = validator()
    created = api.post("/orders", json=order("models"))
    assert created.status_code == 202
    validate("EntityResponse", created.json())
    uuid = created.json()["entity"]["uuid"]
    eventually(lambda: state(api, uuid) == "SUCCESSFUL")
    validate("OrderEntityResponse", api.get(f"/orders/{uuid}").json())
    for city in api.get("/location/cities").json():
        validate("CitiesResponse", city)
    for office in api.get("/deliverypoints").json():
        validate("OfficeResponse", office)
    places = {"from_location": {"code": 44}, "to_location": {"code": 137}}
    body = places | {"packages": [{"weight": 500}], "tariff_code": 136}
    validate("TariffListResponse", api.post("/calculator/tarifflist", json=body).json())
    validate("TariffResponse", api.post("/calculator/tariff", json=body).json())
    for kind, name in (("barcodes", "PrintBarcodeResponse"), ("orders", "WaybillEntityResponse")):
        asked = api.post(f"/print/{kind}", json={"orders": [{"order_uuid": uuid}]}).json()
        validate("EntityResponse", asked)
        validate(name, api.get(f"/print/{kind}/{asked['entity']['uuid']}").json())


def validator() -> Callable[[str, Any], None]:
    if not SPECS.exists():
        pytest.skip(f"The published models are not here: {SPECS}")
    definitions = json.loads(SPECS.read_text())
    # The carrier writes its number as text; the SDK's model turns it into a number while reading.
    definitions["$defs"]["OrderResponse"]["properties"]["cdek_number"] = {"type": "string"}

    def validate(name: str, answer: Any) -> None:
        schema = definitions | {"$ref": f"#/$defs/{name}"}
        assert [e.message for e in Draft202012Validator(schema).iter_errors(answer)] == []

    return validate


def test_wrong_keys_get_no_token_and_a_dead_token_opens_nothing(
    simulators: SimulatorServer,
) -> None:
    url = f"{simulators.url}/cdek/v2/oauth/token"
    form = {"grant_type": "client_credentials", "client_id": CDEK_CLIENT_ID, "client_secret": "x"}
    answer = httpx.post(url, data=form)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    with signed_in(simulators) as api:
        assert api.get("/location/cities").status_code == 200
        simulators.advance(3600)
        assert api.get("/location/cities").status_code == 401
        assert [e["code"] for e in codes(api.get("/location/cities"))] == ["v2_token_invalid"]


def test_what_is_malformed_is_refused_at_once(simulators: SimulatorServer) -> None:
    with signed_in(simulators) as api:
        answer = api.post("/orders", json={"number": "x" * 41})
        assert answer.status_code == 400
        assert [error["message"] for error in codes(answer)] == [
            "[tariff_code] is empty",
            "[number] is longer than 40 characters",
            "[recipient] is empty",
            "[packages] is empty",
        ]
        assert api.post("/orders", content=b"[1]").status_code == 400
        assert api.get("/orders/nobody").status_code == 400


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tariff_code": 1}, "v2_bad_request"),
        ({"to_location": {"city": "Atlantis", "address": "1"}},
         "v2_recipient_location_not_recognized"),
        ({"to_location": None}, "v2_order_location_to_and_delivery_point_empty"),
        ({"delivery_point": "KAZ1"}, "v2_delivery_address_multivalued"),
        ({"shipment_point": "XXX9", "from_location": None}, "shipment_location_is_not_recognized"),
        ({"from_location": None}, "v2_order_location_from_and_shipment_point_empty"),
        ({"tariff_code": 136}, "v2_field_is_empty"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_accepted_and_rejected_later(
    simulators: SimulatorServer, changes: dict[str, Any], code: str
) -> None:
    with signed_in(simulators) as api:
        assert rejected(api, code[-40:], **changes) == [code]


def test_a_number_serves_one_live_order(simulators: SimulatorServer) -> None:
    with signed_in(simulators) as api:
        first = registered(api, "unique")
        assert rejected(api, "unique") == ["v2_entity_invalid"]
        found = api.get("/orders", params={"im_number": "unique"}).json()
        assert found["entity"]["uuid"] == first
        assert api.delete(f"/orders/{first}").status_code == 202
        assert api.delete(f"/orders/{first}").status_code == 400
        second = registered(api, "unique")
        found = api.get("/orders", params={"im_number": "unique"}).json()
        assert found["entity"]["uuid"] == second


def test_an_unknown_number_is_said_to_be_unknown(simulators: SimulatorServer) -> None:
    with signed_in(simulators) as api:
        answer = api.get("/orders", params={"im_number": "never"})
        assert answer.status_code == 400
        assert codes(answer)[0]["code"] == "v2_entity_not_found_im_number"
        assert codes(api.get("/orders", params={"cdek_number": "1"}))[0]["code"] == (
            "v2_order_not_found"
        )

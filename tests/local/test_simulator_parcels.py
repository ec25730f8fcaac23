"""The way of a parcel at the simulated carrier: stages, labels, and people who lead it."""

from collections.abc import Iterator

import httpx
import pytest

from local.simulators.cdek.code128 import widths
from local.simulators.server import SimulatorServer
from local.simulators.settings import Pace, Settings
from tests.local.cdek_calls import codes, eventually, order, registered, signed_in, statuses


@pytest.fixture(scope="module")
def simulators() -> Iterator[SimulatorServer]:
    with SimulatorServer(settings=Settings(pace=Pace(booking=0, label=0))) as running:
        yield running


def test_a_parcel_is_led_to_the_door(simulators: SimulatorServer) -> None:
    with signed_in(simulators) as api:
        uuid = registered(api, "door")
        assert simulators.lead("door", "hand_over") == ["RECEIVED_AT_SHIPMENT_WAREHOUSE"]
        assert api.delete(f"/orders/{uuid}").status_code == 400
        assert simulators.lead(uuid, "arrive")[-1] == "TAKEN_BY_COURIER"
        assert simulators.lead(uuid, "deliver") == ["DELIVERED"]
        entity = api.get(f"/orders/{uuid}").json()["entity"]
        times = [status["date_time"] for status in entity["statuses"]]
        assert (len(times), times) == (10, sorted(set(times), reverse=True))
        with pytest.raises(ValueError, match="A parcel in status DELIVERED cannot deliver"):
            simulators.lead(uuid, "deliver")


def test_a_parcel_is_refused_at_the_point(simulators: SimulatorServer) -> None:
    with signed_in(simulators) as api:
        target = {"tariff_code": 136, "to_location": None, "delivery_point": "KAZ1"}
        uuid = registered(api, "point", **target)
        assert simulators.lead(uuid, "arrive")[-1] == "ACCEPTED_AT_PICK_UP_POINT"
        assert simulators.lead(uuid, "refuse") == ["NOT_DELIVERED"]
        last = api.get(f"/orders/{uuid}").json()["entity"]["statuses"][0]
        assert (last["code"], last["reason_code"]) == ("NOT_DELIVERED", "11")


def test_the_shop_takes_a_parcel_back(simulators: SimulatorServer) -> None:
    with signed_in(simulators) as api:
        uuid = registered(api, "back")
        simulators.lead(uuid, "hand_over")
        assert api.post(f"/orders/{uuid}/refusal").status_code == 202
        assert api.post(f"/orders/{uuid}/refusal").status_code == 400
        assert statuses(api, uuid)[0] == "NOT_DELIVERED"


def test_a_parcel_walks_by_itself_one_stage_at_a_time() -> None:
    settings = Settings(pace=Pace(booking=60, courier=3600, token=86400))
    with SimulatorServer(settings=settings) as simulators, signed_in(simulators) as api:
        uuid = api.post("/orders", json=order("walk")).json()["entity"]["uuid"]
        assert statuses(api, uuid) == ["ACCEPTED"]
        simulators.advance(60)
        assert statuses(api, uuid) == ["CREATED", "ACCEPTED"]
        for _ in range(7):
            simulators.advance(3600)
        assert statuses(api, uuid)[0] == "TAKEN_BY_COURIER"
        simulators.advance(3600)
        assert statuses(api, uuid)[0] == "DELIVERED"


def test_a_parcel_in_a_hurry_arrives_at_once() -> None:
    settings = Settings(pace=Pace(booking=0, courier=0))
    with SimulatorServer(settings=settings) as simulators, signed_in(simulators) as api:
        uuid = api.post("/orders", json=order("run")).json()["entity"]["uuid"]
        eventually(lambda: statuses(api, uuid)[0] == "DELIVERED")
        assert len(statuses(api, uuid)) == 10


def test_a_label_gets_ready_carries_the_number_and_expires() -> None:
    settings = Settings(pace=Pace(booking=0, label=10, token=86400))
    with SimulatorServer(settings=settings) as simulators, signed_in(simulators) as api:
        uuid = registered(api, "label")
        number = api.get(f"/orders/{uuid}").json()["entity"]["cdek_number"]
        body = {"orders": [{"order_uuid": uuid}], "format": "A6"}
        form = api.post("/print/barcodes", json=body).json()["entity"]["uuid"]
        early = api.get(f"/print/barcodes/{form}").json()["entity"]
        assert (early["statuses"][0]["code"], "url" in early) == ("ACCEPTED", False)
        assert api.get(f"/print/barcodes/{form}.pdf").status_code == 400
        simulators.advance(10)
        url = api.get(f"/print/barcodes/{form}").json()["entity"]["url"]
        file = api.get(url)
        assert file.headers["content-type"] == "application/pdf"
        assert f"(CDEK {number}) Tj".encode() in file.content
        assert httpx.get(url).status_code == 401
        simulators.advance(3601)
        assert codes(api.get(url))[0]["code"] == "v2_print_form_expired"


def test_a_label_of_an_unknown_order_comes_to_nothing(simulators: SimulatorServer) -> None:
    with signed_in(simulators) as api:
        body = {"orders": [{"order_uuid": "nobody"}]}
        form = api.post("/print/barcodes", json=body).json()["entity"]["uuid"]
        path = f"/print/barcodes/{form}"
        eventually(lambda: api.get(path).json()["entity"]["statuses"][0]["code"] == "INVALID")
        assert codes(api.get(path))[0]["code"] == "v2_print_form_empty"


def test_the_bars_of_a_known_number() -> None:
    start, one, check, stop = "211214", "123221", "223211", "2331112"
    assert widths("1") == [int(width) for width in start + one + check + stop]
    with pytest.raises(ValueError, match="cannot be written"):
        widths("Ж")


def test_people_see_and_lead_parcels(simulators: SimulatorServer) -> None:
    with signed_in(simulators) as api:
        uuid = registered(api, "seen")
        page = httpx.get(f"{simulators.url}/cdek/parcels").text
        assert "Создан (CREATED)" in page
        answer = httpx.post(f"{simulators.url}/cdek/parcels/{uuid}/deliver")
        assert answer.status_code == 303
        assert statuses(api, uuid)[0] == "DELIVERED"

"""What the carrier tells the shop about a parcel: ORDER_STATUS, unsigned."""

import json

from local.simulators.cdek.courier import STAGES
from local.simulators.cdek.places import City
from local.simulators.cdek.wire import stamp
from local.simulators.state import Document
from local.simulators.webhooks import Call
from local.simulators.world import World

ORDER_STATUS = "ORDER_STATUS"


def tell_status(world: World, record: Document, city: City | None) -> None:
    """Only of registered orders: an event always carries the carrier's number."""
    if record["cdek_number"] is None:
        return
    content = json.dumps(_event(world, record, city), ensure_ascii=False)
    event = f"{ORDER_STATUS} {record['statuses'][0]['code']}"
    for url in _receivers(world):
        world.webhooks.send("cdek", record["uuid"], event, Call(url, content))


def _receivers(world: World) -> list[str]:
    subscriptions = world.store.collection("cdek_webhook")
    urls = [one["url"] for one in subscriptions if one["type"] == ORDER_STATUS]
    own = [f"{world.webhooks_url}/cdek"] if world.webhooks_url else []
    return list(dict.fromkeys(own + urls))


def _event(world: World, record: Document, city: City | None) -> Document:
    status = record["statuses"][0]
    attributes = {
        "is_return": False,
        "is_reverse": False,
        "is_client_return": False,
        "cdek_number": record["cdek_number"],
        "code": status["code"],
        "status_code": STAGES[status["code"]][1],
        "status_date_time": status["date_time"],
    }
    if record["order"].get("number"):
        attributes["number"] = record["order"]["number"]
    if status.get("reason_code"):
        attributes["status_reason_code"] = status["reason_code"]
    if city is not None:
        attributes |= {"city_name": city.name, "city_code": str(city.code), "city_uuid": city.uuid}
    moment = stamp(world.clock.now())
    return {
        "type": ORDER_STATUS,
        "date_time": moment,
        "uuid": record["uuid"],
        "attributes": attributes,
    }

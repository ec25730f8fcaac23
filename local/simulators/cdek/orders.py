"""Orders: accepted at once, registered or rejected in the background, then on their way."""

from datetime import datetime, timedelta

from local.simulators.cdek import courier
from local.simulators.cdek.checks import form_errors, meaning_errors, origin_city, target_city
from local.simulators.cdek.events import tell_status
from local.simulators.cdek.places import City
from local.simulators.cdek.tariffs import TARIFFS
from local.simulators.cdek.wire import error, not_found, refused, request, stamp
from local.simulators.refused import Refused
from local.simulators.state import Document
from local.simulators.world import World

_FIRST_NUMBER = 1_106_000_001


class Orders:
    """A record is `{"uuid", "sequence", "order": as sent, "cdek_number", "statuses": newest
    first, "requests"}`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._all = world.store.collection("cdek_order")
        self._by_number: dict[str, list[str]] = {}
        for record in self._all:
            self._index(record)

    def create(self, order: Document) -> Document:
        if errors := form_errors(order):
            raise refused("CREATE", errors)
        record: Document = {
            "uuid": self._world.ids.uuid(),
            "sequence": len(self._all),
            "order": order,
            "cdek_number": None,
            "statuses": [],
            "requests": [self._request("CREATE", "ACCEPTED")],
        }
        self._index(record)
        self._add_status(record, "ACCEPTED", None)
        self._register_later(record["uuid"])
        return record

    def record(self, uuid: str) -> Document:
        record = self._all.get(uuid)
        if record is None:
            raise not_found(uuid)
        return record

    def find(self, im_number: str | None, cdek_number: str | None) -> Document:
        """The live order of that number, else the last rejected one; removed ones are gone."""
        if im_number is not None:
            found = [self.record(uuid) for uuid in self._by_number.get(im_number, [])]
            code, name = "v2_entity_not_found_im_number", f"im_number {im_number}"
        else:
            found = [r for r in self._all if cdek_number and r["cdek_number"] == cdek_number]
            code, name = "v2_order_not_found", f"cdek_number {cdek_number}"
        there = [record for record in found if status_code(record) != "REMOVED"]
        if not there:
            raise refused("GET", [error(code, f"Entity is not found by {name}")])
        return next((record for record in there if is_live(record)), there[-1])

    def newest(self) -> list[Document]:
        return list(self._all.newest())

    def remove(self, uuid: str) -> Document:
        record = self.record(uuid)
        if status_code(record) == "REMOVED":
            raise not_found(uuid)
        if status_code(record) != "CREATED":
            text = f"An order in status {status_code(record)} cannot be deleted"
            raise refused("DELETE", [error("v2_entity_invalid", text)])
        record["requests"].append(self._request("DELETE", "SUCCESSFUL"))
        self._add_status(record, "REMOVED", origin_city(record["order"]))
        return record

    def refuse(self, uuid: str) -> Document:
        """The shop takes the parcel back while it is on its way."""
        record = self.record(uuid)
        if courier.is_final(record["statuses"][0]) or status_code(record) == "ACCEPTED":
            text = f"An order in status {status_code(record)} cannot be refused"
            raise refused("CREATE_REFUSAL", [error("v2_entity_invalid", text)])
        record["requests"].append(self._request("CREATE_REFUSAL", "SUCCESSFUL"))
        self._move(record, "NOT_DELIVERED")
        return record

    def lead(self, reference: str, act: str) -> list[str]:
        """Moves a parcel, by uuid or either number; returns the stages it has gone through."""
        record = self._all.get(reference)
        if record is None:
            known = reference in self._by_number
            record = self.find(reference if known else None, reference)
        mode = TARIFFS[record["order"]["tariff_code"]].mode
        stages = courier.stages_ahead(courier.end_of(mode), status_code(record), act)
        if not stages:
            text = f"A parcel in status {status_code(record)} cannot {act}."
            raise Refused(409, {"message": text})
        for stage in stages:
            self._move(record, stage)
        return stages

    def resume(self) -> None:
        for record in self._all:
            if status_code(record) == "ACCEPTED":
                self._register_later(record["uuid"])
            elif not courier.is_final(record["statuses"][0]):
                self._walk_on(record["uuid"])

    def _index(self, record: Document) -> None:
        number = record["order"].get("number")
        if number:
            self._by_number.setdefault(str(number), []).append(record["uuid"])

    def _register_later(self, uuid: str) -> None:
        self._world.agenda.after(self._world.settings.pace.booking, lambda: self._register(uuid))

    def _register(self, uuid: str) -> None:
        record = self.record(uuid)
        if status_code(record) != "ACCEPTED":
            return
        errors = meaning_errors(record["order"]) or self._number_errors(record)
        if errors:
            record["requests"][0] |= {"state": "INVALID", "errors": errors}
            self._add_status(record, "INVALID", None)
            return
        record["requests"][0]["state"] = "SUCCESSFUL"
        record["cdek_number"] = str(_FIRST_NUMBER + record["sequence"])
        self._add_status(record, "CREATED", origin_city(record["order"]))
        self._walk_on(uuid)

    def _walk_on(self, uuid: str) -> None:
        pace = self._world.settings.pace.courier
        if pace is not None:
            self._world.agenda.after(pace, lambda: self._walk(uuid))

    def _walk(self, uuid: str) -> None:
        record = self.record(uuid)
        mode = TARIFFS[record["order"]["tariff_code"]].mode
        for stage in courier.stages_ahead(courier.end_of(mode), status_code(record), "step"):
            self._move(record, stage)
            self._walk_on(uuid)

    def _move(self, record: Document, stage: str) -> None:
        started = stage in ("RECEIVED_AT_SHIPMENT_WAREHOUSE", "READY_FOR_SHIPMENT_IN_SENDER_CITY")
        order = record["order"]
        self._add_status(record, stage, origin_city(order) if started else target_city(order))

    def _add_status(self, record: Document, code: str, city: City | None) -> None:
        moment = self._world.clock.now()
        if record["statuses"]:
            # Times are written in whole seconds: two stages must not share one.
            last = datetime.fromisoformat(record["statuses"][0]["date_time"])
            moment = max(moment, last + timedelta(seconds=1))
        status = {"code": code, "name": courier.STAGES[code][0], "date_time": stamp(moment)}
        status["city"] = city.name if city else "Офис СДЭК"
        if code == "NOT_DELIVERED":
            status["reason_code"] = courier.REFUSED_BY_RECIPIENT
        record["statuses"].insert(0, status)
        self._all.save(record["uuid"], record)
        tell_status(self._world, record, city)

    def _number_errors(self, record: Document) -> list[dict[str, str]]:
        number = record["order"].get("number")
        others = [self.record(uuid) for uuid in self._by_number.get(str(number), [])]
        if any(is_live(o) and o["sequence"] < record["sequence"] for o in others):
            text = f"An order with number {number} already exists"
            return [error("v2_entity_invalid", text)]
        return []

    def _request(self, kind: str, state: str) -> Document:
        return request(kind, state, self._world.clock.now(), self._world.ids.uuid())


def status_code(record: Document) -> str:
    return str(record["statuses"][0]["code"])


def is_live(record: Document) -> bool:
    """Neither rejected nor taken back: its number is in use."""
    return status_code(record) not in ("INVALID", "REMOVED")

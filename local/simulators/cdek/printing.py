"""Labels and waybills: asked for, ready a little later, gone after an hour."""

from datetime import datetime, timedelta

from local.simulators.cdek.checks import origin_city, target_city
from local.simulators.cdek.label import Line, pdf
from local.simulators.cdek.orders import Orders, is_live
from local.simulators.cdek.places import City
from local.simulators.cdek.wire import error, not_found, refused, request, stamp
from local.simulators.refused import Refused
from local.simulators.state import Document
from local.simulators.world import World

_FORMATS = ("A4", "A5", "A6", "A7")
_NAMES = {
    "ACCEPTED": "Принят",
    "PROCESSING": "Формируется",
    "READY": "Сформирован",
    "INVALID": "Некорректный запрос",
    "REMOVED": "Удален",
}
_ORDERS, _COPIES = 100, 10
_LIFE = timedelta(hours=1)


class Printing:
    """`kind` is what the address says: barcodes or orders (waybills)."""

    def __init__(self, world: World, orders: Orders) -> None:
        self._world = world
        self._orders = orders
        self._all = world.store.collection("cdek_print")

    def ask(self, kind: str, body: Document) -> Document:
        wanted, page_format, copies = _read(body)
        form: Document = {
            "uuid": self._world.ids.uuid(),
            "kind": kind,
            "orders": wanted,
            "format": page_format,
            "copy_count": copies,
            "statuses": [],
            "request": request("CREATE", "ACCEPTED", self._now(), self._world.ids.uuid()),
        }
        self._set(form, "ACCEPTED")
        self._make_later(form["uuid"])
        return form

    def read(self, kind: str, uuid: str) -> Document:
        form = self._all.get(uuid)
        if form is None or form["kind"] != kind:
            raise not_found(uuid)
        if self._now() - datetime.fromisoformat(form["statuses"][-1]["date_time"]) > _LIFE:
            raise refused("GET", [error("v2_print_form_expired", "The print form has expired")])
        return form

    def describe(self, form: Document, origin: str) -> Document:
        entity = {name: form[name] for name in ("uuid", "orders", "copy_count")}
        entity["statuses"] = form["statuses"][::-1]
        if form["kind"] == "barcodes":
            entity |= {"format": form["format"], "lang": "RUS"}
        if _is_ready(form):
            entity["url"] = f"{origin}cdek/v2/print/{form['kind']}/{form['uuid']}.pdf"
        return {"entity": entity, "requests": [form["request"]]}

    def file(self, kind: str, uuid: str) -> bytes:
        form = self.read(kind, uuid)
        if not _is_ready(form):
            raise refused("GET", [error("v2_entity_invalid", "The print form is not ready")])
        pages = [_page(record) for record in self._records(form)]
        return pdf(pages * form["copy_count"], form["format"])

    def resume(self) -> None:
        for form in self._all:
            if form["statuses"][-1]["code"] in ("ACCEPTED", "PROCESSING"):
                self._make_later(form["uuid"])

    def _make_later(self, uuid: str) -> None:
        half = self._world.settings.pace.label / 2
        self._world.agenda.after(half, lambda: self._process(uuid))
        self._world.agenda.after(2 * half, lambda: self._make(uuid))

    def _process(self, uuid: str) -> None:
        form = self._all.get(uuid)
        if form and form["statuses"][-1]["code"] == "ACCEPTED":
            self._set(form, "PROCESSING")

    def _make(self, uuid: str) -> None:
        form = self._all.get(uuid)
        if form is None:
            return
        if self._records(form):
            form["request"]["state"] = "SUCCESSFUL"
            self._set(form, "READY")
        else:
            problem = error("v2_print_form_empty", "None of the orders can be printed")
            form["request"] |= {"state": "INVALID", "errors": [problem]}
            self._set(form, "INVALID")

    def _records(self, form: Document) -> list[Document]:
        """The orders that can be printed: registered and not removed."""
        found = []
        for wanted in form["orders"]:
            try:
                record = self._order(wanted)
            except Refused:
                continue
            if record["cdek_number"] and is_live(record):
                found.append(record)
        return found

    def _order(self, wanted: Document) -> Document:
        if wanted.get("order_uuid"):
            return self._orders.record(str(wanted["order_uuid"]))
        return self._orders.find(None, str(wanted.get("cdek_number")))

    def _set(self, form: Document, code: str) -> None:
        status = {"code": code, "name": _NAMES[code], "date_time": stamp(self._now())}
        form["statuses"].append(status)
        self._all.save(form["uuid"], form)

    def _now(self) -> datetime:
        return self._world.clock.now()


def _read(body: Document) -> tuple[list[Document], str, int]:
    orders, page_format = body.get("orders"), body.get("format") or "A4"
    copies = body.get("copy_count") or 1
    if not isinstance(orders, list) or not 1 <= len(orders) <= _ORDERS:
        raise refused("CREATE", [error("v2_field_is_empty", f"[orders] needs 1 to {_ORDERS}")])
    if not all(isinstance(order, dict) for order in orders):
        raise refused("CREATE", [error("v2_invalid_value_type", "[orders] holds no objects")])
    if page_format not in _FORMATS:
        raise refused("CREATE", [error("v2_invalid_format", f"[format] is none of {_FORMATS}")])
    if not isinstance(copies, int) or not 1 <= copies <= _COPIES:
        raise refused("CREATE", [error("v2_invalid_format", f"[copy_count] is not 1 to {_COPIES}")])
    return orders, page_format, copies


def _is_ready(form: Document) -> bool:
    return bool(form["statuses"][-1]["code"] == "READY")


def _page(record: Document) -> tuple[str, list[Line]]:
    order, number = record["order"], record["cdek_number"]
    cities = [_latin(city) for city in (origin_city(order), target_city(order))]
    lines = [
        Line(f"CDEK {number}", 20),
        Line(f"No {order.get('number') or '-'}", 14),
        Line(" - ".join(cities), 12),
        Line(f"Point {order.get('delivery_point') or '-'}", 10),
        Line(f"Tariff {order['tariff_code']}, {len(order['packages'])} pcs", 10),
        Line(f"{sum(package['weight'] for package in order['packages'])} g", 10),
    ]
    return number, lines


def _latin(city: City | None) -> str:
    return city.latin if city else "?"

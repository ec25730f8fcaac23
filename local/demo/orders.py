"""A few orders in different states, placed and led on through the running API."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import httpx

from api.access import CSRF_HEADER, SESSION_COOKIE, csrf_token
from config import Settings
from db.access import add_session, end_session
from db.accounts import find_account
from db.engine import Database
from local.demo.sign_ins import SignIns
from local.errors import CannotStart
from local.ports import Ports

Answer = dict[str, Any]
PATIENCE_S = 30
HERE = {"country": "RU", "city": "Казань", "postcode": "420111", "street": "Баумана 1"}
LEEDS = {"country": "GB", "city": "Leeds", "postcode": "LS1 4DY", "street": "3 Park Row"}
ANNA = {
    "name": "Анна Иванова",
    "email": "anna@customer.example",
    "phone": "+79165550101",
    "language": "ru",
}
MARC = {
    "name": "Marc Dubois",
    "email": "marc@customer.example",
    "phone": "+33612345678",
    "language": "fr",
}
JANE = {"name": "Jane Harris", "email": "jane@customer.example", "language": "en"}


def place_demo_orders(settings: Settings, kept: SignIns, db: Database) -> int:
    """How many. None, where orders have been placed already."""
    with session_of(db, "owner") as session, Counter(settings, kept, session) as counter:
        if counter.ask("GET", "/orders?limit=1")["rows"]:
            return 0
        for order in ORDERS:
            order(counter)
    return len(ORDERS)


@contextmanager
def session_of(db: Database, login: str) -> Iterator[str]:
    """Of somebody whose sign-in nobody has to wait for."""
    with db.transaction() as tx:
        account = find_account(tx, login)
        if account is None:
            raise CannotStart(f"Nobody signs in as {login} any more.")
        token = add_session(tx, account.id)
    yield token
    with db.transaction() as tx:
        end_session(tx, token)


class Counter:
    """Speaks to the API: as the owner, and with a storefront's key where orders are placed."""

    def __init__(self, settings: Settings, kept: SignIns, session: str) -> None:
        self._kept = kept
        self._speaking = {
            "Cookie": f"{SESSION_COOKIE}={session}",
            CSRF_HEADER: csrf_token(session),
        }
        self._simulators = f"http://127.0.0.1:{Ports(settings.port).simulators}"
        address = f"http://127.0.0.1:{settings.port}/api"
        self._http = httpx.Client(base_url=address, trust_env=False, timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._http.close()

    def ask(self, method: str, path: str, body: Answer | None = None, key: str = "") -> Answer:
        speaking = {"Authorization": f"Bearer {key}"} if key else self._speaking
        headers = {**speaking, "Idempotency-Key": str(uuid4())}
        answered = self._http.request(method, path, json=body, headers=headers)
        if answered.is_error:
            raise CannotStart(f"{method} {path} answered {answered.status_code}: {answered.text}")
        answer: Answer = answered.json()
        return answer

    def place(self, program: str, skus: dict[str, int], customer: Answer, **more: Any) -> Answer:
        lines = [{"sku": sku, "quantity": quantity} for sku, quantity in skus.items()]
        body = {"lines": lines, "customer": customer, "address": HERE, **more}
        return self.ask("POST", "/orders", body, self._kept.key(program))

    def do(self, order: Answer, command: str, **body: Any) -> Answer:
        return self.ask("POST", f"/orders/{order['id']}/{command}", body)

    def ship(self, order: Answer) -> Answer:
        """The order as it is afterwards."""
        self.do(order, "shipments")
        return self.ask("GET", f"/orders/{order['id']}")

    def pay(self, order: Answer) -> None:
        """At the simulator, as the customer would in the browser."""
        payment = f"/orders/{order['id']}/payments/{order['payments'][0]['id']}"
        page = _until(lambda: self.ask("GET", payment)["confirmation_url"])
        self._simulate(page.rstrip("/") + "/pay")
        _until(lambda: self.ask("GET", f"/orders/{order['id']}")["payment"] == "paid")

    def arrive(self, shipment: Answer) -> None:
        """At the simulated carrier."""
        path = f"/__control/cdek/orders/{shipment['reference']}/deliver"
        self._simulate(self._simulators + path)

    def _simulate(self, url: str) -> None:
        answered = self._http.post(url)
        if answered.is_error:
            raise CannotStart(f"The simulators answered {answered.status_code}: {answered.text}")


def waiting_for_its_customer(counter: Counter) -> None:
    counter.place(
        "storefront",
        {"MUG-WHITE": 2, "TEA-JASMINE": 1},
        MARC,
        shipping_method="courier",
        payments=[{"method": "card"}],
    )


def paid_and_to_ship(counter: Counter) -> None:
    order = counter.place(
        "storefront",
        {"SHAWL-RED": 1, "WRAPPING": 1},
        ANNA,
        shipping_method="cdek-door",
        payments=[{"method": "card"}],
    )
    counter.pay(order)


def delivered_by_cdek(counter: Counter) -> None:
    order = counter.place(
        "storefront",
        {"TEAPOT": 1, "TEA-CARAVAN": 3},
        ANNA,
        shipping_method="cdek-door",
        payments=[{"method": "card"}],
    )
    counter.pay(order)
    counter.arrive(counter.ship(order)["shipments"][0])


def with_our_courier(counter: Counter) -> None:
    order = counter.place(
        "storefront",
        {"SAMOVAR-3L": 1},
        JANE,
        shipping_method="courier",
        payments=[{"method": "cash_on_delivery"}],
    )
    counter.ship(order)


def brought_and_paid(counter: Counter) -> None:
    order = counter.place(
        "storefront",
        {"CHAK-CHAK": 2, "HONEY-LINDEN": 1},
        JANE,
        shipping_method="courier",
        payments=[{"method": "cash_on_delivery"}],
    )
    shipment = counter.ship(order)["shipments"][0]
    counter.do(order, f"shipments/{shipment['id']}/deliver", collected=order["total"])


def on_hold(counter: Counter) -> None:
    order = counter.place(
        "storefront",
        {"FELT-SLIPPERS": 1},
        MARC,
        shipping_method="courier",
        payments=[{"method": "cash_on_delivery"}],
        comment="Pointure 41 ou 42 ?",
    )
    counter.do(order, "hold", reason="The customer has not said which size.")


def cancelled(counter: Counter) -> None:
    order = counter.place(
        "storefront",
        {"MATRYOSHKA-7": 2},
        ANNA,
        shipping_method="pickup",
        payments=[{"method": "cash_on_delivery"}],
    )
    counter.do(order, "cancel", reason="Ordered twice by mistake.")


def from_the_marketplace(counter: Counter) -> None:
    counter.place(
        "ozon",
        {"SPOON-KHOKHLOMA": 6},
        ANNA,
        shipping_method="courier",
        payments=[{"method": "bank_transfer"}],
        external_ref="18740366-0012-1",
    )


def on_invoice(counter: Counter) -> None:
    counter.place(
        "uk_storefront",
        {"UK-MUG-12": 4, "UK-SPOON-50": 1},
        JANE,
        address=LEEDS,
        shipping_method="uk-courier",
        payments=[{"method": "bank_transfer"}],
    )


ORDERS: tuple[Callable[[Counter], None], ...] = (
    brought_and_paid,
    delivered_by_cdek,
    cancelled,
    with_our_courier,
    on_invoice,
    on_hold,
    from_the_marketplace,
    paid_and_to_ship,
    waiting_for_its_customer,
)


def _until(look: Callable[[], Any]) -> Any:
    """What it saw, once that is something."""
    deadline = time.monotonic() + PATIENCE_S
    while not (seen := look()):
        if time.monotonic() > deadline:
            raise CannotStart(f"The demo orders did not get on within {PATIENCE_S} s.")
        time.sleep(0.1)
    return seen

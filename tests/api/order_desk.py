"""What tests of the order API do over and over: orders made ready, refusals, looks at the books."""

from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import select, update

from db import history, stock
from db.engine import Session
from db.tables.access import Account
from db.tables.catalogue import Variant
from db.tables.history import HistoryEntry
from db.tables.orders import Order
from db.tables.shop import Branch, Channel, Location
from db.tables.stock import StockItem, StockMovement
from domain.access import STOREFRONT, Right
from tests.factories import add_key, add_staff, add_variant, with_rights
from tests.house import House, order_body

COURIER = 30_000
MUG, TEA, HELP = 50_000, 20_000, 100_000
Json = dict[str, Any]


async def paid(house: House, **body: Any) -> Json:
    """An order whose bank transfer came in."""
    order = await house.place(pay="bank_transfer", **body)
    done = await receive(house, order)
    assert done.json()["payment"] == "paid", done.text
    return order


async def pay_by_card(house: House, order: Json) -> None:
    async def page() -> str | None:
        url: str | None = (await payment_of(house, order, "card"))["confirmation_url"]
        return url

    url = await house.until(page)
    house.simulators.pay(url.rstrip("/").rsplit("/", 1)[-1])


async def payment_of(house: House, order: Json, method: str) -> Json:
    payments: list[Json] = (await house.order(order["id"]))["payments"]
    return next(payment for payment in payments if payment["method"] == method)


async def receive(
    house: House, order: Json, *, which: str = "bank_transfer", **body: Any
) -> httpx.Response:
    payment = await payment_of(house, order, which)
    asked = {"amount": payment["amount"], **body}
    return await house.do(order, f"payments/{payment['id']}/receive", **asked)


async def ship(house: House, order: Json, **body: Any) -> str:
    """The id of a shipment of all or of the given lines."""
    id = str(uuid4())
    done = await house.do(order, "shipments", id=id, **body)
    assert done.status_code == 201, done.text
    return id


async def deliver(house: House, order: Json, shipment_id: str, collected: int = 0) -> Json:
    done = await house.do(order, f"shipments/{shipment_id}/deliver", collected=collected)
    assert done.status_code == 200, done.text
    axes: Json = done.json()
    return axes


async def delivered(house: House, **body: Any) -> Json:
    order = await paid(house, **body)
    await deliver(house, order, await ship(house, order))
    await house.until_order(order["id"], status="completed")
    return order


async def refused(house: House, order: Json, command: str, **body: Any) -> str:
    """The code with which it is refused; nothing may have changed by it."""
    before = await books(house, order)
    answer = await house.do(order, command, **body)
    assert answer.status_code == 409, answer.text
    assert await books(house, order) == before
    problem = answer.json()
    assert set(problem) == {"code", "message"}
    assert problem["message"]
    return str(problem["code"])


async def books(house: House, order: Json) -> tuple[Json, Json, list[str]]:
    """All that a command could touch."""
    return await house.order(order["id"]), levels(house), house.actions(order["id"])


def levels(house: House) -> Json:
    """SKU -> (on hand, allocated), over all locations."""
    with house.db.transaction() as tx:
        rows = tx.execute(
            select(Variant.sku, StockItem.on_hand, StockItem.allocated)
            .join(StockItem, StockItem.variant_id == Variant.id)
            .order_by(Variant.sku, StockItem.location_id)
        )
        return {sku: (on_hand, allocated) for sku, on_hand, allocated in rows}


def movements(house: House, kind: str) -> list[tuple[int, str | None]]:
    """(pieces on hand, reason) of each ledger row of a kind."""
    with house.db.transaction() as tx:
        rows = tx.execute(
            select(StockMovement.on_hand_change, StockMovement.reason)
            .where(StockMovement.kind == kind)
            .order_by(StockMovement.id)
        )
        return [(pieces, reason) for pieces, reason in rows]


def entries(house: House, order: Json, action: str) -> list[HistoryEntry]:
    with house.db.transaction() as tx:
        found = select(HistoryEntry).where(
            HistoryEntry.subject_id == order["id"], HistoryEntry.action == action
        )
        return list(tx.scalars(found.order_by(HistoryEntry.id)))


def no_order(house: House) -> bool:
    free = all(allocated == 0 for _, allocated in levels(house).values())
    return free and house.count(Order) == 0


def set_channel(house: House, **values: Any) -> None:
    with house.db.transaction() as tx:
        tx.execute(update(Channel).where(Channel.id == house.shop.channel_id).values(**values))
        _told(tx)


def add_goods(house: House, sku: str, price: int, **more: Any) -> int:
    """A variant nobody has any of yet."""
    with house.db.transaction() as tx:
        _told(tx)
        return add_variant(tx, sku, price, **more)


def receive_goods(house: House, sku: str, quantity: int) -> None:
    with house.db.transaction() as tx:
        variant = tx.execute(select(Variant.id).where(Variant.sku == sku)).scalar_one()
        stock.receive(tx, uuid4(), [(variant, quantity)], house.shop.location_id, "system")
        _told(tx)


def staff(
    house: House, login: str, profile: str, branch_id: int | None = None
) -> httpx.AsyncClient:
    with house.db.transaction() as tx:
        return house.speaking_as(add_staff(tx, login, profile, branch_id))


def staff_id(tx: Session, login: str) -> int:
    found = select(Account.staff_id).where(Account.login == login)
    return tx.execute(found).scalar_one() or 0


def program(house: House, *rights: Right, channel_id: int | None = None) -> httpx.AsyncClient:
    with house.db.transaction() as tx:
        return house.speaking_as(add_key(tx, uuid4().hex, with_rights(*rights), channel_id))


def open_branch(house: House, code: str, kind: str = "storefront") -> tuple[int, httpx.AsyncClient]:
    """Another branch with a channel and shelves of its own: its id, and its storefront."""
    with house.db.transaction() as tx:
        branch = Branch(code=code, name=code.capitalize(), country="RU", city="Тверь")
        tx.add(branch)
        tx.flush()
        location = Location(code=code, name=code, branch_id=branch.id)
        tx.add(location)
        tx.flush()
        channel = _channel(code, kind, branch.id, location.id)
        tx.add(channel)
        tx.flush()
        stock.receive(tx, uuid4(), [(house.shop.variants["MUG"], 10)], location.id, "system")
        _told(tx)
        key = add_key(tx, code, STOREFRONT, channel.id)
        return branch.id, house.speaking_as(key)


async def place_at(client: httpx.AsyncClient, key: str | None = None, **body: Any) -> Json:
    headers = {"Idempotency-Key": key or uuid4().hex}
    answer = await client.post("/orders", json=order_body(**body), headers=headers)
    assert answer.status_code == 201, answer.text
    placed: Json = answer.json()
    return placed


def _channel(code: str, kind: str, branch_id: int, location_id: int) -> Channel:
    return Channel(
        code=code,
        name=code.capitalize(),
        kind=kind,
        currency="RUB",
        branch_id=branch_id,
        locations=[location_id],
        payment_methods=["card", "cash_on_delivery", "bank_transfer"],
        shipping_methods=["courier", "pickup"],
        return_url="http://127.0.0.1/thanks",
    )


def _told(tx: Any) -> None:
    history.append(tx, history.Entry("test", 1, "shop.changed", "system"))

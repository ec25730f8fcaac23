"""Every command: done once however often it is sent, and only for those who may."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.access import Right
from tests.api.order_desk import (
    Json,
    add_goods,
    books,
    open_branch,
    paid,
    program,
    receive_goods,
    ship,
    staff,
    staff_id,
)
from tests.house import House

LINE = {"lines": [{"line": 1, "quantity": 1}]}
WHY = {"reason": "The customer asked for it."}
Ready = tuple[Json, str, Json]


@dataclass(frozen=True)
class Case:
    """`right` is the one it needs; `told` what history says of it; `once` how often it does."""

    name: str
    ready: Callable[[House], Awaitable[Ready]]
    right: Right
    told: str
    status: int = 200


async def _hold(house: House) -> Ready:
    return await house.place(), "hold", WHY


async def _release(house: House) -> Ready:
    order = await house.place()
    await house.do(order, "hold", **WHY)
    return order, "release", {}


async def _pick(house: House) -> Ready:
    return await house.place(), "pick", LINE


async def _pack(house: House) -> Ready:
    return await house.place(), "pack", LINE


async def _allocate(house: House) -> Ready:
    order = await house.place(lines=[{"sku": "LATE", "quantity": 1}])
    receive_goods(house, "LATE", 1)
    return order, "allocate", LINE


async def _ship(house: House) -> Ready:
    return await house.place(), "shipments", {}


async def _deliver(house: House) -> Ready:
    order = await house.place()
    return order, f"shipments/{await ship(house, order)}/deliver", {"collected": 1000}


async def _cancel(house: House) -> Ready:
    return await house.place(), "cancel", {**WHY, **LINE}


async def _refund(house: House) -> Ready:
    return await paid(house), "refunds", {**WHY, "amount": 1000}


async def _add_payment(house: House) -> Ready:
    return await house.place(pay=None), "payments", {"method": "cheque"}


async def _receive(house: House) -> Ready:
    order = await house.place(pay="bank_transfer")
    payment = order["payments"][0]
    return order, f"payments/{payment['id']}/receive", {"amount": payment["amount"]}


async def _confirm(house: House) -> Ready:
    order = await house.place()
    id = str(uuid4())
    body = {"id": id, "set_quantities": [{"line": 1, "quantity": 1}]}
    assert (await house.do(order, "changes", **body)).status_code == 201
    return order, f"changes/{id}/confirm", WHY


async def _assign(house: House) -> Ready:
    order = await house.place()
    with house.db.transaction() as tx:
        owner = staff_id(tx, "owner")
    return order, "responsible", {"staff_id": owner}


async def _note(house: House) -> Ready:
    return await house.place(), "notes", {"text": "Ring twice."}


CASES = [
    Case("hold", _hold, Right.ORDER_HOLD, "order.held"),
    Case("release", _release, Right.ORDER_HOLD, "order.released"),
    Case("pick", _pick, Right.ORDER_FULFIL, "order.picked"),
    Case("pack", _pack, Right.ORDER_FULFIL, "order.packed"),
    Case("allocate", _allocate, Right.ORDER_FULFIL, "order.allocated"),
    Case("ship", _ship, Right.ORDER_FULFIL, "order.shipped", 201),
    Case("deliver", _deliver, Right.ORDER_FULFIL, "order.parcel_delivered"),
    Case("cancel", _cancel, Right.ORDER_CANCEL, "order.lines_cancelled"),
    Case("refund", _refund, Right.ORDER_REFUND, "order.refund_granted", 201),
    Case("add payment", _add_payment, Right.PAYMENT_RECORD, "order.payment_added", 201),
    Case("receive", _receive, Right.PAYMENT_RECORD, "order.payment_received"),
    Case("confirm", _confirm, Right.ORDER_EDIT, "order.edited"),
    Case("assign", _assign, Right.ORDER_ASSIGN, "order.assigned"),
    Case("note", _note, Right.ORDER_NOTE, "order.note_added", 201),
]


@pytest.mark.requirement("R253")
async def test_a_command_sent_twice_is_done_once_and_answered_twice(house: House) -> None:
    add_goods(house, "LATE", 100, may_backorder=True)
    for case in CASES:
        order, path, body = await case.ready(house)
        sent = {"id": str(uuid4()), **body}
        first = await house.do(order, path, **sent)
        assert first.status_code == case.status, (case.name, first.text)
        after = await books(house, order)
        again = await house.do(order, path, **sent)
        assert (again.status_code, again.json()) == (case.status, first.json()), case.name
        assert await books(house, order) == after, case.name
        assert after[2].count(case.told) == 1, (case.name, after[2])


@pytest.mark.parametrize("command", ["hold", "notes", "cancel"])
async def test_an_id_used_for_another_order_is_refused(house: House, command: str) -> None:
    first, second = await house.place(), await house.place()
    body = {"id": str(uuid4()), "reason": "x"} if command != "notes" else {"id": str(uuid4())}
    body |= {"text": "Call before noon."} if command == "notes" else {}
    assert (await house.do(first, command, **body)).is_success
    before = await books(house, second)
    answer = await house.do(second, command, **body)
    assert (answer.status_code, answer.json()["code"]) == (409, "IdReused")
    assert await books(house, second) == before


@pytest.mark.requirement("R4", "R5", "R6", "R326")
async def test_who_may_not_changes_nothing(house: House) -> None:
    add_goods(house, "LATE", 100, may_backorder=True)
    elsewhere, _ = open_branch(house, "tver")
    anonymous = httpx.AsyncClient(base_url=house.url)
    house.others.append(anonymous)
    far = staff(house, "far", "Branch manager", elsewhere)
    for case in CASES:
        order, path, body = await case.ready(house)
        before = await books(house, order)
        without = program(house, *(set(Right) - {case.right}))
        url = f"/orders/{order['id']}/{path}"
        told = [
            await _code(client, url, {"id": str(uuid4()), **body})
            for client in (anonymous, without, far)
        ]
        expected = [(401, "NotSignedIn"), (403, "Forbidden"), (404, "NotFound")]
        assert told == expected, case.name
        assert await books(house, order) == before, case.name


async def test_a_key_of_another_channel_sees_no_order(house: House) -> None:
    order = await house.place()
    _, other = open_branch(house, "tver")
    for path in ("", "/history", "/process", f"/payments/{order['payments'][0]['id']}"):
        answer = await other.get(f"/orders/{order['id']}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound"), path
    mine = await house.storefront.get(f"/orders/{order['number']}")
    assert mine.json()["id"] == order["id"]


async def test_commands_to_no_order_at_all(house: House) -> None:
    for name in (str(uuid4()), "999999999999", "none", "%00", "9" * 300, "-1"):
        answer = await house.api.post(f"/orders/{name}/hold", json=WHY)
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound"), name


async def test_wrong_bodies_of_commands_are_named_by_place(house: House) -> None:
    order = await house.place(pay="bank_transfer")
    payment = order["payments"][0]["id"]
    wrong: list[tuple[str, str, dict[str, Any]]] = [
        ("hold", "reason", {}),
        ("hold", "reason", {"reason": " "}),
        ("hold", "reason", {"reason": "a\0b"}),
        ("hold", "reason", {"reason": "x" * 1001}),
        ("hold", "id", {"reason": "x", "id": "7"}),
        ("pick", "lines", {"lines": []}),
        ("pick", "quantity", {"lines": [{"line": 1, "quantity": 0}]}),
        ("pick", "line", {"lines": [{"line": 0, "quantity": 1}]}),
        ("shipments", "carrier", {"carrier": "pigeon"}),
        ("shipments", "weight_g", {"boxes": [{"weight_g": 0}]}),
        ("shipments", "tracking_number", {"tracking_number": "1\0"}),
        (f"payments/{payment}/receive", "amount", {"amount": 0}),
        (f"payments/{payment}/receive", "amount", {"amount": 10**30}),
        (f"payments/{payment}/receive", "document", {"amount": 1, "document": "\0"}),
        ("refunds", "amount", {"reason": "x", "amount": -1}),
        ("payments", "method", {"method": "gold"}),
        ("notes", "text", {"text": ""}),
        ("cancel", "colour", {"reason": "x", "colour": "red"}),
    ]
    before = await books(house, order)
    for path, field, body in wrong:
        answer = await house.do(order, path, **body)
        assert answer.status_code == 422, (path, body, answer.text)
        assert [problem["loc"][-1] for problem in answer.json()["detail"]] == [field], answer.text
    assert await books(house, order) == before


async def _code(client: httpx.AsyncClient, url: str, body: Json) -> tuple[int, str]:
    answer = await client.post(url, json=body)
    return answer.status_code, answer.json().get("code", answer.text)

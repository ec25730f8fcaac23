"""Signing in and out, and what a token is good for."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from db import history
from db.tables.access import ApiKey, Session
from domain.access import PROFILES, STOREFRONT, SUPER_ADMIN
from tests.api.order_desk import open_branch, staff
from tests.house import House


@pytest.mark.requirement("R9", "R333")
async def test_tokens_end(house: House) -> None:
    sam = staff(house, "sam", "Salesperson")
    assert (await sam.get("/orders")).status_code == 200
    with house.db.transaction() as tx:
        tx.execute(update(Session).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
        tx.execute(update(ApiKey).values(is_active=False))
        history.append(tx, history.Entry("test", 1, "access.ended", "system"))
    for client in (sam, house.api, house.storefront):
        assert (await client.get("/orders")).status_code == 401


async def test_a_token_that_is_none(house: House) -> None:
    for token in ("x", "bok_", "bos_", "bok_" + "x" * 5000, "bos_a b", house.shop.owner):
        answer = await house.api.get("/orders", headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json()["code"]) == (401, "NotSignedIn"), token


@pytest.mark.requirement("R5", "R59", "R60", "R118", "R120", "R124")
async def test_each_profile_does_what_its_duties_ask(house: House) -> None:
    order = await house.place()
    for name, profile in PROFILES.items():
        rights = profile.grants.rights
        client = staff(house, name.lower(), name, house.shop.branch_id)
        assert (await client.get("/session")).json()["rights"] == rights
        read = await client.get("/orders")
        assert read.status_code == (200 if "order.read" in rights else 403), name
        held = await client.post(f"/orders/{order['id']}/hold", json={"reason": "x"})
        assert held.status_code == _expected(name), name
    storefront = (await house.storefront.get("/session")).json()
    assert storefront["rights"] == STOREFRONT.rights


@pytest.mark.requirement("R301", "R326")
async def test_who_works_in_a_branch_sees_its_orders_only(house: House) -> None:
    branch, shop = open_branch(house, "tver")
    theirs = await shop.post(
        "/orders",
        json={
            "lines": [{"sku": "MUG", "quantity": 1}],
            "customer": {"name": "Ada"},
            "address": {"country": "RU"},
        },
        headers={"Idempotency-Key": "k"},
    )
    ours = await house.place()
    point = staff(house, "point", "Branch manager", branch)
    listed = (await point.get("/orders")).json()["rows"]
    assert [row["id"] for row in listed] == [theirs.json()["id"]]
    assert (await point.get(f"/orders/{ours['number']}")).status_code == 404
    assert (await point.get("/orders", params={"q": ours["number"]})).json()["rows"] == []
    assert len((await house.api.get("/orders")).json()["rows"]) == 2


def _expected(profile: str) -> int:
    """The owner holds it first; nobody can hold it twice."""
    if "order.hold" not in PROFILES[profile].grants.rights:
        return 403
    return 200 if profile == SUPER_ADMIN else 409

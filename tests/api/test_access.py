"""Signing in and out, and what a token is good for."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import update

from db import history
from db.tables.staff import ApiKey, Session, StaffMember
from domain.access import EVERY_RIGHT, PROFILES, STOREFRONT_RIGHTS
from tests.api.order_desk import open_branch, staff
from tests.factories import PASSWORD
from tests.house import House


async def sign_in(house: House, login: str, password: str = PASSWORD) -> httpx.Response:
    async with httpx.AsyncClient(base_url=house.url) as client:
        return await client.post("/session", json={"login": login, "password": password})


@pytest.mark.requirement("R4", "R163", "R164")
async def test_a_session_begins_with_a_password_and_ends_with_signing_out(house: House) -> None:
    answer = await sign_in(house, "owner")
    assert answer.status_code == 201
    assert (answer.json()["name"], answer.json()["profile"]) == ("Owner", "SuperAdmin")
    me = house.speaking_as(answer.json()["token"])
    known = (await me.get("/session")).json()
    assert known["rights"] == sorted(EVERY_RIGHT)
    assert known["branch_id"] is None

    assert (await me.delete("/session")).status_code == 204
    for call in (me.get("/session"), me.get("/orders"), me.delete("/session")):
        assert (await call).status_code == 401


async def test_wrong_credentials_say_nothing_about_what_was_wrong(house: House) -> None:
    answers = [
        await sign_in(house, "owner", "wrong"),
        await sign_in(house, "nobody", PASSWORD),
    ]
    for answer in answers:
        assert (answer.status_code, answer.json()) == (401, answers[0].json())
    assert answers[0].json()["code"] == "NotSignedIn"
    for login in ("", "a\0b", "x" * 201):
        assert (await sign_in(house, login)).status_code == 422


async def test_guessing_passwords_is_slowed_down(house: House) -> None:
    staff(house, "guessed", "Salesperson")
    answers = await asyncio.gather(*(sign_in(house, "guessed", "wrong") for _ in range(22)))
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [401] * 20 + [429] * 2
    late = next(answer for answer in answers if answer.status_code == 429)
    assert (late.json()["code"], late.headers["Retry-After"]) == ("TooManyAttempts", "60")
    assert (await sign_in(house, "guessed")).status_code == 429
    assert (await sign_in(house, "owner")).status_code == 201


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

    with house.db.transaction() as tx:
        tx.execute(update(StaffMember).values(is_active=False))
        history.append(tx, history.Entry("test", 1, "access.ended", "system"))
    assert (await sign_in(house, "sam")).status_code == 401


async def test_a_token_that_is_none(house: House) -> None:
    for token in ("x", "bok_", "bos_", "bok_" + "x" * 5000, "bos_a b"):
        answer = await house.api.get("/orders", headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json()["code"]) == (401, "NotSignedIn"), token


@pytest.mark.requirement("R5", "R59", "R60", "R118", "R120", "R124")
async def test_each_profile_does_what_its_duties_ask(house: House) -> None:
    order = await house.place()
    for profile, rights in PROFILES.items():
        client = staff(house, profile.lower(), profile)
        assert (await client.get("/session")).json()["rights"] == sorted(rights)
        read = await client.get("/orders")
        assert read.status_code == (200 if "order.read" in rights else 403), profile
        held = await client.post(f"/orders/{order['id']}/hold", json={"reason": "x"})
        assert held.status_code == _expected(profile), profile
    storefront = (await house.storefront.get("/session")).json()
    assert storefront["rights"] == sorted(STOREFRONT_RIGHTS)


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
    point = staff(house, "point", "SuperAdmin", branch)
    listed = (await point.get("/orders")).json()["rows"]
    assert [row["id"] for row in listed] == [theirs.json()["id"]]
    assert (await point.get(f"/orders/{ours['number']}")).status_code == 404
    assert (await point.get("/orders", params={"q": ours["number"]})).json()["rows"] == []
    assert len((await house.api.get("/orders")).json()["rows"]) == 2


def _expected(profile: str) -> int:
    """The owner holds it first; nobody can hold it twice."""
    if "order.hold" not in PROFILES[profile]:
        return 403
    return 200 if profile == "SuperAdmin" else 409

"""Live pages: what changed is told within a second, to those who may read it, in every process."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from api import live
from db import history
from db.access import end_session
from db.engine import Database, Session
from db.history import Entry
from db.tables.shop import Channel
from domain.access import STOREFRONT, Right
from tests.api.sse import listening
from tests.factories import add_key, add_staff, with_rights
from tests.house import House, _client, _served, _settings


def note(db: Database, subject: str, subject_id: object) -> None:
    with db.transaction() as tx:
        history.append(tx, Entry(subject, subject_id, f"{subject}.touched", "system"))


def add_channel(tx: Session, code: str) -> int:
    channel = Channel(
        code=code,
        name=code,
        kind="point_of_sale",
        currency="RUB",
        locations=[],
        payment_methods=[],
        shipping_methods=[],
    )
    tx.add(channel)
    tx.flush()
    history.append(tx, Entry("channel", channel.id, "channel.created", "system"))
    return channel.id


@asynccontextmanager
async def second_process(house: House, database_url: str, data: Path) -> AsyncIterator[str]:
    settings = _settings(database_url, house.temporal, house.task_queue, data)
    async with _served(settings) as url:
        yield url


@pytest.mark.requirement("R32", "R224", "R324")
async def test_a_command_is_told_within_a_second(house: House) -> None:
    async with listening(house.api) as page:
        order = await house.place()
        started = time.monotonic()
        heard = await page.hear_of("orders")
        assert time.monotonic() - started < 1
        assert heard == {"resource": "orders", "id": order["id"], "seq": heard["seq"]}


@pytest.mark.requirement("R32")
async def test_every_process_tells_what_any_of_them_did(
    house: House, database_url: str, tmp_path: Path
) -> None:
    async with (
        second_process(house, database_url, tmp_path) as url,
        _client(url, house.shop.owner) as there,
        listening(there) as page,
        listening(house.api) as here,
    ):
        order = await house.place()
        started = time.monotonic()
        assert (await page.hear_of("orders"))["id"] == order["id"]
        assert (await here.hear_of("orders"))["id"] == order["id"]
        assert time.monotonic() - started < 1


async def test_what_was_missed_is_told_on_coming_back(house: House) -> None:
    async with listening(house.api) as page:
        position = page.position
    order = await house.place()
    note(house.db, "product", 7)
    async with listening(house.api, position) as page:
        missed = [(data["resource"], data["id"]) for _, data in page.told]
    assert missed[-2:] == [("orders", order["id"]), ("products", "7")]


@pytest.mark.parametrize(
    "position", ["nonsense", "1700000000-1:1:", "9999999999-99:1:5", "9999999999-5:9:7,6"]
)
async def test_whoever_was_away_too_long_reads_all_anew(house: House, position: str) -> None:
    async with house.api.stream("GET", "/events", headers={"Last-Event-ID": position}) as answer:
        lines = answer.aiter_lines()
        told = [await anext(lines) for _ in range(6)]
    assert "event: reload" in told


async def test_a_page_that_falls_behind_reads_all_anew(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "QUEUE", 3)
    async with listening(house.api) as page:
        with house.db.transaction() as tx:
            entries = [Entry("product", n, "product.touched", "system") for n in range(10)]
            history.append(tx, *entries)
        assert await page.hear() == ("reload", {})


@pytest.mark.requirement("R4", "R10", "R326")
async def test_nobody_hears_of_what_they_may_not_read(house: House) -> None:
    with house.db.transaction() as tx:
        elsewhere = add_staff(tx, "elsewhere", "Branch manager")
        here = add_staff(tx, "here", "Branch manager", house.shop.branch_id)
        buyer = add_staff(tx, "buyer", "Purchasing manager")
        other_shop = add_key(tx, "other", with_rights(Right.PRODUCT_READ))
    async with (
        listening(house.speaking_as(elsewhere)) as stranger,
        listening(house.speaking_as(here)) as manager,
        listening(house.speaking_as(buyer)) as purchasing,
        listening(house.speaking_as(other_shop)) as program,
    ):
        order = await house.place()
        note(house.db, "product", 1)
        for page in (stranger, manager, purchasing, program):
            await page.hear_of("products")
        assert ("orders", order["id"]) in {(d["resource"], d["id"]) for _, d in manager.told}
        for page in (stranger, purchasing, program):
            assert {data["resource"] for _, data in page.told} == {"products"}


async def test_a_program_hears_of_its_own_channel_only(house: House) -> None:
    with house.db.transaction() as tx:
        other = add_key(tx, "till", STOREFRONT, add_channel(tx, "till"))
    async with listening(house.storefront) as web, listening(house.speaking_as(other)) as till:
        order = await house.place()
        assert (await web.hear_of("orders"))["id"] == order["id"]
        note(house.db, "product", 1)
        await till.hear_of("products")
        assert [data["resource"] for _, data in till.told] == ["products"]


async def test_the_stream_ends_with_the_session(house: House) -> None:
    with house.db.transaction() as tx:
        token = add_staff(tx, "leaving", "Salesperson")
    client = house.speaking_as(token)
    async with listening(client) as page:
        with house.db.transaction() as tx:
            end_session(tx, token)
        started = time.monotonic()
        assert await page.is_over()
        assert time.monotonic() - started < 2
    answer = await client.get("/events")
    assert (answer.status_code, answer.json()["code"]) == (401, "NotSignedIn")


@pytest.mark.parametrize("subject", ["group", "staff", "account"])
async def test_a_change_of_rights_ends_the_stream(house: House, subject: str) -> None:
    """The page comes back by itself, and is then asked anew what it may hear."""
    me = (await house.api.get("/session")).json()["actor"].partition(":")[2]
    async with listening(house.api) as page:
        note(house.db, subject, me)
        assert await page.is_over()


async def test_events_are_for_those_signed_in(house: House) -> None:
    async with httpx.AsyncClient(base_url=house.url) as nobody:
        assert (await nobody.get("/events")).status_code == 401


async def test_a_person_opens_only_so_many_pages(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MOST_OF_ONE", 1)
    async with listening(house.api):
        answer = await house.api.get("/events")
    assert (answer.status_code, answer.json()["code"]) == (409, "TooManyListeners")

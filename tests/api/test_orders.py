"""The list of orders over HTTP: filters that combine, sorting, pages, and who sees what."""

from typing import Any

import pytest

from tests.api.order_desk import Json, open_branch, paid, place_at
from tests.house import House


async def numbers(house: House, **params: Any) -> list[int]:
    answer = await house.api.get("/orders", params=params)
    assert answer.status_code == 200, answer.text
    return [row["number"] for row in answer.json()["rows"]]


async def three(house: House) -> tuple[Json, Json, Json]:
    one = await house.place(lines=[{"sku": "TEA", "quantity": 1}])
    two = await paid(house, external_ref="Z-9")
    six = [{"sku": "MUG", "quantity": 6}]
    other = {"name": "Zoë", "email": "zoe@example.org", "phone": "+33612345678"}
    return one, two, await house.place(customer=other, lines=six)


@pytest.mark.requirement("R73", "R74", "R220", "R225", "R226", "R229", "R234")
async def test_filters_combine_and_sorting_pages_without_gaps(house: House) -> None:
    one, two, three_ = [int(order["number"]) for order in await three(house)]
    assert await numbers(house) == [three_, two, one]
    assert await numbers(house, payment="paid") == [two]
    assert await numbers(house, payment=["paid", "unpaid"], sku="MUG") == [three_, two]
    assert await numbers(house, status="cancelled") == []
    assert await numbers(house, total_from=100_000, total_to=200_000) == [two]
    assert await numbers(house, channel="web", customer_email="ZOE@example.org") == [three_]
    assert await numbers(house, q="zoë") == [three_]
    assert await numbers(house, q="Z-9") == [two]
    assert await numbers(house, q=str(one)) == [one]
    assert await numbers(house, fulfilment="unfulfilled", sort="total") == [one, two, three_]

    for sort in ("-placed_at", "placed_at", "-number", "number", "-total", "total"):
        whole = await numbers(house, sort=sort)
        assert sorted(whole) == [one, two, three_]
        paged: list[int] = []
        after: dict[str, str] = {}
        for _ in range(3):
            page = (
                await house.api.get("/orders", params={"sort": sort, "limit": 1, **after})
            ).json()
            paged += [row["number"] for row in page["rows"]]
            after = {"after": page["next"]}
        assert (paged, page["next"]) == (whole, None), sort


async def test_wrong_questions_are_refused_clearly(house: House) -> None:
    page = (await house.api.get("/orders", params={"limit": 1})).json()
    assert page == {"rows": [], "next": None}
    for params in (
        {"limit": 0},
        {"limit": 101},
        {"sort": "name"},
        {"status": "lost"},
        {"placed_from": "yesterday"},
        {"total_from": "much"},
        {"q": "x" * 201},
    ):
        assert (await house.api.get("/orders", params=params)).status_code == 422, params
    bad = await house.api.get("/orders", params={"after": "AAAA"})
    assert (bad.status_code, bad.json()["code"]) == (409, "BadCursor")
    far = await house.api.get("/orders", params={"total_from": 10**30})
    assert (far.status_code, far.json()["code"]) == (409, "OutOfRange")
    for hostile in ("\0", "%", "_", "'; --", "\\", "🦔"):
        assert (await house.api.get("/orders", params={"q": hostile})).json()["rows"] == []


@pytest.mark.requirement("R228", "R231")
async def test_one_sees_the_orders_of_ones_own_place(house: House) -> None:
    branch, tver = open_branch(house, "tver")
    ours = await house.place()
    theirs = await place_at(tver)
    for client, number in ((house.storefront, ours["number"]), (tver, theirs["number"])):
        rows = (await client.get("/orders")).json()["rows"]
        assert [str(row["number"]) for row in rows] == [number]
        escape = (await client.get("/orders", params={"channel": ["web", "tver"]})).json()
        assert [str(row["number"]) for row in escape["rows"]] == [number]
    assert await numbers(house, branch_id=branch) == [int(theirs["number"])]
    row = (await house.api.get("/orders", params={"channel": "tver"})).json()["rows"][0]
    assert (row["channel"]["code"], row["branch"]["name"]) == ("tver", "Tver")
    assert (row["customer_name"], row["total"]) == ("Anna Ivanova", 130_000)

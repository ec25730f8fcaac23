"""One box finds what its user may see, and nothing else."""

import pytest

from tests.factories import add_staff
from tests.house import House


async def found(house: House, q: str, token: str | None = None) -> list[tuple[str, str]]:
    client = house.speaking_as(token) if token else house.api
    answer = await client.get("/search", params={"q": q})
    assert answer.status_code == 200, answer.text
    return [(hit["kind"], hit["title"]) for hit in answer.json()["hits"]]


@pytest.mark.requirement("R141", "R191", "R197")
async def test_everything_is_found_from_one_box(house: House) -> None:
    order = await house.place()
    number = str(order["number"])
    with house.db.transaction() as tx:
        add_staff(tx, "ivanova", "Salesperson")
    assert (await found(house, number))[0] == ("order", number)
    assert await found(house, "mug") == [("product", "Mug")]
    hits = await found(house, "ivanova")
    assert ("order", number) in hits
    assert ("customer", "Anna Ivanova") in hits
    assert ("staff", "Ivanova") in hits
    assert await found(house, "zzzqqq") == []
    assert await found(house, " \0 ") == []


@pytest.mark.requirement("R10", "R60", "R61", "R326")
async def test_nobody_finds_what_they_may_not_read(house: House) -> None:
    order = await house.place()
    with house.db.transaction() as tx:
        buyer = add_staff(tx, "buyer", "Purchasing manager")
        elsewhere = add_staff(tx, "elsewhere", "Branch manager")
        packer = add_staff(tx, "packer", "Logistician")
    assert await found(house, "anna", buyer) == []
    assert await found(house, str(order["number"]), buyer) == []
    assert await found(house, str(order["number"]), elsewhere) == []
    answer = await house.speaking_as(packer).get("/search", params={"q": str(order["number"])})
    [hit] = answer.json()["hits"]
    assert (hit["kind"], hit["title"]) == ("order", str(order["number"]))


async def test_each_kind_has_a_few(house: House) -> None:
    for _ in range(6):
        await house.place()
    kinds = [kind for kind, _ in await found(house, "anna")]
    assert kinds.count("order") == 5


async def test_what_cannot_be_searched_for_is_refused(house: House) -> None:
    assert (await house.api.get("/search", params={"q": "x" * 101})).status_code == 422


async def test_programs_search_elsewhere(house: House) -> None:
    assert (await house.storefront.get("/search", params={"q": "mug"})).status_code == 403

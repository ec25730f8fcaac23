"""Branches over HTTP: corporate ones, boutiques and franchises."""

import httpx
import pytest

from db.engine import Database
from tests.api.access_desk import Json, person, refusal, staff_id, told
from tests.factories import Shop

TVER: Json = {
    "code": "tver",
    "name": "Tver, station",
    "kind": "franchise",
    "country": "RU",
    "city": "Тверь",
    "postcode": "170100",
    "street": "Советская 1",
}


@pytest.mark.requirement("R299", "R300")
async def test_a_site_manager_opens_points_and_describes_them(
    api: httpx.AsyncClient, db: Database
) -> None:
    site = person(db, "site", "Site manager")
    made = await api.post("/branches", json=TVER, headers=site)
    assert (made.status_code, made.json()) == (201, {"id": made.json()["id"], **TVER, "version": 1})
    path = f"/branches/{made.json()['id']}"
    edit = {"version": 1, "kind": "boutique", "name": "Tver"}
    edited = await api.patch(path, json=edit, headers=site)
    now = {**made.json(), "kind": "boutique", "name": "Tver", "version": 2}
    assert edited.json() == now
    assert (await api.get(path)).json() == now
    assert refusal(await api.patch(path, json=edit)) == (409, "ChangedMeanwhile")
    assert (await api.patch(path, json={"version": 2, "name": "Tver"})).json() == now
    manager = f"staff:{staff_id(db, 'site')}"
    assert told(db, "branch") == [
        (manager, "branch.created", {name: [None, value] for name, value in TVER.items()}),
        (
            manager,
            "branch.edited",
            {"kind": ["franchise", "boutique"], "name": ["Tver, station", "Tver"]},
        ),
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "kiosk"), ("country", "Russia"), ("code", "tver 1"), ("code", ""), ("name", " ")],
)
async def test_what_is_badly_written_is_told(
    api: httpx.AsyncClient, field: str, value: str
) -> None:
    answer = await api.post("/branches", json=TVER | {field: value})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", field]


async def test_codes_are_taken_once(api: httpx.AsyncClient, shop: Shop) -> None:
    assert (await api.post("/branches", json=TVER)).status_code == 201
    assert refusal(await api.post("/branches", json=TVER | {"code": "TVER"})) == (409, "NameTaken")
    edit = {"version": 1, "code": "Tver"}
    answer = await api.patch(f"/branches/{shop.branch_id}", json=edit)
    assert refusal(answer) == (409, "NameTaken")


async def test_branches_are_found_page_by_page(api: httpx.AsyncClient) -> None:
    for code, kind in (("a", "boutique"), ("c", "boutique"), ("b", "franchise")):
        body = {"code": code, "name": f"Point {code}", "kind": kind, "country": "RU", "city": "Уфа"}
        assert (await api.post("/branches", json=body)).status_code == 201

    async def found(**params: str | int) -> list[str]:
        rows = (await api.get("/branches", params=params)).json()["rows"]
        return [row["code"] for row in rows]

    assert await found() == ["main", "a", "b", "c"]
    first = (await api.get("/branches", params={"limit": 3})).json()
    assert await found(after=first["next"]) == ["c"]
    assert await found(kind="boutique") == ["a", "c"]
    assert await found(q="point уфа") == ["a", "b", "c"]
    assert await found(q="_") == []
    assert refusal(await api.get("/branches/999")) == (404, "NotFound")
    assert refusal(await api.patch("/branches/999", json={"version": 1})) == (404, "NotFound")


@pytest.mark.requirement("R59", "R299")
async def test_only_who_may_opens_branches(api: httpx.AsyncClient, db: Database) -> None:
    manager = person(db, "manager", "Branch manager")
    assert (await api.get("/branches", headers=manager)).status_code == 200
    made = await api.post("/branches", json=TVER, headers=manager)
    assert refusal(made) == (403, "Forbidden")
    assert told(db, "branch") == []

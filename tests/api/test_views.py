"""Saved views and preferences: what people keep on the server for the pages."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from db.engine import Database
from db.tables.history import HistoryEntry
from domain import views as rules
from domain.access import STOREFRONT
from tests.api.desk import open_desk
from tests.factories import add_key, add_staff
from tests.house import speaking

LATE = {"resource": "orders", "name": "Late ones", "query": "status=placed&sort=placed_at"}
Headers = dict[str, str]


@pytest.fixture
async def api(db: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with open_desk(db) as client:
        yield client


@pytest.fixture
def people(db: Database) -> dict[str, Headers]:
    with db.transaction() as tx:
        return {
            "owner": speaking(add_staff(tx, "owner", "SuperAdmin")),
            "sam": speaking(add_staff(tx, "sam", "Salesperson")),
            "pat": speaking(add_staff(tx, "pat", "Salesperson")),
            "program": speaking(add_key(tx, "storefront", STOREFRONT)),
        }


def told(db: Database) -> list[tuple[str, dict[str, Any]]]:
    with db.transaction() as tx:
        entries = select(HistoryEntry).where(HistoryEntry.subject == "view")
        rows = tx.scalars(entries.order_by(HistoryEntry.id))
        return [(row.action, row.changes) for row in rows]


@pytest.mark.requirement("R17", "R74")
async def test_a_view_is_saved_edited_and_removed(
    api: httpx.AsyncClient, db: Database, people: dict[str, Headers]
) -> None:
    sam = people["sam"]
    made = await api.post("/views", json=LATE, headers=sam)
    assert made.status_code == 201
    view = made.json()
    owner = {"id": view["owner"]["id"], "name": "Sam"}
    kept = {"id": view["id"], "is_shared": False, "mine": True, "owner": owner, "version": 1}
    assert view == {**LATE, **kept}
    assert (await api.get("/views?resource=orders", headers=sam)).json() == [view]
    assert (await api.get("/views?resource=products", headers=sam)).json() == []

    edit = {"name": "late ones", "query": "status=placed", "version": 1}
    edited = await api.patch(f"/views/{view['id']}", json=edit, headers=sam)
    assert edited.json() == {**view, **edit, "version": 2}
    stale = await api.patch(f"/views/{view['id']}", json=edit, headers=sam)
    assert (stale.status_code, stale.json()["code"]) == (409, "ChangedMeanwhile")

    assert (await api.delete(f"/views/{view['id']}", headers=sam)).status_code == 204
    assert (await api.get("/views", headers=sam)).json() == []
    assert told(db) == [
        (
            "view.created",
            {
                "name": [None, "Late ones"],
                "query": [None, "status=placed&sort=placed_at"],
                "is_shared": [None, False],
            },
        ),
        (
            "view.edited",
            {
                "name": ["Late ones", "late ones"],
                "query": ["status=placed&sort=placed_at", "status=placed"],
            },
        ),
        (
            "view.removed",
            {
                "name": ["late ones", None],
                "query": ["status=placed", None],
                "is_shared": [False, None],
            },
        ),
    ]


async def test_a_name_is_used_once_by_each_person_for_each_list(
    api: httpx.AsyncClient, people: dict[str, Headers]
) -> None:
    for headers in (people["sam"], people["pat"]):
        assert (await api.post("/views", json=LATE, headers=headers)).status_code == 201
    same = {**LATE, "name": "LATE ones"}
    again = await api.post("/views", json=same, headers=people["sam"])
    assert (again.status_code, again.json()["code"]) == (409, "NameTaken")
    elsewhere = {**LATE, "resource": "products"}
    assert (await api.post("/views", json=elsewhere, headers=people["sam"])).status_code == 201


async def test_views_are_shared_by_those_with_the_right(
    api: httpx.AsyncClient, people: dict[str, Headers]
) -> None:
    shared = {**LATE, "is_shared": True}
    refused = await api.post("/views", json=shared, headers=people["sam"])
    assert (refused.status_code, refused.json()["code"]) == (403, "Forbidden")
    view = (await api.post("/views", json=shared, headers=people["owner"])).json()
    [seen] = (await api.get("/views", headers=people["sam"])).json()
    assert seen == {**view, "mine": False}
    edit = {"name": "Mine now", "query": "", "version": 1}
    for answer in (
        await api.patch(f"/views/{view['id']}", json=edit, headers=people["sam"]),
        await api.delete(f"/views/{view['id']}", headers=people["sam"]),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "Forbidden")


async def test_what_others_keep_for_themselves_does_not_exist(
    api: httpx.AsyncClient, people: dict[str, Headers]
) -> None:
    view = (await api.post("/views", json=LATE, headers=people["sam"])).json()
    assert (await api.get("/views", headers=people["pat"])).json() == []
    edit = {"name": "Mine now", "query": "", "version": 1}
    for who in ("pat", "owner"):
        answer = await api.patch(f"/views/{view['id']}", json=edit, headers=people[who])
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")


async def test_there_is_an_end_to_views(
    api: httpx.AsyncClient, people: dict[str, Headers], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.views.MOST_OF_ONE", 1)
    assert rules.MOST_OF_ONE == 200
    await api.post("/views", json=LATE, headers=people["sam"])
    more = await api.post("/views", json={**LATE, "name": "More"}, headers=people["sam"])
    assert (more.status_code, more.json()["code"]) == (409, "TooManyViews")


async def test_preferences_are_ones_own(api: httpx.AsyncClient, people: dict[str, Headers]) -> None:
    path, sam = "/me/preferences", people["sam"]
    assert (await api.get(path, headers=sam)).json() == {}
    taste = {"theme": "dark", "orders": {"columns": ["number", "total"]}}
    for _ in range(2):
        assert (await api.put(path, json=taste, headers=sam)).json() == taste
    assert (await api.get(path, headers=sam)).json() == taste
    assert (await api.get(path, headers=people["pat"])).json() == {}
    assert (await api.get(path, headers=people["program"])).status_code == 403
    assert (await api.get(path)).status_code == 401


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"x": "%s"}' % ("я" * 16_400), "PreferencesTooLarge"),
        ('{"x": "\\u0000"}', "NotStorable"),
        ('{"x": "\\ud800"}', "NotStorable"),
        ('{"x": NaN}', "NotStorable"),
    ],
)
async def test_preferences_that_cannot_be_kept_are_refused(
    api: httpx.AsyncClient, people: dict[str, Headers], content: str, code: str
) -> None:
    headers = {**people["sam"], "Content-Type": "application/json"}
    answer = await api.put("/me/preferences", content=content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, code)

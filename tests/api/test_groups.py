"""Groups over HTTP: made, changed, deleted by those above, and told in history."""

import httpx
import pytest

from db import groups as groups_db
from db.engine import Database
from db.tables.staff import Group
from domain.access import PROFILES
from tests.api.access_desk import (
    PACKERS,
    Json,
    groups_by_name,
    make_group,
    person,
    refusal,
    staff_id,
    told,
)
from tests.factories import Shop


@pytest.mark.requirement("R5", "R6", "R123")
async def test_a_new_shop_has_its_groups_from_the_top_down(api: httpx.AsyncClient) -> None:
    answer = (await api.get("/groups")).json()
    assert answer["next"] is None
    shown = [(row["name"], row["level"], row["members"]) for row in answer["rows"]]
    assert shown == [
        ("SuperAdmin", 0, 1),
        ("Site manager", 5, 0),
        ("Branch manager", 10, 0),
        ("Purchasing manager", 20, 0),
        ("Cashier", 30, 0),
        ("Logistician", 30, 0),
        ("Salesperson", 30, 0),
        ("Translator", 30, 0),
    ]
    assert {row["name"]: row["rights"] for row in answer["rows"]} == {
        name: profile.grants.rights for name, profile in PROFILES.items()
    }
    assert {row["is_builtin"] for row in answer["rows"]} == {True}


@pytest.mark.requirement("R12", "R122", "R310")
async def test_a_group_is_made_changed_and_deleted_and_all_is_told(
    api: httpx.AsyncClient, db: Database
) -> None:
    group = await make_group(api)
    assert group == {
        "id": group["id"],
        **PACKERS,
        "is_builtin": False,
        "version": 1,
        "members": 0,
        "is_below": True,
    }
    wanted = {
        **PACKERS,
        "level": 60,
        "rights": {"order.read": "all", "product.read": "all"},
        "fields": {"order.address": "hidden", "order.total": "write"},
    }
    path = f"/groups/{group['id']}"
    edited = await api.put(path, json={**wanted, "version": 1})
    # Nobody writes a total: it is worked out.
    assert edited.json() == {
        **group,
        **wanted,
        "fields": {"order.total": "read"},
        "version": 2,
    }
    assert refusal(await api.put(path, json={**wanted, "version": 1})) == (409, "ChangedMeanwhile")
    same = await api.put(path, json={**wanted, "version": 2})
    assert same.json() == edited.json()
    assert (await api.delete(path)).status_code == 204
    assert refusal(await api.get(path)) == (404, "NotFound")

    owner = f"staff:{staff_id(db, 'owner')}"
    assert told(db, "group") == [
        (
            owner,
            "group.created",
            {
                "name": [None, "Packers"],
                "level": [None, 50],
                "rights.order.read": [None, "own"],
                "rights.order.fulfil": [None, "own"],
                "rights.product.read": [None, "all"],
                "fields.order.address": [None, "read"],
                "fields.order.notes": [None, "write"],
            },
        ),
        (
            owner,
            "group.edited",
            {
                "level": [50, 60],
                "rights.order.read": ["own", "all"],
                "rights.order.fulfil": ["own", None],
                "fields.order.address": ["read", None],
                "fields.order.notes": ["write", None],
                "fields.order.total": [None, "read"],
            },
        ),
        (
            owner,
            "group.deleted",
            {
                "name": ["Packers", None],
                "level": [60, None],
                "rights.order.read": ["all", None],
                "rights.product.read": ["all", None],
                "fields.order.total": ["read", None],
            },
        ),
    ]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"rights": {"order.steal": "all"}}, "rights"),
        ({"rights": {"order.read": "some"}}, "rights"),
        ({"rights": {"product.read": "own"}}, None),
        ({"fields": {"order.secret": "read"}}, None),
        ({"fields": {"order.total": "delete"}}, "fields"),
        ({"level": 0}, "level"),
        ({"level": 101}, "level"),
        ({"name": " "}, "name"),
    ],
)
async def test_what_cannot_be_granted_is_told(
    api: httpx.AsyncClient, db: Database, change: Json, place: str | None
) -> None:
    answer = await api.post("/groups", json=PACKERS | change)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][1:2] == ([place] if place else [])
    assert told(db, "group") == []


@pytest.mark.requirement("R124")
async def test_what_the_program_needs_stays(api: httpx.AsyncClient, db: Database) -> None:
    known = await groups_by_name(api)
    for name in ("SuperAdmin", "Cashier"):
        answer = await api.delete(f"/groups/{known[name]['id']}")
        assert refusal(answer) == (409, "BuiltInGroup")
    cashier, top = known["Cashier"], known["SuperAdmin"]
    body = {**PACKERS, "version": 1}
    assert refusal(await api.put(f"/groups/{top['id']}", json=body)) == (409, "BuiltInGroup")
    renamed = await api.put(f"/groups/{cashier['id']}", json=body)
    assert refusal(renamed) == (409, "BuiltInGroup")
    edited = await api.put(f"/groups/{cashier['id']}", json={**body, "name": "Cashier"})
    assert (edited.status_code, edited.json()["rights"]) == (200, PACKERS["rights"])
    with db.transaction() as tx:
        groups_db.install_profiles(tx)
        kept = tx.get(Group, cashier["id"])
        assert kept
        assert kept.rights == PACKERS["rights"]


async def test_a_group_with_members_is_not_deleted_and_names_are_taken_once(
    api: httpx.AsyncClient, db: Database
) -> None:
    group = await make_group(api)
    person(db, "pavel", "Packers")
    assert refusal(await api.delete(f"/groups/{group['id']}")) == (409, "GroupInUse")
    taken = await api.post("/groups", json=PACKERS | {"name": "packers"})
    assert refusal(taken) == (409, "NameTaken")
    copy = await api.post(f"/groups/{group['id']}/duplicate", json={"name": "Night packers"})
    same = {name: PACKERS[name] for name in ("level", "rights", "fields")}
    assert copy.json() == {
        **same,
        "id": copy.json()["id"],
        "name": "Night packers",
        "is_builtin": False,
        "version": 1,
        "members": 0,
        "is_below": True,
    }
    again = {**same, "name": "PACKERS", "version": 1}
    assert refusal(await api.put(f"/groups/{copy.json()['id']}", json=again)) == (409, "NameTaken")


@pytest.mark.requirement("R12")
async def test_a_manager_makes_no_group_that_may_more(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    heads = {
        "name": "Heads",
        "level": 10,
        "rights": {
            "group.read": "all",
            "group.create": "all",
            "group.edit": "all",
            "group.delete": "all",
            "order.read": "own",
        },
        "fields": {"order.total": "read"},
    }
    assert (await api.post("/groups", json=heads)).status_code == 201
    head = person(db, "head", "Heads", shop.branch_id)
    mine: Json = {"name": "Mine", "level": 20, "rights": {"order.read": "own"}}
    for change, code in (
        ({"level": 10}, "NotBelow"),
        ({"level": 5}, "NotBelow"),
        ({"rights": {"order.read": "all"}}, "MoreThanHeld"),
        ({"rights": {"order.edit": "own"}}, "MoreThanHeld"),
        ({"fields": {"order.address": "read"}}, "MoreThanHeld"),
    ):
        answer = await api.post("/groups", json=mine | change, headers=head)
        assert refusal(answer) == (403, code), change
    assert (await api.post("/groups", json=mine, headers=head)).status_code == 201

    known = await groups_by_name(api)
    above = f"/groups/{known['Branch manager']['id']}"
    weaker = {**mine, "name": "Branch manager", "version": 1}
    assert refusal(await api.put(above, json=weaker, headers=head)) == (403, "NotBelow")
    # What it had beyond the editor's own may stay or go, but cannot grow.
    cashier = known["Cashier"]
    path = f"/groups/{cashier['id']}"
    kept = {name: cashier[name] for name in ("name", "level", "rights", "fields", "version")}
    more = {**kept, "rights": {**kept["rights"], "order.cancel": "own"}}
    assert refusal(await api.put(path, json=more, headers=head)) == (403, "MoreThanHeld")
    fewer = {**kept, "rights": {"order.read": "own"}}
    assert (await api.put(path, json=fewer, headers=head)).status_code == 200
    copied = await api.post(
        f"/groups/{known['Salesperson']['id']}/duplicate", json={"name": "S"}, headers=head
    )
    assert refusal(copied) == (403, "MoreThanHeld")

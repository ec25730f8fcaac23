"""What groups give their members at once, and the matrix in which people see it."""

import httpx
import pytest

from db.engine import Database
from domain.access import EVERY_FIELD, EVERY_RIGHT, EVERYTHING
from tests.api.access_desk import (
    PACKERS,
    make_group,
    open_branch,
    person,
    refusal,
    staff_id,
)
from tests.api.desk import open_desk
from tests.factories import Shop


@pytest.mark.requirement("R59", "R118")
async def test_a_change_of_rights_counts_from_the_next_request_on(
    api: httpx.AsyncClient, db: Database
) -> None:
    """The person is signed in all the while, and in two groups in the end."""
    packers = await make_group(api, rights={"product.read": "all"}, fields={})
    pavel = person(db, "pavel", "Packers")

    async def statuses() -> list[int]:
        paths = ("/products", "/orders", "/staff")
        return [(await api.get(path, headers=pavel)).status_code for path in paths]

    assert await statuses() == [200, 403, 403]
    body = {**PACKERS, "rights": {"order.read": "all"}, "fields": {}, "version": 1}
    assert (await api.put(f"/groups/{packers['id']}", json=body)).status_code == 200
    assert await statuses() == [403, 200, 403]
    seers = await make_group(api, name="Seers", rights={"staff.read": "all"}, fields={})
    path = f"/staff/{staff_id(db, 'pavel')}/groups"
    both = {"version": 1, "groups": [packers["id"], seers["id"]]}
    assert (await api.put(path, json=both)).status_code == 200
    assert await statuses() == [403, 200, 200]
    assert (await api.put(path, json={"version": 2, "groups": []})).status_code == 200
    assert await statuses() == [403, 403, 403]


@pytest.mark.requirement("R11", "R326")
async def test_the_widest_of_two_groups_counts_for_branches_too(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    tver = await open_branch(api, "tver")
    near = await make_group(api, name="Near", rights={"staff.read": "own"}, fields={})
    far = await make_group(
        api, name="Far", rights={"staff.read": "all"}, fields={"staff.phone": "read"}
    )
    pavel = person(db, "pavel", "Near", tver)
    person(db, "anna", "Cashier", shop.branch_id)

    async def seen() -> list[str]:
        rows = (await api.get("/staff", headers=pavel)).json()["rows"]
        return [row["name"] for row in rows]

    assert await seen() == ["Pavel"]
    path = f"/staff/{staff_id(db, 'pavel')}/groups"
    await api.put(path, json={"version": 1, "groups": [near["id"], far["id"]]})
    assert await seen() == ["Anna", "Owner", "Pavel"]
    await api.put(path, json={"version": 2, "groups": [near["id"]]})
    assert await seen() == ["Pavel"]


@pytest.mark.requirement("R13")
async def test_a_preview_tells_who_would_gain_and_lose_what(
    api: httpx.AsyncClient, db: Database
) -> None:
    packers = await make_group(api)
    seers = await make_group(api, name="Seers", rights={"order.fulfil": "all"}, fields={})
    person(db, "pavel", "Packers")
    person(db, "vera", "Packers")
    path = f"/staff/{staff_id(db, 'vera')}/groups"
    await api.put(path, json={"version": 1, "groups": [packers["id"], seers["id"]]})
    wanted = {**PACKERS, "rights": {"order.read": "all", "product.read": "all"}}
    preview = await api.post(f"/groups/{packers['id']}/preview", json=wanted)
    gains = [{"name": "order.read", "before": "own", "after": "all"}]
    losses = [{"name": "order.fulfil", "before": "own", "after": None}]
    assert preview.json() == {
        "members": 2,
        "affected": [
            {
                "id": staff_id(db, "pavel"),
                "name": "Pavel",
                "difference": {"gains": gains, "losses": losses},
            },
            {
                "id": staff_id(db, "vera"),
                "name": "Vera",
                "difference": {"gains": gains, "losses": []},
            },
        ],
    }
    same = await api.post(f"/groups/{packers['id']}/preview", json=PACKERS)
    assert same.json() == {"members": 2, "affected": []}
    assert (await api.get(f"/groups/{packers['id']}")).json() == {**packers, "members": 2}


@pytest.mark.requirement("R7", "R8", "R13", "R117", "R122")
async def test_the_matrix_is_drawn_from_one_declaration(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    told = (await api.get("/rights")).json()
    assert told["level"] == 0
    rights = [right for noun in told["nouns"] for right in noun["rights"]]
    fields = [field for noun in told["nouns"] for field in noun["fields"]]
    assert {right["right"] for right in rights} == EVERY_RIGHT
    assert {field["key"] for field in fields} == EVERY_FIELD
    assert {right["grantable"] for right in rights} == {"all"}
    assert all(field["grantable"] == field["levels"][-1] for field in fields)

    manager = person(db, "manager", "Branch manager", shop.branch_id)
    theirs = (await api.get("/rights", headers=manager)).json()
    assert theirs["level"] == 10
    nouns = {noun["noun"]: noun for noun in theirs["nouns"]}
    assert nouns["order"]["reaches"] == ["own", "all"]
    assert nouns["product"]["reaches"] == ["all"]
    assert {right["grantable"] for right in nouns["order"]["rights"]} == {"own"}
    assert {right["right"]: right["grantable"] for right in nouns["group"]["rights"]} == {
        "group.read": "all",
        "group.create": None,
        "group.edit": None,
        "group.delete": None,
    }
    shown = {
        field["name"]: (field["levels"], field["grantable"]) for field in nouns["stock"]["fields"]
    }
    assert shown["on_hand"] == (["hidden", "read", "write"], "write")
    assert shown["allocated"] == (["hidden", "read"], "read")


@pytest.mark.requirement("R60", "R61", "R120")
@pytest.mark.parametrize(
    ("profile", "seen"),
    [
        ("Purchasing manager", ["/products"]),
        ("Logistician", ["/products", "/orders", "/branches"]),
        ("Salesperson", ["/products", "/orders", "/branches"]),
        ("Translator", ["/products"]),
    ],
)
async def test_a_profile_sees_what_its_duties_ask_and_no_more(
    api: httpx.AsyncClient, db: Database, profile: str, seen: list[str]
) -> None:
    headers = person(db, "somebody", profile)
    for path in ("/products", "/orders", "/branches", "/groups", "/rights", "/staff", "/api-keys"):
        answer = await api.get(path, headers=headers)
        assert answer.status_code == (200 if path in seen else 403), path


@pytest.mark.requirement("R117")
async def test_modules_given_for_viewing_are_viewed_and_never_changed(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    reads = [right for right in EVERY_RIGHT if right.command == "read"]
    await make_group(api, name="Viewers", rights=dict.fromkeys(reads, "all"), fields={})
    viewer = person(db, "viewer", "Viewers")
    for path in ("/products", "/orders", "/branches", "/groups", "/rights", "/staff", "/api-keys"):
        assert (await api.get(path, headers=viewer)).status_code == 200, path
    mug = {"name": "Mug", "price": 1, "currency": "RUB"}
    member = {"name": "New", "login": "new", "email": "new@shop.example"}
    for answer in (
        await api.put("/products/MUG", json=mug, headers=viewer),
        await api.post("/staff", json=member, headers=viewer),
        await api.post("/groups", json={"name": "G", "level": 99}, headers=viewer),
        await api.post("/api-keys", json={"name": "K"}, headers=viewer),
        await api.patch(
            f"/branches/{shop.branch_id}", json={"version": 1, "name": "X"}, headers=viewer
        ),
    ):
        assert refusal(answer) == (403, "Forbidden")


async def test_super_admins_group_holds_what_new_versions_bring(db: Database, shop: Shop) -> None:
    """Whatever is stored for it: it holds everything."""
    async with open_desk(db, shop.owner) as api:
        me = (await api.get("/session")).json()
    assert me["rights"] == EVERYTHING.rights

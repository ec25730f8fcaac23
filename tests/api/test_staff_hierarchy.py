"""Nobody reaches up: who may put whom where, over HTTP and at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest

from db import staff, staff_access
from db.access import find_person
from db.engine import Database
from domain.access import Actor
from domain.access.hierarchy import LastSuperAdmin
from tests.api.access_desk import (
    groups_by_name,
    open_branch,
    person,
    refusal,
    staff_id,
    told,
)
from tests.factories import Shop, add_staff


@pytest.mark.requirement("R12", "R326")
async def test_a_manager_sees_and_changes_the_people_of_the_own_point_only(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    tver = await open_branch(api, "tver")
    manager = person(db, "manager", "Branch manager", shop.branch_id)
    person(db, "near", "Cashier", shop.branch_id)
    person(db, "far", "Cashier", tver)
    seen = (await api.get("/staff", headers=manager)).json()["rows"]
    assert [(row["name"], row["is_below"]) for row in seen] == [("Manager", False), ("Near", True)]
    near, far = f"/staff/{staff_id(db, 'near')}", f"/staff/{staff_id(db, 'far')}"
    edit = {"version": 1, "name": "N"}
    assert (await api.patch(near, json=edit, headers=manager)).status_code == 200
    for answer in (
        await api.get(far, headers=manager),
        await api.patch(far, json=edit, headers=manager),
        await api.post(f"{far}/block", json={}, headers=manager),
        await api.put(f"{far}/branches", json={"version": 1, "branches": []}, headers=manager),
    ):
        assert refusal(answer) == (404, "NotFound")
    assert (await api.get(far)).json()["name"] == "Far"


@pytest.mark.requirement("R12", "R334")
async def test_a_manager_lends_nobody_to_other_points(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    tver = await open_branch(api, "tver")
    manager = person(db, "manager", "Branch manager", shop.branch_id)
    person(db, "near", "Cashier", shop.branch_id)
    path = f"/staff/{staff_id(db, 'near')}/branches"
    for branches in ([tver], [shop.branch_id, tver], []):
        body = {"version": 1, "branches": branches}
        assert refusal(await api.put(path, json=body, headers=manager)) == (403, "OtherBranches")
    # Works in two points now: no longer the manager's alone.
    both = {"version": 1, "branches": [shop.branch_id, tver]}
    assert (await api.put(path, json=both)).status_code == 200
    blocked = await api.post(f"/staff/{staff_id(db, 'near')}/block", json={}, headers=manager)
    assert refusal(blocked) == (403, "OtherBranches")
    new = {"name": "New", "login": "new", "email": "new@shop.example", "branches": [tver]}
    assert refusal(await api.post("/staff", json=new, headers=manager)) == (403, "OtherBranches")


@pytest.mark.requirement("R12")
async def test_one_grants_only_what_one_holds_to_those_below(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    await api.post(
        "/groups", json={"name": "Packers", "level": 50, "rights": {"order.read": "own"}}
    )
    groups = {name: group["id"] for name, group in (await groups_by_name(api)).items()}
    manager = person(db, "manager", "Branch manager", shop.branch_id)
    person(db, "near", "Cashier", shop.branch_id)
    path = f"/staff/{staff_id(db, 'near')}/groups"

    async def put(*names: str) -> httpx.Response:
        body = {"version": 1, "groups": [groups[name] for name in names]}
        return await api.put(path, json=body, headers=manager)

    # Salespeople see the orders of every branch, which this manager does not.
    assert refusal(await put("Cashier", "Salesperson")) == (403, "MoreThanHeld")
    assert refusal(await put("Cashier", "Branch manager")) == (403, "NotBelow")
    assert refusal(await put("Cashier", "SuperAdmin")) == (403, "NotBelow")
    added = await put("Cashier", "Packers")
    assert [group["name"] for group in added.json()["groups"]] == ["Cashier", "Packers"]
    new = {
        "name": "New",
        "login": "new",
        "email": "new@shop.example",
        "branches": [shop.branch_id],
        "groups": [groups["Salesperson"]],
    }
    assert refusal(await api.post("/staff", json=new, headers=manager)) == (403, "MoreThanHeld")
    assert [action for _, action, _ in told(db, "staff")] == ["staff.groups_changed"]


@pytest.mark.requirement("R12")
async def test_nobody_decides_what_they_themselves_may(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    tver = await open_branch(api, "tver")
    groups = await groups_by_name(api)
    for login, headers in (
        ("manager", person(db, "manager", "Branch manager", shop.branch_id)),
        ("second", person(db, "second", "SuperAdmin")),
    ):
        path = f"/staff/{staff_id(db, login)}"
        body = {"version": 1, "groups": [groups["Cashier"]["id"]]}
        changed = await api.put(f"{path}/groups", json=body, headers=headers)
        assert refusal(changed) == (403, "OnOneself")
        blocked = await api.post(f"{path}/block", json={}, headers=headers)
        assert refusal(blocked) == (403, "OnOneself")
    manager = person(db, "other", "Branch manager", shop.branch_id)
    path = f"/staff/{staff_id(db, 'other')}"
    bound = await api.put(
        f"{path}/branches", json={"version": 1, "branches": [tver]}, headers=manager
    )
    assert refusal(bound) == (403, "OnOneself")
    edited = await api.patch(path, json={"version": 1, "name": "X"}, headers=manager)
    assert refusal(edited) == (403, "NotBelow")


@pytest.mark.requirement("R12")
async def test_nobody_gets_into_the_account_of_somebody_who_may_more(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    """A new address, then a new password by mail, would be a way to rights one does not hold."""
    manager = person(db, "manager", "Branch manager", shop.branch_id)
    person(db, "sam", "Salesperson", shop.branch_id)
    path = f"/staff/{staff_id(db, 'sam')}"
    for ways_in in ({"email": "manager@shop.example"}, {"login": "mine"}):
        answer = await api.patch(path, json={"version": 1, **ways_in}, headers=manager)
        assert refusal(answer) == (403, "MoreThanHeld")
    renamed = await api.patch(path, json={"version": 1, "name": "Samuel"}, headers=manager)
    assert renamed.status_code == 200
    assert (await api.get(path)).json()["email"] == "sam@shop.example"


@pytest.mark.requirement("R58", "R119", "R124")
async def test_super_admin_is_reached_by_super_admins_only(
    api: httpx.AsyncClient, db: Database
) -> None:
    groups = await groups_by_name(api)
    body = {
        "name": "Deputies",
        "level": 1,
        "rights": groups["SuperAdmin"]["rights"],
        "fields": groups["SuperAdmin"]["fields"],
    }
    assert (await api.post("/groups", json=body)).status_code == 201
    deputy = person(db, "deputy", "Deputies")
    owner = f"/staff/{staff_id(db, 'owner')}"
    translator = {"version": 1, "groups": [groups["Translator"]["id"]]}
    for answer in (
        await api.post(f"{owner}/block", json={}, headers=deputy),
        await api.post(f"{owner}/sign-out", headers=deputy),
        await api.patch(owner, json={"version": 1, "name": "X"}, headers=deputy),
        await api.put(f"{owner}/groups", json=translator, headers=deputy),
        await api.put(f"{owner}/branches", json={"version": 1, "branches": []}, headers=deputy),
    ):
        assert refusal(answer) == (403, "NotBelow")
    second = person(db, "second", "SuperAdmin")
    assert (await api.post(f"{owner}/block", json={}, headers=second)).status_code == 200


@pytest.mark.requirement("R124")
async def test_the_last_super_admin_stays(api: httpx.AsyncClient, db: Database) -> None:
    """Also when the one who asks was blocked in between."""
    groups = await groups_by_name(api)
    second = staff_id_of(db, "second", "SuperAdmin")
    with db.transaction() as tx:
        gone = find_person(tx, add_staff(tx, "gone", "SuperAdmin"))
    assert gone
    for login in ("second", "gone"):
        blocked = await api.post(f"/staff/{staff_id(db, login)}/block", json={})
        assert blocked.status_code == 200
    owner = staff_id(db, "owner")
    with pytest.raises(LastSuperAdmin):
        _block(db, owner, gone)
    with pytest.raises(LastSuperAdmin):
        _demote(db, owner, groups["Cashier"]["id"], gone)
    assert (await api.get(f"/staff/{owner}")).json()["is_active"] is True
    assert (await api.get(f"/staff/{second}")).json()["is_active"] is False


@pytest.mark.requirement("R124")
async def test_two_super_admins_cannot_block_each_other_at_once(db: Database, shop: Shop) -> None:
    with db.transaction() as tx:
        actors = [find_person(tx, add_staff(tx, f"chief{n}", "SuperAdmin")) for n in range(2)]
        owner = find_person(tx, shop.owner)
    chiefs = [actor for actor in actors if actor and actor.staff_id]
    assert owner
    assert len(chiefs) == 2
    _block(db, owner.staff_id or 0, chiefs[0])
    start = Barrier(2)

    def block(by: Actor, other: Actor) -> str:
        start.wait()
        try:
            _block(db, other.staff_id or 0, by)
        except LastSuperAdmin:
            return "refused"
        return "blocked"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(block, chiefs, reversed(chiefs)))
    assert sorted(outcomes) == ["blocked", "refused"]


@pytest.mark.requirement("R12")
async def test_programs_manage_nobody(api: httpx.AsyncClient, db: Database) -> None:
    groups = await groups_by_name(api)
    names = ("staff.read", "staff.edit", "staff.block", "group.create", "api_key.create")
    made = await api.post(
        "/api-keys", json={"name": "robot", "rights": dict.fromkeys(names, "all")}
    )
    robot = {"Authorization": f"Bearer {made.json()['token']}", "Cookie": ""}
    person(db, "anna", "Cashier")
    path = f"/staff/{staff_id(db, 'anna')}"
    translator = {"version": 1, "groups": [groups["Translator"]["id"]]}
    for answer, code in (
        (await api.patch(path, json={"version": 1, "name": "X"}, headers=robot), "NotBelow"),
        (await api.put(f"{path}/groups", json=translator, headers=robot), "NotBelow"),
        (await api.post(f"{path}/block", json={}, headers=robot), "NotBelow"),
        (await api.post("/groups", json={"name": "G", "level": 99}, headers=robot), "NotBelow"),
        (await api.post("/api-keys", json={"name": "other"}, headers=robot), "MoreThanHeld"),
    ):
        assert refusal(answer) == (403, code)
    assert told(db, "group") == []


def staff_id_of(db: Database, login: str, profile: str) -> int:
    person(db, login, profile)
    return staff_id(db, login)


def _demote(db: Database, staff_id: int, group_id: int, by: Actor) -> None:
    with db.transaction() as tx:
        staff_access.lock_super_admins(tx)
        member = staff.lock_staff(tx, staff_id)
        assert member
        staff_access.set_groups(tx, member, frozenset({group_id}), member.row.version, by)


def _block(db: Database, staff_id: int, by: Actor) -> None:
    with db.transaction() as tx:
        staff_access.lock_super_admins(tx)
        member = staff.lock_staff(tx, staff_id)
        assert member
        staff_access.block_staff(tx, member, by)

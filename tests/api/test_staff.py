"""Staff over HTTP: taken on, found, changed, blocked; told in history, field by field."""

import httpx
import pytest

from db.engine import Database
from tests.api.access_desk import (
    Json,
    groups_by_name,
    open_branch,
    person,
    refusal,
    staff_id,
    told,
)
from tests.factories import Shop

VERA = {
    "name": "Vera Petrova",
    "login": "vera",
    "email": "vera@shop.example",
    "phone": "+7 916 123-45-67",
    "language": "ru",
}


async def take_on(api: httpx.AsyncClient, **more: object) -> Json:
    made = await api.post("/staff", json=VERA | more)
    assert made.status_code == 201, made.text
    taken: Json = made.json()
    return taken


@pytest.mark.requirement("R11", "R118", "R332")
async def test_a_new_person_is_in_groups_and_branches_and_has_no_password(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    groups = await groups_by_name(api)
    cashier, translator = groups["Cashier"]["id"], groups["Translator"]["id"]
    vera = await take_on(api, groups=[translator, cashier], branches=[shop.branch_id])
    assert vera == {
        "id": vera["id"],
        **VERA,
        "phone": "+79161234567",
        "is_active": True,
        "has_password": False,
        "last_seen_at": None,
        "groups": [
            {"id": cashier, "name": "Cashier"},
            {"id": translator, "name": "Translator"},
        ],
        "branches": [{"id": shop.branch_id, "name": "Main"}],
        "level": 30,
        "version": 1,
        "is_below": True,
    }
    assert (await api.get(f"/staff/{vera['id']}")).json() == vera
    owner = f"staff:{staff_id(db, 'owner')}"
    assert told(db, "staff") == [
        (
            owner,
            "staff.created",
            {
                **{name: [None, value] for name, value in VERA.items()},
                "phone": [None, "+79161234567"],
                "groups": [[], ["Cashier", "Translator"]],
                "branches": [[], ["Main"]],
            },
        )
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "vera"),
        ("email", "vera@"),
        ("email", ""),
        ("login", "v"),
        ("login", "vera petrova"),
        ("login", "vera\0"),
        ("name", "   "),
        ("phone", "123"),
        ("language", "de"),
        ("groups", [0]),
        ("branches", ["main"]),
        ("password", "not here"),
    ],
)
async def test_what_is_badly_written_is_told(
    api: httpx.AsyncClient, db: Database, field: str, value: object
) -> None:
    answer = await api.post("/staff", json=VERA | {field: value})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][:2] == ["body", field]
    assert told(db, "staff") == []


async def test_groups_and_branches_have_to_exist(api: httpx.AsyncClient, db: Database) -> None:
    assert refusal(await api.post("/staff", json=VERA | {"groups": [999]})) == (409, "GroupUnknown")
    unknown = await api.post("/staff", json=VERA | {"branches": [999]})
    assert refusal(unknown) == (409, "BranchUnknown")
    assert told(db, "staff") == []


@pytest.mark.requirement("R163")
async def test_a_login_is_somebodys_alone_however_written(api: httpx.AsyncClient) -> None:
    vera = await take_on(api)
    assert refusal(await api.post("/staff", json=VERA | {"login": "VERA"})) == (409, "NameTaken")
    other = await take_on(api, login="vera2")
    edit = {"version": 1, "login": "Vera"}
    assert refusal(await api.patch(f"/staff/{other['id']}", json=edit)) == (409, "NameTaken")
    own = await api.patch(f"/staff/{vera['id']}", json=edit)
    assert (own.status_code, own.json()["login"]) == (200, "Vera")


async def test_an_edit_changes_what_it_names_and_only_once(
    api: httpx.AsyncClient, db: Database
) -> None:
    vera = await take_on(api)
    path = f"/staff/{vera['id']}"
    edit = {"version": 1, "name": "Vera Orlova", "phone": ""}
    edited = await api.patch(path, json=edit)
    assert edited.json() == {**vera, "name": "Vera Orlova", "phone": "", "version": 2}
    assert refusal(await api.patch(path, json=edit)) == (409, "ChangedMeanwhile")
    assert told(db, "staff")[1:] == [
        (
            f"staff:{staff_id(db, 'owner')}",
            "staff.edited",
            {"name": ["Vera Petrova", "Vera Orlova"], "phone": ["+79161234567", ""]},
        )
    ]


@pytest.mark.requirement("R121")
async def test_all_who_have_access_are_found_page_by_page(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    for login in ("anna", "boris", "clara"):
        person(db, login, "Cashier", shop.branch_id)
    names, after = [], None
    while True:
        page = await api.get("/staff", params={"limit": 2, **({"after": after} if after else {})})
        names += [row["name"] for row in page.json()["rows"]]
        after = page.json()["next"]
        if after is None:
            break
    assert names == ["Anna", "Boris", "Clara", "Owner"]

    async def found(**params: str | int) -> list[str]:
        rows = (await api.get("/staff", params=params)).json()["rows"]
        return [row["name"] for row in rows]

    groups = await groups_by_name(api)
    assert await found(q="BORIS@shop") == ["Boris"]
    assert await found(q="clara shop.example") == ["Clara"]
    assert await found(q="%") == []
    assert await found(group_id=groups["SuperAdmin"]["id"]) == ["Owner"]
    assert await found(branch_id=shop.branch_id) == ["Anna", "Boris", "Clara"]
    await api.post(f"/staff/{staff_id(db, 'anna')}/block", json={})
    assert await found(is_active=False) == ["Anna"]
    assert await found(is_active=True, branch_id=shop.branch_id) == ["Boris", "Clara"]


@pytest.mark.requirement("R9", "R333")
async def test_a_blocked_person_is_out_at_once_and_may_come_back(
    api: httpx.AsyncClient, db: Database
) -> None:
    anna = person(db, "anna", "Salesperson")
    path = f"/staff/{staff_id(db, 'anna')}"
    assert (await api.get("/orders", headers=anna)).status_code == 200
    blocked = await api.post(f"{path}/block", json={"reason": "left us"})
    assert (blocked.status_code, blocked.json()["is_active"]) == (200, False)
    assert (await api.get("/orders", headers=anna)).status_code == 401
    assert (await api.post(f"{path}/block", json={})).status_code == 200
    unblocked = await api.post(f"{path}/unblock")
    assert (unblocked.status_code, unblocked.json()["is_active"]) == (200, True)
    assert (await api.get("/orders", headers=anna)).status_code == 401
    assert [(action, changes) for _, action, changes in told(db, "staff")] == [
        ("staff.blocked", {"is_active": [True, False]}),
        ("staff.unblocked", {"is_active": [False, True]}),
    ]


async def test_signed_out_everywhere(api: httpx.AsyncClient, db: Database) -> None:
    anna = person(db, "anna", "Salesperson")
    done = await api.post(f"/staff/{staff_id(db, 'anna')}/sign-out")
    assert (done.status_code, done.content) == (204, b"")
    assert (await api.get("/orders", headers=anna)).status_code == 401
    assert [action for _, action, _ in told(db, "staff")] == ["staff.signed_out"]


async def test_where_somebody_is_signed_in(api: httpx.AsyncClient, db: Database) -> None:
    person(db, "anna", "Salesperson")
    path = f"/staff/{staff_id(db, 'anna')}"
    (session,) = (await api.get(f"{path}/sessions")).json()
    assert (session["is_current"], session["expires_at"] > session["created_at"]) == (False, True)
    await api.post(f"{path}/sign-out")
    assert (await api.get(f"{path}/sessions")).json() == []


@pytest.mark.requirement("R334")
async def test_a_person_is_bound_to_points(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    tver = await open_branch(api, "tver")
    vera = await take_on(api, branches=[shop.branch_id])
    path = f"/staff/{vera['id']}/branches"
    bound = await api.put(path, json={"version": 1, "branches": [tver]})
    assert bound.json()["branches"] == [{"id": tver, "name": "Tver"}]
    stale = await api.put(path, json={"version": 1, "branches": []})
    assert refusal(stale) == (409, "ChangedMeanwhile")
    assert refusal(await api.put(path, json={"version": 2, "branches": [999]}))[1] == (
        "BranchUnknown"
    )
    assert told(db, "staff")[-1][1:] == (
        "staff.branches_changed",
        {"branches": [["Main"], ["Tver"]]},
    )


async def test_nobody_is_there_under_an_unknown_id(api: httpx.AsyncClient) -> None:
    for answer in (
        await api.get("/staff/999"),
        await api.patch("/staff/999", json={"version": 1}),
        await api.post("/staff/999/block", json={}),
        await api.post("/staff/999/sign-out"),
    ):
        assert refusal(answer) == (404, "NotFound")

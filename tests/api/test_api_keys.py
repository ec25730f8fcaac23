"""Keys of programs over HTTP: scoped, shown once, revoked at once."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import select, update

from db import history
from db.engine import Database
from db.tables.access import ApiKey
from tests.api.access_desk import Json, person, refusal, staff_id, told
from tests.factories import Shop

ROBOT: Json = {
    "name": "Robot",
    "rights": {"product.read": "all", "order.read": "all"},
    "fields": {"product.price": "read"},
}


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Cookie": ""}


@pytest.mark.requirement("R165")
async def test_a_key_is_shown_once_and_does_what_it_may(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    body = {**ROBOT, "channel_id": shop.channel_id, "expires_at": "2099-01-31T00:00:00Z"}
    made = await api.post("/api-keys", json=body)
    assert made.status_code == 201
    token, key = made.json()["token"], made.json()["key"]
    owner = f"staff:{staff_id(db, 'owner')}"
    assert key == {
        "id": key["id"],
        **ROBOT,
        "prefix": token[:10],
        "channel_id": shop.channel_id,
        "channel_name": "Web shop",
        "is_active": True,
        "created_by": {"actor": owner, "name": "Owner"},
        "created_at": key["created_at"],
        "expires_at": "2099-01-31T00:00:00Z",
        "last_used_at": None,
    }
    robot = bearing(token)
    assert (await api.get("/products", headers=robot)).status_code == 200
    assert refusal(await api.get("/staff", headers=robot)) == (403, "Forbidden")
    read = await api.get(f"/api-keys/{key['id']}")
    used = datetime.fromisoformat(read.json()["last_used_at"])
    assert timedelta() <= datetime.now(UTC) - used < timedelta(minutes=1)
    listed = await api.get("/api-keys")
    assert [row["name"] for row in listed.json()["rows"]] == ["Robot", "storefront"]
    assert token not in read.text + listed.text
    with db.transaction() as tx:
        stored = tx.execute(select(ApiKey).where(ApiKey.name == "Robot")).scalar_one()
        assert token.encode() not in stored.token_hash

    assert (await api.delete(f"/api-keys/{key['id']}")).status_code == 204
    assert (await api.get("/products", headers=robot)).status_code == 401
    assert (await api.delete(f"/api-keys/{key['id']}")).status_code == 204
    revoked = await api.get("/api-keys", params={"is_active": False})
    assert [row["name"] for row in revoked.json()["rows"]] == ["Robot"]
    assert told(db, "api_key") == [
        (
            owner,
            "api_key.created",
            {
                "name": [None, "Robot"],
                "channel_id": [None, shop.channel_id],
                "expires_at": [None, "2099-01-31T00:00:00+00:00"],
                "rights.product.read": [None, "all"],
                "rights.order.read": [None, "all"],
                "fields.product.price": [None, "read"],
            },
        ),
        (owner, "api_key.revoked", {"is_active": [True, False]}),
    ]
    assert token not in str(told(db, "api_key"))


@pytest.mark.requirement("R12")
async def test_a_key_may_no_more_than_its_maker(api: httpx.AsyncClient, db: Database) -> None:
    group = {
        "name": "Keepers",
        "level": 20,
        "rights": {"api_key.create": "all", "api_key.read": "all", "product.read": "all"},
        "fields": {"product.price": "read"},
    }
    assert (await api.post("/groups", json=group)).status_code == 201
    keeper = person(db, "keeper", "Keepers")
    for change in (
        {"rights": {"product.edit": "all"}},
        {"rights": {"order.read": "all"}},
        {"fields": {"product.price": "write"}},
    ):
        answer = await api.post("/api-keys", json={"name": "K", **change}, headers=keeper)
        assert refusal(answer) == (403, "MoreThanHeld"), change
    own = {"name": "K", "rights": {"product.read": "all"}, "fields": {"product.price": "read"}}
    made = await api.post("/api-keys", json=own, headers=keeper)
    assert made.status_code == 201
    revoked = await api.delete(f"/api-keys/{made.json()['key']['id']}", headers=keeper)
    assert refusal(revoked) == (403, "Forbidden")
    assert [action for _, action, _ in told(db, "api_key")] == ["api_key.created"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "STOREFRONT"}, "NameTaken"),
        ({"channel_id": 999}, "ChannelMissing"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "AlreadyExpired"),
        ({"rights": {"order.read": "own"}}, "KeyInNoBranch"),
    ],
)
async def test_a_key_that_would_be_of_no_use_is_not_made(
    api: httpx.AsyncClient, db: Database, change: Json, code: str
) -> None:
    assert refusal(await api.post("/api-keys", json=ROBOT | change)) == (409, code)
    assert told(db, "api_key") == []


async def test_a_key_ends_on_its_day(api: httpx.AsyncClient, db: Database) -> None:
    soon = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    made = await api.post("/api-keys", json={**ROBOT, "expires_at": soon})
    robot = bearing(made.json()["token"])
    assert (await api.get("/products", headers=robot)).status_code == 200
    with db.transaction() as tx:
        past = datetime.now(UTC) - timedelta(seconds=1)
        tx.execute(update(ApiKey).where(ApiKey.name == "Robot").values(expires_at=past))
        history.append(tx, history.Entry("test", 1, "api_key.expired", "system"))
    assert (await api.get("/products", headers=robot)).status_code == 401


async def test_keys_page_by_page_and_those_that_are_not_there(api: httpx.AsyncClient) -> None:
    for number in range(3):
        await api.post("/api-keys", json=ROBOT | {"name": f"Robot {number}"})
    first = (await api.get("/api-keys", params={"limit": 2})).json()
    assert [row["name"] for row in first["rows"]] == ["Robot 2", "Robot 1"]
    rest = (await api.get("/api-keys", params={"limit": 2, "after": first["next"]})).json()
    assert [row["name"] for row in rest["rows"]] == ["Robot 0", "storefront"]
    assert rest["next"] is None
    assert refusal(await api.get("/api-keys/999")) == (404, "NotFound")
    assert refusal(await api.delete("/api-keys/999")) == (404, "NotFound")
    naive = await api.post("/api-keys", json={**ROBOT, "expires_at": "2099-01-01T00:00:00"})
    assert naive.status_code == 422

"""Customers as staff keep them: added, edited, disabled; who sees whom; consents."""

from typing import Any

import httpx
import pytest

from db.engine import Database
from tests.api.customer_desk import EVE, add_customer, customer, names, told
from tests.factories import Shop, add_staff
from tests.house import speaking

NOWHERE = {"recipient": "", "recipient_phone": "", "label": ""}


@pytest.mark.requirement("R14", "R15", "R65")
async def test_a_customer_is_added_with_all_that_is_known(
    api: httpx.AsyncClient, shop: Shop
) -> None:
    read = await customer(api, await add_customer(api, **EVE, branch_id=shop.branch_id))
    assert read | {"created_at": ""} == {
        "id": read["id"],
        "version": 1,
        "name": "Eve Ivanova",
        "email": "eve@example.org",
        "phone": "+79161234567",
        "language": "ru",
        "addresses": [
            {
                **NOWHERE,
                "country": "RU",
                "city": "Казань",
                "postcode": "420000",
                "street": "Баумана 1",
                "is_shipping_default": False,
                "is_billing_default": True,
            },
            {
                **NOWHERE,
                "country": "FR",
                "city": "Lyon",
                "postcode": "",
                "street": "",
                "label": "my mother's",
                "recipient": "Zoé",
                "is_shipping_default": True,
                "is_billing_default": False,
            },
        ],
        "preferences": {"contact_by": "sms", "shipping_method": "", "payment_method": None},
        "custom": {},
        "note": "",
        "branch": {"id": shop.branch_id, "name": "Main"},
        "is_active": True,
        "has_account": False,
        "created_at": "",
        "consents": [],
        "spent": [],
        "orders": 0,
        "latest_orders": [],
    }


@pytest.mark.requirement("R14", "R66")
async def test_an_edit_changes_what_was_sent_and_says_so(
    api: httpx.AsyncClient, db: Database
) -> None:
    id = await add_customer(api, **EVE)
    body = {"version": 1, "name": "Eve Petrova", "phone": "", "note": "calls back", "email": None}
    edited = await api.patch(f"/customers/{id}", json=body)
    assert edited.status_code == 200, edited.text
    seen = {name: edited.json()[name] for name in ("version", "name", "phone", "email", "note")}
    assert seen == {**body, "version": 2, "email": ""}
    assert edited.json()["addresses"][1]["city"] == "Lyon"
    assert told(db)[-1] == (
        "customer.edited",
        {
            "name": ["Eve Ivanova", "Eve Petrova"],
            "phone": ["+79161234567", ""],
            "email": ["eve@example.org", ""],
            "note": ["", "calls back"],
        },
    )

    stale = await api.patch(f"/customers/{id}", json={"version": 1, "name": "Eva"})
    assert (stale.status_code, stale.json()["code"]) == (409, "ChangedMeanwhile")
    same = await api.patch(f"/customers/{id}", json={"version": 2, "name": "Eve Petrova"})
    assert same.json()["version"] == 2
    assert len(told(db)) == 2


@pytest.mark.requirement("R66")
async def test_an_address_belongs_to_one_customer(api: httpx.AsyncClient) -> None:
    await add_customer(api, email="Eve@Example.org")
    ann = await add_customer(api, name="Ann")
    assert await add_customer(api, name="Another Ann") > ann
    twice = await api.post("/customers", json={"name": "Eva", "email": "eve@example.ORG"})
    edited = await api.patch(f"/customers/{ann}", json={"version": 1, "email": "eve@example.org"})
    for answer in (twice, edited):
        assert (answer.status_code, answer.json()) == (
            409,
            {"code": "EmailTaken", "message": "Another customer has this e-mail address."},
        )
    elsewhere = await api.post("/customers", json={"name": "Eva", "branch_id": 404})
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (409, "BranchUnknown")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "x" * 201},
        {"name": "nul\0"},
        {"email": "nobody"},
        {"phone": "12"},
        {"language": "de"},
        {"addresses": [{"country": "Russia"}]},
        {"addresses": [{"country": "RU"}] * 21},
        {"preferences": {"contact_by": "pigeon"}},
        {"custom": {"x" * 51: 1}},
        {"note": "x" * 5001},
        {"branch_id": 0},
        {"colour": "red"},
    ],
)
async def test_a_body_out_of_bounds_adds_nobody(
    api: httpx.AsyncClient, wrong: dict[str, Any]
) -> None:
    assert (await api.post("/customers", json={"name": "Ann", **wrong})).status_code == 422
    assert await names(api) == []


async def test_only_one_address_can_be_the_default(api: httpx.AsyncClient) -> None:
    both = [{"country": "RU", "is_billing_default": True}] * 2
    answer = await api.post("/customers", json={"name": "Ann", "addresses": both})
    assert (answer.status_code, answer.json()["code"]) == (409, "DefaultsClash")


@pytest.mark.requirement("R67")
async def test_a_customer_is_disabled_instead_of_deleted(
    api: httpx.AsyncClient, db: Database
) -> None:
    id = await add_customer(api)
    for _ in range(2):
        disabled = await api.post(f"/customers/{id}/disable", json={"reason": "never pays"})
        assert disabled.json()["is_active"] is False
    assert await names(api, is_active=True) == []
    assert await names(api, is_active=False) == ["Ann"]
    assert (await api.post(f"/customers/{id}/enable")).json()["is_active"] is True
    assert told(db)[1:] == [
        ("customer.disabled", {"is_active": [True, False]}),
        ("customer.enabled", {"is_active": [False, True]}),
    ]
    assert (await api.delete(f"/customers/{id}")).status_code == 405


@pytest.mark.requirement("R68", "R69", "R70")
async def test_consents_are_given_and_taken_back(api: httpx.AsyncClient, db: Database) -> None:
    id = await add_customer(api)
    partner = {"code": "tea-club", "name": "Tea club", "kind": "partner"}
    created = await api.post("/mailing-lists", json=partner)
    assert created.json() == {**partner, "is_active": True, "version": 1}

    said: dict[str, Any] = {"way": "phone", "consents": {"newsletter": True, "tea-club": True}}
    for _ in range(2):
        seen = (await api.put(f"/customers/{id}/consents", json=said)).json()["consents"]
    assert [(each["list"], each["kind"], each["is_given"], each["way"]) for each in seen] == [
        ("newsletter", "newsletter", True, "phone"),
        ("tea-club", "partner", True, "phone"),
    ]
    assert seen[0]["by"]["name"] == "Owner"
    assert await names(api, consent=["newsletter", "tea-club"]) == ["Ann"]
    assert await names(api, no_consent="mailing") == ["Ann"]

    no = {"way": "paper", "consents": {"newsletter": False}}
    await api.put(f"/customers/{id}/consents", json=no)
    assert await names(api, consent="newsletter") == []
    assert told(db)[1:] == [
        ("customer.subscribed", {"consents": [{"newsletter": False}, _said("newsletter", True)]}),
        ("customer.subscribed", {"consents": [{"tea-club": False}, _said("tea-club", True)]}),
        (
            "customer.unsubscribed",
            {"consents": [{"newsletter": True}, _said("newsletter", False, "paper")]},
        ),
    ]


def _said(code: str, given: bool, way: str = "phone") -> dict[str, Any]:
    return {code: given, "way": way}


async def test_nobody_joins_a_closed_list_but_anybody_leaves_it(api: httpx.AsyncClient) -> None:
    id = await add_customer(api)
    url = f"/customers/{id}/consents"
    await api.put(url, json={"way": "phone", "consents": {"mailing": True}})
    closed = await api.patch("/mailing-lists/mailing", json={"version": 1, "is_active": False})
    assert (closed.json()["is_active"], closed.json()["version"]) == (False, 2)
    left = await api.put(url, json={"way": "phone", "consents": {"mailing": False}})
    assert [each["is_given"] for each in left.json()["consents"]] == [False]
    for code in ("mailing", "nothing"):
        joined = await api.put(url, json={"way": "phone", "consents": {code: True}})
        assert (joined.status_code, joined.json()["code"]) == (409, "ListUnknown")
    stale = await api.patch("/mailing-lists/mailing", json={"version": 1, "is_active": True})
    assert (stale.status_code, stale.json()["code"]) == (409, "ChangedMeanwhile")
    again = await api.post("/mailing-lists", json={"code": "mailing", "name": "Mailing"})
    assert (again.status_code, again.json()["code"]) == (409, "NameTaken")
    assert (await api.patch("/mailing-lists/none", json={"version": 1})).status_code == 404


@pytest.mark.requirement("R253")
async def test_a_customer_s_protocol_tells_everything_newest_first(api: httpx.AsyncClient) -> None:
    id = await add_customer(api)
    await api.patch(f"/customers/{id}", json={"version": 1, "note": "calls back"})
    await api.post(f"/customers/{id}/disable", json={"reason": "Fraud"})
    first = (await api.get(f"/customers/{id}/history", params={"limit": 2})).json()
    assert [(row["action"], row["reason"]) for row in first["rows"]] == [
        ("customer.disabled", "Fraud"),
        ("customer.edited", None),
    ]
    assert first["rows"][1]["changes"] == {"note": ["", "calls back"]}
    older = await api.get(f"/customers/{id}/history", params={"after": first["next"]})
    assert [row["action"] for row in older.json()["rows"]] == ["customer.created"]
    assert older.json()["next"] is None
    assert (await api.get("/customers/404/history")).status_code == 404


@pytest.mark.requirement("R326")
async def test_who_works_in_a_branch_sees_its_clients_only(
    api: httpx.AsyncClient, db: Database, shop: Shop
) -> None:
    ours = await add_customer(api, name="Ours", branch_id=shop.branch_id)
    theirs = await add_customer(api, name="Nobody's")
    with db.transaction() as tx:
        headers = speaking(add_staff(tx, "mia", "Branch manager", shop.branch_id))
    listed = await api.get("/customers", headers=headers)
    assert [row["name"] for row in listed.json()["rows"]] == ["Ours"]
    assert (await api.get(f"/customers/{ours}", headers=headers)).status_code == 200
    for method, path, body in (
        ("GET", "", None),
        ("PATCH", "", {"version": 1, "name": "Mine"}),
        ("POST", "/disable", {"reason": "x"}),
        ("PUT", "/consents", {"way": "phone", "consents": {"mailing": True}}),
    ):
        url = f"/customers/{theirs}{path}"
        answer = await api.request(method, url, json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound"), path
    own = await api.post("/customers", json={"name": "New"}, headers=headers)
    assert (await customer(api, own.json()["id"]))["branch"]["id"] == shop.branch_id
    moved = {"version": 1, "branch_id": None}
    answer = await api.patch(f"/customers/{ours}", json=moved, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "Forbidden")


@pytest.mark.requirement("R4", "R6", "R117")
@pytest.mark.parametrize(
    ("profile", "reads", "creates", "disables"),
    [
        ("Purchasing manager", 403, 403, 403),
        ("Salesperson", 200, 201, 403),
        ("Branch manager", 200, 201, 200),
    ],
)
async def test_who_may(
    api: httpx.AsyncClient,
    db: Database,
    shop: Shop,
    profile: str,
    reads: int,
    creates: int,
    disables: int,
) -> None:
    id = await add_customer(api, branch_id=shop.branch_id)
    with db.transaction() as tx:
        headers = speaking(add_staff(tx, "somebody", profile, shop.branch_id))
    asked = [
        await api.get("/customers", headers=headers),
        await api.get(f"/customers/{id}", headers=headers),
        await api.post("/customers", json={"name": "Bob"}, headers=headers),
        await api.post(f"/customers/{id}/disable", json={"reason": "x"}, headers=headers),
    ]
    assert [each.status_code for each in asked] == [reads, reads, creates, disables]
    assert await names(api) == (["Ann", "Bob"] if creates == 201 else ["Ann"])

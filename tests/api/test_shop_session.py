"""Customers' own accounts: made, entered, left; good for the customer's own things alone."""

import re
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from api.access import SESSION_COOKIE
from api.shop_access import SHOP_COOKIE
from db import history
from db.tables.access import Account
from db.tables.customers import Customer
from tests.api.customer_desk import add_customer, told
from tests.house import House
from tests.sign_in_desk import Browser, browser

PASSWORD = "seven green lanterns"
ANNA = {"name": "Anna", "email": "anna@example.org", "language": "ru"}


async def link_to(house: House, email: str, count: int = 1) -> str:
    """The token in the newest mail with a link, once there are so many."""

    def look() -> list[str]:
        mails = [mail.text for mail in house.mailbox.sent if mail.to == email]
        found = [re.search(r"/shop/#/account-links/(\S+)", text) for text in mails]
        tokens = [each[1] for each in found if each]
        return tokens if len(tokens) >= count else []

    tokens: list[str] = await house.until(look)
    return tokens[-1]


async def enter(there: Browser, email: str, password: str = PASSWORD) -> httpx.Response:
    body = {"login": email, "password": password}
    answer = await there.ask("POST", "/shop/session", json=body)
    if answer.status_code == 200:
        there.csrf = answer.json()["csrf_token"]
    return answer


async def customer_in(house: House, **values: Any) -> Browser:
    """Somebody who made an account, proved the address, and signed in."""
    there = browser(house)
    made = {**ANNA, **values}
    assert (await there.ask("POST", "/shop/accounts", json=made)).status_code == 202
    token = await link_to(house, made["email"])
    chosen = await there.ask("POST", f"/account-links/{token}", json={"password": PASSWORD})
    assert chosen.status_code == 204, chosen.text
    assert (await enter(there, made["email"])).status_code == 200
    return there


@pytest.mark.requirement("R64", "R302")
async def test_a_customer_makes_an_account_and_signs_in(house: House) -> None:
    there = browser(house)
    made = await there.ask("POST", "/shop/accounts", json=ANNA)
    assert (made.status_code, made.json()) == (202, None)
    assert (await enter(there, "anna@example.org")).status_code == 401
    token = await link_to(house, "anna@example.org")
    link = await there.ask("GET", f"/account-links/{token}")
    assert link.json() == {"purpose": "invitation", "login": "anna@example.org"}
    for expected in (204, 404):
        chosen = await there.ask("POST", f"/account-links/{token}", json={"password": PASSWORD})
        assert chosen.status_code == expected

    entered = await enter(there, "Anna@example.org")
    assert entered.json() == (await there.ask("GET", "/shop/session")).json()
    me = (await there.ask("GET", "/shop/me")).json()
    assert {name: me[name] for name in ANNA} == ANNA
    assert (await there.ask("DELETE", "/shop/session")).status_code == 204
    assert SHOP_COOKIE not in there.cookies
    assert (await there.ask("GET", "/shop/me")).status_code == 401


@pytest.mark.requirement("R64")
async def test_nobody_takes_over_what_somebody_else_ordered(house: House) -> None:
    placed = await house.place()
    stranger = browser(house)
    taken = {**ANNA, "name": "Mallory"}
    assert (await stranger.ask("POST", "/shop/accounts", json=taken)).status_code == 202
    assert (await enter(stranger, "anna@example.org")).status_code == 401
    with house.db.transaction() as tx:
        known = tx.execute(select(Customer.name)).scalars().all()
    assert known == ["Anna Ivanova"]

    there = browser(house)
    token = await link_to(house, "anna@example.org")
    await there.ask("POST", f"/account-links/{token}", json={"password": PASSWORD})
    await enter(there, "anna@example.org")
    mine = (await there.ask("GET", "/shop/orders")).json()
    assert [str(row["number"]) for row in mine["rows"]] == [placed["number"]]


@pytest.mark.requirement("R64")
async def test_whether_an_address_is_known_shows_in_nothing(house: House) -> None:
    await customer_in(house)
    there = browser(house)
    again = await there.ask("POST", "/shop/accounts", json=ANNA)
    reset = await there.ask("POST", "/shop/password-resets", json={"login": "nobody@example.org"})
    assert [(each.status_code, each.json()) for each in (again, reset)] == [(202, None)] * 2
    token = await link_to(house, "anna@example.org", 2)
    link = await there.ask("GET", f"/account-links/{token}")
    assert link.json()["purpose"] == "reset"
    assert house.count(Account, Account.realm == "customer") == 1


async def test_a_name_that_is_an_advertisement_is_no_name(house: House) -> None:
    there = browser(house)
    for name in ("Buy at http://evil.example", "a@b", "<b>", "x" * 81, " "):
        answer = await there.ask("POST", "/shop/accounts", json={**ANNA, "name": name})
        assert answer.status_code == 422, name
    assert house.mailbox.sent == []


@pytest.mark.requirement("R302")
async def test_a_session_of_the_shop_opens_no_door_of_the_staff(house: House) -> None:
    there = await customer_in(house)
    token = there.cookies[SHOP_COOKIE]
    as_staff = Browser(there.http, {SESSION_COOKIE: token}, there.csrf)
    for method, path in (
        ("GET", "/orders"),
        ("GET", "/customers"),
        ("GET", "/session"),
        ("GET", "/notices"),
        ("GET", "/staff"),
        ("DELETE", "/session"),
    ):
        for asking in (there, as_staff):
            answer = await asking.ask(method, path)
            assert (answer.status_code, answer.json()["code"]) == (401, "NotSignedIn"), path
    bearer = {"Authorization": f"Bearer {token}"}
    assert (await browser(house).ask("GET", "/orders", headers=bearer)).status_code == 401
    owner = Browser(there.http, {SHOP_COOKIE: house.shop.owner})
    assert (await owner.ask("GET", "/shop/me")).status_code == 401


@pytest.mark.requirement("R49")
async def test_other_sites_cannot_act_for_a_customer(house: House) -> None:
    there = await customer_in(house)
    version = (await there.ask("GET", "/shop/me")).json()["version"]
    body = {"version": version, "name": "Mallory"}
    foreign = {"Origin": "https://evil.example"}
    refused = [await there.ask("PATCH", "/shop/me", json=body, headers=foreign)]
    there.csrf = "x" * 64
    refused.append(await there.ask("PATCH", "/shop/me", json=body))
    for answer in refused:
        assert (answer.status_code, answer.json()["code"]) == (403, "CrossSite")
    assert (await there.ask("GET", "/shop/me")).json()["name"] == "Anna"


@pytest.mark.requirement("R67")
async def test_a_disabled_customer_is_out_at_once(house: House) -> None:
    there = await customer_in(house)
    me = (await there.ask("GET", "/shop/me")).json()["id"]
    await house.api.post(f"/customers/{me}/disable", json={"reason": "fraud"})
    assert (await there.ask("GET", "/shop/me")).status_code == 401
    assert (await enter(browser(house), "anna@example.org")).status_code == 401
    sent = len(house.mailbox.sent)
    again = await browser(house).ask("POST", "/shop/accounts", json=ANNA)
    assert again.status_code == 202
    assert len(house.mailbox.sent) == sent
    await house.api.post(f"/customers/{me}/enable")
    assert (await enter(browser(house), "anna@example.org")).status_code == 200


@pytest.mark.requirement("R64")
async def test_a_new_password_ends_other_sessions(house: House) -> None:
    here = await customer_in(house)
    there = browser(house)
    await enter(there, "anna@example.org")
    edit = {"current": "wrong", "new": "eight purple kettles"}
    wrong = await here.ask("PUT", "/shop/session/password", json=edit)
    assert (wrong.status_code, wrong.json()["code"]) == (409, "WrongPassword")
    edit["current"] = PASSWORD
    assert (await here.ask("PUT", "/shop/session/password", json=edit)).status_code == 204
    assert (await here.ask("GET", "/shop/me")).status_code == 200
    assert (await there.ask("GET", "/shop/me")).status_code == 401


@pytest.mark.requirement("R14", "R15", "R16", "R69")
async def test_customers_change_what_is_theirs_to_change(house: House) -> None:
    for key, level in (("skin", "write"), ("rank", "read"), ("rating", "hidden")):
        field = {"key": key, "kind": "text", "labels": {"en": key}, "shop_level": level}
        assert (await house.api.post("/custom-fields", json=field)).status_code == 201
    there = await customer_in(house)
    me = (await there.ask("GET", "/shop/me")).json()
    known = {"version": me["version"], "custom": {"rank": "gold", "rating": "bad"}, "note": "odd"}
    assert (await house.api.patch(f"/customers/{me['id']}", json=known)).status_code == 200

    body = {
        "version": 2,
        "phone": "+79161234567",
        "addresses": [{"country": "RU", "city": "Казань"}],
        "preferences": {"contact_by": "email"},
        "custom": {"skin": "dark"},
    }
    edited = await there.ask("PATCH", "/shop/me", json=body)
    assert edited.status_code == 200, edited.text
    seen = edited.json()
    assert (seen["phone"], seen["addresses"][0]["city"]) == ("+79161234567", "Казань")
    assert [(each["key"], each["value"]) for each in seen["fields"]] == [
        ("rank", "gold"),
        ("skin", "dark"),
    ]
    assert not {"odd", "bad"} & set(re.findall(r"\w+", edited.text))
    for key in ("rank", "rating", "hat"):
        wrong = await there.ask("PATCH", "/shop/me", json={"version": 3, "custom": {key: "x"}})
        assert (wrong.status_code, wrong.json()["code"]) == (403, "Forbidden"), key
    for name in ("email", "note", "branch_id", "is_active"):
        wrong = await there.ask("PATCH", "/shop/me", json={"version": 3, name: "x@example.org"})
        assert wrong.status_code == 422, name

    on = await there.ask("PUT", "/shop/me/consents", json={"consents": {"newsletter": True}})
    assert {each["code"]: each["is_on"] for each in on.json()["lists"]} == {
        "mailing": False,
        "newsletter": True,
    }
    assert told(house.db)[-1][1]["consents"][1] == {"newsletter": True, "way": "shop"}


@pytest.mark.requirement("R302")
async def test_customers_see_their_own_orders_without_what_staff_write(house: House) -> None:
    theirs = await house.place(
        customer={"name": "Bob", "email": "bob@example.org"}, comment="ring twice"
    )
    mine = await house.place()
    await house.do(mine, "notes", text="Watch this one")
    there = await customer_in(house)
    listed = (await there.ask("GET", "/shop/orders")).json()["rows"]
    assert [str(row["number"]) for row in listed] == [mine["number"]]
    order = await there.ask("GET", f"/shop/orders/{mine['number']}")
    assert order.json()["total"] == mine["total"]
    assert [line["sku"] for line in order.json()["lines"]] == ["MUG"]
    assert "Watch this one" not in order.text
    assert not {"notes", "files", "responsible", "attention", "steps"} & set(order.json())
    assert (await there.ask("GET", f"/shop/orders/{theirs['number']}")).status_code == 404


@pytest.mark.requirement("R66")
async def test_a_customer_signs_in_with_the_address_staff_corrected(house: House) -> None:
    there = await customer_in(house)
    me = (await there.ask("GET", "/shop/me")).json()
    other = await add_customer(house.api, email="other@example.org")
    assert other != me["id"]
    url, moved = f"/customers/{me['id']}", {"version": me["version"], "email": "ann@example.org"}
    assert (await house.api.patch(url, json=moved)).status_code == 200
    assert (await enter(browser(house), "anna@example.org")).status_code == 401
    assert (await enter(browser(house), "ann@example.org")).status_code == 200
    none = await house.api.patch(url, json={"version": me["version"] + 1, "email": None})
    assert (none.status_code, none.json()["code"]) == (409, "AccountNeedsEmail")


async def test_a_blocked_account_stays_out(house: House) -> None:
    there = await customer_in(house)
    with house.db.transaction() as tx:
        tx.execute(update(Account).values(is_blocked=True))
        history.append(tx, history.Entry("test", 1, "x.y", "system"))
    assert (await there.ask("GET", "/shop/me")).status_code == 401

"""From a new colleague's row to their first sign-in: nobody else ever knows the password."""

import re

import pytest

from tests.api.access_desk import groups_by_name, refusal, told
from tests.api.order_desk import staff
from tests.house import House
from tests.sign_in_desk import browser, code_for, mail_to

NEW = {"name": "Vera", "login": "vera", "email": "vera@shop.example", "language": "ru"}
PASSWORD = "quilted harbour seventeen"


@pytest.mark.requirement("R11", "R165", "R332")
async def test_an_invited_colleague_chooses_a_password_and_gets_to_work(house: House) -> None:
    groups = await groups_by_name(house.api)
    body = {**NEW, "groups": [groups["Salesperson"]["id"]]}
    made = (await house.api.post("/staff", json=body)).json()
    path = f"/staff/{made['id']}"
    invited = await house.api.post(f"{path}/invite")
    assert (invited.status_code, invited.json()) == (202, None)
    found = re.search(r"/account-links/(\S+)", (await mail_to(house, "vera")).text)
    assert found

    there = browser(house)
    chosen = await there.ask("POST", f"/account-links/{found[1]}", json={"password": PASSWORD})
    assert chosen.status_code == 204, chosen.text
    assert (await there.enter_password("vera", PASSWORD)).status_code == 200
    entered = await there.enter_code(await code_for(house, "vera", 2))
    assert (entered.status_code, entered.json()["groups"]) == (200, ["Salesperson"])
    assert (await there.ask("GET", "/orders")).status_code == 200

    seen = (await house.api.get(path)).json()
    assert (seen["has_password"], seen["last_seen_at"] is not None) == (True, True)
    again = await house.api.post(f"{path}/invite")
    assert refusal(again) == (409, "NotInvitable")
    actions = [action for _, action, _ in told(house.db, "staff")]
    assert actions == ["staff.created", "staff.invited"]


@pytest.mark.requirement("R165")
async def test_an_invitation_to_a_wrong_address_ends_when_it_is_corrected(house: House) -> None:
    made = (await house.api.post("/staff", json=NEW | {"email": "vara@shop.example"})).json()
    path = f"/staff/{made['id']}"
    for login, edit in (("vara", {"version": 1, "email": "vera@shop.example"}), ("vera", None)):
        await house.api.post(f"{path}/invite")
        found = re.search(r"/account-links/(\S+)", (await mail_to(house, login)).text)
        assert found
        link = f"/account-links/{found[1]}"
        assert (await browser(house).ask("GET", link)).status_code == 200
        if edit:
            assert (await house.api.patch(path, json=edit)).status_code == 200
            assert (await browser(house).ask("GET", link)).status_code == 404


async def test_who_is_blocked_is_not_invited_and_nobody_invites_those_above(house: House) -> None:
    made = (await house.api.post("/staff", json=NEW)).json()
    path = f"/staff/{made['id']}"
    await house.api.post(f"{path}/block", json={})
    assert refusal(await house.api.post(f"{path}/invite")) == (409, "NotInvitable")
    manager = staff(house, "manager", "Branch manager", house.shop.branch_id)
    assert refusal(await manager.post(f"{path}/invite")) == (404, "NotFound")
    seller = staff(house, "seller", "Salesperson")
    assert refusal(await seller.post(f"{path}/invite")) == (403, "Forbidden")
    assert house.mailbox.sent == []

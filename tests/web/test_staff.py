"""Employees and keys in the browser: taken on, invited, blocked, corrected by two at once."""

import httpx
from playwright.async_api import Page, expect

from tests.house import House
from tests.web.conftest import colleague
from tests.web.visitor import Visitor


async def test_somebody_is_taken_on_invited_and_blocked(owner: Page) -> None:
    await owner.goto(f"{owner.url.partition('#')[0]}#/staff/create")
    await owner.get_by_role("textbox", name="Name").fill("Vera Orlova")
    await owner.get_by_label("Login").fill("vera.orlova")
    await owner.get_by_label("E-mail").fill("vera.orlova@shop.example")
    await owner.get_by_role("checkbox", name="Salesperson").check()
    await expect(owner.get_by_text("They get a mail with a link.")).to_be_visible()
    await owner.get_by_role("button", name="Create").click()
    await expect(owner.get_by_role("heading", name="Vera Orlova", level=1)).to_be_visible()
    await expect(owner.get_by_text("the invitation is on its way")).to_be_visible()
    await expect(owner.get_by_text("Not yet signed in")).to_be_visible()
    await expect(owner.get_by_role("link", name="Salesperson")).to_be_visible()
    await owner.get_by_role("button", name="Block").click()
    dialog = owner.get_by_role("dialog", name="Block Vera Orlova?")
    await dialog.get_by_label("Reason").fill("Left us in May")
    await dialog.get_by_role("button", name="Block").click()
    await expect(owner.get_by_text("Blocked", exact=True)).to_be_visible()
    await expect(owner.get_by_role("button", name="Unblock")).to_be_visible()


async def test_those_above_are_closed_and_the_reason_is_said(shop: House, visitor: Visitor) -> None:
    above = await staff_of(shop, colleague(shop, "Site manager"))
    page = await visitor.open(colleague(shop, "Branch manager"), f"/staff/{above}/show")
    block = page.get_by_role("button", name="Block")
    await expect(block).to_have_attribute("aria-disabled", "true")
    await block.hover()
    await expect(page.get_by_role("tooltip")).to_contain_text("They do not stand below you")
    await expect(page.get_by_role("link", name="Edit")).to_have_count(0)


async def test_who_may_not_see_colleagues_has_no_such_screens(
    shop: House, visitor: Visitor
) -> None:
    page = await visitor.open(colleague(shop, "Cashier"), "/staff")
    await expect(page.get_by_text("Access denied")).to_be_visible()
    for name in ("Employees", "Groups", "API keys", "History"):
        await expect(page.get_by_role("link", name=name)).to_have_count(0)


async def test_two_who_correct_the_same_person_see_each_other(
    shop: House, visitor: Visitor
) -> None:
    session = colleague(shop, "SuperAdmin")
    staff = await staff_of(shop, colleague(shop, "Cashier"))
    page = await visitor.open(session, f"/staff/{staff}")
    await page.get_by_role("textbox", name="Name").fill("Mine")
    other = shop.speaking_as(session)
    version = (await other.get(f"/staff/{staff}")).json()["version"]
    saved = await other.patch(f"/staff/{staff}", json={"version": version, "name": "Theirs"})
    assert saved.status_code == 200
    await page.get_by_role("button", name="Save").click()
    clash = page.get_by_role("dialog", name="Somebody else saved first")
    await expect(clash.get_by_role("row", name="Name Theirs Mine")).to_be_visible()
    await clash.get_by_role("button", name="Save mine").click()
    await expect(page.get_by_role("heading", name="Mine", level=1)).to_be_visible()


async def test_a_key_is_shown_once_and_works_until_it_is_revoked(shop: House, owner: Page) -> None:
    await owner.goto(f"{owner.url.partition('#')[0]}#/api-keys/create")
    await owner.get_by_role("textbox", name="Name").fill("Kiosk")
    await owner.get_by_role("button", name="Orders: See: Not allowed").click(click_count=2)
    await expect(owner.get_by_role("button", name="Orders: See: Everywhere")).to_be_visible()
    await owner.get_by_role("button", name="Make the key").click()
    dialog = owner.get_by_role("dialog", name="Token of “Kiosk”")
    token = await dialog.locator("code").inner_text()
    asked = {"headers": {"Authorization": f"Bearer {token}"}, "base_url": shop.url}
    async with httpx.AsyncClient(**asked) as program:  # type: ignore[arg-type]
        assert (await program.get("/orders")).status_code == 200
        await dialog.get_by_role("checkbox", name="I have put it in a safe place").check()
        await dialog.get_by_role("button", name="Close").click()
        await expect(owner.get_by_text(token)).to_have_count(0)
        await owner.get_by_role("button", name="Revoke", exact=True).click()
        await owner.get_by_label("Type “Kiosk” to go on").fill("Kiosk")
        await owner.get_by_role("dialog").get_by_role("button", name="Revoke").click()
        await expect(owner.get_by_text("Revoked", exact=True)).to_be_visible()
        assert (await program.get("/orders")).status_code == 401


async def staff_of(shop: House, session: str) -> int:
    return int((await shop.speaking_as(session).get("/session")).json()["staff_id"])

"""The matrix of rights in the browser: filled in few clicks, closed where nothing may be given."""

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.house import House
from tests.web.conftest import colleague
from tests.web.visitor import Visitor

OFFICE = {"group.read": "all", "group.create": "all", "group.edit": "all", "group.delete": "all"}


@pytest.mark.requirement("R334")
async def test_a_group_is_made_from_another_and_its_effect_is_seen_first(
    shop: House, owner: Page
) -> None:
    await owner.goto(f"{owner.url.partition('#')[0]}#/groups/create")
    await owner.get_by_role("textbox", name="Name").fill("Weekend counter")
    await owner.get_by_role("button", name="Copy from a group").click()
    await owner.get_by_role("menuitem", name="Cashier").click()
    await expect(owner.get_by_role("button", name="Orders: Place: In own branches")).to_be_visible()
    await owner.get_by_role("button", name="Create", exact=True).last.click()
    await expect(owner.get_by_role("heading", name="Weekend counter", level=1)).to_be_visible()
    boss = shop.speaking_as(colleague(shop, "SuperAdmin"))
    await join(boss, await staff_of(shop, colleague(shop, "Translator")), "Weekend counter")
    one = owner.get_by_role("table", name="What may be done")
    await one.get_by_role("button", name="Products", exact=True).click()
    await owner.get_by_role("menuitem", name="Everywhere").click()
    await owner.get_by_role("button", name="Look and save").click()
    preview = owner.get_by_role("dialog", name="What this changes")
    await expect(preview).to_contain_text("1 of 1 members is affected")
    await expect(preview).to_contain_text("Products: Create (Not allowed → Everywhere)")
    await preview.get_by_role("button", name="Save").click()
    await expect(owner.get_by_text("Nothing is changed")).to_be_visible()
    await expect(owner.get_by_role("button", name="Products: Create: Everywhere")).to_be_visible()
    delete = owner.get_by_role("button", name="Delete", exact=True).first
    await expect(delete).to_have_attribute("aria-disabled", "true")
    await expect(delete).to_have_accessible_description(
        "It has members: put them into other groups first."
    )


async def test_nobody_gives_what_they_do_not_hold(shop: House, visitor: Visitor) -> None:
    boss = shop.speaking_as(colleague(shop, "SuperAdmin"))
    office = await make(boss, "Office", 20, OFFICE | {"order.read": "own"})
    packers = await make(boss, "Night packers", 60, {"order.read": "all"})
    clerk = colleague(shop, "Translator")
    await join(boss, await staff_of(shop, clerk), office["name"])
    page = await visitor.open(clerk, f"/groups/{packers['id']}/show")
    held = page.get_by_role("button", name="Orders: See: Everywhere")
    await expect(held).to_have_attribute("aria-disabled", "false")
    missing = page.get_by_role("button", name="Orders: Cancel: Not allowed")
    await expect(missing).to_have_attribute("aria-disabled", "true")
    await expect(missing).to_have_accessible_description(
        "You do not hold this yourself, so you cannot give it."
    )
    await page.goto(f"{visitor.address}#/groups/{office['id']}/show")
    await expect(page.get_by_text("This group does not stand below yours")).to_be_visible()
    await expect(page.get_by_role("button", name="Look and save")).to_have_count(0)


async def test_what_somebody_else_saved_meanwhile_is_not_overwritten(
    shop: House, visitor: Visitor
) -> None:
    session = colleague(shop, "SuperAdmin")
    boss = shop.speaking_as(session)
    group = await make(boss, "Movers", 60, {"stock.read": "all"})
    page = await visitor.open(session, f"/groups/{group['id']}/show")
    await page.get_by_role("button", name="Stock: Export: Not allowed").click()
    await page.get_by_role("button", name="Look and save").click()
    preview = page.get_by_role("dialog", name="What this changes")
    await expect(preview).to_contain_text("The group has no members yet")
    body = {"name": "Movers", "level": 61, "rights": {}, "fields": {}, "version": group["version"]}
    assert (await boss.put(f"/groups/{group['id']}", json=body)).status_code == 200
    await preview.get_by_role("button", name="Save").click()
    refused = preview.get_by_text("Somebody else has changed this meanwhile.")
    await expect(refused).to_be_visible()


async def make(
    boss: httpx.AsyncClient, name: str, level: int, rights: dict[str, str]
) -> dict[str, int | str]:
    made = await boss.post("/groups", json={"name": name, "level": level, "rights": rights})
    assert made.status_code == 201, made.text
    return dict(made.json())


async def join(boss: httpx.AsyncClient, staff: int, group: int | str) -> None:
    rows = (await boss.get("/groups")).json()["rows"]
    wanted = [row["id"] for row in rows if row["name"] == group]
    version = (await boss.get(f"/staff/{staff}")).json()["version"]
    body = {"version": version, "groups": wanted}
    assert (await boss.put(f"/staff/{staff}/groups", json=body)).status_code == 200


async def staff_of(shop: House, session: str) -> int:
    return int((await shop.speaking_as(session).get("/session")).json()["staff_id"])

"""The whole history in the browser: read, narrowed at a click, taken along."""

import json
from urllib.parse import quote

from playwright.async_api import expect

from tests.house import House
from tests.web.conftest import colleague
from tests.web.visitor import Visitor


async def test_an_auditor_follows_one_field_of_one_group(shop: House, visitor: Visitor) -> None:
    session = colleague(shop, "SuperAdmin")
    boss = shop.speaking_as(session)
    body = {"name": "Porters", "level": 70, "rights": {"stock.read": "own"}, "fields": {}}
    group = (await boss.post("/groups", json=body)).json()
    wider = body | {"version": group["version"], "rights": {"stock.read": "all"}}
    assert (await boss.put(f"/groups/{group['id']}", json=wider)).status_code == 200
    page = await visitor.open(session, "/history")
    entries = page.get_by_role("list", name="History")
    changed = entries.get_by_role("listitem").filter(has_text="Porters").first
    await expect(changed).to_contain_text("Stock: See: In own branches → Everywhere")
    await changed.get_by_role("button", name="Changed", exact=True).click()
    await expect(page.get_by_text("Action: Changed")).to_be_visible()
    await expect(entries.get_by_text("Created", exact=True)).to_have_count(0)
    await changed.get_by_role("link", name="Group Porters").click()
    await expect(page.get_by_role("heading", name="Porters", level=1)).to_be_visible()


async def test_amounts_of_an_order_are_told_in_its_currency(shop: House, visitor: Visitor) -> None:
    order = await shop.place()
    filters = quote(json.dumps({"subject_id": order["id"], "field": "total"}))
    page = await visitor.open(colleague(shop, "SuperAdmin"), f"/history?filter={filters}")
    placed = page.get_by_role("list", name="History").get_by_role("listitem").first
    await expect(placed).to_contain_text(f"₽{order['total'] / 100:,.2f}")


async def test_what_is_found_is_taken_along_as_a_file(shop: House, visitor: Visitor) -> None:
    await shop.place()
    filters = quote(json.dumps({"subject": "order"}))
    page = await visitor.open(colleague(shop, "SuperAdmin"), f"/history?filter={filters}")
    await expect(page.get_by_text("is sealed").or_(page.get_by_text("sealed yet"))).to_be_visible()
    await page.get_by_role("button", name="Export").click()
    async with page.expect_download() as download:
        await page.get_by_role("menuitem", name="CSV").click()
    file = await download.value
    assert file.suggested_filename.startswith("history-")
    lines = (await file.path()).read_text().splitlines()
    assert len(lines) > 1
    assert all(",order," in line for line in lines[1:])


async def test_who_may_not_read_the_history_has_no_such_screen(
    shop: House, visitor: Visitor
) -> None:
    page = await visitor.open(colleague(shop, "Salesperson"), "/history")
    await expect(page.get_by_text("Access denied")).to_be_visible()


async def test_a_search_that_finds_nothing_says_so(shop: House, visitor: Visitor) -> None:
    page = await visitor.open(colleague(shop, "SuperAdmin"), "/history")
    await page.get_by_role("textbox", name="Number, id, action").fill("nothing of this kind")
    await expect(page.get_by_text("Nothing matches")).to_be_visible()

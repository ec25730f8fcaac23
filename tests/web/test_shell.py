"""The house of the pages: menu, lists and pages of orders, for the eyes and for the keyboard."""

import re

from playwright.async_api import Page, expect

from tests.house import House
from tests.web.axe import barriers
from tests.web.conftest import colleague
from tests.web.visitor import Visitor


async def until_read(page: Page, title: str) -> None:
    await expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    await expect(page.locator("[data-row-link]").first).to_be_visible()


async def test_an_order_is_found_in_the_list_and_opened(shop: House, visitor: Visitor) -> None:
    order = await shop.place()
    page = await visitor.open(colleague(shop, "SuperAdmin"), "/orders")
    await until_read(page, "Orders")
    await page.get_by_role("link", name=f"№ {order['number']}").click()
    await expect(page.get_by_role("heading", name=f"Order {order['number']}")).to_be_visible()
    await expect(page.get_by_role("table", name="Lines")).to_contain_text("MUG")
    await expect(page.get_by_role("region", name="Why is it waiting?")).to_contain_text(
        "it can be picked, packed and shipped."
    )
    await expect(page.get_by_role("region", name="History")).to_contain_text("Placed")


async def test_filters_and_order_are_in_the_address_and_under_a_name(
    shop: House, visitor: Visitor
) -> None:
    order = await shop.place()
    await shop.place()
    session = colleague(shop, "SuperAdmin")
    page = await visitor.open(session, "/orders")
    await until_read(page, "Orders")
    await page.keyboard.press("/")
    await page.keyboard.type(str(order["number"]))
    await expect(page.locator("[data-row-link]")).to_have_count(1)
    await expect(page).to_have_url(re.compile(str(order["number"])))
    await page.get_by_role("button", name="Save this view").click()
    await page.get_by_role("textbox", name="Name").fill("The one")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.get_by_role("button", name="All").click()
    await page.get_by_role("button", name="The one").click()
    await expect(page.locator("[data-row-link]")).to_have_count(1)


async def test_pages_of_a_list_follow_each_other_and_open_by_address(
    shop: House, visitor: Visitor
) -> None:
    for _ in range(3):
        await shop.place()
    query = "/orders?perPage=1&page=%d&sort=number&order=DESC&filter=%%7B%%7D"
    page = await visitor.open(colleague(shop, "SuperAdmin"), query % 1)
    await until_read(page, "Orders")
    seen = [await page.locator("[data-row-link]").first.inner_text()]
    for _ in range(2):
        await page.get_by_role("button", name="Next").click()
        await expect(page.get_by_role("link", name=seen[-1])).to_have_count(0)
        seen.append(await page.locator("[data-row-link]").first.inner_text())
    assert len(set(seen)) == 3
    direct = await visitor.another_tab(page.context, query % 3)
    await expect(direct.get_by_role("link", name=seen[2])).to_be_visible()


async def test_what_others_do_is_seen_at_once_and_lists_stand_still(
    shop: House, visitor: Visitor
) -> None:
    order = await shop.place()
    page = await visitor.open(colleague(shop, "SuperAdmin"), f"/orders/{order['id']}/show")
    await page.get_by_role("button", name="Put on hold").click()
    await page.get_by_role("textbox", name="Reason").fill("The customer asked to wait")
    tab = await visitor.open(colleague(shop, "SuperAdmin"), f"/orders/{order['id']}/show")
    lists = await visitor.another_tab(tab.context, "/orders")
    await until_read(lists, "Orders")
    await expect(tab.get_by_role("button", name="Put on hold")).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="Put on hold").click()
    for each in (page, tab):
        await expect(each.get_by_text("On hold", exact=True)).to_be_visible()
        await expect(each.get_by_text("Reason: The customer asked to wait")).to_be_visible()
    await lists.get_by_role("button", name=re.compile(r"changes?: show")).click()
    await expect(lists.get_by_text("On hold", exact=True).first).to_be_visible()


async def test_what_a_person_may_not_see_is_not_there(shop: House, visitor: Visitor) -> None:
    order = await shop.place()
    page = await visitor.open(colleague(shop, "Logistician"), "/orders")
    await until_read(page, "Orders")
    await expect(page.get_by_role("columnheader", name="Total")).to_have_count(0)
    await page.get_by_role("link", name=f"№ {order['number']}").click()
    await expect(page.get_by_role("table", name="Lines")).to_be_visible()
    await expect(page.get_by_role("columnheader", name="Unit price")).to_have_count(0)
    await expect(page.get_by_text("₽")).to_have_count(0)
    await expect(page.get_by_role("button", name="Put on hold")).to_have_count(0)


async def test_a_person_without_the_right_has_no_such_screen(shop: House, visitor: Visitor) -> None:
    page = await visitor.open(colleague(shop, "Translator"), "/account")
    await expect(page.get_by_role("heading", name="My account")).to_be_visible()
    await expect(page.get_by_role("link", name="Orders")).to_have_count(0)
    await page.goto(f"{visitor.address}#/orders")
    await expect(page.get_by_text("Access denied")).to_be_visible()


async def test_keys_do_what_the_sheet_says(shop: House, visitor: Visitor) -> None:
    await shop.place()
    page = await visitor.open(colleague(shop, "SuperAdmin"), "/account")
    await expect(page.get_by_role("heading", name="My account")).to_be_visible()
    await page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    await expect(sheet).to_contain_text("g o")
    await page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
    await page.keyboard.type("go")
    await until_read(page, "Orders")
    await page.keyboard.press("j")
    await expect(page.locator("[data-row-link]").first).to_be_focused()
    palette = page.get_by_role("dialog", name="Search everything")
    await page.keyboard.press("Control+k")
    await expect(palette).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(palette).to_have_count(0)
    await page.keyboard.press("Control+k")
    await palette.get_by_role("combobox").fill("acco")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="My account")).to_be_visible()


async def test_signing_in_can_be_used_by_everybody(visitor: Visitor) -> None:
    page = await visitor.open()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert await barriers(page) == []


async def test_preferences_that_cannot_be_read_are_not_written_over(
    shop: House, visitor: Visitor
) -> None:
    session = colleague(shop, "SuperAdmin")
    chosen = {"theme": "dark"}
    await shop.speaking_as(session).put("/me/preferences", json=chosen)
    page = await visitor.open(session, "/account")
    await expect(page.get_by_role("heading", name="My account")).to_be_visible()
    await page.route("**/api/me/preferences", lambda route: route.fulfill(status=503))
    await page.reload()
    again = page.get_by_role("button", name="↻")
    await expect(again).to_be_visible()
    await page.unroute("**/api/me/preferences")
    await again.click()
    await expect(page.get_by_role("heading", name="My account")).to_be_visible()
    assert (await shop.speaking_as(session).get("/me/preferences")).json() == chosen

"""The page a day begins with, before a real browser: figures lead to lists, charts are tables."""

import pytest
from playwright.async_api import expect

from tests.house import House
from tests.web.conftest import colleague
from tests.web.visitor import PHONE, Visitor


@pytest.mark.requirement("R140", "R142", "R144", "R145")
async def test_figures_lead_to_the_lists_behind_them(shop: House, visitor: Visitor) -> None:
    order = await shop.place()
    page = await visitor.open(colleague(shop, "SuperAdmin"))
    await expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    await expect(page.get_by_role("link", name="New customer")).to_be_visible()
    sales = page.get_by_role("region", name="Sales")
    await expect(sales.get_by_role("img").first).to_be_visible()
    await sales.get_by_role("button", name="As a table").click()
    await expect(sales.get_by_role("row", name="This month")).to_contain_text("₽")
    await page.get_by_role("link", name="To ship").click()
    await expect(page.get_by_role("heading", name="Orders", level=1)).to_be_visible()
    await expect(page.get_by_role("link", name=f"№ {order['number']}")).to_be_visible()


@pytest.mark.requirement("R10")
async def test_everybody_sees_their_own_part(shop: House, visitor: Visitor) -> None:
    await shop.place()
    page = await visitor.open(colleague(shop, "Logistician"))
    await expect(page.get_by_role("region", name="Orders to process")).to_be_visible()
    await expect(page.get_by_text("₽")).to_have_count(0)
    await expect(page.get_by_role("link", name="New customer")).to_have_count(0)
    page = await visitor.open(colleague(shop, "Translator"), size=PHONE)
    await expect(page.get_by_text("Ask whoever manages rights")).to_be_visible()


async def test_figures_that_cannot_be_read_are_asked_for_again(
    shop: House, visitor: Visitor
) -> None:
    page = await visitor.open(colleague(shop, "SuperAdmin"), "/account")
    await page.route("**/api/dashboard", lambda route: route.abort())
    await page.get_by_role("link", name="Today").click()
    await expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached.")
    await page.unroute("**/api/dashboard")
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("region", name="Orders to process")).to_be_visible()


async def test_notices_are_one_s_own_and_are_ticked_off(shop: House, visitor: Visitor) -> None:
    page = await visitor.open(colleague(shop, "SuperAdmin"), "/account")
    await page.get_by_role("button", name="unread notice").click()
    await page.get_by_role("link", name="All notices").click()
    await expect(page.get_by_role("heading", name="Notices", level=1)).to_be_visible()
    await expect(page.get_by_text("No notices", exact=True)).to_be_visible()

"""The house of the pages: menu, lists and pages of orders, for the eyes and for the keyboard."""

from playwright.async_api import expect

from tests.house import House
from tests.web.conftest import colleague
from tests.web.visitor import Visitor


async def test_an_order_is_found_in_the_list_and_opened(shop: House, visitor: Visitor) -> None:
    order = await shop.place()
    page = await visitor.open(colleague(shop, "SuperAdmin"))
    await expect(page.get_by_role("heading", name="Orders", level=1)).to_be_visible()
    await page.get_by_role("link", name=f"№ {order['number']}").click()
    await expect(page.get_by_role("heading", name=f"Order {order['number']}")).to_be_visible()
    await expect(page.get_by_role("table", name="Lines")).to_contain_text("MUG")
    await expect(page.get_by_role("region", name="Why is it waiting?")).to_contain_text(
        "it can be picked, packed and shipped."
    )
    await expect(page.get_by_role("region", name="History")).to_contain_text("Placed")

"""Settings before a real browser: found, changed at once, and kept from those who may not."""

import pytest
from playwright.async_api import Page, expect

from tests.house import House
from tests.web.conftest import colleague
from tests.web.visitor import Visitor


async def save(page: Page) -> None:
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Saved. It applies from now on.")).to_be_visible()


@pytest.fixture
async def express(shop: House) -> str:
    """A way of shipping that the shop's site offers."""
    channel = (await shop.api.get("/settings/channels")).json()[0]
    terms = {name: channel[name] for name in channel if name not in ("id", "code", "kind")}
    code = f"express-{channel['version']}"
    method = {"code": code, "name": code, "carrier": "own", "basis": "total"}
    bands = [{"up_to": None, "price": 40_000}]
    made = await shop.api.post("/settings/shipping-methods", json={**method, "bands": bands})
    assert made.status_code == 201, made.text
    terms["shipping_methods"] = [*terms["shipping_methods"], code]
    edited = await shop.api.put(f"/settings/channels/{channel['id']}", json=terms)
    assert edited.status_code == 200, edited.text
    return code


@pytest.mark.requirement("R275", "R281", "R81")
async def test_a_new_price_of_shipping_is_in_the_next_order(
    shop: House, owner: Page, visitor: Visitor, express: str
) -> None:
    await owner.goto(f"{visitor.address}#/settings")
    await owner.get_by_role("searchbox", name="Search the settings").fill("courier")
    await owner.get_by_role("link", name="Shipping methods").click()
    await owner.get_by_role("link", name=express).click()
    await owner.get_by_role("textbox", name="Price", exact=True).fill("123,50")
    await owner.get_by_role("textbox", name="Handling fee").fill("6.50")
    await save(owner)
    order = await shop.order((await shop.place(shipping=express))["id"])
    assert order["shipping"] == 13_000
    log = owner.get_by_role("region", name="Who changed what")
    await expect(log).to_contain_text("Handling fee: ₽0.00 → ₽6.50")
    await expect(log).to_contain_text("Bands: without end: ₽400.00 → without end: ₽123.50")


@pytest.mark.requirement("R125", "R280")
async def test_who_saved_first_is_shown_and_nothing_is_lost(
    shop: House, owner: Page, visitor: Visitor
) -> None:
    await owner.goto(f"{visitor.address}#/settings/shop")
    await owner.get_by_role("textbox", name="Name", exact=True).fill("Blue Door")
    seen = (await shop.api.get("/settings/shop")).json()
    await shop.api.put("/settings/shop", json={**seen, "name": "Red Door"})
    await owner.get_by_role("button", name="Save", exact=True).click()
    clash = owner.get_by_role("dialog", name="Somebody else saved first")
    await expect(clash.get_by_role("row", name="Name")).to_contain_text("Red Door")
    await clash.get_by_role("button", name="Save mine").click()
    await expect(owner.get_by_text("Saved. It applies from now on.")).to_be_visible()
    assert (await shop.api.get("/settings/shop")).json()["name"] == "Blue Door"
    await owner.get_by_role("textbox", name="City").fill("Lyon")
    await owner.get_by_role("link", name="Settings").first.click()
    guard = owner.get_by_role("dialog", name="Leave without saving?")
    await guard.get_by_role("button", name="Cancel").click()
    await expect(owner.get_by_role("textbox", name="City")).to_have_value("Lyon")


@pytest.mark.requirement("R278")
async def test_a_refusal_is_told_in_the_form(owner: Page, visitor: Visitor) -> None:
    await owner.goto(f"{visitor.address}#/settings/currencies")
    choice = owner.get_by_role("combobox", name="Currencies")
    await choice.fill("EUR")
    await owner.get_by_role("option", name="EUR").click()
    await choice.press("Escape")
    await owner.get_by_role("button", name="RUB").press("Delete")
    await owner.get_by_label("Own currency").select_option("EUR")
    await owner.get_by_role("button", name="Save", exact=True).click()
    await expect(owner.get_by_role("alert")).to_contain_text("it has to stay")
    await owner.get_by_role("button", name="Discard changes").click()
    await expect(owner.get_by_role("button", name="RUB")).to_be_visible()


@pytest.mark.requirement("R125", "R126")
async def test_settings_are_not_there_without_the_right(shop: House, visitor: Visitor) -> None:
    page = await visitor.open(colleague(shop, "Branch manager"), "/settings/shop")
    await expect(page.get_by_text("Access denied")).to_be_visible()
    await expect(page.get_by_role("link", name="Settings", exact=True)).to_have_count(0)

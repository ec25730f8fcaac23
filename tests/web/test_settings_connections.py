"""Connections and notices before a real browser: tried before they are saved, switched at once."""

import pytest
from playwright.async_api import Page, expect

from tests.house import House
from tests.web.test_settings import save
from tests.web.visitor import Visitor


async def to_integration(page: Page, visitor: Visitor, provider: str) -> None:
    await page.goto(f"{visitor.address}#/settings/integrations/{provider}")
    await expect(page.get_by_role("button", name="Test connection")).to_be_visible()


@pytest.mark.requirement("R276", "R267", "R272")
async def test_a_connection_is_tried_before_it_is_saved(
    shop: House, owner: Page, visitor: Visitor
) -> None:
    await to_integration(owner, visitor, "yookassa")
    await owner.get_by_role("button", name="Test connection").click()
    outcome = owner.get_by_role("alert")
    await expect(outcome).to_contain_text("It works (")
    secret = owner.get_by_role("group", name="Secret key")
    await expect(secret).to_contain_text("Set")
    await secret.get_by_role("button", name="Replace").click()
    await owner.get_by_label("Secret key").fill("wrong")
    await owner.get_by_role("button", name="Test connection").click()
    await expect(outcome).to_contain_text("Look at the keys")
    await owner.get_by_role("button", name="Leave as it is").click()
    await expect(secret).to_contain_text("Set")
    await owner.reload()
    await expect(outcome).to_contain_text("Last tested")
    kept = (await shop.api.get("/settings/integrations/yookassa")).json()
    assert (kept["enabled"], kept["last_test"]["ok"]) == (True, False)


@pytest.mark.requirement("R272", "R275")
async def test_what_is_incomplete_is_not_switched_on(owner: Page, visitor: Visitor) -> None:
    await to_integration(owner, visitor, "smtp")
    await owner.get_by_role("switch", name="Switched on").check()
    await owner.get_by_role("button", name="Save", exact=True).click()
    await expect(owner.get_by_role("alert")).to_contain_text("cannot be switched on yet")


@pytest.mark.requirement("R324")
async def test_notices_are_switched_and_worded(shop: House, owner: Page, visitor: Visitor) -> None:
    await owner.goto(f"{visitor.address}#/settings/notices")
    switch = owner.get_by_role("switch", name="Order edited: Customer · SMS")
    await switch.check()
    log = owner.get_by_role("region", name="Who changed what")
    await expect(log).to_contain_text("“Order edited” (Customer, SMS)")
    row = owner.get_by_role("row", name="Order edited")
    await row.get_by_role("link", name="Edit the text").nth(1).click()
    await owner.get_by_role("tab", name="Français").click()
    text = owner.get_by_role("textbox", name="Text")
    await text.fill("Commande $order_number chez $shop_name")
    preview = owner.get_by_role("region", name="How it will look")
    await expect(preview).to_contain_text("Commande 100001 chez Blue Door")
    await save(owner)
    await expect(owner.get_by_text("Your own text", exact=True)).to_be_visible()
    await text.fill("Commande $nothing")
    await expect(preview.get_by_role("alert")).to_contain_text("does not have")
    await owner.get_by_role("button", name="Discard changes").click()
    await owner.get_by_role("button", name="Back to the built-in text").click()
    sure = owner.get_by_role("dialog", name="Back to the built-in text")
    await sure.get_by_role("button", name="Back to the built-in text").click()
    await expect(owner.get_by_text("Built-in text", exact=True)).to_be_visible()
    rules = (await shop.api.get("/settings/notices")).json()
    told = [each for each in rules if each["event"] == "order_edited" and each["enabled"]]
    assert ("customer", "sms") in {(each["audience"], each["channel"]) for each in told}

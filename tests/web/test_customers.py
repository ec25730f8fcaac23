"""Customers before a real browser: found, added, corrected, disabled; what they agreed to."""

from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect

from tests.house import House
from tests.web.conftest import colleague
from tests.web.visitor import PHONE, Visitor


async def add(house: House, **values: Any) -> dict[str, Any]:
    body = {"name": f"Customer {uuid4().hex[:8]}", "branch_id": house.shop.branch_id, **values}
    answer = await house.api.post("/customers", json=body)
    assert answer.status_code == 201, answer.text
    return {**body, **answer.json()}


async def until_shown(page: Page, name: str) -> None:
    await expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


@pytest.mark.requirement("R14", "R15", "R66")
async def test_somebody_who_calls_is_added_by_hand(shop: House, visitor: Visitor) -> None:
    page = await visitor.open(colleague(shop, "SuperAdmin"), "/customers")
    await page.get_by_role("link", name="New customer").first.click()
    await until_shown(page, "New customer")
    await page.get_by_role("textbox", name="Name").fill("Vera Caller")
    await page.get_by_role("textbox", name="E-mail").fill(f"{uuid4().hex[:8]}@example.org")
    await page.get_by_role("button", name="Add").click()
    await page.get_by_role("combobox", name="Country").fill("Fran")
    await expect(page.get_by_role("option")).to_have_text(["France"])
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.get_by_role("textbox", name="City").fill("Lyon")
    await page.get_by_role("button", name="Save").click()
    await until_shown(page, "Vera Caller")
    await expect(page.get_by_role("region", name="Addresses")).to_contain_text("Lyon, France")
    await expect(page.get_by_role("region", name="Addresses")).to_contain_text("Goods go here")
    await expect(page.get_by_role("region", name="History")).to_contain_text("Created")


@pytest.mark.requirement("R67")
async def test_a_customer_is_disabled_with_a_reason_and_enabled_again(
    shop: House, visitor: Visitor
) -> None:
    customer = await add(shop)
    page = await visitor.open(
        colleague(shop, "SuperAdmin"), f"/customers/{customer['id']}/show", size=PHONE
    )
    await page.get_by_role("button", name="Disable").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("button", name="Disable")).to_be_disabled()
    await dialog.get_by_role("textbox", name="Reason").fill("Refuses every parcel")
    await dialog.get_by_role("button", name="Disable").click()
    await expect(page.get_by_role("region", name="History")).to_contain_text("Refuses every parcel")
    await page.get_by_role("button", name="Enable").click()
    await page.get_by_role("dialog").get_by_role("button", name="Enable").click()
    await expect(page.get_by_role("button", name="Disable")).to_be_visible()


@pytest.mark.requirement("R68", "R69", "R70")
async def test_what_a_customer_agrees_to_is_written_down(shop: House, visitor: Visitor) -> None:
    await shop.api.post("/mailing-lists", json={"code": "wool", "name": "Wool news"})
    customer = await add(shop)
    page = await visitor.open(colleague(shop, "SuperAdmin"), f"/customers/{customer['id']}/show")
    await page.get_by_role("button", name="Write down: Wool news").click()
    await page.get_by_role("combobox", name="Said so").click()
    await page.get_by_role("option", name="by phone").click()
    await page.get_by_role("button", name="Save").click()
    lists = page.get_by_role("region", name="Mailing lists")
    await expect(lists).to_contain_text("by phone")
    await expect(page.get_by_role("region", name="History")).to_contain_text("Wool news: Yes")


@pytest.mark.requirement("R66")
async def test_who_saved_first_is_shown_beside_mine(shop: House, visitor: Visitor) -> None:
    customer = await add(shop, note="calls back")
    path = f"/customers/{customer['id']}"
    page = await visitor.open(colleague(shop, "SuperAdmin"), path)
    await page.get_by_role("textbox", name="Name").fill("Mine")
    theirs = await shop.api.patch(path, json={"version": 1, "name": "Theirs"})
    assert theirs.status_code == 200
    await page.get_by_role("button", name="Save", exact=True).click()
    dialog = page.get_by_role("dialog", name="Somebody else saved first")
    await expect(dialog.get_by_role("row", name="Name")).to_have_text("NameTheirsMine")
    await expect(dialog.get_by_role("row")).to_have_count(2)
    await dialog.get_by_role("button", name="Save mine").click()
    await until_shown(page, "Mine")
    assert (await shop.api.get(path)).json()["note"] == "calls back"


async def test_an_address_of_somebody_else_is_refused_in_words(
    shop: House, visitor: Visitor
) -> None:
    email = f"{uuid4().hex[:8]}@example.org"
    await add(shop, email=email)
    page = await visitor.open(colleague(shop, "SuperAdmin"), "/customers/create")
    await page.get_by_role("textbox", name="Name").fill("Another")
    await page.get_by_role("textbox", name="E-mail").fill(email)
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Another customer has this e-mail address.")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Name")).to_have_value("Another")


@pytest.mark.requirement("R16", "R17")
async def test_an_own_field_is_defined_filled_in_and_found(shop: House, visitor: Visitor) -> None:
    page = await visitor.open(colleague(shop, "SuperAdmin"), "/custom-fields")
    await page.get_by_role("button", name="New field").click()
    await page.get_by_role("textbox", name="Name in English").fill("Club card")
    await page.get_by_role("textbox", name="Key").fill("club_card")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name="Club card")).to_be_visible()
    customer, _ = await add(shop), await add(shop)
    await page.goto(f"{visitor.address}#/customers/{customer['id']}")
    await page.get_by_role("textbox", name="Club card").fill("Q-77")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("region", name="Own fields")).to_contain_text("Q-77")
    await page.goto(f"{visitor.address}#/customers")
    await page.get_by_role("button", name="More filters").click()
    await page.get_by_role("textbox", name="Club card").fill("q-77")
    await expect(page.locator("[data-row-link]")).to_have_text([customer["name"]])
    assert "club_card" in page.url


@pytest.mark.requirement("R10", "R326")
async def test_who_may_not_disable_has_no_such_button(shop: House, visitor: Visitor) -> None:
    customer = await add(shop)
    path = f"/customers/{customer['id']}/show"
    page = await visitor.open(colleague(shop, "Salesperson"), path)
    await until_shown(page, customer["name"])
    await expect(page.get_by_role("link", name="Edit")).to_be_visible()
    await expect(page.get_by_role("button", name="Disable")).to_have_count(0)
    page = await visitor.open(colleague(shop, "Logistician"), path)
    await expect(page.get_by_text("Access denied")).to_be_visible()
    await expect(page.get_by_role("link", name="Customers")).to_have_count(0)

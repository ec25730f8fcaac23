"""Orders taken down at the telephone: for somebody known or new, priced while one types."""

from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.house import House
from tests.web.conftest import colleague
from tests.web.visitor import PHONE, Visitor


async def add_customer(house: House) -> dict[str, Any]:
    body = {
        "name": f"Vera {uuid4().hex[:8]}",
        "email": f"{uuid4().hex[:8]}@example.org",
        "phone": "+79161234567",
        "branch_id": house.shop.branch_id,
        "addresses": [
            {"country": "RU", "city": "Казань", "street": "Баумана 1", "is_shipping_default": True},
            {"country": "RU", "city": "Тверь", "street": "Советская 5"},
        ],
    }
    answer = await house.api.post("/customers", json=body)
    assert answer.status_code == 201, answer.text
    return {**body, **answer.json()}


async def choose(page: Page, label: str, option: str) -> None:
    await page.get_by_role("combobox", name=label).click()
    await page.get_by_role("option", name=option).click()


async def add_line(page: Page, typed: str, quantity: str) -> None:
    await page.get_by_role("combobox", name="Add a product").fill(typed)
    await page.get_by_role("option", name=typed).click()
    await lines(page).get_by_role("spinbutton", name=f"Quantity: {typed}").fill(quantity)


def lines(page: Page) -> Locator:
    return page.get_by_role("region", name="Lines")


def sums(page: Page) -> Locator:
    return page.get_by_role("region", name="What it comes to")


@pytest.mark.requirement("R22", "R27", "R78")
async def test_a_known_customer_orders_by_telephone(shop: House, visitor: Visitor) -> None:
    customer = await add_customer(shop)
    page = await visitor.open(colleague(shop, "SuperAdmin"), "/orders")
    await page.get_by_role("link", name="New order").click()
    await page.get_by_role("combobox", name="Find a customer").fill(customer["email"])
    await page.get_by_role("option", name=customer["name"]).click()
    await expect(page.get_by_role("textbox", name="City")).to_have_value("Казань")
    await choose(page, "Known addresses", "Советская 5")
    await add_line(page, "Mug", "3")
    await add_line(page, "Help", "1")
    await expect(sums(page)).to_contain_text("Still to ask: delivery, payment.")
    await choose(page, "Shipping", "Courier")
    await choose(page, "Payment", "Cash on delivery")
    await page.get_by_role("textbox", name="Comment").fill("Ring twice")
    await expect(sums(page)).to_contain_text("2,800.00")
    await page.get_by_role("button", name="Place the order").dblclick()

    await expect(page.get_by_role("heading", name="Order ", level=1)).to_be_visible()
    seen = page.get_by_role("region", name="Customer")
    await expect(seen).to_contain_text(customer["name"])
    await expect(seen).to_contain_text("Советская 5, Тверь")
    await expect(seen).to_contain_text("Ring twice")
    await expect(page.get_by_role("region", name="Payments")).to_contain_text("Cash on delivery")
    found = await shop.api.get("/orders", params={"customer_email": customer["email"]})
    assert [(row["total"], row["status"]) for row in found.json()["rows"]] == [(280_000, "placed")]


@pytest.mark.requirement("R22")
async def test_what_is_refused_is_told_beside_it_and_nothing_typed_is_lost(
    shop: House, visitor: Visitor
) -> None:
    session = colleague(shop, "Salesperson")
    page = await visitor.open(session, "/orders/create", size=PHONE)
    await page.get_by_role("textbox", name="Name").fill("Boris New")
    await page.get_by_role("textbox", name="Phone").fill("12")
    await add_line(page, "Tea", "99999")
    await choose(page, "Shipping", "Pickup")
    await choose(page, "Payment", "Bank transfer")
    await expect(lines(page)).to_contain_text("There is not enough in stock.")
    await expect(lines(page).get_by_role("alert").first).to_contain_text("available")
    await lines(page).get_by_role("spinbutton", name="Quantity: Tea").fill("2")
    await expect(sums(page)).to_contain_text("400.00")
    await expect(lines(page).get_by_role("alert")).to_have_count(0)

    await page.get_by_role("button", name="Place the order").click()
    await expect(page.get_by_text("This is no telephone number")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Name")).to_have_value("Boris New")
    await page.get_by_role("textbox", name="Phone").fill("+7 (916) 123-45-67")
    await page.get_by_role("button", name="Place the order").click()
    await expect(page.get_by_role("region", name="Customer")).to_contain_text("Boris New")
    await expect(page.get_by_role("region", name="Customer")).to_contain_text("+79161234567")


async def test_an_order_begun_is_not_left_by_mistake(shop: House, visitor: Visitor) -> None:
    customer = await add_customer(shop)
    path = f"/customers/{customer['id']}/show"
    page = await visitor.open(colleague(shop, "SuperAdmin"), path)
    await page.get_by_role("link", name="New order for this customer").click()
    await expect(page.get_by_role("textbox", name="Name")).to_have_value(customer["name"])
    await add_line(page, "Mug", "2")
    await page.get_by_role("navigation").get_by_role("link", name="Orders").first.click()
    dialog = page.get_by_role("dialog", name="Leave without saving?")
    await dialog.get_by_role("button", name="Cancel").click()
    await expect(lines(page).get_by_role("spinbutton")).to_have_value("2")


@pytest.mark.requirement("R10", "R326")
async def test_prices_are_open_to_whoever_may_set_them(shop: House, visitor: Visitor) -> None:
    page = await visitor.open(colleague(shop, "SuperAdmin"), "/orders/create")
    await add_line(page, "Mug", "2")
    await page.get_by_role("textbox", name="Unit price: Mug").fill("12.50")
    await expect(lines(page)).to_contain_text("25.00")
    page = await visitor.open(colleague(shop, "Salesperson"), "/orders/create")
    await add_line(page, "Mug", "2")
    await expect(lines(page)).to_contain_text("1,000.00")
    await expect(page.get_by_role("textbox", name="Unit price: Mug")).to_have_count(0)


@pytest.mark.requirement("R10", "R326")
async def test_who_may_not_place_orders_has_no_such_button(shop: House, visitor: Visitor) -> None:
    await shop.place()
    page = await visitor.open(colleague(shop, "Logistician"), "/orders")
    await expect(page.get_by_role("heading", name="Orders", level=1)).to_be_visible()
    await expect(page.get_by_role("table")).to_be_visible()
    await expect(page.get_by_role("link", name="New order")).to_have_count(0)


@pytest.mark.requirement("R230")
async def test_a_cashier_whose_answer_gets_lost_places_nothing_twice(
    shop: House, visitor: Visitor
) -> None:
    name = f"Counter {uuid4().hex[:8]}"
    page = await visitor.open(colleague(shop, "Cashier"), "/orders/create")
    await page.get_by_role("textbox", name="Name").fill(name)
    await expect(page.get_by_role("textbox")).to_have_count(1)
    await add_line(page, "Mug", "1")
    await choose(page, "Shipping", "Nothing is sent")
    await choose(page, "Payment", "Cash on delivery")
    await page.route("**/api/orders", lose_the_answer, times=1)
    await page.get_by_role("button", name="Place the order").click()
    await expect(sums(page).get_by_role("alert")).to_contain_text("cannot be reached")
    await page.get_by_role("button", name="Place the order").click()
    await expect(page.get_by_role("region", name="Customer")).to_contain_text(name)
    found = (await shop.api.get("/orders", params={"q": name})).json()["rows"]
    assert [(row["total"], row["customer_name"]) for row in found] == [(50_000, name)]


async def lose_the_answer(route: Route) -> None:
    await route.fetch()
    await route.abort()

"""Products, categories and stock in a browser: made, translated, refused, and booked."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from playwright.async_api import expect

from tests.house import House
from tests.web.conftest import colleague
from tests.web.visitor import Visitor


def a_picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(file, "PNG")
    return file.getvalue()


async def make_card(shop: House, session: str, sku: str, **more: Any) -> dict[str, Any]:
    variant = {"sku": sku, "price": 150_00, "currency": "RUB"}
    body = {"name": f"Cup {sku}", "variants": [variant], **more}
    answer = await shop.speaking_as(session).post("/product-cards", json=body)
    assert answer.status_code == 201, answer.text
    card: dict[str, Any] = answer.json()
    return card


async def make_colours(shop: House, session: str) -> str:
    """The English name of a new attribute with two values."""
    code = f"c{uuid4().hex[:8]}"
    values = [{"code": name.upper(), "names": {"en": f"{name} {code}"}} for name in ("Red", "Blue")]
    body = {"code": code, "names": {"en": f"Colour {code}"}, "values": values}
    answer = await shop.speaking_as(session).post("/attributes", json=body)
    assert answer.status_code == 201, answer.text
    return code


@pytest.mark.requirement("R208", "R210", "R211", "R214", "R215", "R217", "R218")
async def test_a_product_is_made_with_its_variants_and_saved_at_once(
    shop: House, visitor: Visitor
) -> None:
    session = colleague(shop, "SuperAdmin")
    code = await make_colours(shop, session)
    page = await visitor.open(session, "/products")
    await page.get_by_role("link", name="New product").click()
    window = page.get_by_role("dialog")
    await expect(window).to_contain_text("New product")
    await window.get_by_role("textbox", name="Name").fill(f"Bowl {code}")
    await window.get_by_role("textbox", name="SKU 1").fill(f"BOWL{code}")
    await window.get_by_role("textbox", name=f"Price BOWL{code}").fill("12,50")
    await window.get_by_label("Add pictures").first.set_input_files(
        {"name": "bowl.png", "mimeType": "image/png", "buffer": a_picture()}
    )
    await expect(window.get_by_role("img", name="Picture 1")).to_be_visible()
    await window.get_by_role("button", name="Make variants").click()
    await window.get_by_role("button", name=f"Red {code}").click()
    await window.get_by_role("button", name=f"Blue {code}").click()
    found = window.get_by_role("list", name="Variants that would be made")
    await expect(found).to_contain_text(f"BOWL{code}-BLUE")
    await window.get_by_role("button", name="Add 2 variants").click()
    await window.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Product saved")).to_be_visible()
    await expect(window.get_by_role("textbox", name="SKU 2")).to_have_value(f"BOWL{code}-BLUE")
    await window.get_by_role("button", name="Close").click()
    await page.get_by_role("textbox", name="SKU or words of the name").fill(f"BOWL{code}")
    await expect(page.locator("[data-row-link]")).to_have_count(2)
    await expect(page.get_by_role("cell", name="₽12.50").first).to_be_visible()
    switch = page.get_by_role("switch", name=f"Bowl {code}: published").first
    await switch.click()
    await expect(switch).to_be_checked()


async def test_what_somebody_else_saved_first_is_not_written_over(
    shop: House, visitor: Visitor
) -> None:
    session = colleague(shop, "SuperAdmin")
    card = await make_card(shop, session, "LATE")
    page = await visitor.open(session, f"/products/{card['id']}/show")
    await page.get_by_role("textbox", name="Name").fill("Mine")
    api = shop.speaking_as(session)
    theirs = {"version": card["version"], "texts": {"fr": {"name": "Tasse"}}}
    await api.put(f"/product-cards/{card['id']}/translations", json=theirs)
    await page.get_by_role("button", name="Save", exact=True).click()
    conflict = page.get_by_role("dialog", name="Somebody else saved first")
    await expect(conflict).to_contain_text("Name (English)")
    await conflict.get_by_role("button", name="Take theirs").click()
    await expect(page.get_by_role("dialog", name="Cup LATE")).to_be_visible()
    await page.get_by_role("textbox", name="Name").fill("Unsaved")
    await page.get_by_role("button", name="Cancel").click()
    await expect(page.get_by_role("dialog", name="Leave without saving?")).to_be_visible()


@pytest.mark.requirement("R4")
async def test_a_translator_edits_the_texts_and_nothing_else(shop: House, visitor: Visitor) -> None:
    card = await make_card(shop, colleague(shop, "SuperAdmin"), "WORDS")
    page = await visitor.open(colleague(shop, "Translator"), f"/products/{card['id']}/show")
    window = page.get_by_role("dialog", name="Cup WORDS")
    await expect(window.get_by_role("table", name="Variants")).to_have_count(0)
    await expect(page.get_by_text("₽")).to_have_count(0)
    await window.get_by_role("tab", name="Français").click()
    await window.get_by_role("textbox", name="Name").fill("Tasse")
    await window.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Product saved")).to_be_visible()
    await page.goto(f"{visitor.address}#/stock")
    await expect(page.get_by_text("Access denied")).to_be_visible()


async def test_an_sku_of_another_product_is_refused_in_words(shop: House, visitor: Visitor) -> None:
    session = colleague(shop, "SuperAdmin")
    card = await make_card(shop, session, "TWICE")
    page = await visitor.open(session, f"/products/{card['id']}/show")
    await page.get_by_role("textbox", name="SKU 1").fill("MUG")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("alert").first).to_contain_text("belongs to another product")
    await expect(page.get_by_role("textbox", name="SKU 1")).to_have_value("MUG")


@pytest.mark.requirement("R192")
async def test_a_category_is_made_and_its_rule_shows_what_it_catches(
    shop: House, visitor: Visitor
) -> None:
    session = colleague(shop, "SuperAdmin")
    await make_card(shop, session, "HEAVY", variants=[
        {"sku": "HEAVY", "price": 100, "currency": "RUB", "weight_g": 98_765}
    ])  # fmt: skip
    page = await visitor.open(session, "/categories")
    await page.get_by_role("link", name="New category").first.click()
    await page.get_by_role("textbox", name="Name · English").fill("Heavy things")
    await page.get_by_role("textbox", name="Name · Русский").fill("Тяжёлое")
    await page.get_by_role("button", name="Add a condition").click()
    await page.get_by_role("combobox", name="What").click()
    await page.get_by_role("option", name="Weight, g").click()
    await page.get_by_role("spinbutton", name="Which").fill("98765")
    await expect(page.get_by_text("The rule catches 1 product")).to_be_visible()
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Category saved")).to_be_visible()
    await page.get_by_role("switch", name="Heavy things: published").click()
    await expect(page.get_by_role("switch", name="Heavy things: published")).to_be_checked()
    await expect(page.get_by_role("region", name="Products in it now")).to_contain_text("Cup HEAVY")


async def test_goods_are_received_and_their_ledger_tells_it(shop: House, visitor: Visitor) -> None:
    session = colleague(shop, "SuperAdmin")
    await make_card(shop, session, "CRATE")
    page = await visitor.open(session, "/stock")
    await page.get_by_role("button", name="Receive goods").first.click()
    dialog = page.get_by_role("dialog", name="Receive goods")
    await dialog.get_by_role("combobox", name="SKU 1").fill("CRATE")
    await page.get_by_role("option", name="CRATE").click()
    await dialog.get_by_role("spinbutton", name="Quantity 1").fill("7")
    await dialog.get_by_role("button", name="Book").click()
    await expect(page.get_by_text("Booked: 7 pieces")).to_be_visible()
    await page.get_by_role("textbox", name="SKU").fill("CRATE")
    await expect(page.locator("[data-row-link]")).to_have_count(1)
    await page.get_by_role("link", name="CRATE").click()
    await expect(page.get_by_role("table", name="Movements")).to_contain_text("+7")
    await page.get_by_role("button", name="Correct").click()
    dialog = page.get_by_role("dialog", name="Correct")
    await dialog.get_by_role("spinbutton", name="Quantity 1").fill("-9")
    await dialog.get_by_role("textbox", name="Reason").fill("Counted")
    await dialog.get_by_role("button", name="Book").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("cannot go")

"""What products are sorted by, in a browser: attributes, brands, suppliers, classes; pictures."""

import re
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.catalogue import picture, post
from tests.house import House
from tests.web.conftest import colleague
from tests.web.visitor import Visitor


async def make_attribute(shop: House, session: str, *values: str) -> dict[str, Any]:
    code = f"a{uuid4().hex[:8]}"
    made = [{"code": value, "names": {"en": f"{value} {code}"}} for value in values]
    body = {"code": code, "names": {"en": f"Fit {code}"}, "values": made}
    read: dict[str, Any] = await post(shop.speaking_as(session), "/attributes", body)
    return read


async def make_card(shop: House, session: str, **more: Any) -> dict[str, Any]:
    sku = f"S{uuid4().hex[:8]}"
    variant = {"sku": sku, "price": 150_00, "currency": "RUB"}
    body = {"name": f"Cup {sku}", "variants": [variant], **more}
    read: dict[str, Any] = await post(shop.speaking_as(session), "/product-cards", body)
    return read


@pytest.mark.requirement("R19", "R216")
async def test_an_attribute_is_made_with_values_and_put_in_order(
    shop: House, visitor: Visitor
) -> None:
    code = f"glaze{uuid4().hex[:6]}"
    page = await visitor.open(colleague(shop, "SuperAdmin"), "/attributes")
    await page.get_by_role("link", name="New attribute").first.click()
    await page.get_by_role("textbox", name="Name · English").fill(f"Glaze {code}")
    await page.get_by_role("textbox", name="Name · Русский").fill("Глазурь")
    await page.get_by_role("textbox", name="Code", exact=True).fill(code)
    for number, name in enumerate(("Matt", "Shiny"), start=1):
        await page.get_by_role("button", name="Add a value").click()
        await page.get_by_role("textbox", name=f"Code of value {number}").fill(name.upper())
        await page.get_by_role("textbox", name=f"English, value {number}").fill(name)
    await page.get_by_role("button", name="Move Shiny up").click()
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Attribute saved")).to_be_visible()
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"Glaze {code}")
    await expect(page.get_by_role("textbox", name="Code of value 1")).to_have_value("SHINY")
    await page.goto(f"{visitor.address}#/attributes")
    row = page.get_by_role("row").filter(has_text=code)
    await expect(row).to_contain_text("Shiny, Matt")


async def test_what_is_used_stays_and_says_why(shop: House, visitor: Visitor) -> None:
    session = colleague(shop, "SuperAdmin")
    attribute = await make_attribute(shop, session, "SLIM", "WIDE")
    slim, wide = (value["names"]["en"] for value in attribute["values"])
    await make_card(shop, session, value_ids=[attribute["values"][0]["id"]])
    page = await visitor.open(session, f"/attributes/{attribute['id']}/show")
    closed = page.get_by_role("button", name=f"Remove {slim}")
    await expect(closed).to_have_attribute("aria-disabled", "true")
    await closed.hover()
    await expect(page.get_by_role("tooltip")).to_contain_text("Products have this value")
    await expect(page.get_by_role("button", name="Delete", exact=True)).to_have_attribute(
        "aria-disabled", "true"
    )
    await page.get_by_role("button", name=f"Remove {wide}").click()
    await page.get_by_role("textbox", name="Code", exact=True).fill("")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("Fill in what is marked in red")
    await page.get_by_role("textbox", name="Code", exact=True).fill(attribute["code"])
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Attribute saved")).to_be_visible()
    await expect(page.get_by_role("button", name=f"Remove {wide}")).to_have_count(0)


@pytest.mark.requirement("R21")
async def test_an_attribute_of_a_class_is_not_deleted(shop: House, visitor: Visitor) -> None:
    session = colleague(shop, "SuperAdmin")
    attribute = await make_attribute(shop, session)
    body = {"name": f"Shirts {attribute['code']}", "attribute_ids": [attribute["id"]]}
    made = await post(shop.speaking_as(session), "/product-classes", body)
    page = await visitor.open(session, f"/product-classes/{made['id']}/show")
    window = page.get_by_role("dialog", name=made["name"])
    await expect(window.get_by_role("button", name=attribute["names"]["en"])).to_be_visible()
    await page.goto(f"{visitor.address}#/attributes/{attribute['id']}/show")
    await page.get_by_role("button", name="Delete", exact=True).click()
    asked = page.get_by_role("dialog", name=f"Delete {attribute['names']['en']}?")
    await asked.get_by_role("button", name="Delete").click()
    await expect(asked.get_by_role("alert")).to_contain_text("a product class")


@pytest.mark.requirement("R193", "R194")
@pytest.mark.parametrize(
    ("path", "noun", "link"),
    [
        ("brands", "brand", "brand_id"),
        ("suppliers", "supplier", "supplier_id"),
        ("product-classes", "product class", "class_id"),
    ],
)
async def test_names_are_added_renamed_and_kept_while_products_have_them(
    shop: House, visitor: Visitor, path: str, noun: str, link: str
) -> None:
    session, name = colleague(shop, "SuperAdmin"), f"Nordvik {uuid4().hex[:6]}"
    page = await visitor.open(session, f"/{path}")
    await page.get_by_role("link", name=f"New {noun}").first.click()
    window = page.get_by_role("dialog", name=f"New {noun}")
    await window.get_by_role("textbox", name="Name").fill(name)
    await window.get_by_role("button", name="Save").click()
    await expect(window).to_have_count(0)
    await page.get_by_role("textbox", name="Words of the name").fill(name)
    await expect(page.locator("[data-row-link]")).to_have_count(1)
    await page.get_by_role("link", name=name, exact=True).click()
    window = page.get_by_role("dialog", name=name)
    await window.get_by_role("textbox", name="Name").fill(f"{name} AS")
    await window.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("link", name=f"{name} AS", exact=True)).to_be_visible()

    found = await shop.speaking_as(session).get(f"/{path}", params={"q": name})
    await make_card(shop, session, **{link: found.json()["rows"][0]["id"]})
    await page.get_by_role("link", name=f"{name} AS", exact=True).click()
    await page.get_by_role("button", name="Delete").click()
    asked = page.get_by_role("dialog", name=f"Delete {name} AS?")
    await asked.get_by_role("button", name="Delete").click()
    await expect(asked.get_by_role("alert")).to_contain_text("Other things still need it")
    await asked.get_by_role("link", name=f"Show products of {name} AS").click()
    await expect(page.locator("[data-row-link]")).to_have_count(1)


# A row is opened at the moment the filter that was typed before takes effect.
OPENS_MEANWHILE = """() => {
  const later = window.setTimeout;
  window.setTimeout = (act, wait, ...more) => {
    if (wait !== 0) return later(act, wait, ...more);
    window.setTimeout = later;
    document.querySelector('[data-row-link]').click();
    return later(act, 0);
  };
}"""


async def test_a_filter_that_takes_effect_late_closes_no_window(
    shop: House, visitor: Visitor
) -> None:
    session, name = colleague(shop, "SuperAdmin"), f"Tromsdal {uuid4().hex[:6]}"
    await post(shop.speaking_as(session), "/brands", {"name": name})
    page = await visitor.open(session, "/brands")
    filtered = page.get_by_role("textbox", name="Words of the name")
    await filtered.fill(name)
    await expect(page.locator("[data-row-link]")).to_have_count(1)
    await page.evaluate(OPENS_MEANWHILE)
    await filtered.fill(name[:-1])
    await expect(page).to_have_url(re.compile(re.escape(quote(name[:-1]) + "%22")))
    await expect(page.get_by_role("dialog", name=name)).to_be_visible()


async def test_a_name_that_is_taken_is_refused_in_words(shop: House, visitor: Visitor) -> None:
    session, name = colleague(shop, "SuperAdmin"), f"Halden {uuid4().hex[:6]}"
    await post(shop.speaking_as(session), "/brands", {"name": name})
    page = await visitor.open(session, "/brands/create")
    window = page.get_by_role("dialog", name="New brand")
    await window.get_by_role("textbox", name="Name").fill(name.upper())
    await window.get_by_role("button", name="Save").click()
    await expect(window.get_by_role("alert")).to_contain_text("is called so already")
    await expect(window.get_by_role("textbox", name="Name")).to_have_value(name.upper())


@pytest.mark.requirement("R217")
async def test_a_translator_reads_names_and_describes_pictures(
    shop: House, visitor: Visitor
) -> None:
    owner = colleague(shop, "SuperAdmin")
    name = f"Blue Door {uuid4().hex[:6]}"
    brand = await post(shop.speaking_as(owner), "/brands", {"name": name})
    attribute = await make_attribute(shop, owner, "SLIM")
    files = {"file": ("cup.jpg", picture())}
    sent = await shop.speaking_as(owner).post("/product-images", files=files)
    card = await make_card(shop, owner, image_ids=[sent.json()["id"]])
    page = await visitor.open(colleague(shop, "Translator"), f"/brands/{brand['id']}/show")
    window = page.get_by_role("dialog", name=name)
    await expect(window.get_by_role("textbox", name="Name")).to_be_disabled()
    await expect(window.get_by_role("button")).to_have_text(["Close"])
    await page.goto(f"{visitor.address}#/attributes/{attribute['id']}/show")
    await expect(page.get_by_role("textbox", name="Code", exact=True)).to_be_disabled()
    await expect(page.get_by_role("button", name="Save")).to_have_count(0)
    await page.goto(f"{visitor.address}#/attributes/create")
    await expect(page.get_by_role("alert")).to_contain_text("You may not do this")

    await page.goto(f"{visitor.address}#/products/{card['id']}/show")
    await page.get_by_role("button", name="Describe picture 1").click()
    asked = page.get_by_role("dialog", name="What picture 1 shows")
    await asked.get_by_role("textbox", name="Français").fill("Une tasse rouge")
    await asked.get_by_role("button", name="Apply").click()
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Product saved")).to_be_visible()
    read = await shop.speaking_as(owner).get(f"/product-cards/{card['id']}")
    assert read.json()["images"][0]["texts"] == {"fr": "Une tasse rouge"}


@pytest.mark.requirement("R217")
async def test_a_missing_brand_is_made_in_the_products_window(
    shop: House, visitor: Visitor
) -> None:
    session, name = colleague(shop, "SuperAdmin"), f"Skagen {uuid4().hex[:6]}"
    card = await make_card(shop, session)
    page = await visitor.open(session, f"/products/{card['id']}/show")
    await page.get_by_role("combobox", name="Brand").fill(name)
    await page.get_by_role("option", name=f"Create “{name}”").click()
    await expect(page.get_by_role("combobox", name="Brand")).to_have_value(name)
    await page.get_by_label("Add pictures").first.set_input_files(
        {"name": "cup.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    await page.get_by_role("button", name="Describe picture 1").click()
    asked = page.get_by_role("dialog", name="What picture 1 shows")
    await asked.get_by_role("textbox", name="English").fill("A red cup")
    await asked.get_by_role("button", name="Apply").click()
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Product saved")).to_be_visible()
    await expect(page.get_by_role("img", name="A red cup").first).to_be_visible()
    read = (await shop.speaking_as(session).get(f"/product-cards/{card['id']}")).json()
    assert [image["texts"] for image in read["images"]] == [{"en": "A red cup"}]
    brand = await shop.speaking_as(session).get(f"/brands/{read['brand_id']}")
    assert brand.json()["name"] == name

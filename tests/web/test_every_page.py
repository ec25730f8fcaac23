"""Every page there is: for every pair of eyes, on a telephone, in three languages."""

import re
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from local.screens import ADMIN, every_page, others, screens
from tests.house import House
from tests.web.axe import barriers
from tests.web.conftest import colleague
from tests.web.visitor import PHONE, WIDE, Visitor

Colours = Literal["light", "dark"]
ROUNDS: dict[str, tuple[Colours, tuple[int, int]]] = {
    "en": ("light", WIDE),
    "fr": ("dark", PHONE),
    "ru": ("light", PHONE),
}
HELP = {"en": "Help", "fr": "Aide", "ru": "Справка"}
NAMES = {folder.name for folder in ADMIN.iterdir() if folder.is_dir()}
NAMES |= {"ra", "resources", "problems", "status"}
RAW_KEY = re.compile(rf"\b(?:{'|'.join(sorted(NAMES))})\.[a-z_]+(?:\.[\w-]+)*")
RAW_ENUM = re.compile(r"(?<![\w.@/-])[a-z]{2,}(?:_[a-z]+)+(?![\w.@-])")
# Told to people: texts, and the names of what has none. What is meant for machines stands in code.
TOLD = """() => {
  const told = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest('code, pre, kbd, script, style, noscript'))
      told.push(walker.currentNode.textContent);
  }
  for (const name of ['aria-label', 'placeholder', 'title'])
    for (const each of document.querySelectorAll(`[${name}]`)) told.push(each.getAttribute(name));
  return told.join('\\n');
}"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.requirement("R105", "R353")
@pytest.mark.parametrize("language", ROUNDS)
async def test_every_page_is_fit_to_be_shown(shop: House, visitor: Visitor, language: str) -> None:
    colours, size = ROUNDS[language]
    await shop.place()
    session = colleague(shop, "SuperAdmin")
    chosen = {"locale": language, "theme": colours}
    await shop.speaking_as(session).put("/me/preferences", json=chosen)
    page = await visitor.open(session, "/account", size=size, language=language, colours=colours)
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    found: list[str] = []
    helped = {"/", "/account", "/notices", *(f"/{screen.name}" for screen in screens())}
    told: dict[str, str] = {}
    async for path in every_page(page, visitor.address):
        found += [f"{path}: {fault}" for fault in await faults(page)]
        if path in helped:
            told[path] = await its_help(page, HELP[language])
    await page.goto(f"{visitor.address}#/no-such-page")
    told["/no-such-page"] = await its_help(page, HELP[language])
    assert found == []
    assert told.keys() == helped | {"/no-such-page"}
    assert len(set(told.values())) == len(told), told


def test_the_table_of_contents_is_read_whole() -> None:
    names = [screen.name for screen in screens()]
    assert names[0] == "orders"
    assert len(names) == (ADMIN / "screens.tsx").read_text().count("    list: lazy(")
    assert {"/", "/account", "/settings/shop"} <= set(others())


async def its_help(page: Page, name: str) -> str:
    """What is behind the button of the bar."""
    await page.get_by_role("button", name=name, exact=True).click()
    help_ = page.get_by_role("dialog", name=re.compile(f"^{name}"))
    told = await help_.locator("p").first.inner_text()
    await page.keyboard.press("Escape")
    await expect(help_).to_have_count(0)
    return told


async def faults(page: Page) -> list[str]:
    """What nobody should have to see, or cannot."""
    told = await page.evaluate(TOLD)
    found = [f"raw key {raw}" for raw in RAW_KEY.findall(told)]
    found += [f"raw enum {raw}" for raw in RAW_ENUM.findall(told)]
    if too_wide := await page.evaluate(TOO_WIDE):
        found.append(f"{too_wide} pixels too wide")
    told_wrong = await page.locator(".MuiAlert-colorError").all_inner_texts()
    return found + [f"an error: {text}" for text in told_wrong] + await barriers(page)

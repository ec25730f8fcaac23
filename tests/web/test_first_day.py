"""docs/first-day.md says what the pages say; the rest of its way is walked in the journey."""

import re

import pytest
from playwright.async_api import Page, expect

from local.child import ROOT
from tests.house import House
from tests.web.conftest import colleague
from tests.web.visitor import Visitor

DOCUMENT = ROOT / "docs" / "first-day.md"
CLICKED = re.compile(r"\*\*(.+?)\*\*")
WORDS = re.compile(r"""'((?:[^'\\]|\\.)*)'""")
# The names of groups are rows of the database, not words of the pages.
NAMES = {"Salesperson"}


def test_what_is_to_be_clicked_is_on_the_pages() -> None:
    files = (ROOT / "web" / "admin").glob("*/words/en.ts")
    words = {word for file in files for word in WORDS.findall(file.read_text())}
    words |= {"Save", "Create"}  # react-admin's own
    named = set(CLICKED.findall(DOCUMENT.read_text()))
    assert named - words - NAMES == set()


def test_the_steps_are_numbered_without_a_gap() -> None:
    steps = re.findall(r"^(\d+)\. ", DOCUMENT.read_text(), re.MULTILINE)
    assert steps == [str(number) for number in range(1, len(steps) + 1)]


@pytest.mark.requirement("R334")
async def test_a_colleague_is_invited_and_a_right_is_taken_away(
    shop: House, visitor: Visitor
) -> None:
    """Steps 20 to 27; the colleague's sign-in has its own tests."""
    owner = await visitor.open(colleague(shop, "SuperAdmin"))
    await owner.get_by_role("link", name="Employees").click()
    await owner.get_by_role("link", name="New employee").first.click()
    await expect(owner.get_by_role("heading", name="New employee", level=1)).to_be_visible()
    await owner.get_by_role("textbox", name="Name").fill("Vera First")
    await owner.get_by_label("Login").fill("vera.first")
    await owner.get_by_label("E-mail").fill("vera.first@shop.example")
    await owner.get_by_role("checkbox", name="Salesperson").check()
    await owner.get_by_role("button", name="Create").click()
    await expect(owner.get_by_text("Not yet signed in")).to_be_visible()

    order = await shop.place()
    vera = await visitor.open(colleague(shop, "Salesperson"), f"/orders/{order['id']}/show")
    cancel = vera.get_by_role("button", name="Cancel the order")
    await expect(cancel).to_be_visible()
    await set_cancelling(owner, "Everywhere", "Not allowed")
    await vera.reload()
    await expect(vera.get_by_role("table", name="Lines")).to_be_visible()
    await expect(cancel).to_have_count(0)
    await set_cancelling(owner, "Not allowed", "In own branches", "Everywhere")


async def set_cancelling(owner: Page, *states: str) -> None:
    """From the first of these to the last, click by click."""
    await owner.get_by_role("link", name="Groups").first.click()
    await owner.get_by_role("link", name="Salesperson", exact=True).click()
    for before in states[:-1]:
        await owner.get_by_role("button", name=f"Orders: Cancel: {before}").click()
    await owner.get_by_role("button", name="Look and save").click()
    await owner.get_by_role("dialog").get_by_role("button", name="Save").click()
    await expect(owner.get_by_text("Nothing is changed")).to_be_visible()

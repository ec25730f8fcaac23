"""A whole day by clicks: the real house, a sign-in by mail, one order to the door and back."""

import asyncio
import re
import statistics
import time
from collections.abc import AsyncIterator, Callable
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from local.demo.sign_ins import keep
from tests.stack.stacks import RunningStack
from tests.web.visitor import PATIENCE_MS, Visitor

FOLLOWS_WITHIN_S = 1.0
CODE = re.compile(r"\b\d{6}\b")
MENU = "nav a[href='#/%s']"
FOR_THE_OFFICE = ("staff", "groups", "api-keys", "history", "settings")
Look = Callable[[Page], Locator]


@pytest.fixture
async def visitor(stack: RunningStack, browser: Browser) -> AsyncIterator[Visitor]:
    come = Visitor(browser, f"http://127.0.0.1:{stack.ports.api}/admin/")
    yield come
    await come.leave()
    assert come.complaints == []


class TwoTabs:
    """One works, the other looks on: how long after the first it shows the same."""

    def __init__(self, working: Page, looking: Page) -> None:
        self.working, self.looking = working, looking
        self.delays: list[float] = []

    async def both_see(self, look: Look) -> None:
        seen = await asyncio.gather(*(_moment(look(tab)) for tab in (self.working, self.looking)))
        self.delays.append(seen[1] - seen[0])

    async def command(self, name: str) -> Locator:
        """The dialog that opens behind a next step."""
        steps = self.working.get_by_role("region", name="Next steps")
        await steps.get_by_role("button", name=name, exact=True).click()
        return self.working.get_by_role("dialog")


@pytest.mark.requirement("R22", "R24", "R27", "R28", "R32", "R166")
async def test_an_order_from_the_storefront_to_the_door_by_clicks(
    stack: RunningStack, visitor: Visitor, browser: Browser
) -> None:
    number = place(stack)
    page = await sign_in(visitor, stack, "owner", "/orders")
    await page.get_by_role("link", name=f"№ {number}").click()
    await expect(page.get_by_role("heading", name=f"Order {number}")).to_be_visible()
    looking = await visitor.another_tab(page.context, page.url.split("#")[1])
    await expect(looking.get_by_role("heading", name=f"Order {number}")).to_be_visible()
    await looking.evaluate("window.wasNeverReloaded = true")
    tabs = TwoTabs(page, looking)

    await pay(page, browser)
    await tabs.both_see(status("Paid"))
    await take_one_mug_out(tabs)
    await send_in_two_parcels(tabs)
    await bring(tabs)
    await give_the_tea_back(tabs)

    assert await looking.evaluate("window.wasNeverReloaded")
    assert statistics.median(tabs.delays) < FOLLOWS_WITHIN_S, tabs.delays


@pytest.mark.requirement("R10", "R326")
async def test_staff_find_what_they_may_and_nothing_else(
    stack: RunningStack, visitor: Visitor
) -> None:
    number = place(stack)
    seller = await sign_in(visitor, stack, "salesperson", "/orders")
    await expect(seller.locator(menu("orders"))).to_be_visible()
    for name in FOR_THE_OFFICE:
        await expect(seller.locator(menu(name))).to_have_count(0)
    await seller.get_by_role("link", name=f"№ {number}").click()
    await expect(seller.get_by_role("button", name="Изменить", exact=True)).to_be_visible()
    for forbidden in ("Вернуть деньги", "Собрать", "Отправить"):
        await expect(seller.get_by_role("button", name=forbidden)).to_have_count(0)

    packer = await sign_in(visitor, stack, "logistician", "/orders")
    await packer.get_by_role("link", name=f"№ {number}").click()
    await expect(packer.get_by_role("table").first).to_contain_text("MUG-WHITE")
    await expect(packer.get_by_text("₽")).to_have_count(0)
    await expect(packer.get_by_role("button", name="Изменить", exact=True)).to_have_count(0)


async def take_one_mug_out(tabs: TwoTabs) -> None:
    dialog = await tabs.command("Edit")
    await pieces(dialog, "mug").fill("2")
    await dialog.get_by_role("button", name="See what it means").click()
    preview = tabs.working.get_by_role("dialog", name="What the edit means")
    await expect(preview).to_contain_text("Paid too much afterwards:")
    await preview.get_by_role("textbox", name="Reason").fill("Two are enough")
    await preview.get_by_role("button", name="Confirm the edit").click()
    await tabs.both_see(told("Edited"))
    await tabs.both_see(told("Refund done"))


async def send_in_two_parcels(tabs: TwoTabs) -> None:
    dialog = await tabs.command("Pick")
    await dialog.get_by_role("button", name="Pick", exact=True).click()
    await tabs.both_see(lambda tab: lines(tab).get_by_text("Picked", exact=True))
    dialog = await tabs.command("Ship")
    await pieces(dialog, "ivan").fill("0")
    await dialog.get_by_role("button", name="Ship", exact=True).click()
    await tabs.both_see(parcel(1))
    await tabs.both_see(status("Partly sent"))
    dialog = await tabs.command("Ship")
    await dialog.get_by_role("button", name="Ship", exact=True).click()
    await tabs.both_see(parcel(2))
    await tabs.both_see(status("Sent"))


async def bring(tabs: TwoTabs) -> None:
    for already in range(2):
        dialog = await tabs.command("Delivered")
        await dialog.get_by_role("button", name="Delivered", exact=True).click()
        await tabs.both_see(told("Parcel delivered", already))
    await tabs.both_see(status("Completed"))


async def give_the_tea_back(tabs: TwoTabs) -> None:
    dialog = await tabs.command("Refund")
    await pieces(dialog, "ivan").fill("1")
    await dialog.get_by_role("textbox", name="Reason").fill("The packet was torn")
    await dialog.get_by_role("button", name="Refund", exact=True).click()
    await tabs.both_see(
        lambda tab: tab.get_by_role("region", name="Payments").get_by_text("The packet was torn")
    )
    await tabs.both_see(told("Refund done", 1))


def place(stack: RunningStack) -> str:
    body = {
        "lines": [{"sku": "MUG-WHITE", "quantity": 3}, {"sku": "TEA-IVAN-50", "quantity": 1}],
        "customer": {"name": "Anna Ivanova", "email": "anna@customer.example"},
        "address": {"country": "RU", "city": "Казань", "street": "Баумана 1"},
        "shipping_method": "courier",
        "payments": [{"method": "card"}],
    }
    key = keep(stack.data).key("storefront")
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": uuid4().hex}
    url = f"http://127.0.0.1:{stack.ports.api}/api/orders"
    answer = httpx.post(url, json=body, headers=headers, timeout=30)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["number"])


async def sign_in(visitor: Visitor, stack: RunningStack, login: str, path: str) -> Page:
    """With the password and the code that the mail catcher has."""
    page = await visitor.open(path=path)
    before = len(await mails(stack, login))
    await page.get_by_role("textbox", name="Login").fill(login)
    await page.get_by_label("Password").first.fill(keep(stack.data).password(login))
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("textbox", name="Code").fill(await code_for(stack, login, before))
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.locator("[data-row-link]").first).to_be_visible()
    return page


async def code_for(stack: RunningStack, login: str, before: int) -> str:
    async with asyncio.timeout(PATIENCE_MS / 1000):
        while len(found := await mails(stack, login)) <= before:
            await asyncio.sleep(0.1)
    async with httpx.AsyncClient(base_url=catcher(stack)) as client:
        mail = (await client.get(f"/messages/{found[0]['id']}")).json()
    codes: list[str] = CODE.findall(mail["text"])
    assert len(codes) == 1, mail["text"]
    return codes[0]


async def mails(stack: RunningStack, login: str) -> list[dict[str, str]]:
    """Newest first."""
    async with httpx.AsyncClient(base_url=catcher(stack)) as client:
        answer = await client.get("/messages", params={"to": f"{login}@shop.example"})
    found: list[dict[str, str]] = answer.json()
    return found


def catcher(stack: RunningStack) -> str:
    return f"http://127.0.0.1:{stack.ports.mail_pages}"


async def pay(page: Page, browser: Browser) -> None:
    """As the customer does, on the provider's page."""
    link = page.get_by_role("region", name="Payments").get_by_role("link", name="Open")
    address = await link.get_attribute("href")
    assert address
    customer = await browser.new_page()
    await customer.goto(address)
    await customer.get_by_role("button", name="Pay", exact=True).click()
    await customer.close()


async def _moment(awaited: Locator) -> float:
    await expect(awaited.first).to_be_visible()
    return time.monotonic()


def status(word: str) -> Look:
    return lambda tab: tab.get_by_role("main").get_by_text(word, exact=True)


def told(word: str, before: int = 0) -> Look:
    """In the history, after as many of the same."""
    return lambda tab: (
        tab.get_by_role("region", name="History").get_by_text(word, exact=True).nth(before)
    )


def parcel(number: int) -> Look:
    return lambda tab: tab.get_by_role("heading", name=f"Own courier {number}")


def lines(tab: Page) -> Locator:
    return tab.get_by_role("table", name="Lines")


def pieces(dialog: Locator, of: str) -> Locator:
    return dialog.get_by_role("spinbutton", name=re.compile(of, re.IGNORECASE))


def menu(name: str) -> str:
    return MENU % name

"""Signing in before a real browser: two steps, a forgotten password, one's own account."""

import re

import pyotp
import pytest
from playwright.async_api import Page, expect

from db.access import add_session
from tests.factories import PASSWORD
from tests.house import House
from tests.sign_in_desk import code_for, employ, mail_to
from tests.web.conftest import colleague
from tests.web.visitor import Visitor

RECOVERY_CODE = re.compile(r"^\w{4}-\w{4}-\w{4}$")
NEW = "quilted harbour seventeen"


async def enter(page: Page, login: str, password: str = PASSWORD) -> None:
    await page.get_by_role("textbox", name="Login").fill(login)
    await page.get_by_label("Password", exact=False).first.fill(password)
    await page.get_by_role("button", name="Continue").click()


@pytest.mark.requirement("R166", "R167")
async def test_a_password_and_then_the_mailed_code(shop: House, visitor: Visitor) -> None:
    employ(shop, "wren")
    page = await visitor.open(path="/orders?order=ASC")
    await enter(page, "wren")
    await expect(page.get_by_text("We have sent a code to w***@shop.example.")).to_be_visible()
    await page.get_by_role("textbox", name="Code").fill(await code_for(shop, "wren"))
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", name="Orders", level=1)).to_be_visible()
    assert "order=ASC" in page.url


@pytest.mark.requirement("R166")
async def test_a_wrong_password_is_told_and_nothing_is_opened(
    shop: House, visitor: Visitor
) -> None:
    employ(shop, "crow")
    page = await visitor.open()
    await enter(page, "crow", "not the password")
    await expect(page.get_by_role("alert")).to_have_text("The login or the password is wrong.")
    await expect(page.get_by_role("navigation", name="Menu")).to_have_count(0)


async def test_a_forgotten_password_is_chosen_anew(shop: House, visitor: Visitor) -> None:
    employ(shop, "finch")
    page = await visitor.open()
    await page.get_by_role("link", name="Forgotten your password?").click()
    await page.get_by_role("textbox", name="Login").fill("finch")
    await page.get_by_role("button", name="Send the link").click()
    await expect(page.get_by_text("If this login exists, the link is on its way.")).to_be_visible()
    mail = await mail_to(shop, "finch")
    found = re.search(r"account-links/([\w-]+)", mail.text)
    assert found, mail.text

    page = await visitor.open(path=f"/account-links/{found[1]}")
    await expect(page.get_by_text("For the login finch.")).to_be_visible()
    await page.get_by_label("New password").fill("short")
    await expect(page.get_by_text("Easy to guess: make it longer.")).to_be_visible()
    await page.get_by_label("New password").fill(NEW)
    await page.get_by_role("button", name="Set the password").click()
    await page.get_by_role("button", name="Sign in").click()
    await enter(page, "finch", NEW)
    await expect(page.get_by_role("heading", name="One more step")).to_be_visible()


async def test_language_and_colours_stay_with_the_person(shop: House, visitor: Visitor) -> None:
    session = colleague(shop, "SuperAdmin")
    page = await visitor.open(session, "/account")
    await page.get_by_role("button", name="Dark").click()
    async with page.expect_response("**/api/me/preferences"):
        await page.get_by_role("button", name="Français").click()
    await expect(page.get_by_role("heading", name="Mon compte")).to_be_visible()

    elsewhere = await visitor.open(session, "/account")
    await expect(elsewhere.get_by_role("heading", name="Mon compte")).to_be_visible()
    await expect(elsewhere.get_by_role("button", name="Sombre")).to_have_attribute(
        "aria-pressed", "true"
    )


async def test_whoever_signs_out_is_out_in_every_tab(shop: House, visitor: Visitor) -> None:
    page = await visitor.open(colleague(shop, "SuperAdmin"), "/orders")
    other = await visitor.another_tab(page.context, "/account")
    await expect(other.get_by_role("heading", name="My account")).to_be_visible()
    await page.get_by_role("button", name="Profile").click()
    await page.get_by_role("menuitem", name="Logout").click()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await expect(other.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.requirement("R166")
async def test_an_authenticator_and_then_a_recovery_code(shop: House, visitor: Visitor) -> None:
    account = employ(shop, "robin")
    with shop.db.transaction() as tx:
        session = add_session(tx, account)
    page = await visitor.open(session, "/account")
    await page.get_by_role("button", name="Use an authenticator").click()
    picture = page.get_by_role("img", name="QR code")
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    secret = await page.locator("code").inner_text()
    await page.get_by_role("textbox", name="Code").fill(pyotp.TOTP(secret).now())
    await page.get_by_role("button", name="Confirm").click()
    await expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    code = await page.get_by_role("listitem").filter(has_text=RECOVERY_CODE).first.inner_text()

    elsewhere = await visitor.open(path="/orders")
    await enter(elsewhere, "robin")
    await expect(elsewhere.get_by_text("Enter the code that your authenticator")).to_be_visible()
    await elsewhere.get_by_role("textbox", name="Code").fill(code)
    await elsewhere.get_by_role("button", name="Sign in").click()
    await expect(elsewhere.get_by_role("heading", name="Orders", level=1)).to_be_visible()

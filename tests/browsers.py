"""A real browser: one for all tests of a process."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from api.web import BUILT
from local.browser import NONE, find_browser

QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    if not BUILT.joinpath("index.html").is_file():
        pytest.skip("The pages are not built: `python -m local.pages` builds them.")
    chosen = find_browser()
    if chosen is None:
        pytest.skip(NONE)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chosen, args=QUIET)
        yield opened
        await opened.close()

"""Somebody before a browser, and what goes wrong in their pages."""

from typing import Literal
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
)

from api.access import SESSION_COOKIE

WIDE, PHONE = (1280, 900), (390, 844)
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)
FORBIDDEN = "Content Security Policy"


class Visitor:
    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self.address = address
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    async def open(
        self,
        session: str | None = None,
        path: str = "/",
        *,
        size: tuple[int, int] = WIDE,
        language: str = "en",
        colours: Literal["light", "dark"] = "light",
    ) -> Page:
        context = await self._browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=language,
            color_scheme=colours,
            reduced_motion="reduce",
        )
        self._contexts.append(context)
        if session:
            await context.add_cookies(
                [
                    {
                        "name": SESSION_COOKIE,
                        "value": session,
                        "url": self.address.removesuffix("admin/"),
                    }
                ]
            )
        return await self.another_tab(context, path)

    async def another_tab(self, context: BrowserContext, path: str = "/") -> Page:
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)
        page.on("request", self._see)
        await page.goto(f"{self.address}#{path}")
        return page

    async def leave(self) -> None:
        for context in self._contexts:
            await context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if FORBIDDEN in message.text:
            self.complaints.append(message.text)

    def _see(self, request: Request) -> None:
        """Nothing is fetched from anybody else."""
        parts = urlsplit(request.url)
        if parts.scheme.startswith("http") and parts.netloc != urlsplit(self.address).netloc:
            self.complaints.append(f"{request.method} {request.url}")

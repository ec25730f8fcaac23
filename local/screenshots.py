"""`make screenshots`: every page of the running shop as a picture, for people who look at all."""

import argparse
import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.async_api import Browser, Page, Route, async_playwright

from api.access import SESSION_COOKIE
from config import Settings
from db.engine import Database
from local.browser import find_browser
from local.child import ROOT
from local.demo.orders import session_of
from local.environment import complete_beside_a_stack
from local.errors import CannotStart
from local.health import is_healthy
from local.screens import every_address, show

Colours = Literal["light", "dark"]
LANGUAGES = ("en", "fr", "ru")
SIZES = {"wide": (1280, 900), "phone": (390, 844)}
PICTURES = ROOT / "docs" / "screenshots"
SHARPNESS = 1.5
TONES = 128


@dataclass(frozen=True)
class Taste:
    language: str = "en"
    colours: Colours = "light"
    size: str = "wide"

    @property
    def folder(self) -> str:
        return f"{self.language}-{self.colours}-{self.size}"


# For README.md. `*` stands for the first there is.
BEST: dict[str, tuple[str, Taste]] = {
    "today": ("/", Taste()),
    "orders": ("/orders", Taste()),
    "order": ("/orders/*/show", Taste()),
    "rights-in-the-dark": ("/groups/*/show", Taste(colours="dark")),
    "telephone": ("/orders/*/show", Taste("fr", size="phone")),
}


class Studio:
    """A browser before the running shop, signed in as its owner."""

    def __init__(self, browser: Browser, settings: Settings, session: str) -> None:
        self._browser = browser
        self._session = session
        self._site = f"http://127.0.0.1:{settings.port}/"
        self.base = f"{self._site}admin/"

    @asynccontextmanager
    async def page(self, taste: Taste, sharpness: float = 1) -> AsyncIterator[Page]:
        width, height = SIZES[taste.size]
        context = await self._browser.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=sharpness,
            color_scheme=taste.colours,
            reduced_motion="reduce",
        )
        cookie = {"name": SESSION_COOKIE, "value": self._session, "url": self._site}
        await context.add_cookies([cookie])  # type: ignore[list-item]
        page = await context.new_page()
        await page.route("**/api/me/preferences", _preferring(taste))
        yield page
        await context.close()

    async def take_all(self, tastes: Iterable[Taste], folder: Path) -> int:
        async with self.page(Taste()) as page:
            addresses = await every_address(page, self.base)
        many = 0
        for taste in tastes:
            many += await self._take(taste, addresses, folder / taste.folder)
        return many

    async def take_best(self) -> None:
        async with self.page(Taste()) as page:
            addresses = await every_address(page, self.base)
        for name, (path, taste) in BEST.items():
            async with self.page(taste, SHARPNESS) as page:
                await show(page, self.base, _first_like(path, addresses))
                _keep_small(await page.screenshot(), PICTURES / f"{name}.png")

    async def _take(self, taste: Taste, addresses: list[str], folder: Path) -> int:
        folder.mkdir(parents=True, exist_ok=True)
        async with self.page(taste) as page:
            for path in addresses:
                await show(page, self.base, path)
                name = path.strip("/").replace("/", "-") or "start"
                await page.screenshot(path=folder / f"{name}.png", full_page=True)
        return len(addresses)


def main() -> None:
    options = _options()
    settings = Settings.from_environment(complete_beside_a_stack(os.environ))
    if not is_healthy(settings):
        raise SystemExit("Nothing runs here to be shown: start it with `make run` first.")
    asyncio.run(_take(settings, options))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="screenshots", description=__doc__)
    parser.add_argument("--best", action="store_true", help="only those of README.md")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument(
        "--colours", nargs="+", choices=("light", "dark"), default=("light", "dark")
    )
    return parser.parse_args()


async def _take(settings: Settings, options: argparse.Namespace) -> None:
    db = Database.connect(settings.database_url)
    try:
        with session_of(db, "owner") as session:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=find_browser())
                await _with(Studio(browser, settings, session), settings, options)
                await browser.close()
    finally:
        db.close()


async def _with(studio: Studio, settings: Settings, options: argparse.Namespace) -> None:
    if options.best:
        await studio.take_best()
        print(f"Written to {PICTURES}")
        return
    folder = settings.data / "screenshots"
    tastes = [Taste(*each) for each in product(options.languages, options.colours, SIZES)]
    print(f"{await studio.take_all(tastes, folder)} pictures are in {folder}")


def _preferring(taste: Taste) -> Callable[[Route], Awaitable[None]]:
    """What the owner prefers stays as it is: these answers never reach the server."""

    async def answer(route: Route) -> None:
        await route.fulfill(json={"locale": taste.language, "theme": taste.colours})

    return answer


def _first_like(path: str, addresses: list[str]) -> str:
    start, _, end = path.partition("*")
    for address in addresses:
        if address.startswith(start) and address.endswith(end):
            return address
    raise CannotStart(f"The demo shop has no {path} to show.")


def _keep_small(picture: bytes, file: Path) -> None:
    """As few tones as nobody misses: README.md should open at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    reduced = Image.open(BytesIO(picture)).convert("RGB").quantize(TONES)
    reduced.save(file, optimize=True)


if __name__ == "__main__":
    main()

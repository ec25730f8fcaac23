"""`make screenshots`: every page of the running shop as a picture, for people who look at all."""

import argparse
import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
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
from local.screens import every_page, first, show

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

    async def take_best(self) -> None:
        for name, (path, taste) in BEST.items():
            async with self.page(taste, SHARPNESS) as page:
                await show(page, self.base, await self._address(page, path))
                _keep_small(await page.screenshot(), PICTURES / f"{name}.png")

    async def take_all(self, taste: Taste, folder: Path) -> int:
        folder.mkdir(parents=True, exist_ok=True)
        taken = 0
        async with self.page(taste) as page:
            async for path in every_page(page, self.base):
                name = path.strip("/").replace("/", "-") or "start"
                await page.screenshot(path=folder / f"{name}.png", full_page=True)
                taken += 1
        return taken

    async def _address(self, page: Page, path: str) -> str:
        if "*" not in path:
            return path
        name = path.split("/")[1]
        await show(page, self.base, f"/{name}")
        found = await first(page, name)
        if found is None:
            raise CannotStart(f"The demo shop has no {path} to show.")
        return path.replace("*", found)


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
    taken = [await studio.take_all(taste, folder / taste.folder) for taste in tastes]
    print(f"{sum(taken)} pictures are in {folder}")


def _preferring(taste: Taste) -> Callable[[Route], Awaitable[None]]:
    """What the owner prefers stays as it is: these answers never reach the server."""

    async def answer(route: Route) -> None:
        await route.fulfill(json={"locale": taste.language, "theme": taste.colours})

    return answer


def _keep_small(picture: bytes, file: Path) -> None:
    """As few tones as nobody misses: README.md should open at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    reduced = Image.open(BytesIO(picture)).convert("RGB").quantize(TONES)
    reduced.save(file, optimize=True)


if __name__ == "__main__":
    main()

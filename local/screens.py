"""Every page of the back office, read off its table of contents: nothing is listed twice."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

from playwright.async_api import Page, expect

from local.pages import WEB

ADMIN = WEB / "admin"
LISTED = re.compile(r"^  \{\n(.*?)^  \},", re.DOTALL | re.MULTILINE)
NAME = re.compile(r"\bname: '([\w-]+)'")
PART = re.compile(r"^    (page|create|edit): ", re.MULTILINE)
ROUTE = re.compile(r'<Route path="(/[\w-]*)"')
# Opened over their list, and so no pages of their own.
WINDOWS = {"products": {"create", "page"}}
READING = ".MuiSkeleton-root, .MuiCircularProgress-root, [aria-busy=true]"
BREATH_MS = 300
PATIENCE_MS = 20_000


@dataclass(frozen=True)
class Screen:
    name: str
    parts: frozenset[str]

    @property
    def leads_on(self) -> bool:
        """From a row of its list."""
        return not self.parts.isdisjoint({"page", "edit"})

    def pages(self, found: str | None) -> list[str]:
        """Its addresses; `found` is the id of something to look at, where there is something."""
        made = {"create": f"/{self.name}/create"}
        if found is not None:
            made |= {"page": f"/{self.name}/{found}/show", "edit": f"/{self.name}/{found}"}
        return [made[part] for part in sorted(self.parts) if part in made]


def screens() -> list[Screen]:
    text = (ADMIN / "screens.tsx").read_text()
    return [
        Screen(name, frozenset({*PART.findall(entry), *WINDOWS.get(name, ())}))
        for entry in LISTED.findall(text)
        for name in NAME.findall(entry)[:1]
    ]


def others() -> list[str]:
    """Pages that belong to no resource, and the sections of the settings."""
    routes = ROUTE.findall((ADMIN / "house" / "BackOffice.tsx").read_text())
    sections = NAME.findall((ADMIN / "settings" / "sections.ts").read_text())
    return [*routes, *(f"/settings/{name}" for name in dict.fromkeys(sections))]


async def every_page(page: Page, base: str) -> AsyncIterator[str]:
    """The address of each while it stands; `page` belongs to somebody who may see all of it."""
    for path in others():
        await show(page, base, path)
        yield path
    for screen in screens():
        await show(page, base, f"/{screen.name}")
        found = await first(page, screen.name) if screen.leads_on else None
        yield f"/{screen.name}"
        for path in screen.pages(found):
            await show(page, base, path)
            yield path


async def show(page: Page, base: str, path: str) -> None:
    """Opens it and waits until all of it stands; a window hides the page below from readers."""
    await page.goto(f"{base}#{path}")
    standing = page.get_by_role("heading", level=1).or_(page.get_by_role("dialog"))
    await expect(standing.first).to_be_visible(timeout=PATIENCE_MS)
    await page.wait_for_timeout(BREATH_MS)
    await expect(page.locator(READING)).to_have_count(0, timeout=PATIENCE_MS)


async def first(page: Page, name: str) -> str | None:
    """The id in the first row of the list that stands."""
    rows = page.locator(f'main a[href^="#/{name}/"]:not([href$="/create"])')
    if not await rows.count():
        return None
    address = await rows.first.get_attribute("href")
    return (address or "").split("?")[0].split("/")[2]

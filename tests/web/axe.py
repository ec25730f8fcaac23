"""What keeps some people from using a page."""

from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Page


async def barriers(page: Page) -> list[str]:
    """What axe finds that is serious."""
    results = await Axe().run(page)
    return [
        f"{each['id']}: {node['html'][:200]}"
        for each in results.response["violations"]
        if each["impact"] in ("critical", "serious")
        for node in each["nodes"]
    ]

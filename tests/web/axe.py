"""What keeps some people from using a page."""

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.async_api import Page

SERIOUS = """async () => {
  const { violations } = await axe.run({ resultTypes: ['violations'], iframes: false });
  return violations
    .filter(({ impact }) => impact === 'critical' || impact === 'serious')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}"""


async def barriers(page: Page) -> list[str]:
    """What axe finds that is serious."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE_SCRIPT)
    found: list[str] = await page.evaluate(SERIOUS)
    return found

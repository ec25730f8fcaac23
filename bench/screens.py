"""The pages before a real browser: a list of three years of orders, and eight tabs at once."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from urllib.parse import quote

import httpx
from playwright.sync_api import BrowserContext, Page, Request, sync_playwright
from sqlalchemy import insert, select

from api.access import SESSION_COOKIE
from bench.figures import Figure, spread, timed
from bench.seed_orders import seed
from bench.shop import add_key
from bench.stack import Stack, running
from db.access import add_session
from db.engine import Database, Session
from db.groups import find_group_id
from db.tables.access import Account
from db.tables.staff import StaffGroup, StaffMember
from domain.access import EVERYTHING
from local.browser import find_browser
from local.pages import build

ORDERS, QUICK_ORDERS = 200_000, 20_000
CALLS, QUICK_CALLS = 40, 10
TABS = 8
ROWS = "document.querySelectorAll('[data-row-link]')"
FOUND = f"number => [...{ROWS}].some(row => row.textContent.includes(number))"
FIRST_PAGE = 50
# Milliseconds from the start of the page to the first picture that shows rows.
PAINTED = """new MutationObserver((_, watching) => {
  if (!document.querySelector('[data-row-link]')) return;
  watching.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now(); }));
}).observe(document, { childList: true, subtree: true })"""
HEADED = "name => document.querySelector('h1')?.textContent === name"


def measure(quick: bool) -> list[Figure]:
    build()
    orders, calls = (QUICK_ORDERS, QUICK_CALLS) if quick else (ORDERS, CALLS)
    with running() as stack:
        seed(stack.settings.owner_url, orders)
        session, key = _enter(stack)
        with _browsing(stack, session) as context:
            return [*_list(context, stack, orders, calls), *_tabs(context, stack, key, calls)]


def _list(context: BrowserContext, stack: Stack, orders: int, calls: int) -> list[Figure]:
    page = context.new_page()
    opened = [_open_list(page, stack) for _ in range(calls + 1)]
    chance = random.Random(7)
    newest = _number(page)
    wanted = [str(newest - chance.randrange(FIRST_PAGE, orders // 2)) for _ in range(calls)]
    filtered = [timed(partial(_filter, page, number)) for number in wanted]
    return [*spread("list, opened", opened[1:]), *spread("list, another filter", filtered)]


def _open_list(page: Page, stack: Stack) -> float:
    page.goto("about:blank")
    page.goto(_address(stack, "/orders"))
    painted: float = page.wait_for_function("() => window.painted").json_value()
    return painted


def _filter(page: Page, number: str) -> None:
    query = quote(f'{{"q":"{number}"}}')
    page.evaluate("hash => { location.hash = hash }", f"#/orders?filter={query}&page=1&perPage=50")
    page.wait_for_function(FOUND, arg=number)


def _number(page: Page) -> int:
    text = page.locator("[data-row-link]").first.inner_text()
    return int("".join(filter(str.isdigit, text)))


def _tabs(context: BrowserContext, stack: Stack, key: str, calls: int) -> list[Figure]:
    """How many streams they hold together, and when the last of them shows what has changed."""
    streams: list[Request] = []
    context.on("request", lambda request: _note(streams, request))
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=stack.url, headers=headers, trust_env=False) as api:
        made = api.post("/customers", json={"name": "Customer 0"}).raise_for_status().json()
        path = f"/customers/{made['id']}"
        for page in context.pages:
            page.close()
        pages = [context.new_page() for _ in range(TABS)]
        for page in pages:
            page.goto(_address(stack, f"{path}/show"))
            page.wait_for_function(HEADED, arg="Customer 0")
        times = [_rename(api, path, f"Customer {turn}", pages) for turn in range(1, calls + 1)]
    held = Figure(f"streams of {TABS} tabs", len(streams), "streams")
    return [held, *spread(f"until {TABS} tabs show a change", times)]


def _note(streams: list[Request], request: Request) -> None:
    if request.url.endswith("/api/events"):
        streams.append(request)


def _rename(api: httpx.Client, path: str, name: str, pages: list[Page]) -> float:
    version = api.get(path).raise_for_status().json()["version"]
    began = time.perf_counter()
    api.patch(path, json={"version": version, "name": name}).raise_for_status()
    for page in pages:
        page.wait_for_function(HEADED, arg=name)
    return (time.perf_counter() - began) * 1000


def _address(stack: Stack, path: str) -> str:
    return f"http://127.0.0.1:{stack.ports.api}/admin/#{path}"


@contextmanager
def _browsing(stack: Stack, session: str) -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser())
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en")
        url = f"http://127.0.0.1:{stack.ports.api}/"
        context.add_init_script(PAINTED)
        context.add_cookies([{"name": SESSION_COOKIE, "value": session, "url": url}])
        yield context
        browser.close()


def _enter(stack: Stack) -> tuple[str, str]:
    """A SuperAdmin's session, and a key of everything."""
    db = Database.connect(stack.settings.database_url, pool_size=1)
    try:
        with db.transaction() as tx:
            return add_session(tx, _account(tx)), add_key(tx, "owner", EVERYTHING)
    finally:
        db.close()


def _account(tx: Session) -> int:
    member = tx.scalars(select(StaffMember.id).order_by(StaffMember.id)).first()
    group = find_group_id(tx, "SuperAdmin")
    tx.execute(insert(StaffGroup).values(staff_id=member, group_id=group))
    values = {"realm": "staff", "login": "bench", "staff_id": member}
    made = tx.execute(insert(Account).values(**values).returning(Account.id))
    return int(made.scalar_one())

"""The list of a shop with three years of orders: in the database, and as a screen gets it."""

import httpx

from bench import order_list
from bench.figures import Figure, spread, timed
from bench.seed_orders import seed
from bench.shop import add_key
from bench.stack import Stack, running
from db.engine import Database
from domain.access import EVERYTHING

ORDERS = 200_000
QUICK_ORDERS = 20_000


def measure(quick: bool) -> list[Figure]:
    with running() as stack:
        seed(stack.settings.owner_url, QUICK_ORDERS if quick else ORDERS)
        calls = 10 if quick else order_list.CALLS
        return order_list.measure(stack.settings.database_url, calls) + _over_http(stack, calls)


def _over_http(stack: Stack, calls: int) -> list[Figure]:
    headers = {"Authorization": f"Bearer {_owner(stack)}"}
    with httpx.Client(base_url=stack.url, headers=headers, trust_env=False) as owner:

        def page() -> None:
            owner.get("/orders").raise_for_status()

        page()
        return spread("first page over HTTP", [timed(page) for _ in range(calls)])


def _owner(stack: Stack) -> str:
    db = Database.connect(stack.settings.database_url, pool_size=1)
    try:
        with db.transaction() as tx:
            return add_key(tx, "owner", EVERYTHING)
    finally:
        db.close()

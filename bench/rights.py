"""What it costs a request to know who asks and what they may: by itself, and within an answer."""

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import httpx
from sqlalchemy import insert

from bench.figures import Figure, timed
from bench.seed_orders import seed
from bench.stack import Stack, running
from db import history
from db.access import add_session, find_person
from db.engine import Database
from db.groups import find_group_id, stored_fields, stored_rights
from db.tables.access import Account
from db.tables.staff import Group, StaffGroup, StaffMember
from domain.access import EVERYTHING, Grants, Right

CALLS, QUICK_CALLS = 1000, 200
PAGES, QUICK_PAGES = 200, 40
ORDERS = 2_000


def measure(quick: bool) -> list[Figure]:
    with running() as stack:
        seed(stack.settings.owner_url, ORDERS)
        db = Database.connect(stack.settings.database_url, pool_size=1)
        try:
            seeing, blind = _hire(db, EVERYTHING.fields), _hire(db, _without_money())
            return [
                *_alone(db, blind, QUICK_CALLS if quick else CALLS),
                *_in_answers(stack, seeing, blind, QUICK_PAGES if quick else PAGES),
            ]
        finally:
            db.close()


def _alone(db: Database, token: str, calls: int) -> list[Figure]:
    """One statement for session, groups and branches; then rights and fields are added up."""

    def empty() -> None:
        with db.transaction() as tx:
            tx.connection()

    def ask() -> None:
        with db.transaction() as tx:
            person = find_person(tx, token)
        assert person
        assert person.may(Right.ORDER_READ)
        assert person.hidden_keys

    bare, asked = _median(empty, calls), _median(ask, calls)
    began = time.thread_time()
    for _ in range(calls):
        ask()
    cpu = (time.thread_time() - began) * 1000 / calls
    return [
        Figure("who asks and what they may, p50", round(asked, 2), "ms"),
        Figure("of that the statement and the rights, p50", round(asked - bare, 2), "ms"),
        Figure("of that CPU of the API, mean", round(cpu, 2), "ms"),
    ]


def _in_answers(stack: Stack, seeing: str, blind: str, pages: int) -> list[Figure]:
    """A page of 50 orders in full, and without its money."""
    client = httpx.Client(base_url=stack.url, trust_env=False)
    with client:

        def page(token: str) -> Callable[[], Any]:
            cookie = {"Cookie": f"backoffice_session={token}"}
            return lambda: client.get("/orders", headers=cookie).raise_for_status()

        assert "total" not in json.loads(page(blind)().content)["rows"][0]
        in_turn = [(timed(page(seeing)), timed(page(blind))) for _ in range(pages)]
    full, cut = (statistics.median(each) for each in zip(*in_turn, strict=True))
    return [
        Figure("50 orders, nothing hidden, p50", round(full, 1), "ms"),
        Figure("50 orders, money hidden, p50", round(cut, 1), "ms", round(cut / full, 2)),
    ]


def _median(call: Callable[[], object], calls: int) -> float:
    call()
    return statistics.median(timed(call) for _ in range(calls))


def _without_money() -> dict[str, Any]:
    money = {"order.total", "order.captured", "order.refunded"}
    return {key: level for key, level in EVERYTHING.fields.items() if key not in money}


def _hire(db: Database, fields: Any) -> str:
    """Somebody in two groups, who sees these fields."""
    name = f"bench {len(fields)}"
    grants = Grants(EVERYTHING.rights, fields)
    stored = {"rights": stored_rights(grants), "fields": stored_fields(grants)}
    with db.transaction() as tx:
        tx.execute(insert(Group).values(name=name, level=50, **stored))
        staff = StaffMember(name=name)
        tx.add(staff)
        tx.flush()
        for group in (name, "Translator"):
            tx.add(StaffGroup(staff_id=staff.id, group_id=find_group_id(tx, group)))
        account = Account(realm="staff", login=name, staff_id=staff.id)
        tx.add(account)
        tx.flush()
        history.append(tx, history.Entry("staff", staff.id, "staff.created", "system"))
        return add_session(tx, account.id)

"""Every route, asked by everybody who may not use it and by those who may."""

import hashlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from sqlalchemy import insert, select, text
from temporalio.client import Client

from db import history
from db.access import CUSTOMER_PREFIX, STAFF_PREFIX, add_session, new_token, token_hash
from db.engine import Base, Database
from db.groups import find_group_id, stored_fields, stored_rights
from db.tables.access import Account, ApiKey
from db.tables.access import Session as SessionRow
from db.tables.shop import Branch
from db.tables.staff import Group
from domain.access import BOUND_TO_BRANCHES, EVERYTHING, Grants, Reach, Right
from tests.api.planted import Planted, plant
from tests.api.routes_table import PROGRAMS_TOO, ROUTES, Entry
from tests.api.served import Served, as_person, every_route, open_api
from tests.factories import add_key, add_staff
from tests.house import speaking
from tests.recorded import UNRECORDED
from tests.test_house_rules import FOR_ALL_SIGNED_IN, FOR_CUSTOMERS, OPEN_TO_ALL

NOBODY = str(UUID(int=0))
IDS = {
    "event": "order_placed", "audience": "staff", "channel": "email", "language": "en",
    "provider": "yookassa", "key": "shirt", "code": "marker-list",
    "shipment_id": NOBODY, "change_id": NOBODY, "notice_id": NOBODY, "view_id": NOBODY,
    "image_id": NOBODY,
}  # fmt: skip
NO_NUMBER = "999999"
NEEDED = {"sku": "MUG"}
NOT_UNDERSTOOD = "x"
"""A body that no route understands: who gets so far was let in, and nothing is done."""
READING = [right for right in Right if right.command == "read"]
Who = dict[str, str]


class Desk:
    """The API over the planted shop, and everybody who may knock."""

    def __init__(self, db: Database, routes: list[Served], client: httpx.AsyncClient) -> None:
        self._db, self._client = db, client
        self.shop: Planted = plant(db)
        self.routes = {served.name: served for served in routes if not served.is_endless}
        self._people: dict[str, Who] = {}
        self._far = self._add_branch()
        self.ids = IDS | self._own_ids() | self.shop.ids

    def holder(self, right: Right | None, reach: Reach = Reach.ALL) -> Who:
        """Reads everything and holds this right; to own branches only: of one that is far away."""
        rights = dict.fromkeys([*READING, *([right] if right else [])], reach)
        return self._person(f"{right} {reach}", rights, far=reach is Reach.OWN)

    def lacking(self, right: Right) -> Who:
        """Holds every right but this one."""
        return self._person(f"no {right}", _every_right_but(right))

    def key(self, right: Right | None) -> Who:
        rights = dict.fromkeys([*READING, *([right] if right else [])], Reach.ALL)
        return self._program(f"key {right}", rights)

    def lacking_key(self, right: Right) -> Who:
        return self._program(f"key without {right}", _every_right_but(right))

    def half(self) -> Who:
        """The password was right; the code is still owed."""
        token = new_token(STAFF_PREFIX)
        ends = datetime.now(UTC) + timedelta(hours=1)
        with self._db.transaction() as tx:
            account = tx.scalars(select(Account.id).where(Account.login == "owner")).one()
            row = insert(SessionRow).values(account_id=account, is_full=False, expires_at=ends)
            tx.execute(row.values(token_hash=token_hash(token)))
        return as_person(token)

    def customer(self) -> Who:
        """A customer's session, shown at the door for staff."""
        customer = int(self.shop.ids["customer_id"])
        with self._db.transaction() as tx:
            account = Account(realm="customer", login="c@example.org", customer_id=customer)
            tx.add(account)
            tx.flush()
            history.append(tx, history.Entry("test", 1, "account.created", "system"))
            return as_person(add_session(tx, account.id, CUSTOMER_PREFIX))

    async def ask(self, name: str, who: Who) -> httpx.Response:
        served = self.routes[name]
        ids = dict.fromkeys(_names(served.path), NO_NUMBER) | self.ids
        return await self._client.request(
            served.method,
            served.path.format(**ids),
            params={name: NEEDED[name] for name in served.needed if name in NEEDED},
            json=NOT_UNDERSTOOD if served.route.body_field else None,
            headers=who,
        )

    def books(self) -> dict[str, str]:
        """By table: what all its rows come to."""
        tables = sorted({*Base.metadata.tables} - UNRECORDED | {"history"})
        with self._db.transaction() as tx:
            rows = {
                table: tx.execute(text(f"SELECT t::text FROM {table} t ORDER BY 1")).all()
                for table in tables
            }
        return {
            table: hashlib.sha256(repr(every).encode()).hexdigest() for table, every in rows.items()
        }

    def _person(self, name: str, rights: dict[Right, Reach], *, far: bool = False) -> Who:
        if name not in self._people:
            grants = Grants(rights, EVERYTHING.fields)
            stored = {"rights": stored_rights(grants), "fields": stored_fields(grants)}
            with self._db.transaction() as tx:
                tx.execute(insert(Group).values(name=name, level=5, **stored))
                history.append(tx, history.Entry("test", 1, "group.created", "system"))
                branch = self._far if far else self.shop.shop.branch_id
                self._people[name] = as_person(add_staff(tx, name, name, branch))
        return self._people[name]

    def _program(self, name: str, rights: dict[Right, Reach]) -> Who:
        if name not in self._people:
            with self._db.transaction() as tx:
                token = add_key(tx, name, Grants(rights, EVERYTHING.fields))
            self._people[name] = speaking(token)
        return self._people[name]

    def _add_branch(self) -> int:
        with self._db.transaction() as tx:
            branch = Branch(code="far", name="Far", country="RU")
            tx.add(branch)
            tx.flush()
            history.append(tx, history.Entry("test", 1, "branch.opened", "system"))
            return branch.id

    def _own_ids(self) -> dict[str, str]:
        with self._db.transaction() as tx:
            key = tx.scalars(select(ApiKey.id)).first()
            ids = {"group_id": find_group_id(tx, "Translator"), "key_id": key}
        shop = self.shop.shop
        ids |= {"branch_id": shop.branch_id, "channel_id": shop.channel_id}
        return {name: str(id) for name, id in ids.items()}


def _every_right_but(right: Right) -> dict[Right, Reach]:
    return {each: Reach.ALL for each in Right if each is not right}


def _names(path: str) -> list[str]:
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]


@pytest.fixture
async def desk(
    db: Database, database_url: str, temporal: Client, tmp_path: Path
) -> AsyncIterator[Desk]:
    async with open_api(database_url, temporal, tmp_path) as (app, client):
        yield Desk(db, list(every_route(app)), client)


async def test_the_table_names_every_route(desk: Desk) -> None:
    open_ones = {*OPEN_TO_ALL, *FOR_ALL_SIGNED_IN, *FOR_CUSTOMERS}
    assert {*ROUTES} == {*desk.routes} - open_ones


@pytest.mark.requirement("R4", "R7", "R8", "R9", "R58", "R333")
async def test_whoever_may_not_is_refused_and_nothing_changes(desk: Desk) -> None:
    strangers = {"nobody": {}, "half": desk.half(), "customer": desk.customer()}
    people = {name: (desk.lacking(entry.right), desk.lacking_key(entry.right))
              for name, entry in ROUTES.items()}  # fmt: skip
    program = desk.key(None)
    before = desk.books()
    wrong = []
    for name in desk.routes.keys() - OPEN_TO_ALL:
        asked = [(who, 401) for who in strangers.values()]
        asked += [(who, 403) for who in people.get(name, ())]
        if name in FOR_ALL_SIGNED_IN - PROGRAMS_TOO:
            asked.append((program, 403))
        if name in FOR_CUSTOMERS:
            asked.append((program, 401))
        for who, expected in asked:
            answer = await desk.ask(name, who)
            if answer.status_code != expected:
                wrong.append((name, expected, answer.status_code, answer.text[:100]))
    assert wrong == []
    assert desk.books() == before


@pytest.mark.requirement("R59", "R118", "R301", "R326")
async def test_whoever_works_elsewhere_reaches_nothing_here(desk: Desk) -> None:
    people = {name: desk.holder(entry.right, Reach.OWN) for name, entry in _bound()}
    before = desk.books()
    wrong = []
    for name, entry in _bound():
        answer = await desk.ask(name, people[name])
        told = [mark for mark in _markers(desk, entry) if mark in answer.text]
        if answer.status_code != entry.elsewhere_of(name) or told:
            wrong.append((name, entry.elsewhere_of(name), answer.status_code, told))
    assert wrong == []
    # An export of nothing is told in history too.
    assert desk.books() | {"history": ""} == before | {"history": ""}


def _bound() -> Iterator[tuple[str, Entry]]:
    return (
        (name, entry) for name, entry in ROUTES.items() if entry.right.noun in BOUND_TO_BRANCHES
    )


def _markers(desk: Desk, entry: Entry) -> list[str]:
    noun = "order" if entry.right.noun in ("payment", "process") else entry.right.noun
    return [
        mark
        for field, marks in desk.shop.markers.items()
        if field.startswith(f"{noun}.") and field != "customer.consents"
        for mark in marks
    ]


@pytest.mark.requirement("R59", "R118", "R352")
async def test_whoever_holds_the_right_is_let_in(desk: Desk) -> None:
    wrong = []
    for name, entry in ROUTES.items():
        expected = entry.may_of(name)
        for who in (desk.holder(entry.right), desk.key(entry.right)):
            answer = await desk.ask(name, who)
            if answer.status_code != expected:
                wrong.append((name, expected, answer.status_code, answer.text[:100]))
            expected = entry.program or expected
    assert wrong == []

"""Every guarded field, over every route: hidden it is told nowhere, readable it is not set."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import insert
from temporalio.client import Client

from api.field_shapes import Shape, every_model
from api.fields import OPENAPI_KEY, answer_shapes, body_shape, nouns_of_route
from db import history
from db.engine import Database
from db.groups import stored_fields, stored_rights
from db.tables.staff import Group
from domain.access import (
    EVERY_FIELD,
    EVERYTHING,
    GUARDED,
    WRITABLE,
    FieldLevel,
    Grants,
    guarded,
    told_by,
)
from tests.api.planted import PLANTED, Planted, plant
from tests.api.served import Served, as_person, every_route, open_api
from tests.factories import add_staff

HIDDEN, READ, WRITE = FieldLevel
ASKED = {
    "subject_id": PLANTED,
    "stock": "in",
    "below": "5",
    "custom": "shirt:x",
    "sku": "MUG",
    "currency": "RUB",
}
"""Values that filters of one kind take; the others take a number."""
# Names that some noun guards, where they tell of another thing.
OPEN = {
    "Affected.difference": "of rights",
    "BandEdit.price": "what shipping costs in general",
    "LineQuantities.allocated": "pieces of one line",
    "LinkRead.login": "one's own",
    "Me.login": "one's own",
    "MethodCreate.tax_class": "of shipping",
    "MethodEdit.tax_class": "of shipping",
    "ParcelQuote.price": "what the carrier asks for",
    "Rate.tax_class": "the tax table itself",
    "RateEdit.tax_class": "the tax table itself",
    "ResetRequest.login": "one's own",
    "SessionRead.address": "where one signed in from oneself",
    "ShippingMethod.tax_class": "of shipping",
    "ShopEdit.email": "the shop's own",
    "ShopEdit.phone": "the shop's own",
    "ShopRead.email": "the shop's own",
    "ShopRead.phone": "the shop's own",
    "SignIn.login": "one's own",
    "Spent.amount": "inside of what a customer spent, which is guarded as a whole",
}
CUSTOMERS_OWN = "/api/shop/"
"""A customer's own, told to nobody else."""
# Where anything may stand, and nothing of any noun.
FREE = {
    "api-keys": "rights",
    "categories": "names in languages, and rules",
    "custom-fields": "labels in languages",
    "groups": "rights",
    "me": "one's own",
    "session": "one's own rights",
    "settings": "addresses of providers, and their forms",
    "webhooks": "what providers tell",
}


class Desk:
    """The API over the planted shop, and whoever asks it."""

    def __init__(self, db: Database, routes: list[Served], client: httpx.AsyncClient) -> None:
        self._db, self._client = db, client
        self.shop: Planted = plant(db)
        self.routes = routes
        self.owner = as_person(self.shop.owner)

    def person(self, field: str, level: FieldLevel) -> dict[str, str]:
        """May do everything, and sees and sets everything but this one field. By name they come
        after all others, so that these stay on the first pages of lists."""
        grants = Grants(EVERYTHING.rights, {**EVERYTHING.fields, field: level})
        name = f"z-{field}-{level}"
        stored = {"rights": stored_rights(grants), "fields": stored_fields(grants)}
        with self._db.transaction() as tx:
            tx.execute(insert(Group).values(name=name, level=50, **stored))
            history.append(tx, history.Entry("test", 1, "group.created", "system"))
            return as_person(add_staff(tx, name, name))

    async def get(self, path: str, who: dict[str, str], **params: Any) -> httpx.Response:
        return await self._client.get(path, params=params, headers=who)

    async def send(self, served: Served, who: dict[str, str], body: Any) -> httpx.Response:
        path = self.path(served) or served.path
        return await self._client.request(served.method, path, json=body, headers=who)

    def path(self, served: Served) -> str | None:
        """None: it is about something that is not in this shop."""
        try:
            return served.path.format(**self.shop.ids)
        except KeyError:
            return None

    def readable(self) -> Iterator[tuple[Served, str]]:
        for served in self.routes:
            path = self.path(served)
            if served.method == "GET" and path is not None and not served.is_endless:
                yield served, path

    async def telling(self) -> dict[str, list[tuple[str, dict[str, str]]]]:
        """By guarded field: where its values are told to the owner."""
        found: dict[str, list[tuple[str, dict[str, str]]]] = {field: [] for field in EVERY_FIELD}
        for served, path in self.readable():
            wanted = served.needed | ({"subject_id"} & served.queries)
            params = {name: ASKED[name] for name in wanted}
            answer = await self.get(path, self.owner, **params)
            for field, markers in self.shop.markers.items():
                if path == "/api/mailing-lists" and field == "customer.consents":
                    continue  # the lists themselves, whoever is on them
                if answer.status_code == 200 and any(mark in answer.text for mark in markers):
                    found[field].append((path, params))
        return found


@pytest.fixture
async def desk(
    db: Database, database_url: str, temporal: Client, tmp_path: Path
) -> AsyncIterator[Desk]:
    async with open_api(database_url, temporal, tmp_path) as (app, client):
        yield Desk(db, list(every_route(app)), client)


@pytest.mark.requirement("R7", "R8", "R10", "R117")
async def test_a_hidden_field_is_told_nowhere(desk: Desk) -> None:
    telling = await desk.telling()
    assert {field for field, places in telling.items() if not places} == set()
    for field, places in telling.items():
        blind, reader = desk.person(field, HIDDEN), desk.person(field, READ)
        markers = desk.shop.markers[field]
        for path, params in places:
            shown = await desk.get(path, blind, **params)
            assert shown.status_code in (200, 403), (field, path)
            told = [mark for mark in markers if mark in shown.text]
            assert told == [], (field, path)
            seen = await desk.get(path, reader, **params)
            assert any(mark in seen.text for mark in markers), (field, path)


@pytest.mark.requirement("R10")
async def test_filters_and_sort_orders_do_not_tell_what_is_hidden(desk: Desk) -> None:
    for field in sorted(EVERY_FIELD):
        asked = [*_questions(desk, field)]
        declared = guarded(field)
        told = {name for _, params in asked for name in params}
        assert told >= {*declared.filters}, field
        assert len(declared.sorts) <= sum("sort" in params for _, params in asked), field
        if not asked:
            continue
        blind, reader = desk.person(field, HIDDEN), desk.person(field, READ)
        for path, params in asked:
            refused = await desk.get(path, blind, **params)
            assert (refused.status_code, refused.json()["code"]) == (403, "FieldHidden"), field
            answered = await desk.get(path, reader, **params)
            assert answered.status_code == 200, (field, path, params, answered.text)


def _questions(desk: Desk, field: str) -> Iterator[tuple[str, dict[str, str]]]:
    declared, noun = guarded(field), field.partition(".")[0]
    for served, path in desk.readable():
        if noun not in nouns_of_route(served.route):
            continue
        needed = {name: ASKED[name] for name in served.needed}
        for name in {*declared.filters} & served.queries:
            more = {"currency": "RUB"} if name.startswith("spent") else {}
            yield path, needed | more | {name: ASKED.get(name, "1")}
        if "sort" in served.queries:
            for sort in declared.sorts:
                if sort in _sorts(served):
                    more = {"currency": "RUB"} if sort == "spent" else {}
                    yield path, needed | more | {"sort": sort}


def _sorts(served: Served) -> set[str]:
    """The values that `sort` takes."""
    for param in served.route.dependant.query_params:
        if param.alias == "sort":
            kind: Any = param.field_info.annotation
            return set(kind)
    return set()


@pytest.mark.requirement("R10")
async def test_search_passes_over_hidden_fields(desk: Desk) -> None:
    for field in sorted(each for each in EVERY_FIELD if guarded(each).is_searched):
        noun = field.partition(".")[0]
        wanted = desk.shop.markers[field][0]
        blind, reader = desk.person(field, HIDDEN), desk.person(field, READ)
        found = 0
        for served, path in desk.readable():
            if "q" in served.queries and noun in nouns_of_route(served.route):
                seen = await desk.get(path, reader, q=wanted)
                if seen.headers["content-type"] != "application/json":
                    continue
                found += len(seen.json()["rows"])
                passed = await desk.get(path, blind, q=wanted)
                assert passed.json()["rows"] == [], (field, path)
        assert found > 0, field


@pytest.mark.requirement("R10", "R117")
async def test_who_reads_a_field_does_not_set_it(desk: Desk) -> None:
    for field in sorted(WRITABLE):
        reader, writer = desk.person(field, READ), desk.person(field, WRITE)
        tried = 0
        for served in desk.routes:
            for body in _bodies(served, field):
                tried += 1
                refused = await desk.send(served, reader, body)
                told = (refused.status_code, refused.json().get("code"))
                assert told == (403, "FieldReadOnly"), (field, served.name)
                assert field in refused.json()["message"]
                passed = await desk.send(served, writer, body)
                assert passed.json().get("code") != "FieldReadOnly", (field, served.name)
        assert tried > 0, field


def _bodies(served: Served, field: str) -> Iterator[Any]:
    """The smallest ones that set the field; none of them is whole enough to do anything."""
    if field in served.declared("writes"):
        yield {}
    elif served.method != "GET":
        for keys in _ways(body_shape(served.route), field, ()):
            body: Any = "x"
            for key in reversed(keys):
                body = {key: body}
            yield body


def _ways(shape: Shape | None, field: str, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if shape is None or len(above) > 4:
        return
    for key, told in shape.keys.items():
        if field in told:
            yield (*above, key)
        yield from _ways(shape.inner.get(key), field, (*above, key))


async def test_whatever_has_a_guarded_name_is_guarded(desk: Desk) -> None:
    """Or is known to tell of another thing."""
    every = frozenset(GUARDED)
    loose, free = set(), set()
    for served in desk.routes:
        if served.path.startswith(CUSTOMERS_OWN):
            continue
        for shape in (*answer_shapes(served.route), body_shape(served.route)):
            for each in every_model(shape):
                if each.is_free and not each.nouns:
                    free.add(served.path.split("/")[2])
                loose |= {
                    f"{each.model.__name__ if each.model else served.name}.{key}"
                    for key, told in each.keys.items()
                    if not told and told_by(every, key)
                }
    assert loose == set(OPEN)
    assert free == set(FREE)


async def test_the_description_says_which_fields_are_guarded(desk: Desk) -> None:
    answer = await desk.get("/api/openapi.json", {})
    schemas = answer.json()["components"]["schemas"]
    order = schemas["OrderRead"]
    assert order["properties"]["total"][OPENAPI_KEY] == "order.total"
    assert "total" not in order["required"]
    assert "number" in order["required"]
    assert OPENAPI_KEY not in order["properties"]["number"]

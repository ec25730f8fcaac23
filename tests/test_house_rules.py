"""The house's rules that no linter knows, read off the source itself."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant

from api.access import get_actor
from api.app import create_app
from api.fields import routes_of
from api.shop_access import get_shopper
from config import Settings
from domain import notices, order_messages
from tests.local.environments import REQUIRED
from tests.transactions import adapters_in, calls_inside_transactions

ROOT = Path(__file__).parent.parent
PROGRAM = ("api", "workflows", "activities", "domain", "db", "providers", "devices", "local")
ELSEWHERE = ("tests", "bench", "migrations")
LONGEST_FILE = 300
LONGER: dict[str, str] = {
    "workflows/orders.py": "Temporal wants every update, validator and signal on the one class.",
    "migrations/versions/2026-11-22_0512_orders.py": "Generated, and never edited again.",
}
# SQLite files of programs that only the demo runs, and questions to a server before it has tables.
OWN_SQL = ("local/mailbox.py", "local/simulators/state.py", "local/postgres.py")
SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\w+\s+(\w+\s+)?SET|"
    r"(CREATE|ALTER|DROP|TRUNCATE)\s+(TABLE|INDEX))\b",
    re.DOTALL,
)
PERSONAL = {"name", "email", "phone", "address", "comment", "text", "note", "password", "token"}
# Who may do it is decided inside: by a password, by the sender's network, or not at all.
OPEN_TO_ALL = {
    "GET /healthz",
    "GET /api/account-links/{token}",
    "POST /api/account-links/{token}",
    "POST /api/password-resets",
    "POST /api/session",
    "POST /api/session/code",
    "POST /api/session/code/resend",
    "POST /api/shop/accounts",
    "POST /api/shop/password-resets",
    "POST /api/shop/session",
    "POST /api/webhooks/cdek",
    "POST /api/webhooks/twilio",
    "POST /api/webhooks/yookassa",
}
# Customers in the shop, each with their own alone.
FOR_CUSTOMERS = {
    "GET /api/shop/session",
    "DELETE /api/shop/session",
    "PUT /api/shop/session/password",
    "GET /api/shop/me",
    "PATCH /api/shop/me",
    "PUT /api/shop/me/consents",
    "GET /api/shop/orders",
    "GET /api/shop/orders/{number}",
}
# One's own: every right would be too much, and none would be wrong.
FOR_ALL_SIGNED_IN = {
    "GET /api/session",
    "DELETE /api/session",
    "PUT /api/session/password",
    "POST /api/session/authenticator",
    "PUT /api/session/authenticator",
    "DELETE /api/session/authenticator",
    "POST /api/session/recovery-codes",
    "GET /api/sessions",
    "DELETE /api/sessions",
    "DELETE /api/sessions/{session_id}",
    "GET /api/notices",
    "POST /api/notices/{notice_id}/read",
    "GET /api/events",
    "GET /api/me/preferences",
    "PUT /api/me/preferences",
    "GET /api/views",
    "POST /api/views",
    "PATCH /api/views/{view_id}",
    "DELETE /api/views/{view_id}",
    "GET /api/dashboard",
    "GET /api/search",
}


def _files(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def _calls(tree: ast.AST) -> Iterator[tuple[str, str, int]]:
    """(what it is called on, its name, the line)"""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield ast.unparse(node.func.value), node.func.attr, node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield "", node.func.id, node.lineno


def test_only_the_engine_commits() -> None:
    found = [
        f"{path}:{line}"
        for path, tree in _files(*PROGRAM)
        for receiver, name, line in _calls(tree)
        if name in ("commit", "begin") and path != "db/engine.py"
    ]
    assert found == []


def test_nothing_outside_is_called_inside_a_transaction() -> None:
    adapters = adapters_in(tree for _, tree in _files("providers", "devices"))
    assert {"Carrier", "EmailSender", "PaymentProvider", "SmsSender"} <= adapters
    found = [
        f"{path}:{line} {call}"
        for path, tree in _files("activities", "api", "local/demo")
        for line, call in calls_inside_transactions(tree, adapters)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("body", "call"),
    [
        ("with self._db.transaction() as tx:\n            self._carrier.book(tx)", "self._carrier"),
        (
            "found = self._carrier\n"
            "        with self._db.transaction() as tx:\n"
            "            found.book(tx)",
            "found",
        ),
        ("with self._db.transaction() as tx:\n            self.ask(tx)", "self.ask"),
    ],
)
def test_the_search_for_such_calls_finds_them(body: str, call: str) -> None:
    source = f"""
class Acts:
    def __init__(self, db: Database, carrier: Carrier) -> None:
        self._db = db
        self._carrier = carrier

    def ask(self, number: str) -> None:
        self._carrier.find(number)

    def act(self) -> None:
        {body}
"""
    found = calls_inside_transactions(ast.parse(source), {"Carrier"})
    assert [name for _, name in found] == [call]


def test_decisions_do_not_ask_the_clock_or_chance() -> None:
    """Workflows are replayed and rules are tested: both must say the same every time."""
    found = []
    for path, tree in _files("workflows", "domain"):
        found += [f"{path}: {name}" for name in _imported(tree) & {"time", "random", "secrets"}]
        found += [
            f"{path}:{line} {receiver}.{name}"
            for receiver, name, line in _calls(tree)
            if name in ("now", "utcnow", "today", "uuid1", "uuid4")
            and not receiver.startswith("workflow")
        ]
    assert found == []


def _imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def test_sql_is_written_in_db_alone() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in _files(*(folder for folder in PROGRAM if folder != "db"))
        if path not in OWN_SQL
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value)
    ]
    assert found == []


def test_files_are_short_or_have_a_reason() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines())
        for folder in (*PROGRAM, *ELSEWHERE)
        for path in (ROOT / folder).rglob("*.py")
    }
    assert {path for path, length in lengths.items() if length > LONGEST_FILE} == set(LONGER)


def test_messages_to_processes_name_nobody() -> None:
    """They stay in the event history, where nobody can blot out a name."""
    messages = [
        each
        for module in (order_messages, notices)
        for each in vars(module).values()
        if is_dataclass(each) and each.__module__ == module.__name__
    ]
    told = [each for each in messages if each not in (notices.NoticeText, notices.Recipient)]
    assert len(told) > 20
    assert [each for each in told if PERSONAL & {field.name for field in fields(each)}] == []


def test_every_route_asks_for_a_right() -> None:
    app = create_app(Settings.from_environment(REQUIRED))
    routes = dict(_routes(app))
    documented = {
        f"{method.upper()} {path}"
        for path, item in app.openapi()["paths"].items()
        for method in item
    }
    assert set(routes) == documented
    without = {name: asked for name, asked in routes.items() if not any(map(_is_right, asked))}
    assert {name for name, asked in without.items() if get_actor in asked} == FOR_ALL_SIGNED_IN
    others = {name: asked for name, asked in without.items() if get_actor not in asked}
    assert {name for name, asked in others.items() if get_shopper in asked} == FOR_CUSTOMERS
    assert {name for name, asked in others.items() if get_shopper not in asked} == OPEN_TO_ALL


def _routes(app: FastAPI) -> Iterator[tuple[str, list[object]]]:
    """By method and path: all that a request has to pass."""
    for route in routes_of(app):
        for method in route.methods or ():
            yield f"{method} {route.path}", list(_dependencies(route.dependant))


def _is_right(call: object) -> bool:
    return hasattr(call, "right")


def _dependencies(dependant: Dependant) -> Iterator[object]:
    for each in dependant.dependencies:
        yield each.call
        yield from _dependencies(each)

"""Logins, passwords and keys of the demo shop, in a file a shell can read."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from db.access import KEY_PREFIX, new_token
from local.secret_files import kept_secret

FILE = "demo.env"
STAFF = (
    "owner",
    "site",
    "salesperson",
    "logistician",
    "translator",
    "kazan",
    "purchasing",
    "cashier",
)
PROGRAMS = ("storefront", "uk_storefront", "ozon", "import", "office")


@dataclass(frozen=True)
class SignIns:
    values: Mapping[str, str]

    def password(self, login: str) -> str:
        return self.values[f"{login.upper()}_PASSWORD"]

    def key(self, program: str) -> str:
        return self.values[f"{program.upper()}_KEY"]


def keep(data: Path) -> SignIns:
    """Made once. Under a draft's name until `publish`, so that a crash in between loses nothing:
    the next run fills the database with the same secrets, or finds it filled with them."""
    file = data / FILE
    text = file.read_text() if file.exists() else kept_secret(_draft(data), _make)
    return SignIns(dict(line.split("=", 1) for line in text.splitlines() if "=" in line))


def is_published(data: Path) -> bool:
    return (data / FILE).exists()


def publish(data: Path) -> None:
    """From now on the demo shop counts as filled."""
    if _draft(data).exists():
        _draft(data).rename(data / FILE)


def _draft(data: Path) -> Path:
    return data / f"{FILE}.unused"


def _make() -> str:
    lines = []
    for login in STAFF:
        lines += [f"{login.upper()}_LOGIN={login}"]
        lines += [f"{login.upper()}_PASSWORD={secrets.token_urlsafe(12)}"]
    lines += [f"{program.upper()}_KEY={new_token(KEY_PREFIX)}" for program in PROGRAMS]
    return "\n".join(lines) + "\n"

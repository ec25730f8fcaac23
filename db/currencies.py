"""The currencies the shop takes: its own choice, or else those its channels use already."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.settings import read_setting, save_setting
from db.tables.shop import Channel
from domain.errors import Refusal

NAME = "currencies"
FALLBACK = "EUR"


class CurrencyInUse(Refusal):
    """A channel sells in it."""


class CurrencyNotAccepted(Refusal):
    """The shop has not chosen this currency."""


@dataclass(frozen=True)
class Currencies:
    default: str
    accepted: list[str]
    version: int


def read_currencies(tx: Session) -> Currencies:
    stored = read_setting(tx, NAME)
    if stored.value:
        return Currencies(stored.value["default"], stored.value["accepted"], stored.version)
    used = _used(tx) or [FALLBACK]
    return Currencies(used[0], used, stored.version)


def save_currencies(
    tx: Session, default: str, accepted: list[str], version: int, by: str
) -> Currencies:
    missing = sorted(set(_used(tx)) - set(accepted))
    if missing:
        raise CurrencyInUse(f"A channel sells in {missing[0]}: it cannot be left out.")
    now = read_currencies(tx)
    before = {"default": now.default, "accepted": now.accepted}
    value = {"default": default, "accepted": accepted}
    return Currencies(default, accepted, save_setting(tx, NAME, before, value, version, by))


def require_accepted(tx: Session, currency: str) -> None:
    if currency not in read_currencies(tx).accepted:
        raise CurrencyNotAccepted(f"{currency} is not among the currencies in the settings.")


def _used(tx: Session) -> list[str]:
    currencies = select(Channel.currency).group_by(Channel.currency)
    return list(tx.scalars(currencies.order_by(Channel.currency)))

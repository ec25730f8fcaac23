"""The names that screens show in place of ids."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, literal, select, union_all
from sqlalchemy.orm import Session

from db.tables.access import ApiKey
from db.tables.customers import Customer
from db.tables.orders import Order
from db.tables.shop import Branch, Channel
from db.tables.staff import StaffMember
from domain.orders import ChannelKind


@dataclass(frozen=True)
class ChannelName:
    code: str
    name: str
    kind: ChannelKind


@dataclass(frozen=True)
class Name:
    id: int
    name: str


@dataclass(frozen=True)
class ActorName:
    """`actor` as it was written: `staff:7`; `name` where somebody of that id is known."""

    actor: str
    name: str | None


ORDER_NAMES = (
    Channel.code.label("channel_code"),
    Channel.name.label("channel_name"),
    Channel.kind.label("channel_kind"),
    Order.branch_id,
    Branch.name.label("branch_name"),
    Order.responsible_id,
    StaffMember.name.label("responsible_name"),
)


def join_order_names(orders: Select[Any]) -> Select[Any]:
    """Adds what `ORDER_NAMES` are read from; not one order more or less."""
    return (
        orders.join(Channel, Channel.id == Order.channel_id)
        .outerjoin(Branch, Branch.id == Order.branch_id)
        .outerjoin(StaffMember, StaffMember.id == Order.responsible_id)
    )


def order_names(row: Row[Any]) -> dict[str, Any]:
    return {
        "channel": ChannelName(row.channel_code, row.channel_name, ChannelKind(row.channel_kind)),
        "branch": _name(row.branch_id, row.branch_name),
        "responsible": _name(row.responsible_id, row.responsible_name),
    }


class Actors:
    """Who did things, resolved in one query however many there are."""

    def __init__(self, tx: Session, actors: Iterable[str]) -> None:
        split = [actor.partition(":") for actor in set(actors)]
        ids = [(kind, int(id)) for kind, _, id in split if id.isdecimal() and len(id) < 19]
        staff = _named("staff:", StaffMember, [id for kind, id in ids if kind == "staff"])
        keys = _named("key:", ApiKey, [id for kind, id in ids if kind == "key"])
        customers = _named("customer:", Customer, [id for kind, id in ids if kind == "customer"])
        rows = tx.execute(union_all(staff, keys, customers))
        self._names = {f"{kind}{id}": name for kind, id, name in rows}

    def __getitem__(self, actor: str) -> ActorName:
        return ActorName(actor, self._names.get(actor))


def _named(kind: str, table: type[StaffMember | ApiKey | Customer], ids: list[int]) -> Select[Any]:
    columns: tuple[Any, ...] = (literal(kind), table.id, table.name)
    return select(*columns).where(table.id.in_(ids))


def _name(id: int | None, name: str | None) -> Name | None:
    return None if id is None or name is None else Name(id, name)

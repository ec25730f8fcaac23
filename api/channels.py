"""Channels as whoever places orders sees them: what each offers, at what price and how much."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import Field

from api.access import Db, needs
from api.answers import RESPONSES
from api.routers import Router
from db import shop
from db.engine import Session
from db.reads.channels import ChannelRow, OfferedRow, find_offered, list_channels, search_offered
from domain.access import Actor, Right
from domain.errors import Refusal

router = Router("/channels", tags=["orders"], responses=RESPONSES)

Placer = Annotated[Actor, needs(Right.ORDER_PLACE)]
TEXT = r"^[^\x00]*$"
Code = Annotated[str, Path(max_length=50, pattern=TEXT)]
Skus = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=100, pattern=TEXT)]],
    Query(max_length=200, description="These, in place of a search."),
]


class ChannelUnknown(Refusal):
    """There is no such channel, or this key may not place orders in it."""


@router.get("")
def read_channels(actor: Placer, db: Db) -> list[ChannelRow]:
    """Where the caller may place orders, and how they are paid and sent there."""
    branches = actor.branches_for(Right.ORDER_PLACE)
    with db.transaction() as tx:
        return list_channels(tx, branches, actor.channel_id)


@router.get("/{code}/offer")
def read_offer(
    code: Code,
    actor: Placer,
    db: Db,
    q: Annotated[str, Query(max_length=100)] = "",
    sku: Skus = [],  # noqa: B006
) -> list[OfferedRow]:
    """What is on sale there now. `q`: an SKU or its beginning, or words of the name, best first."""
    with db.transaction() as tx:
        channel_id = own_channel(tx, actor, code)
        return find_offered(tx, channel_id, sku) if sku else search_offered(tx, channel_id, q)


def own_channel(tx: Session, actor: Actor, code: str | None) -> int:
    """The channel of that code, or a program's own; within the reach of the right to place."""
    channel_id = shop.find_channel(tx, code) if code else actor.channel_id
    elsewhere = actor.channel_id is not None and channel_id != actor.channel_id
    if channel_id is None or elsewhere or not _reaches(tx, actor, channel_id):
        raise ChannelUnknown(f"No channel {code!r} for this caller.")
    return channel_id


def _reaches(tx: Session, actor: Actor, channel_id: int) -> bool:
    """Storefronts reach everywhere: they need not wait for the answer where that is."""
    branches = actor.branches_for(Right.ORDER_PLACE)
    return branches is None or shop.find_branch(tx, channel_id) in branches

"""Stock: what came in, what was corrected and why, what lies where, and the whole ledger."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from typing import Annotated, Literal, Self, TypeVar
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel, Field, field_validator, model_validator

from api.access import Db, needs
from api.answers import RESPONSES
from api.paging import BadCursor
from api.routers import Router
from api.strict import Strict
from db.bookings import book, get_location
from db.engine import Database
from db.reads.stock import (
    MOST,
    LevelKey,
    LevelRow,
    LocationRow,
    MovementRow,
    StockFilters,
    list_levels,
    list_locations,
    list_movements,
)
from domain.access import Actor, Right
from domain.bookings import Booking
from domain.stock import Condition, MovementKind

router = Router("/stock", tags=["stock"], responses=RESPONSES)

Reader = Annotated[Actor, needs(Right.STOCK_READ)]
Editor = Annotated[Actor, needs(Right.STOCK_EDIT, writes=["stock.on_hand"])]
TEXT = r"^[^\x00]*$"
SkuText = Annotated[str, Field(min_length=1, max_length=100, pattern=TEXT)]
LocationCode = Annotated[str, Field(min_length=1, max_length=50, pattern=TEXT)]
Limit = Annotated[int, Query(ge=1, le=MOST)]
MOST_PIECES = 10**9
Line = TypeVar("Line", bound="PiecesLine")


class PiecesLine(Strict):
    sku: SkuText
    quantity: int = Field(ge=-MOST_PIECES, le=MOST_PIECES)


class ReceiptLine(PiecesLine):
    quantity: int = Field(ge=1, le=MOST_PIECES)


class BookingCreate(Strict):
    id: UUID = Field(description="Chosen by the caller: a repeat books once.")
    location: LocationCode
    condition: Condition = Condition.GOOD


class ReceiptCreate(BookingCreate):
    lines: list[ReceiptLine] = Field(min_length=1, max_length=2000)

    @field_validator("lines")
    @classmethod
    def each_sku_once(cls, lines: list[ReceiptLine]) -> list[ReceiptLine]:
        return _each_once(lines)


class AdjustmentCreate(BookingCreate):
    """`adjustment`: pieces found, or with a minus missing; `write_off`: pieces that are lost."""

    kind: Literal["adjustment", "write_off"] = "adjustment"
    reason: str = Field(min_length=1, max_length=1000, pattern=TEXT)
    lines: list[PiecesLine] = Field(min_length=1, max_length=2000)

    @field_validator("lines")
    @classmethod
    def each_sku_once(cls, lines: list[PiecesLine]) -> list[PiecesLine]:
        return _each_once(lines)

    @model_validator(mode="after")
    def some_pieces(self) -> Self:
        for line in self.lines:
            if line.quantity == 0 or (line.quantity < 0 and self.kind == "write_off"):
                raise ValueError(f"{line.sku}: {line.quantity} pieces are no {self.kind}")
        return self


class BookedRead(BaseModel):
    id: UUID
    lines: int
    pieces: int
    """Below zero: so many went."""


class LevelList(BaseModel):
    rows: list[LevelRow]
    next: str | None
    """Send it as `after` to get the next page."""


class MovementList(BaseModel):
    rows: list[MovementRow]
    next: int | None


class LocationList(BaseModel):
    rows: list[LocationRow]


@router.get("/locations")
def read_locations(actor: Reader, db: Db) -> LocationList:
    """Where goods lie that the caller may see."""
    with db.transaction() as tx:
        return LocationList(rows=list_locations(tx, actor.branches_for(Right.STOCK_READ)))


@router.post("/receipts", status_code=201)
def receive_goods(body: ReceiptCreate, actor: Editor, db: Db, response: Response) -> BookedRead:
    """Goods came in, up to 2,000 lines. 200 when this receipt is booked already."""
    changes = {line.sku: line.quantity for line in body.lines}
    return _book(db, body, actor, response, MovementKind.RECEIPT, changes)


@router.post("/adjustments", status_code=201)
def adjust_stock(body: AdjustmentCreate, actor: Editor, db: Db, response: Response) -> BookedRead:
    """What is held for orders cannot go. 200 when this correction is booked already."""
    kind = MovementKind(body.kind)
    sign = -1 if kind is MovementKind.WRITE_OFF else 1
    changes = {line.sku: sign * line.quantity for line in body.lines}
    return _book(db, body, actor, response, kind, changes, body.reason)


@router.get("")
def read_stock(
    actor: Reader,
    db: Db,
    sku: Annotated[str | None, Query(max_length=100)] = None,
    location: Annotated[str | None, Query(max_length=50)] = None,
    condition: Condition | None = None,
    after: Annotated[str | None, Query(max_length=500)] = None,
    limit: Limit = 50,
) -> LevelList:
    """What lies where: on hand, held for orders, and what can still be promised."""
    filters = StockFilters(sku, location, condition, actor.branches_for(Right.STOCK_READ))
    with db.transaction() as tx:
        page = list_levels(tx, filters, _decode(after) if after else None, limit)
    return LevelList(rows=page.rows, next=_encode(page.next) if page.next else None)


@router.get("/movements")
def read_movements(
    sku: Annotated[str, Query(max_length=100)],
    actor: Reader,
    db: Db,
    location: Annotated[str | None, Query(max_length=50)] = None,
    condition: Condition | None = None,
    after: Annotated[int | None, Query(ge=0, lt=2**63)] = None,
    limit: Limit = 50,
) -> MovementList:
    """The ledger of one SKU, newest first."""
    filters = StockFilters(sku, location, condition, actor.branches_for(Right.STOCK_READ))
    with db.transaction() as tx:
        page = list_movements(tx, filters, after, limit)
    return MovementList(rows=page.rows, next=page.next)


def _book(
    db: Database,
    body: BookingCreate,
    actor: Actor,
    response: Response,
    kind: MovementKind,
    changes: dict[str, int],
    reason: str | None = None,
) -> BookedRead:
    with db.transaction() as tx:
        location_id = get_location(tx, body.location, actor.branches_for(Right.STOCK_EDIT))
        booking = Booking(body.id, kind, location_id, changes, body.condition, reason)
        if not book(tx, booking, actor.name):
            response.status_code = 200
    return BookedRead(id=body.id, lines=len(changes), pieces=sum(changes.values()))


def _each_once(lines: list[Line]) -> list[Line]:
    twice = [sku for sku, times in Counter(line.sku for line in lines).items() if times > 1]
    if twice:
        raise ValueError(f"each SKU once, but {twice[0]} comes more often")
    return lines


def _encode(key: LevelKey) -> str:
    text = json.dumps([key.sku, key.location, key.condition])
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(token: str) -> LevelKey:
    try:
        padded = token.encode("ascii") + b"=" * (-len(token) % 4)
        sku, location, condition = json.loads(urlsafe_b64decode(padded))
        key = LevelKey(sku, location, Condition(condition))
    except (ValueError, TypeError):
        raise BadCursor("This page token cannot be read.") from None
    if not all(isinstance(part, str) and "\0" not in part for part in (sku, location)):
        raise BadCursor("This page token cannot be read.")
    return key

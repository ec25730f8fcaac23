"""Editing a placed order: propose, look at what it means, confirm or discard."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import EmailStr, Field

from api.access import Db, needs
from api.answers import ACCEPTED, RESPONSES, NotFound
from api.order_commands import CommandCreate, OrderId, ReasonedCommand, keep_reason
from api.placing import AddressCreate, Phone
from api.routers import Router
from api.strict import Strict
from api.temporal import OrderProcesses
from db import catalogue, changes
from domain.access import Actor, Forbidden, Right
from domain.changes import AddLine, ChangePreview, ChangeSet, CustomerEdit
from domain.drafts import Address
from domain.order_lines import LineQuantity
from domain.order_messages import ConfirmChange, OrderAxes
from domain.pricing import UnknownSku
from workflows.orders import OrderWorkflow

router = Router("/orders/{order}/changes", tags=["order changes"], responses=RESPONSES)
Editor = Annotated[Actor, needs(Right.ORDER_EDIT)]


class WantedQuantity(Strict):
    line: int = Field(ge=1)
    quantity: int = Field(ge=0, le=1_000_000, description="0 takes the line away.")


class LineAdd(Strict):
    sku: str = Field(min_length=1, max_length=100)
    quantity: int = Field(ge=1, le=1_000_000)
    unit_price: int | None = Field(None, ge=0, le=10**12, description="Needs the right to set it.")


class CustomerChange(Strict):
    name: str | None = Field(None, min_length=1, max_length=200)
    email: EmailStr | Literal[""] | None = Field(None, description="Empty: none any more.")
    phone: Phone | None = None
    language: str | None = Field(None, pattern="^(en|fr|ru)$")


class ChangeCreate(CommandCreate):
    set_quantities: list[WantedQuantity] = Field(default_factory=list, max_length=200)
    add_lines: list[LineAdd] = Field(default_factory=list, max_length=200)
    customer: CustomerChange = Field(default_factory=lambda: CustomerChange.model_validate({}))
    address: AddressCreate | None = None
    shipping_method: str | None = Field(None, max_length=50)
    comment: str | None = Field(None, max_length=2000)


class ChangeConfirm(ReasonedCommand):
    refund: bool = Field(True, description="Give back what is paid too much after the edit.")


@router.post("", status_code=201)
def propose_change(order_id: OrderId, body: ChangeCreate, actor: Editor, db: Db) -> ChangePreview:
    """Nothing changes yet: the answer is what confirming would do."""
    may_set = actor.may(Right.ORDER_SET_PRICE)
    if not may_set and any(line.unit_price is not None for line in body.add_lines):
        raise Forbidden(f"Prices in an order need the right {Right.ORDER_SET_PRICE}.")
    with db.transaction() as tx:
        change = _change_set(tx, body)
        return changes.propose(tx, body.id, order_id, change, actor.name)


@router.post("/{change_id}/confirm", responses=ACCEPTED)
async def confirm_change(
    order_id: OrderId,
    change_id: UUID,
    body: ChangeConfirm,
    actor: Editor,
    db: Db,
    processes: OrderProcesses,
) -> OrderAxes:
    reason_id = await keep_reason(db, body)
    command = ConfirmChange(order_id, change_id, actor.name, reason_id, refund=body.refund)
    return await processes.command(OrderWorkflow.confirm_change, command)


@router.delete("/{change_id}", status_code=204)
def discard_change(order_id: OrderId, change_id: UUID, actor: Editor, db: Db) -> None:
    with db.transaction() as tx:
        known = changes.find_change(tx, change_id)
        if known is None or known.order_id != order_id:
            raise NotFound("This order has no such edit.")
        changes.discard(tx, change_id, actor.name)


def _change_set(tx: Any, body: ChangeCreate) -> ChangeSet:
    ids = catalogue.variant_ids(tx, [line.sku for line in body.add_lines])
    for line in body.add_lines:
        if line.sku not in ids:
            raise UnknownSku(f"The shop does not sell {line.sku!r}.")
    return ChangeSet(
        set_quantities=[LineQuantity(item.line, item.quantity) for item in body.set_quantities],
        add_lines=[
            AddLine(ids[line.sku], line.quantity, line.unit_price) for line in body.add_lines
        ],
        customer=CustomerEdit(**body.customer.model_dump()),
        address=Address(**body.address.model_dump()) if body.address else None,
        shipping_method=body.shipping_method,
        comment=body.comment,
    )

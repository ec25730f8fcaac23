"""What people do to an order: each command is an update of its process, done once per id."""

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Depends, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from api.access import Db, SignedIn, needs, require_at, rights_of
from api.answers import ACCEPTED, RESPONSES, NotFound
from api.routers import Router
from api.strict import Strict
from api.temporal import OrderProcesses
from db import done_commands, order_lines, shipments
from db.engine import Database
from db.reads.order_filters import Scope
from db.reads.orders import find_order_key
from domain.access import Actor, Right, require
from domain.order_lines import LineQuantity
from domain.order_messages import (
    AddPayment,
    Box,
    CancelOrder,
    DeliverShipment,
    LinesCommand,
    OrderAxes,
    OrderCommand,
    RecordPayment,
    RefundOrder,
    ShipOrder,
)
from domain.payments import PaymentMethod
from domain.prices import HIGHEST_TOTAL
from domain.shipments import CarrierCode
from workflows.orders import OrderWorkflow

router = Router("/orders/{order}", tags=["order commands"], responses=RESPONSES | ACCEPTED)


def visible_order(order: str, request: Request, db: Db, actor: SignedIn) -> UUID:
    """By number or id; an order outside of the caller's branches or channel does not exist."""
    for right in rights_of(request):
        require(actor, right)
    with db.transaction() as tx:
        found = find_order_key(tx, Scope.of(actor), order)
    if found is None:
        raise NotFound("There is no such order.")
    require_at(request, actor, found.branch_id)
    return found.id


OrderId = Annotated[UUID, Depends(visible_order)]
Reason = Annotated[str, Field(min_length=1, max_length=1000)]
Amount = Annotated[int, Field(gt=0, le=HIGHEST_TOTAL, description="Minor units.")]


class CommandCreate(Strict):
    id: UUID = Field(default_factory=uuid4, description="Chosen by the caller: a repeat acts once.")


class ReasonedCommand(CommandCreate):
    reason: Reason


class LinePart(Strict):
    line: int = Field(ge=1)
    quantity: int = Field(ge=1, le=1_000_000)


class LinesCreate(CommandCreate):
    lines: list[LinePart] = Field(min_length=1, max_length=2000)


class BoxCreate(Strict):
    weight_g: int = Field(ge=1, le=1_000_000)
    length_cm: int = Field(20, ge=1, le=500)
    width_cm: int = Field(20, ge=1, le=500)
    height_cm: int = Field(10, ge=1, le=500)


class ShipmentCreate(CommandCreate):
    lines: list[LinePart] = Field(
        default_factory=list, max_length=2000, description="None: all that can leave."
    )
    carrier: CarrierCode | None = Field(None, description="The order's own when left out.")
    service: str | None = Field(None, max_length=50)
    boxes: list[BoxCreate] = Field(default_factory=list, max_length=50)
    tracking_number: str | None = Field(None, max_length=100)


class DeliveryCreate(CommandCreate):
    collected: int = Field(
        0, ge=0, le=HIGHEST_TOTAL, description="Cash the courier brought, in minor units."
    )


class CancellationCreate(ReasonedCommand):
    lines: list[LinePart] = Field(
        default_factory=list, max_length=2000, description="None: all that is open."
    )
    restock: bool = True
    refund: bool = True
    notify: bool = True


class RefundCreate(ReasonedCommand):
    lines: list[LinePart] = Field(default_factory=list, max_length=2000)
    amount: Amount | None = None
    shipping: bool = False
    notify: bool = True


class PaymentAdd(CommandCreate):
    method: PaymentMethod
    amount: Amount | None = Field(None, description="All that is due when left out.")


class PaymentReceived(CommandCreate):
    amount: Amount
    document: str = Field("", max_length=60, description="Number of the cheque, statement, act.")


Fulfiller = Annotated[Actor, needs(Right.ORDER_FULFIL)]
Holder = Annotated[Actor, needs(Right.ORDER_HOLD)]
Canceller = Annotated[Actor, needs(Right.ORDER_CANCEL)]
Refunder = Annotated[Actor, needs(Right.ORDER_REFUND)]
Cashier = Annotated[Actor, needs(Right.PAYMENT_RECORD)]


@router.post("/hold")
async def hold_order(
    order_id: OrderId, body: ReasonedCommand, actor: Holder, db: Db, processes: OrderProcesses
) -> OrderAxes:
    reason_id = await keep_reason(db, body)
    command = OrderCommand(order_id, body.id, actor.name, reason_id)
    return await processes.command(OrderWorkflow.hold, command)


@router.post("/release")
async def release_order(
    order_id: OrderId, body: CommandCreate, actor: Holder, processes: OrderProcesses
) -> OrderAxes:
    command = OrderCommand(order_id, body.id, actor.name)
    return await processes.command(OrderWorkflow.release, command)


@router.post("/pick")
async def pick_lines(
    order_id: OrderId, body: LinesCreate, actor: Fulfiller, processes: OrderProcesses
) -> OrderAxes:
    return await processes.command(OrderWorkflow.pick, _lines_command(order_id, body, actor))


@router.post("/pack")
async def pack_lines(
    order_id: OrderId, body: LinesCreate, actor: Fulfiller, processes: OrderProcesses
) -> OrderAxes:
    return await processes.command(OrderWorkflow.pack, _lines_command(order_id, body, actor))


@router.post("/allocate")
async def allocate_lines(
    order_id: OrderId, body: LinesCreate, actor: Fulfiller, processes: OrderProcesses
) -> OrderAxes:
    """Stock came in for pieces that were sold without it."""
    return await processes.command(OrderWorkflow.allocate, _lines_command(order_id, body, actor))


@router.post("/shipments", status_code=201)
async def ship_order(
    order_id: OrderId, body: ShipmentCreate, actor: Fulfiller, db: Db, processes: OrderProcesses
) -> OrderAxes:
    """The id is the shipment's. Several shipments may carry an order, each several boxes."""
    command = await run_in_threadpool(_shipment, db, order_id, body, actor)
    return await processes.command(OrderWorkflow.ship, command)


@router.post("/shipments/{shipment_id}/deliver")
async def deliver_shipment(
    order_id: OrderId,
    shipment_id: UUID,
    body: DeliveryCreate,
    actor: Fulfiller,
    processes: OrderProcesses,
) -> OrderAxes:
    command = DeliverShipment(
        order_id, body.id, actor.name, shipment_id=shipment_id, collected=body.collected
    )
    return await processes.command(OrderWorkflow.deliver, command)


@router.post("/cancel")
async def cancel_order(
    order_id: OrderId, body: CancellationCreate, actor: Canceller, db: Db, processes: OrderProcesses
) -> OrderAxes:
    """Whole or in parts. The order shows each leg by itself: stock, holds, refunds."""
    command = CancelOrder(
        order_id,
        body.id,
        actor.name,
        await keep_reason(db, body),
        lines=parts(body.lines),
        restock=body.restock,
        refund=body.refund,
        notify=body.notify,
    )
    return await processes.command(OrderWorkflow.cancel, command)


@router.post("/refunds", status_code=201)
async def refund_order(
    order_id: OrderId, body: RefundCreate, actor: Refunder, db: Db, processes: OrderProcesses
) -> OrderAxes:
    """Of lines at their stored price and tax, of the shipping, of an amount, or of several."""
    command = RefundOrder(
        order_id,
        body.id,
        actor.name,
        await keep_reason(db, body),
        lines=parts(body.lines),
        amount=body.amount,
        shipping=body.shipping,
        notify=body.notify,
    )
    return await processes.command(OrderWorkflow.refund, command)


@router.post("/payments", status_code=201)
async def add_payment(
    order_id: OrderId, body: PaymentAdd, actor: Cashier, processes: OrderProcesses
) -> OrderAxes:
    """The id is the payment's."""
    command = AddPayment(order_id, body.id, actor.name, method=body.method, amount=body.amount)
    return await processes.command(OrderWorkflow.add_payment, command)


@router.post("/payments/{payment_id}/receive")
async def record_payment(
    order_id: OrderId,
    payment_id: UUID,
    body: PaymentReceived,
    actor: Cashier,
    processes: OrderProcesses,
) -> OrderAxes:
    """A transfer, a cleared cheque or the courier's cash came in."""
    command = RecordPayment(
        order_id,
        body.id,
        actor.name,
        payment_id=payment_id,
        amount=body.amount,
        document=body.document,
    )
    return await processes.command(OrderWorkflow.record_payment, command)


async def keep_reason(db: Database, body: ReasonedCommand) -> UUID:
    """Before the command: its message carries the reason's id alone, for texts may name people."""

    def keep() -> UUID:
        with db.transaction() as tx:
            done_commands.add_reason(tx, body.id, body.reason)
        return body.id

    return await run_in_threadpool(keep)


def parts(lines: list[LinePart]) -> list[LineQuantity]:
    return [LineQuantity(part.line, part.quantity) for part in lines]


def _lines_command(order_id: UUID, body: LinesCreate, actor: Actor) -> LinesCommand:
    return LinesCommand(order_id, body.id, actor.name, lines=parts(body.lines))


def _shipment(db: Database, order_id: UUID, body: ShipmentCreate, actor: Actor) -> ShipOrder:
    with db.transaction() as tx:
        carrier, service = shipments.carrier_of(tx, order_id)
        lines = parts(body.lines) or order_lines.everything_allocated(tx, order_id)
    return ShipOrder(
        order_id,
        body.id,
        actor.name,
        lines=lines,
        carrier=body.carrier or carrier,
        service=service if body.service is None else body.service,
        boxes=[Box(**box.model_dump()) for box in body.boxes],
        tracking_number=body.tracking_number,
    )

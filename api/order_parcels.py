"""Parcels of an order as the carrier sees them: what they would cost, and their labels."""

from typing import Annotated
from uuid import UUID

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from api.access import Db, needs
from api.answers import RESPONSES, NotFound
from api.order_commands import OrderId
from api.order_papers import download
from api.routers import Router
from api.temporal import OrderProcesses
from db import parcels
from db.engine import Database
from domain.access import Actor, Right
from domain.shipments import CarrierCode, ParcelQuote

router = Router("/orders/{order}", tags=["parcels"], responses=RESPONSES)
Fulfiller = Annotated[Actor, needs(Right.ORDER_FULFIL)]
ON_LABELS = ("order.customer_name", "order.customer_phone", "order.address")
LabelReader = Annotated[Actor, needs(Right.ORDER_FULFIL, reads=ON_LABELS)]


@router.get("/quotes")
async def quote_parcel(
    order_id: OrderId,
    actor: Fulfiller,
    processes: OrderProcesses,
    carrier: CarrierCode = CarrierCode.CDEK,
) -> list[ParcelQuote]:
    """What the carrier asks for the pieces that have not left yet, cheapest first."""
    return await processes.quote_parcel(order_id, carrier)


@router.get("/shipments/{shipment_id}/label")
async def read_label(
    order_id: OrderId, shipment_id: UUID, actor: LabelReader, db: Db, processes: OrderProcesses
) -> Response:
    """Fetched from the carrier the first time it is asked for, then kept."""
    label = await run_in_threadpool(_label, db, order_id, shipment_id)
    if label is None:
        await processes.fetch_label(shipment_id)
        label = await run_in_threadpool(_label, db, order_id, shipment_id)
    assert label, "a label was fetched and not kept"
    content, media_type = label
    return download(content, media_type, f"label-{shipment_id}.pdf")


def _label(db: Database, order_id: UUID, shipment_id: UUID) -> tuple[bytes, str] | None:
    with db.transaction() as tx:
        if not parcels.is_booked(tx, order_id, shipment_id):
            raise NotFound("This order has no such booked shipment.")
        return parcels.find_label(tx, shipment_id)

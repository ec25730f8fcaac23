"""Providers tell us that something happened. They are believed after they are asked, never before:
what arrives here only says whom to ask."""

from typing import Any
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api.access import Db
from api.answers import RESPONSES, NotFound
from api.routers import Router
from api.strict import Storable
from api.temporal import OrderProcesses
from db import notices, parcels, payments, webhooks
from db.engine import Database
from db.provider_settings import public_values
from domain.webhooks import matters_to_process, twilio_signature_matches, yookassa_source_allowed
from workflows.orders import OrderWorkflow

router = Router("/webhooks", tags=["webhooks"], responses=RESPONSES)


class YooKassaObject(Storable):
    id: str = Field(max_length=100)
    payment_id: str | None = Field(None, max_length=100)
    metadata: dict[str, Any] = Field(default_factory=dict)


class YooKassaNotification(Storable):
    event: str = Field(max_length=100)
    object: YooKassaObject


class CdekAttributes(Storable):
    number: str | None = Field(None, max_length=100)
    code: str | None = Field(None, max_length=100)
    status_date_time: str | None = Field(None, max_length=50)


class CdekNotification(Storable):
    type: str = Field(max_length=50)
    uuid: str = Field(max_length=100)
    attributes: CdekAttributes = Field(default_factory=lambda: CdekAttributes.model_validate({}))


SMS_FAILED = frozenset({"failed", "undelivered"})


class Subject(BaseModel):
    """Whose process is told about what."""

    order_id: UUID
    subject_id: UUID


def from_yookassa(request: Request, db: Db) -> None:
    """YooKassa signs nothing: its networks are known, and what it says is read again."""
    address = request.client.host if request.client else ""
    with db.transaction() as tx:
        told = public_values(tx, "yookassa")
    if not yookassa_source_allowed(address, told.get("webhook_networks", [])):
        raise NotFound("Nothing here.")


@router.post("/yookassa", dependencies=[Depends(from_yookassa)])
async def yookassa_notified(
    body: YooKassaNotification, db: Db, processes: OrderProcesses
) -> dict[str, str]:
    fact = f"{body.event}:{body.object.id}"
    is_refund = body.event.startswith("refund.")
    find = _refund if is_refund else _payment
    signal = OrderWorkflow.refund_changed if is_refund else OrderWorkflow.payment_changed
    return await _hand_on(db, processes, "yookassa", fact, find, body.object, signal)


@router.post("/cdek")
async def cdek_notified(
    body: CdekNotification, db: Db, processes: OrderProcesses
) -> dict[str, str]:
    told = body.attributes
    if not matters_to_process(told.code):
        return {"status": "known"}
    fact = f"{body.uuid}:{told.code}:{told.status_date_time}"
    return await _hand_on(db, processes, "cdek", fact, _parcel, body, OrderWorkflow.parcel_changed)


@router.post("/twilio")
async def message_delivered(request: Request, db: Db) -> dict[str, str]:
    """How an SMS fared, signed by Twilio with the account's own token."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    told = await run_in_threadpool(request.app.state.provider_settings.read, "twilio")
    url = f"{request.app.state.public_url}{request.url.path}"
    signature = request.headers.get("X-Twilio-Signature", "")
    if not twilio_signature_matches(told.secrets.get("auth_token", ""), url, form, signature):
        raise NotFound("Nothing here.")
    failed = form.get("MessageStatus") in SMS_FAILED
    if failed:
        await run_in_threadpool(_not_delivered, db, form)
    return {"status": "taken"}


async def _hand_on(
    db: Database,
    processes: OrderProcesses,
    provider: str,
    fact: str,
    find: Any,
    told: BaseModel,
    signal: Any,
) -> dict[str, str]:
    """Once for every fact. One that was not handed on to the end is handed on again."""
    subject = await run_in_threadpool(_take_in, db, provider, fact, find, told)
    if subject is None:
        return {"status": "known"}
    await processes.tell(subject.order_id, signal, subject.subject_id)
    await run_in_threadpool(_handed_on, db, provider, fact)
    return {"status": "taken"}


def _take_in(db: Database, provider: str, fact: str, find: Any, told: BaseModel) -> Subject | None:
    with db.transaction() as tx:
        found = find(tx, told)
        if found is None:
            return None
        order_id, subject_id = found
        fresh = webhooks.take_in(tx, provider, fact, subject_id)
    return Subject(order_id=order_id, subject_id=subject_id) if fresh else None


def _handed_on(db: Database, provider: str, fact: str) -> None:
    with db.transaction() as tx:
        webhooks.handed_on(tx, provider, fact)


def _not_delivered(db: Database, form: dict[str, str]) -> None:
    with db.transaction() as tx:
        reference, code = form.get("MessageSid", ""), form.get("ErrorCode", "")
        notices.record_undelivered(tx, reference, f"Not delivered ({code[:10]}).")


def _payment(tx: Any, told: YooKassaObject) -> tuple[UUID, UUID] | None:
    ours = _uuid(told.metadata.get("payment_id"))
    return payments.find_order_of(tx, "yookassa", told.id, ours)


def _refund(tx: Any, told: YooKassaObject) -> tuple[UUID, UUID] | None:
    ours = _uuid(told.metadata.get("refund_id"))
    return payments.find_refund_of(tx, told.id, ours)


def _parcel(tx: Any, told: CdekNotification) -> tuple[UUID, UUID] | None:
    found = parcels.find_shipment_of(tx, told.uuid)
    if found is None and told.attributes.number:
        return parcels.find_shipment_numbered(tx, told.attributes.number)
    return found


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None

"""Placing an order: priced here, held and written by its process, answered in one round trip."""

import hashlib
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID, uuid4

import phonenumbers
from fastapi import Header
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, EmailStr, Field
from starlette.concurrency import run_in_threadpool
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import WorkflowAlreadyStartedError

from api.access import Db
from api.answers import ACCEPTED, RESPONSES, refusal_of
from api.channels import ChannelUnknown, Placer, own_channel
from api.routers import Router
from api.strict import Strict
from api.temporal import OrderProcesses
from db import catalogue, order_requests, orders, shop
from db.engine import Database, Session
from db.order_requests import KnownRequest
from db.reads.customer_filters import CustomerScope
from db.reads.customers import find_customer_branch
from domain.access import Actor, Forbidden, Right
from domain.customers import CustomerUnknown
from domain.drafts import Address, Customer, Draft
from domain.errors import Refusal
from domain.orders import AlreadyImported
from domain.payments import PaymentMethod
from domain.prices import HIGHEST_TOTAL
from domain.pricing import Basket, WantedLine, WantedPayment, price

router = Router("/orders", tags=["orders"], responses=RESPONSES)


class IdempotencyKeyReused(Refusal):
    """The key came before with another body."""


class AddressNeeded(Refusal):
    """The channel belongs to no branch whose address could stand for it."""


class LineCreate(Strict):
    sku: str = Field(min_length=1, max_length=100)
    quantity: int = Field(ge=1, le=1_000_000)
    unit_price: int | None = Field(
        None, ge=0, le=10**12, description="Minor units; needs the right to set prices."
    )


def international(phone: str) -> str:
    if not phone:
        return ""
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        raise ValueError("write it internationally, like +33123456789") from None
    if not phonenumbers.is_possible_number(number):
        raise ValueError("no such telephone number is possible")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


Phone = Annotated[
    str,
    Field(max_length=30, description="International, like +33123456789."),
    AfterValidator(international),
]


class OrderCustomer(Strict):
    """As the order names them; a customer known by `id` or e-mail address stays as they are."""

    id: int | None = Field(
        None, ge=1, lt=2**63, description="Of a known customer; needs the right to read customers."
    )
    name: str = Field(min_length=1, max_length=200)
    email: EmailStr | None = None
    phone: Phone = ""
    language: str = Field("en", pattern="^(en|fr|ru)$")


class AddressCreate(Strict):
    country: str = Field(pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2.")
    city: str = Field("", max_length=100)
    postcode: str = Field("", max_length=20)
    street: str = Field("", max_length=300)
    point_code: str = Field("", max_length=50, description="A pick-up point of the carrier.")


class PaymentCreate(Strict):
    method: PaymentMethod
    amount: int | None = Field(
        None, gt=0, le=HIGHEST_TOTAL, description="Minor units; one may be left open."
    )


class OrderCreate(Strict):
    channel: str | None = Field(None, max_length=50, description="The key's own when left out.")
    external_ref: str | None = Field(None, min_length=1, max_length=100)
    lines: list[LineCreate] = Field(min_length=1, max_length=2000)
    customer: OrderCustomer
    address: AddressCreate | None = Field(
        None, description="Left out: that of the channel's branch, for what is sold over a counter."
    )
    shipping_method: str | None = Field(None, max_length=50)
    payments: list[PaymentCreate] = Field(default_factory=list, max_length=10)
    comment: str = Field("", max_length=2000)


class OrderPreview(OrderCreate):
    """As for placing; who it is for may be open as yet."""

    customer: OrderCustomer = OrderCustomer(id=None, name="Nobody yet", language="en")


class PlacedPayment(BaseModel):
    id: UUID
    method: PaymentMethod
    amount: int


class PlacedOrder(BaseModel):
    """Amounts in minor units. A card payment gets its page moments later: ask for the payment."""

    id: UUID
    number: str
    currency: str
    total: int
    tax: int
    shipping: int
    payments: list[PlacedPayment]


class PreviewedLine(BaseModel):
    line: int
    sku: str
    unit_price: int
    gross: int


class PreviewedOrder(BaseModel):
    """What the order would cost now; nothing is held for it."""

    lines: list[PreviewedLine]
    currency: str
    goods: int
    shipping: int
    tax: int
    total: int


Key = Annotated[str, Header(min_length=1, max_length=200, alias="Idempotency-Key")]


@router.post("", status_code=201, response_model=PlacedOrder, responses=ACCEPTED)
async def place_order(
    body: OrderCreate,
    idempotency_key: Key,
    actor: Placer,
    db: Db,
    processes: OrderProcesses,
) -> JSONResponse:
    """The same key again gets the same answer, refusals included; with another body a 409."""
    known = await run_in_threadpool(_request, db, actor, idempotency_key, body)
    if known.answer_status is not None:
        return JSONResponse(known.answer, known.answer_status)
    try:
        placed = await processes.place(known.order_id)
    except WorkflowUpdateFailedError as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        return JSONResponse({"code": refusal.type, "message": refusal.message}, 409)
    except WorkflowAlreadyStartedError:
        return await run_in_threadpool(_stored, db, actor, idempotency_key)
    return JSONResponse({**(known.answer or {}), "number": str(placed.number)}, 201)


@router.post("/preview")
def preview_order(body: OrderPreview, actor: Placer, db: Db) -> PreviewedOrder:
    """For the basket: prices, tax and shipping by the shop's rules, refusals included."""
    with db.transaction() as tx:
        draft = _price(tx, actor, body)
    total = draft.amounts
    return PreviewedOrder(
        lines=[PreviewedLine.model_validate(vars(line)) for line in draft.lines],
        currency=draft.currency,
        goods=total.gross - draft.shipping,
        shipping=draft.shipping,
        tax=total.tax,
        total=total.gross,
    )


def _request(db: Database, actor: Actor, key: str, body: OrderCreate) -> KnownRequest:
    """What this key stands for: remembered from before, or priced and remembered now."""
    body_hash = hashlib.sha256(body.model_dump_json().encode()).digest()
    with db.transaction() as tx:
        known = order_requests.find_request(tx, actor.name, key)
        if known is None:
            order_id = uuid4()
            draft, status, answer = _draft(tx, order_id, actor, body)
            added = order_requests.add_request(
                tx, order_id, actor.name, key, body_hash, draft, status, answer
            )
            if added:
                return KnownRequest(order_id, body_hash, status, answer)
            known = order_requests.find_request(tx, actor.name, key)
    assert known is not None
    if known.body_hash != body_hash:
        raise IdempotencyKeyReused("This Idempotency-Key came before with another order.")
    return known


def _draft(
    tx: Session, order_id: UUID, actor: Actor, body: OrderCreate
) -> tuple[dict[str, Any] | None, int | None, dict[str, Any]]:
    """The priced draft and the answer it will get; or the refusal, which is an answer too."""
    try:
        draft = _price(tx, actor, body)
    except (Forbidden, ChannelUnknown, CustomerUnknown):
        raise  # not about the order: it may be mended, and then the same key places it
    except Refusal as refusal:
        return None, 409, {"code": type(refusal).__name__, "message": str(refusal)}
    return draft.to_json(), None, _answer(order_id, draft)


def _price(tx: Session, actor: Actor, body: OrderCreate) -> Draft:
    _may_set_prices(actor, body)
    channel_id = own_channel(tx, actor, body.channel)
    if orders.has_external_ref(tx, channel_id, body.external_ref):
        raise AlreadyImported(f"Order {body.external_ref} of this channel is here already.")
    skus = {line.sku for line in body.lines}
    address = _address(tx, channel_id, body.address)
    offer = catalogue.offer(tx, channel_id, skus, address.country, body.shipping_method)
    customer_id = _customer(tx, actor, body.customer.id)
    return replace(price(_basket(body, address), offer, actor.name), customer_id=customer_id)


def _may_set_prices(actor: Actor, body: OrderCreate) -> None:
    sets_prices = any(line.unit_price is not None for line in body.lines)
    if sets_prices and not actor.may(Right.ORDER_SET_PRICE):
        raise Forbidden(f"Prices in an order need the right {Right.ORDER_SET_PRICE}.")


def _customer(tx: Session, actor: Actor, customer_id: int | None) -> int | None:
    """One whom the caller may see; whether they may order is asked when it is placed."""
    if customer_id is None:
        return None
    if not actor.may(Right.CUSTOMER_READ):
        raise Forbidden(f"Naming a customer by id needs the right {Right.CUSTOMER_READ}.")
    if find_customer_branch(tx, CustomerScope.of(actor), customer_id) is None:
        raise CustomerUnknown("There is no such customer.")
    return customer_id


def _address(tx: Session, channel_id: int, given: AddressCreate | None) -> Address:
    found = Address(**given.model_dump()) if given else shop.find_address(tx, channel_id)
    if found is None:
        raise AddressNeeded("This order needs an address: its channel belongs to no branch.")
    return found


def _basket(body: OrderCreate, address: Address) -> Basket:
    customer = body.customer
    return Basket(
        lines=[WantedLine(line.sku, line.quantity, line.unit_price) for line in body.lines],
        customer=Customer(customer.name, customer.email or "", customer.phone, customer.language),
        address=address,
        payments=[WantedPayment(uuid4(), p.method, p.amount) for p in body.payments],
        shipping_method=body.shipping_method,
        external_ref=body.external_ref,
        comment=body.comment,
    )


def _answer(order_id: UUID, draft: Draft) -> dict[str, Any]:
    return {
        "id": str(order_id),
        "number": "",
        "currency": draft.currency,
        "total": draft.amounts.gross,
        "tax": draft.amounts.tax,
        "shipping": draft.shipping,
        "payments": [vars(payment) for payment in draft.payments],
    }


def _stored(db: Database, actor: Actor, key: str) -> JSONResponse:
    """The process is over already: its answer is in the books."""
    with db.transaction() as tx:
        known = order_requests.find_request(tx, actor.name, key)
    assert known is not None
    assert known.answer_status is not None
    return JSONResponse(known.answer, known.answer_status)

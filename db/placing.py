"""Writes a new order: its stock held, its lines, payments and first history in one transaction."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from db import allocations, announcements, customers, history, orders, stock
from db.engine import table_of
from db.payment_methods import PROVIDERS
from db.tables.orders import Order as OrderRow
from db.tables.orders import OrderLine
from db.tables.payments import Payment as PaymentRow
from domain.drafts import Draft, DraftPayment
from domain.notices import Announcement, NoticeEvent
from domain.order_lines import LineQuantities
from domain.orders import AlreadyImported, NumberedLine, Order, OrderStatus
from domain.payments import ONLINE_METHODS, Payment, PaymentMethod, PaymentState
from domain.stock import Allocation, allocate

_ADD_ORDER = insert(table_of(OrderRow)).returning(OrderRow.number)


def place(tx: Session, order_id: UUID, draft: Draft) -> tuple[int, Order]:
    """The order's number and facts. Raises `OutOfStock` when a line cannot be served, and
    `CustomerDisabled` when the shop sells nothing to this customer."""
    if orders.has_external_ref(tx, draft.channel_id, draft.external_ref):
        raise AlreadyImported(f"Order {draft.external_ref} of this channel is here already.")
    demands = draft.demands()
    variants = {demand.variant_id for demand in demands}
    available = stock.lock_available(tx, variants, draft.locations) if variants else {}
    held = allocate(demands, available, draft.locations)
    order = _facts(draft, held)
    customer_id, told = customers.attach(tx, draft)
    number = _add_order(tx, order_id, draft, order, customer_id)
    _add_lines(tx, order_id, draft, order)
    allocations.hold(tx, order_id, held, draft.by)
    add_payments(tx, order_id, draft.currency, order.payments)
    entry = history.order_entry(
        order_id,
        "order.placed",
        draft.by,
        history.differences({}, orders.axes(order) | {"total": order.total}),
        number=number,
    )
    history.append(tx, *told, entry)
    announcements.add(tx, Announcement(order_id, order_id, NoticeEvent.ORDER_PLACED))
    return number, order


def add_payments(tx: Session, order_id: UUID, currency: str, payments: Sequence[Payment]) -> None:
    if not payments:
        return
    tx.execute(
        insert(table_of(PaymentRow)),
        [
            {
                "id": payment.id,
                "order_id": order_id,
                "method": payment.method.value,
                "provider": PROVIDERS.get(payment.method),
                "state": payment.state.value,
                "amount": payment.amount,
                "currency": currency,
            }
            for payment in payments
        ],
    )


def new_payment(payment_id: UUID, method: PaymentMethod, amount: int) -> Payment:
    state = PaymentState.STARTING if method in ONLINE_METHODS else PaymentState.AWAITED
    return Payment(payment_id, method, state, amount)


def _facts(draft: Draft, held: Sequence[Allocation]) -> Order:
    backordered = {item.line: item.quantity for item in held if item.location_id is None}
    return Order(
        status=OrderStatus.PLACED,
        total=draft.amounts.gross,
        numbered_lines=[
            NumberedLine(
                line.line,
                LineQuantities(
                    ordered=line.quantity,
                    allocated=line.quantity - backordered.get(line.line, 0),
                    backordered=backordered.get(line.line, 0),
                ),
            )
            for line in draft.lines
        ],
        payments=[_payment(payment) for payment in draft.payments],
    )


def _payment(payment: DraftPayment) -> Payment:
    return new_payment(UUID(payment.id), PaymentMethod(payment.method), payment.amount)


def _add_order(
    tx: Session, order_id: UUID, draft: Draft, order: Order, customer_id: int | None
) -> int:
    customer = draft.customer
    values: dict[str, Any] = {
        **orders.axes(order),
        "id": order_id,
        "channel_id": draft.channel_id,
        "branch_id": draft.branch_id,
        "external_ref": draft.external_ref,
        "currency": draft.currency,
        "prices_include_tax": draft.prices_include_tax,
        "goods": draft.amounts.gross - draft.shipping,
        "shipping": draft.shipping,
        "shipping_tax": draft.shipping_tax,
        "tax": draft.amounts.tax,
        "total": order.total,
        "shipping_method": draft.shipping_method,
        "weight_g": draft.weight_g,
        "customer_id": customer_id,
        "customer_name": customer.name,
        "customer_email": customer.email,
        "customer_phone": customer.phone,
        "language": customer.language,
        "address": vars(draft.address),
        "comment": draft.comment,
        "responsible_id": draft.responsible_id,
        "search": searchable(customer.name, customer.email, customer.phone, draft.external_ref),
    }
    number: int = tx.execute(_ADD_ORDER, values).scalar_one()
    return number


def searchable(*texts: str | None) -> str:
    return " ".join(text for text in texts if text).lower()


def _add_lines(tx: Session, order_id: UUID, draft: Draft, order: Order) -> None:
    quantities = order.lines
    tx.execute(
        insert(table_of(OrderLine)),
        [
            {
                "order_id": order_id,
                "line": line.line,
                "variant_id": line.variant_id,
                "sku": line.sku,
                "name": line.name,
                "is_service": line.is_service,
                "unit_price": line.unit_price,
                "tax_class": line.tax_class,
                "tax_rate": line.tax_rate,
                "gross": line.gross,
                "tax": line.tax,
                "weight_g": line.weight_g,
                "ordered": line.quantity,
                "allocated": quantities[line.line].allocated,
                "backordered": quantities[line.line].backordered,
            }
            for line in draft.lines
        ],
    )

"""A shop in which every guarded field holds a value found nowhere else, and the API over it."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from db import history
from db.engine import Database, Session
from db.placing import searchable
from db.tables.catalogue import Product, Variant
from db.tables.changes import OrderChange
from db.tables.customers import Consent, Customer, CustomField, MailingList
from db.tables.orders import Order, OrderFile, OrderLine, OrderNote
from db.tables.payments import Payment, Refund
from db.tables.staff import StaffMember
from db.tables.stock import StockItem, StockMovement
from domain.access import GUARDED
from domain.changes import AddLine, ChangePreview, ChangeSet, Contents, CustomerEdit, Shortage
from domain.drafts import Address
from tests.factories import Shop, add_staff, open_shop

ON_HAND, ALLOCATED = 911_000_777, 4_567_123
PLANTED = "planted"
"""What the entries of history are about that tell of every field."""
EMAIL, PHONE = "marker.order@example.org", "+79990001122"


@dataclass
class Planted:
    """`markers`: by guarded field, the texts by which an answer would tell it."""

    shop: Shop
    owner: str
    order_id: UUID
    ids: dict[str, str]
    """By the name of the path parameter."""
    markers: dict[str, list[str]] = field(default_factory=dict)


class _Markers:
    """Hands out values for fields and remembers them."""

    def __init__(self) -> None:
        self.told: dict[str, list[str]] = {}
        self._numbers = count(811_000_001, 1_000_003)

    def number(self, key: str) -> int:
        return int(self.note(key, next(self._numbers)))

    def text(self, key: str) -> str:
        return str(self.note(key, f"marker {key} {next(self._numbers)}"))

    def note(self, key: str, value: Any) -> Any:
        self.told.setdefault(key, []).append(str(value))
        return value


def plant(db: Database) -> Planted:
    shop = open_shop(db)
    marks, order_id = _Markers(), uuid4()
    with db.transaction() as tx:
        customer = _customer(tx, marks, shop)
        ids = {
            "order": str(order_id),
            "customer_id": str(customer),
            "staff_id": str(_staff(tx, marks)),
            **_order(tx, marks, order_id, shop, customer),
            **_goods(tx, marks, shop),
        }
        _told(tx, marks, order_id)
        shortage = Shortage("MUG", marks.number("stock.available"), True)
        _change(tx, marks, order_id, shortage)
    return Planted(shop, shop.owner, order_id, ids, marks.told)


def _customer(tx: Session, marks: _Markers, shop: Shop) -> int:
    row = Customer(
        name="Planted",
        email=marks.note("customer.email", "marker.customer@example.org"),
        phone=marks.note("customer.phone", "+79990003344"),
        addresses=[_address(marks, "customer.address") | {"label": "home"}],
        custom={"shirt": marks.text("customer.custom")},
        note=marks.text("customer.note"),
        branch_id=shop.branch_id,
    )
    tx.add_all([row, CustomField(key="shirt", kind="text", labels={"en": "Shirt"})])
    code = marks.note("customer.consents", "marker-list")
    tx.add(MailingList(code=code, kind="newsletter", name="News"))
    tx.flush()
    tx.add(Consent(customer_id=row.id, list_code=code, is_given=True, way="in_person", by="system"))
    return row.id


def _staff(tx: Session, marks: _Markers) -> int:
    add_staff(tx, marks.note("staff.login", "markerlogin"), "Salesperson")
    row = tx.query(StaffMember).filter(StaffMember.name == "Markerlogin").one()
    row.name = "Planted"
    row.email = marks.note("staff.email", "marker.staff@example.org")
    row.phone = marks.note("staff.phone", "+79990005566")
    return row.id


def _address(marks: _Markers, key: str) -> dict[str, Any]:
    street = marks.text(key)
    return {"country": "RU", "city": "Tver", "postcode": "1", "street": street}


AMOUNTS = ("goods", "shipping", "shipping_tax", "tax", "total", "authorised", "allowance")


def _order(
    tx: Session, marks: _Markers, order_id: UUID, shop: Shop, customer: int
) -> dict[str, str]:
    captured, refunded = 950_000_017, 13_000_033
    marks.note("order.captured", captured)
    marks.note("order.refunded", refunded)
    marks.note("customer.spent", captured - refunded)
    name = marks.text("order.customer_name")
    marks.note("order.customer_email", EMAIL)
    marks.note("order.customer_phone", PHONE)
    tx.add(
        Order(
            id=order_id,
            channel_id=shop.channel_id,
            branch_id=shop.branch_id,
            external_ref="X-1",
            status="placed",
            payment="part_paid",
            fulfilment="unfulfilled",
            currency="RUB",
            prices_include_tax=True,
            captured=captured,
            refunded=refunded,
            weight_g=1,
            customer_id=customer,
            customer_name=name,
            customer_email=EMAIL,
            customer_phone=PHONE,
            language="en",
            address=_address(marks, "order.address"),
            comment=marks.text("order.comment"),
            search=searchable(name, EMAIL, PHONE, "X-1"),
            **{each: marks.number(f"order.{each}") for each in AMOUNTS},
        )
    )
    tx.flush()
    tx.add(_line(marks, order_id, shop))
    return _papers(tx, marks, order_id)


def _line(marks: _Markers, order_id: UUID, shop: Shop) -> OrderLine:
    return OrderLine(
        order_id=order_id,
        line=1,
        variant_id=shop.variants["MUG"],
        sku="MUG",
        name="Mug",
        unit_price=marks.number("order.unit_price"),
        gross=marks.number("order.gross"),
        tax=marks.number("order.tax"),
        tax_class=marks.text("product.tax_class"),
        tax_rate=2000,
        weight_g=1,
        ordered=1,
        allocated=1,
    )


def _papers(tx: Session, marks: _Markers, order_id: UUID) -> dict[str, str]:
    payment = Payment(
        id=uuid4(),
        order_id=order_id,
        method="bank_transfer",
        state="captured",
        currency="RUB",
        document=marks.text("order.document"),
        **{
            each: marks.number(f"order.{each}")
            for each in ("refunded", "captured", "authorised", "amount")
        },
    )
    note = OrderNote(id=uuid4(), order_id=order_id, author="system", text=marks.text("order.notes"))
    file = OrderFile(
        id=uuid4(),
        order_id=order_id,
        name=marks.text("order.files"),
        media_type="text/plain",
        size=4,
        content=marks.text("order.files").encode(),
        author="system",
    )
    tx.add_all([payment, note, file])
    tx.flush()
    tx.add(_refund(marks, order_id, payment.id))
    return {"payment_id": str(payment.id), "file_id": str(file.id)}


def _refund(marks: _Markers, order_id: UUID, payment_id: UUID) -> Refund:
    return Refund(
        id=uuid4(),
        request_id=uuid4(),
        order_id=order_id,
        payment_id=payment_id,
        amount=marks.number("order.amount"),
        state="done",
        lines=[],
    )


def _change(tx: Session, marks: _Markers, order_id: UUID, shortage: Shortage) -> None:
    """An edit that somebody proposed, with what it would cost."""
    edit = CustomerEdit(
        marks.text("order.customer_name"),
        marks.text("order.customer_email"),
        marks.text("order.customer_phone"),
    )
    change = ChangeSet(
        add_lines=[AddLine(1, 1, marks.number("order.unit_price"))],
        customer=edit,
        address=Address(**_address(marks, "order.address")),
        comment=marks.text("order.comment"),
    )
    goods, shipping = (marks.number(f"order.{each}") for each in AMOUNTS[:2])
    costs = Contents([], goods, shipping, 0, 0)
    due = marks.number("order.total"), marks.number("order.total")
    preview = ChangePreview(costs, costs, [shortage], *due)
    tx.add(
        OrderChange(
            id=uuid4(),
            order_id=order_id,
            state="proposed",
            actions=change.to_json(),
            preview=preview.to_json(),
            proposed_by="system",
        )
    )


def _goods(tx: Session, marks: _Markers, shop: Shop) -> dict[str, str]:
    mug = tx.get_one(Variant, shop.variants["MUG"])
    mug.price = marks.number("product.price")
    product = tx.get_one(Product, mug.product_id)
    product.tax_class = marks.text("product.tax_class")
    place = {"variant_id": mug.id, "location_id": shop.location_id}
    item = tx.get_one(StockItem, (mug.id, shop.location_id, "good"))
    added = ON_HAND - item.on_hand
    item.on_hand, item.allocated = ON_HAND, ALLOCATED
    tx.add(
        StockMovement(
            **place,
            condition="good",
            kind="adjustment",
            on_hand_change=marks.note("stock.on_hand", added),
            allocated_change=marks.note("stock.allocated", ALLOCATED),
            actor="system",
        )
    )
    marks.note("stock.on_hand", ON_HAND)
    marks.note("stock.available", ON_HAND - ALLOCATED)
    return {"sku": "MUG", "variant_id": str(mug.id), "product_id": str(product.id)}


def _told(tx: Session, marks: _Markers, order_id: UUID) -> None:
    """History tells of every field that it changed."""
    for noun, fields in GUARDED.items():
        changes: history.Changes = {
            name: (marks.text(f"{noun}.{name}"), marks.text(f"{noun}.{name}")) for name in fields
        }
        for subject_id in [PLANTED, order_id] if noun == "order" else [PLANTED]:
            entry = history.Entry(noun, subject_id, f"{noun}.edited", "system", changes)
            history.append(tx, entry)

"""One order in full, and its history, in as many statements for a rich order as for a bare one."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from db import history
from db.engine import Database
from db.reads.history import HistoryRow, order_history
from db.reads.names import ActorName, ChannelName, Name
from db.reads.order_details import find_order_detail
from db.reads.order_filters import EVERY_ORDER, Scope
from db.reads.order_parts import (
    CancellationDetail,
    ChangeDetail,
    FileDetail,
    LegDetail,
    LineDetail,
    NoteDetail,
    OrderDetail,
    ParcelEventDetail,
    PaymentDetail,
    RefundDetail,
    ShipmentDetail,
    ShippedLine,
    StepDetail,
)
from db.tables.catalogue import ShippingMethod
from db.tables.changes import Cancellation, CancellationLeg, OrderChange, OrderStep
from db.tables.orders import OrderFile, OrderNote
from db.tables.payments import Payment, Refund
from db.tables.shipments import ParcelEvent, Shipment, ShipmentLabel, ShipmentLine
from domain.changes import ChangePreview, Contents
from domain.order_lines import LineQuantities, LineQuantity, LineStage
from domain.orders import (
    ChannelKind,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
    ReturnStatus,
)
from domain.payments import PaymentMethod, PaymentState, RefundState
from domain.shipments import CarrierCode, ShipmentState
from tests.db.order_shop import ANN, RIVER, add_order, at, counted, open_shop, order_id

NOTHING = Contents([], 0, 0, 0, 0)
PREVIEW = ChangePreview(NOTHING, NOTHING, [], 0, 0)
PAYMENT, REFUND, REQUEST, PARCEL, SECOND, CANCELLED, CHANGE, FILE, NOTE = (
    UUID(int=n) for n in range(1, 10)
)
ANNS, KEYS, NOBODYS = (
    ActorName("staff:1", "Ann"),
    ActorName("key:3", "Storefront"),
    ActorName("staff:99", None),
)
BOX = {"weight_g": 500, "length_cm": 10, "width_cm": 10, "height_cm": 5}
METHOD: dict[str, Any] = {"bands": [], "countries": [], "tax_class": "standard", "basis": "weight"}


@pytest.fixture
def shop(db: Database) -> Database:
    open_shop(db)
    add_all(db, ShippingMethod(code="post", name="By post", carrier="own", **METHOD))
    add_order(db, 1, "shop", name="Ada", email="ada@example.org", phone="+33612345678",
              ref="W-1", skus=["TEA", "CUP"], branch_id=RIVER, responsible_id=ANN, goods=200,
              total=200, tax=34, captured=200, refunded=50, allowance=5, payment="part_refunded",
              shipping_method="post", weight_g=20, address={"city": "Lyon"}, comment="Ring twice",
              attention="carrier_unknown", attention_at=at(2))  # fmt: skip
    add_order(db, 2, "phone", skus=[])
    return db


def add_all(db: Database, *rows: object) -> None:
    with db.transaction() as tx:
        for row in rows:
            tx.add(row)
            tx.flush()
        history.append(tx, history.Entry("shop", 1, "shop.stocked", "system"))


def enrich(db: Database) -> None:
    order = {"order_id": order_id(1)}
    parcel = {"carrier": "own", "service": "", "boxes": [BOX]}
    event = {"shipment_id": PARCEL, "place": "Lyon"}
    add_all(
        db,
        Payment(id=PAYMENT, **order, method="card", provider="yookassa", state="captured",
                amount=200, currency="EUR", captured=200, refunded=50, reference="p-1",
                created_at=at(1)),
        Refund(id=REFUND, **order, request_id=REQUEST, payment_id=PAYMENT, amount=50,
               state="done", reason="Broken", lines=[], reference="r-1", created_at=at(2)),
        Shipment(id=PARCEL, **order, sequence=1, **parcel, state="shipped", tracking_number="T1",
                 parcel_state="in_transit", created_at=at(1), shipped_at=at(2)),
        Shipment(id=SECOND, **order, sequence=2, **parcel, state="preparing", created_at=at(3)),
        ShipmentLabel(shipment_id=PARCEL, media_type="application/pdf", content=b"%PDF"),
        ShipmentLine(shipment_id=PARCEL, line=1, location_id=1, quantity=1),
        ShipmentLine(shipment_id=PARCEL, line=2, location_id=0, quantity=1),
        ParcelEvent(**event, code="B", at=at(3), state="in_transit"),
        ParcelEvent(**event, code="A", at=at(2), state="accepted"),
        Cancellation(id=CANCELLED, **order, lines=[{"line": 2, "quantity": 1}], restock=True,
                     refund=True, notify=False, reason="Sold out", actor="staff:1", at=at(2)),
        CancellationLeg(cancellation_id=CANCELLED, kind="stock", subject="", state="restocked"),
        CancellationLeg(cancellation_id=CANCELLED, kind="refund", subject="x", state="done"),
        OrderChange(id=uuid4(), **order, state="confirmed", actions={}, preview={},
                    proposed_by="staff:2"),
        OrderChange(id=CHANGE, **order, state="proposed", actions={"add": []},
                    preview=PREVIEW.to_json(), proposed_by="key:3", proposed_at=at(4)),
        OrderStep(**order, kind="ship", subject_id=PARCEL, state="unknown", error="time-out",
                  since=at(4)),
        OrderFile(id=FILE, **order, name="a.pdf", media_type="application/pdf", size=4,
                  content=b"%PDF", author="staff:99", at=at(5)),
        OrderNote(id=NOTE, **order, author="staff:1", text="Called her", at=at(6)),
    )  # fmt: skip


def line(number: int, variant: int, sku: str, name: str) -> LineDetail:
    return LineDetail(
        line=number,
        variant_id=variant,
        sku=sku,
        name=name,
        is_service=False,
        unit_price=100,
        tax_class="standard",
        tax_rate=2000,
        gross=100,
        tax=17,
        weight_g=10,
        refunded=0,
        quantities=LineQuantities(ordered=1, allocated=1),
        stage=LineStage.ALLOCATED,
    )


def shipments() -> list[ShipmentDetail]:
    moved = [ShippedLine(1, Name(1, "River store room"), 1), ShippedLine(2, None, 1)]
    told = [
        ParcelEventDetail("A", at(2), "accepted", "Lyon"),
        ParcelEventDetail("B", at(3), "in_transit", "Lyon"),
    ]
    return [
        ShipmentDetail(PARCEL, 1, CarrierCode.OWN, "", ShipmentState.SHIPPED, "in_transit", None,
                       "T1", [BOX], None, True, at(1), at(2), None, moved, told),
        ShipmentDetail(SECOND, 2, CarrierCode.OWN, "", ShipmentState.PREPARING, None, None, None,
                       [BOX], None, False, at(3), None, None, [], []),
    ]  # fmt: skip


@pytest.mark.requirement("R71", "R72", "R227", "R228", "R229", "R296")
def test_everything_of_an_order(shop: Database) -> None:
    enrich(shop)
    with shop.transaction() as tx:
        detail = find_order_detail(tx, EVERY_ORDER, order_id(1))
    legs = [LegDetail("refund", "x", "done", ""), LegDetail("stock", "", "restocked", "")]
    assert detail == OrderDetail(
        id=order_id(1),
        number=1,
        version=1,
        channel=ChannelName("shop", "Shop", ChannelKind.STOREFRONT),
        branch=Name(RIVER, "River"),
        responsible=Name(ANN, "Ann"),
        external_ref="W-1",
        status=OrderStatus.PLACED,
        payment=PaymentStatus.PART_REFUNDED,
        fulfilment=FulfilmentStatus.UNFULFILLED,
        returns=ReturnStatus.NONE,
        currency="EUR",
        prices_include_tax=True,
        goods=200,
        shipping=0,
        shipping_tax=0,
        tax=34,
        total=200,
        authorised=0,
        captured=200,
        refunded=50,
        allowance=5,
        shipping_method="post",
        shipping_method_name="By post",
        weight_g=20,
        customer_id=None,
        customer_name="Ada",
        customer_email="ada@example.org",
        customer_phone="+33612345678",
        language="en",
        address={"city": "Lyon"},
        comment="Ring twice",
        hold_reason=None,
        attention="carrier_unknown",
        attention_at=at(2),
        placed_at=at(1),
        closed_at=None,
        lines=[line(1, 1, "TEA", "Tea"), line(2, 2, "CUP", "Cup")],
        payments=[
            PaymentDetail(PAYMENT, PaymentMethod.CARD, "yookassa", PaymentState.CAPTURED, 200,
                          "EUR", 0, 200, 50, "p-1", None, None, None, at(1))
        ],
        refunds=[
            RefundDetail(REFUND, REQUEST, PAYMENT, 50, RefundState.DONE, "r-1", None, "Broken", [],
                         at(2))
        ],
        shipments=shipments(),
        cancellations=[
            CancellationDetail(CANCELLED, [LineQuantity(2, 1)], True, True, False, "Sold out",
                               ANNS, at(2), legs)
        ],
        open_change=ChangeDetail(CHANGE, {"add": []}, PREVIEW, KEYS, at(4)),
        steps=[StepDetail("ship", PARCEL, "unknown", "time-out", at(4))],
        files=[FileDetail(FILE, "a.pdf", "application/pdf", 4, NOBODYS, at(5))],
        notes=[NoteDetail(NOTE, ANNS, "Called her", at(6))],
    )  # fmt: skip


def test_a_rich_order_costs_as_many_statements_as_a_bare_one(shop: Database) -> None:
    enrich(shop)
    taken = []
    for number in (1, 2):
        with counted(shop) as statements, shop.transaction() as tx:
            assert find_order_detail(tx, EVERY_ORDER, order_id(number)) is not None
        taken.append(len(statements))
        assert not [sql for sql in statements if "content" in sql.replace("contents", "")]
    assert taken == [14, 14]


def test_an_order_out_of_scope_is_not_there(shop: Database) -> None:
    with shop.transaction() as tx:
        assert find_order_detail(tx, Scope(frozenset({RIVER})), order_id(2)) is None
        assert find_order_detail(tx, Scope(channel_id=4), order_id(2)) is not None
        assert find_order_detail(tx, EVERY_ORDER, uuid4()) is None


@pytest.mark.requirement("R253", "R254", "R296")
def test_history_tells_who_when_what_and_why_newest_first(shop: Database) -> None:
    write_history(shop)
    with counted(shop) as statements, shop.transaction() as tx:
        shown = order_history(tx, order_id(1))
    assert len(statements) == 2
    assert shown.next is None
    first, last = shown.rows[0], shown.rows[-1]
    assert first == HistoryRow(
        id=first.id,
        at=first.at,
        actor=ActorName("system", None),
        action="order.completed",
        changes={"status": ["placed", "completed"]},
        details={"number": 1},
        reason=None,
        workflow_id="order-1",
        request_id=None,
    )
    assert [row.actor for row in shown.rows] == [ActorName("system", None), KEYS, NOBODYS, ANNS]
    assert (last.action, last.reason, last.changes) == ("order.held", "Address", {})
    assert last.at.utcoffset() == timedelta(0)


def test_history_comes_in_pages(shop: Database) -> None:
    write_history(shop)
    seen: list[str] = []
    after = None
    for _ in range(2):
        with shop.transaction() as tx:
            shown = order_history(tx, order_id(1), after, limit=2)
            assert len(shown.rows) == 2
            seen += [row.action for row in shown.rows]
            after = shown.next
    assert seen == ["order.completed", "order.paid", "order.released", "order.held"]
    assert after is None


@pytest.mark.parametrize("limit", [0, 101])
def test_a_page_of_history_has_its_bounds(shop: Database, limit: int) -> None:
    refused = pytest.raises(ValueError, match=f"^A page has 1 to 100 entries, not {limit}\\.$")
    with shop.transaction() as tx, refused:
        order_history(tx, order_id(1), limit=limit)


def write_history(db: Database) -> None:
    order, other = order_id(1), order_id(2)
    changes = {"status": ("placed", "completed")}
    with db.transaction() as tx:
        history.append(tx, history.order_entry(order, "order.held", "staff:1", reason="Address"))
        history.append(tx, history.order_entry(order, "order.released", "staff:99"))
        history.append(tx, history.order_entry(order, "order.paid", "key:3"))
        token = history.workflow_id.set("order-1")
        history.append(
            tx, history.order_entry(order, "order.completed", "system", changes, number=1)
        )
        history.workflow_id.reset(token)
        history.append(tx, history.order_entry(other, "order.held", "staff:1"))

"""The four axes of an order, read off its lines, payments and shipments."""

from dataclasses import replace
from uuid import UUID

import pytest

from domain.drafts import Address, Customer, Draft, DraftLine, DraftPayment
from domain.files import LARGEST_FILE, FileKind, FileNotAccepted, check_file
from domain.order_commands import (
    RULES,
    Command,
    NotInThisStatus,
    check,
    mermaid,
    target,
)
from domain.order_lines import LineQuantities, LineStage
from domain.orders import (
    FulfilmentStatus,
    NumberedLine,
    Order,
    OrderStatus,
    PaymentStatus,
    ReturnStatus,
    fulfilment_status,
    payment_status,
    return_status,
)
from domain.payments import Payment, PaymentMethod, PaymentState
from domain.shipments import CarrierCode, Shipment, ShipmentState
from domain.waiting import waits

ID = UUID(int=1)
LINE = LineQuantities(2, allocated=2)
SENT = LineQuantities(2, shipped=2)
CARD = Payment(ID, PaymentMethod.CARD, PaymentState.PENDING, 100)
TAKEN = replace(CARD, state=PaymentState.CAPTURED, captured=100)


def order(*lines: LineQuantities, **more: object) -> Order:
    numbered = [NumberedLine(n, line) for n, line in enumerate(lines or (LINE,), 1)]
    return replace(Order(OrderStatus.PLACED, 100, numbered), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("total", "authorised", "captured", "refunded", "status"),
    [
        (100, 0, 0, 0, "unpaid"),
        (100, 99, 0, 0, "unpaid"),
        (100, 100, 0, 0, "authorised"),
        (100, 0, 40, 0, "part_paid"),
        (100, 0, 100, 0, "paid"),
        (0, 0, 0, 0, "paid"),
        (60, 0, 100, 40, "part_refunded"),
        (0, 0, 100, 100, "refunded"),
        (60, 0, 100, 0, "overpaid"),
        (60, 0, 100, 30, "overpaid"),
    ],
)
def test_the_payment_axis(
    total: int, authorised: int, captured: int, refunded: int, status: str
) -> None:
    assert payment_status(total, authorised, captured, refunded) == status


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([LINE], "unfulfilled"),
        ([LINE, SENT], "partial"),
        ([SENT], "fulfilled"),
        ([SENT, LineQuantities(1, cancelled=1)], "fulfilled"),
        ([replace(SENT, delivered=1)], "fulfilled"),
        ([replace(SENT, delivered=2)], "delivered"),
        ([LineQuantities(1, cancelled=1)], "unfulfilled"),
    ],
)
def test_the_fulfilment_axis(lines: list[LineQuantities], status: str) -> None:
    assert fulfilment_status(dict(enumerate(lines))) == FulfilmentStatus(status)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (SENT, "none"),
        (replace(SENT, return_requested=1), "requested"),
        (replace(SENT, returned_good=1), "partial"),
        (replace(SENT, returned_good=1, returned_damaged=1), "returned"),
    ],
)
def test_the_return_axis(line: LineQuantities, status: str) -> None:
    assert return_status({1: line}) == ReturnStatus(status)


@pytest.mark.requirement("R30")
@pytest.mark.parametrize(
    ("line", "stage"),
    [
        (LineQuantities(2, allocated=1, backordered=1), "backordered"),
        (LINE, "allocated"),
        (replace(LINE, picked=1), "allocated"),
        (replace(LINE, picked=2, packed=1), "picked"),
        (replace(LINE, picked=2, packed=2), "packed"),
        (LineQuantities(2, allocated=1, shipped=1), "part_shipped"),
        (SENT, "shipped"),
        (replace(SENT, delivered=2), "delivered"),
        (replace(SENT, delivered=2, returned_good=2), "returned"),
        (LineQuantities(2, cancelled=2), "cancelled"),
        (LineQuantities(2, cancelled=1, shipped=1), "shipped"),
    ],
)
def test_the_stage_of_a_line(line: LineQuantities, stage: str) -> None:
    line.check()
    assert line.stage is LineStage(stage)


def test_a_favour_never_makes_a_price_less_than_nothing() -> None:
    """Else 50 given as a favour were owed for ever once all the rest fell away."""
    favoured = order(payments=[replace(TAKEN, refunded=50)], allowance=50)
    assert (favoured.due, favoured.overpaid) == (0, 0)
    cancelled = replace(favoured, total=0, status=OrderStatus.CANCELLED)
    assert (cancelled.price, cancelled.overpaid, cancelled.refundable) == (0, 50, 50)
    settled = replace(cancelled, payments=[replace(TAKEN, refunded=100)])
    assert (settled.due, settled.overpaid) == (0, 0)
    assert settled.payment_status is PaymentStatus.REFUNDED


def test_what_is_covered_may_leave() -> None:
    cash = replace(CARD, method=PaymentMethod.CASH_ON_DELIVERY, state=PaymentState.AWAITED)
    held = replace(CARD, state=PaymentState.AUTHORISED, authorised=100)
    assert not order(payments=[CARD]).is_covered
    for payment in (cash, held, TAKEN):
        assert order(payments=[payment]).is_covered
    assert not order(payments=[replace(cash, amount=99)]).is_covered


@pytest.mark.parametrize("command", [*Command])
@pytest.mark.parametrize("status", [*OrderStatus])
def test_a_command_exists_in_the_statuses_it_is_declared_for(
    command: Command, status: OrderStatus
) -> None:
    if status not in RULES[command].sources:
        with pytest.raises(NotInThisStatus, match=f"^An order that is {status} has no {command}"):
            check(order(status=status), command)


def test_cancelling_a_part_leaves_the_order_alive() -> None:
    assert target(order(), Command.CANCEL) is OrderStatus.PLACED
    gone = order(LineQuantities(2, cancelled=2))
    assert target(gone, Command.CANCEL) is OrderStatus.CANCELLED


def test_the_diagram_has_every_way_from_status_to_status() -> None:
    drawn = mermaid()
    assert "    on_hold --> placed: release\n" in drawn
    assert "    placed --> expired: expire\n" in drawn
    assert "on_hold --> expired" not in drawn


@pytest.mark.parametrize(
    ("seen", "codes"),
    [
        (order(payments=[CARD]), ["payment", "unpaid"]),
        (order(payments=[TAKEN]), ["shipping"]),
        (order(), ["no_payment", "unpaid"]),
        (order(status=OrderStatus.ON_HOLD, payments=[TAKEN]), ["on_hold"]),
        (order(payments=[TAKEN], open_change=ID), ["change", "shipping"]),
        (order(payments=[replace(TAKEN, refunding=100)], total=0), ["refund", "shipping"]),
        (order(payments=[replace(TAKEN, captured=150)]), ["overpaid", "shipping"]),
        (order(LineQuantities(1, backordered=1), payments=[TAKEN]), ["backorder"]),
        (
            order(
                SENT,
                payments=[TAKEN],
                shipments=[Shipment(ID, CarrierCode.OWN, ShipmentState.SHIPPED, [])],
            ),
            ["own_delivery"],
        ),
        (order(SENT, payments=[TAKEN], status=OrderStatus.COMPLETED), []),
    ],
)
def test_what_an_order_waits_for(seen: Order, codes: list[str]) -> None:
    assert [wait.code for wait in waits(seen)] == codes
    assert all(wait.message for wait in waits(seen))


def test_a_draft_comes_back_from_its_json() -> None:
    line = DraftLine(1, 7, "MUG", "Mug", False, True, 3, 100, "standard", 2_000, 300, 50, 400)
    service = replace(line, line=2, is_service=True, weight_g=0)
    draft = Draft(
        channel_id=1,
        branch_id=None,
        external_ref="A",
        currency="RUB",
        prices_include_tax=True,
        lines=[line, service],
        shipping_method="post",
        shipping=60,
        shipping_tax=10,
        customer=Customer("Ada", "ada@example.org", "", "fr"),
        address=Address("FR"),
        comment="",
        payments=[DraftPayment(str(ID), "card", 660)],
        locations=[1, 2],
        responsible_id=None,
        expires_in_s=60,
        capture_on_shipping=False,
        by="key:1",
    )
    assert Draft.from_json(draft.to_json()) == draft
    assert (draft.amounts.gross, draft.amounts.tax, draft.weight_g) == (660, 110, 1_200)
    assert [demand.line for demand in draft.demands()] == [1]


@pytest.mark.requirement("R297")
@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.exe", b"%PDF-1.7", FileKind("a.exe", "application/pdf")),
        ("b", b"\x89PNG\r\n\x1a\n...", FileKind("b", "image/png")),
        ("c.zip", b"PK\x03\x04", FileKind("c.zip", "application/zip")),
        (
            "d.XLSX",
            b"PK\x03\x04",
            FileKind("d.XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ),
        ("e.html", b"<script>", FileKind("e.html", "text/plain")),
        ("../../etc/\r\npasswd", b"x", FileKind(".._.._etc___passwd", "text/plain")),
        ("", "счёт".encode(), FileKind("file", "text/plain")),
        ("x" * 200 + ".txt", b"x", FileKind("x" * 146 + ".txt", "text/plain")),
    ],
)
def test_a_file_is_what_it_holds_not_what_it_says(
    name: str, content: bytes, kind: FileKind
) -> None:
    assert check_file(name, content) == kind


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"a\0b", b"x" * (LARGEST_FILE + 1)])
def test_other_files_are_not_kept(content: bytes) -> None:
    with pytest.raises(FileNotAccepted):
        check_file("a.pdf", content)

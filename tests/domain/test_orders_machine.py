"""Random commands on random orders, legal and not: what is promised of an order always holds."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain import payments as money
from domain import shipments as parcels
from domain.access import EVERYTHING, Actor
from domain.errors import Refusal
from domain.order_commands import RULES, Command, actions, check, refusal_of, target
from domain.order_lines import (
    LineQuantities,
    LineQuantity,
    Lines,
    allocate_lines,
    cancel_lines,
    deliver_lines,
    everything_open,
    pack_lines,
    pick_lines,
    ship_lines,
    unship_lines,
)
from domain.orders import CLOSED, NumberedLine, Order, OrderStatus, PaymentStatus
from domain.payments import Payment, PaymentMethod, PaymentState, RefundState
from domain.prices import Amounts, PricedLine, order_total, with_tax
from domain.shipments import CarrierCode, Shipment, ShipmentState

OWNER = Actor("staff:1", EVERYTHING)
SHIPPING = Amounts(300, 50)
PIECES = st.lists(st.builds(LineQuantity, st.integers(1, 4), st.integers(0, 4)), max_size=3)
SOLD = st.tuples(st.integers(1, 5), st.integers(0, 5), st.integers(0, 999))
AMOUNT = st.integers(0, 3000)
METHOD = st.sampled_from([*PaymentMethod])


class OrderLife(RuleBasedStateMachine):
    @initialize(sold=st.lists(SOLD, min_size=1, max_size=3), method=METHOD)
    def place(self, sold: list[tuple[int, int, int]], method: PaymentMethod) -> None:
        self.ids = 0
        self.refunds: list[tuple[UUID, int]] = []
        lines = {n: _line(*line[:2]) for n, line in enumerate(sold, 1)}
        self.prices = {
            n: with_tax(price * ordered, 2000, tax_included=True)
            for n, (ordered, _, price) in enumerate(sold, 1)
        }
        numbered = [NumberedLine(n, line) for n, line in lines.items()]
        self.order = Order(OrderStatus.PLACED, self.total(lines), numbered)
        self.order = self.order.with_payment(self.payment(method, self.order.total))

    @rule()
    def hold(self) -> None:
        self.command(Command.HOLD, self.move(Command.HOLD))

    @rule()
    def release(self) -> None:
        self.command(Command.RELEASE, self.move(Command.RELEASE))

    @rule(pieces=PIECES)
    def allocate(self, pieces: list[LineQuantity]) -> None:
        self.command(Command.ALLOCATE, lambda o: o.with_lines(allocate_lines(o.lines, pieces)))

    @rule(pieces=PIECES)
    def pick(self, pieces: list[LineQuantity]) -> None:
        self.command(Command.PICK, lambda o: o.with_lines(pick_lines(o.lines, pieces)))

    @rule(pieces=PIECES)
    def pack(self, pieces: list[LineQuantity]) -> None:
        self.command(Command.PACK, lambda o: o.with_lines(pack_lines(o.lines, pieces)))

    @rule(pieces=PIECES)
    def ship(self, pieces: list[LineQuantity]) -> None:
        def act(order: Order) -> Order:
            shipped = order.with_lines(ship_lines(order.lines, pieces))
            state = ShipmentState.PREPARING
            return shipped.with_shipment(Shipment(self.id(), CarrierCode.CDEK, state, pieces))

        self.command(Command.SHIP, act)

    @precondition(lambda self: self.order.shipments)
    @rule(data=st.data(), state=st.sampled_from([*ShipmentState]))
    def hear_of_parcel(self, data: st.DataObject, state: ShipmentState) -> None:
        """The carrier speaks whenever it likes, and of whatever it likes."""
        known = data.draw(st.sampled_from(self.order.shipments))
        if state is ShipmentState.ABANDONED:
            self.abandon(known)
            return
        followed = parcels.follow(known, state)
        if followed.state is ShipmentState.DELIVERED and followed != known:
            lines = deliver_lines(self.order.lines, followed.lines)
            self.order = self.order.with_lines(lines)
        self.order = self.order.with_shipment(followed)

    @precondition(lambda self: self.order.shipments)
    @rule(data=st.data())
    def deliver(self, data: st.DataObject) -> None:
        known = data.draw(st.sampled_from(self.order.shipments))

        def act(order: Order) -> Order:
            arrived = replace(known, state=parcels.deliver(known))
            lines = deliver_lines(order.lines, known.lines)
            return order.with_lines(lines).with_shipment(arrived)

        self.command(Command.DELIVER, act)

    @rule(pieces=PIECES, whole=st.booleans())
    def cancel(self, pieces: list[LineQuantity], whole: bool) -> None:
        def act(order: Order) -> Order:
            chosen = everything_open(order.lines) if whole else pieces
            after = self.priced(order.with_lines(cancel_lines(order.lines, chosen)))
            after = replace(after, status=target(after, Command.CANCEL))
            return _called_off(after) if after.status in CLOSED else after

        self.command(Command.CANCEL, act)

    @rule()
    def expire(self) -> None:
        def act(order: Order) -> Order:
            pieces = everything_open(order.lines)
            lines = cancel_lines(order.lines, pieces) if pieces else order.lines
            after = _called_off(self.priced(order.with_lines(lines)))
            return replace(after, status=target(order, Command.EXPIRE))

        self.command(Command.EXPIRE, act)

    @rule(method=METHOD, amount=AMOUNT)
    def add_payment(self, method: PaymentMethod, amount: int) -> None:
        self.command(
            Command.ADD_PAYMENT,
            lambda o: o.with_payment(self.payment(method, min(amount, o.due))),
        )

    @rule(data=st.data(), amount=AMOUNT)
    def receive(self, data: st.DataObject, amount: int) -> None:
        known = data.draw(st.sampled_from(self.order.payments))
        self.command(Command.RECORD_PAYMENT, lambda o: o.with_payment(money.receive(known, amount)))

    @rule(data=st.data(), state=st.sampled_from([*PaymentState]))
    def hear_of_payment(self, data: st.DataObject, state: PaymentState) -> None:
        """Facts may come late, twice and out of order."""
        known = data.draw(st.sampled_from(self.order.payments))
        if known.is_online:
            captured = known.amount if state is PaymentState.CAPTURED else 0
            settled = money.settle(known, state, known.amount, captured)
            self.order = self.order.with_payment(settled)

    @rule(amount=AMOUNT)
    def refund(self, amount: int) -> None:
        def act(order: Order) -> Order:
            parts = money.split_refund(order.payments, amount)
            favour = max(0, amount - order.overpaid)
            after = replace(order, allowance=order.allowance + favour)
            for part in parts:
                paid = after.payment(part.payment_id)
                after = after.with_payment(replace(paid, refunding=paid.refunding + part.amount))
                self.refunds.append((part.payment_id, part.amount))
            return after

        self.command(Command.REFUND, act)

    @precondition(lambda self: self.refunds)
    @rule(state=st.sampled_from([RefundState.DONE, RefundState.FAILED]))
    def hear_of_refund(self, state: RefundState) -> None:
        payment_id, amount = self.refunds.pop()
        paid = money.refund_done(self.order.payment(payment_id), amount, state)
        self.order = self.order.with_payment(paid)

    @precondition(lambda self: self.order.is_done)
    @rule()
    def complete(self) -> None:
        self.command(Command.COMPLETE, self.move(Command.COMPLETE))

    @invariant()
    def lines_hold(self) -> None:
        for line in self.order.lines.values():
            line.check()
        left = [s for s in self.order.shipments if s.state is not ShipmentState.ABANDONED]
        on_the_way = sum(piece.quantity for s in left for piece in s.lines)
        assert on_the_way == sum(line.shipped for line in self.order.lines.values())

    @invariant()
    def money_holds(self) -> None:
        order = self.order
        for paid in order.payments:
            assert min(paid.authorised, paid.captured, paid.refunded, paid.refunding) >= 0
            assert paid.refunded + paid.refunding <= paid.captured
        assert order.total == self.total(order.lines) >= 0
        assert 0 <= order.overpaid <= order.refundable
        kept = order.captured - order.refunded
        overpaid = order.payment_status is PaymentStatus.OVERPAID
        assert overpaid == (kept > max(0, order.total - order.allowance))
        assert (order.payment_status is PaymentStatus.REFUNDED) <= (kept == 0)

    @invariant()
    def closed_orders_hold_nothing(self) -> None:
        if self.order.status in CLOSED:
            assert everything_open(self.order.lines) == []
            assert not any(p.is_open and not p.is_online for p in self.order.payments)

    @invariant()
    def what_is_offered_is_what_is_allowed(self) -> None:
        offered = {action.command: action for action in actions(self.order, OWNER)}
        assert set(offered) == {command for command, rule in RULES.items() if rule.right}
        for command, action in offered.items():
            refusal = refusal_of(self.order, command)
            assert (action.is_open, action.reason) == (not refusal, refusal and str(refusal))

    def command(self, command: Command, act: Callable[[Order], Order]) -> None:
        before, seen = self.order, repr(self.order)
        try:
            check(before, command)
            self.order = act(before)
        except Refusal:
            assert repr(self.order) == seen
        else:
            assert before.status in RULES[command].sources

    def move(self, command: Command) -> Callable[[Order], Order]:
        return lambda order: replace(order, status=target(order, command))

    def abandon(self, known: Shipment) -> None:
        if known.is_being_booked:
            lines = unship_lines(self.order.lines, known.lines)
            gone = replace(known, state=ShipmentState.ABANDONED)
            self.order = self.order.with_lines(lines).with_shipment(gone)

    def priced(self, order: Order) -> Order:
        return replace(order, total=self.total(order.lines))

    def total(self, lines: Lines) -> int:
        priced = [
            PricedLine(line.ordered, line.wanted, self.prices[n]) for n, line in lines.items()
        ]
        return order_total(priced, SHIPPING).gross

    def payment(self, method: PaymentMethod, amount: int) -> Payment:
        online = method is PaymentMethod.CARD
        state = PaymentState.STARTING if online else PaymentState.AWAITED
        return Payment(self.id(), method, state, amount)

    def id(self) -> UUID:
        self.ids += 1
        return UUID(int=self.ids)


def _line(ordered: int, backordered: int) -> LineQuantities:
    waiting = min(ordered, backordered)
    return LineQuantities(ordered, allocated=ordered - waiting, backordered=waiting)


def _called_off(order: Order) -> Order:
    for paid in order.payments:
        order = order.with_payment(money.call_off(paid))
    return order


TestOrderLife = OrderLife.TestCase
TestOrderLife.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)

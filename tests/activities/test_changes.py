"""Editing placed orders: what the preview says is what happens, to stock, money and history."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from temporalio.testing import ActivityEnvironment

from activities.changes import ChangeActivities
from activities.orders import OrderActivities
from activities.payments import PaymentActivities
from db import allocations, catalogue, changes, history, orders, placing, stock
from db.engine import Database, Session
from db.tables.catalogue import ShippingMethod, TaxRate, Variant
from db.tables.history import HistoryEntry
from db.tables.orders import Order as OrderRow
from db.tables.orders import OrderLine
from db.tables.shop import Channel
from db.tables.stock import Allocation, StockItem
from domain.changes import (
    AddLine,
    AlreadyShipped,
    ChangeIdReused,
    ChangeNotOpen,
    ChangeOutdated,
    ChangePreview,
    ChangeSet,
    ChangeState,
    CustomerEdit,
    NothingToChange,
    NothingWouldRemain,
    Shortage,
)
from domain.drafts import Address, Customer
from domain.errors import Refusal
from domain.money import share
from domain.order_commands import ChangeIsOpen, NotInThisStatus
from domain.order_lines import LineNotOnOrder, LineQuantities, LineQuantity, ship_lines
from domain.order_messages import ConfirmChange, RecordPayment
from domain.orders import Order, PaymentStatus
from domain.pricing import Basket, UnknownSku, WantedLine, WantedPayment, WrongCurrency, price
from domain.shipping import NoSuchShippingMethod, NotShippedThere
from domain.stock import OutOfStock
from tests.factories import add_variant, open_shop

SAM = "staff:1"
ADA = Customer("Ada Martin", "ada@example.org", "+33612345678", "fr")
HOME = Address("RU", "Москва", "101000", "Арбат 1")
MUG, TEA = 50_000, 20_000
COURIER, CDEK_LIGHT, CDEK_HEAVY = 30_000, 35_000, 60_000


class Desk:
    """Where somebody edits orders of a shop with ten mugs and ten packs of tea."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.shop = open_shop(db, stock_of_each=10)
        self.mug, self.tea = self.shop.variants["MUG"], self.shop.variants["TEA"]
        self.activities = ChangeActivities(db)

    def place(self, shipping: str | None = "courier", paid: int = 0, **skus: int) -> UUID:
        order_id, payment_id = uuid4(), uuid4()
        lines = [WantedLine(sku, quantity) for sku, quantity in skus.items()]
        payments = [WantedPayment(payment_id, "bank_transfer")] if paid else []
        basket = Basket(lines, ADA, HOME, payments, shipping, external_ref=f"W-{order_id}")
        with self.db.transaction() as tx:
            offer = catalogue.offer(tx, self.shop.channel_id, list(skus), "RU", shipping)
            placing.place(tx, order_id, price(basket, offer, "key:1"))
        if paid:
            came = RecordPayment(order_id, uuid4(), SAM, payment_id=payment_id, amount=paid)
            PaymentActivities(self.db).record_payment(came)
        return order_id

    def propose(self, order_id: UUID, change: ChangeSet) -> tuple[UUID, ChangePreview]:
        change_id = uuid4()
        with self.db.transaction() as tx:
            return change_id, changes.propose(tx, change_id, order_id, change, SAM)

    def confirm(self, order_id: UUID, change_id: UUID) -> Order:
        command = ConfirmChange(order_id, change_id, SAM)
        order = ActivityEnvironment().run(self.activities.apply_change, command)
        assert isinstance(order, Order)
        return order

    def edit(self, order_id: UUID, change: ChangeSet) -> tuple[ChangePreview, Order]:
        """Proposed and confirmed; nothing of it may differ from its preview or in the books."""
        change_id, preview = self.propose(order_id, change)
        order = self.confirm(order_id, change_id)
        self.check(order_id, preview, order)
        return preview, order

    def check(self, order_id: UUID, preview: ChangePreview, order: Order) -> None:
        row, lines = self.row(order_id), self.lines(order_id)
        wanted = {n: line.ordered - line.cancelled for n, line in lines.items()}
        assert preview.after.costs == (row.goods, row.shipping, row.tax, row.total)
        assert {line.line: line.quantity for line in preview.after.lines} == wanted
        assert preview.to_refund == order.overpaid
        self.check_books(order_id, order)

    def check_books(self, order_id: UUID, order: Order) -> None:
        with self.db.transaction() as tx:
            assert stock.disagreements(tx) == []
            assert orders.get(tx, order_id) == order
        for line in order.lines.values():
            line.check()

    def ship(self, order_id: UUID, *pieces: LineQuantity) -> None:
        with self.db.transaction() as tx:
            before = orders.lock(tx, order_id)
            after = before.with_lines(ship_lines(before.lines, pieces))
            allocations.sell(tx, order_id, uuid4(), pieces, SAM)
            orders.save(tx, order_id, before, after, "order.shipped", SAM)

    def receive(self, variant_id: int, quantity: int) -> None:
        with self.db.transaction() as tx:
            stock.receive(tx, uuid4(), [(variant_id, quantity)], self.shop.location_id, SAM)
            _told(tx)

    def set(self, table: type[Any], key: object, **values: Any) -> None:
        with self.db.transaction() as tx:
            row = tx.get_one(table, key)
            for name, value in values.items():
                setattr(row, name, value)
            _told(tx)

    def add(self, row: object) -> None:
        with self.db.transaction() as tx:
            tx.add(row)
            _told(tx)

    def add_variant(self, sku: str, price: int, **values: Any) -> int:
        with self.db.transaction() as tx:
            _told(tx)
            return add_variant(tx, sku, price, **values)

    def row(self, order_id: UUID) -> OrderRow:
        with self.db.transaction() as tx:
            return tx.get_one(OrderRow, order_id)

    def lines(self, order_id: UUID) -> dict[int, OrderLine]:
        with self.db.transaction() as tx:
            rows = tx.scalars(select(OrderLine).where(OrderLine.order_id == order_id))
            return {row.line: row for row in rows}

    def level(self, variant_id: int) -> tuple[int, int]:
        """On hand and allocated."""
        with self.db.transaction() as tx:
            item = tx.get_one(StockItem, (variant_id, self.shop.location_id, "good"))
            return item.on_hand, item.allocated

    def told(self, order_id: UUID, action: str) -> list[dict[str, Any]]:
        """The changes of each such history entry."""
        with self.db.transaction() as tx:
            entries = select(HistoryEntry.changes).where(
                HistoryEntry.subject_id == str(order_id), HistoryEntry.action == action
            )
            return list(tx.scalars(entries.order_by(HistoryEntry.id)))

    def state(self, change_id: UUID) -> ChangeState:
        with self.db.transaction() as tx:
            known = changes.find_change(tx, change_id)
        assert known is not None
        return known.state

    def everything(self) -> list[Any]:
        """All that an edit could touch, to see that it did not."""
        with self.db.transaction() as tx:
            tables = (OrderRow, OrderLine, Allocation, StockItem)
            rows = [tx.execute(select(*table.__table__.columns)).all() for table in tables]
            return [*map(sorted_rows, rows), tx.scalar(select(func.count(HistoryEntry.id)))]


def sorted_rows(rows: Any) -> list[str]:
    return sorted(map(repr, rows))


def _told(tx: Session) -> None:
    history.append(tx, history.Entry("test", 1, "shop.changed", "system"))


@pytest.fixture
def desk(db: Database) -> Desk:
    return Desk(db)


def set_line(line: int, quantity: int) -> ChangeSet:
    return ChangeSet(set_quantities=[LineQuantity(line, quantity)])


@pytest.mark.requirement("R237", "R241")
def test_fewer_pieces_give_stock_and_money_back(desk: Desk) -> None:
    order_id = desk.place(MUG=3, TEA=1, paid=3 * MUG + TEA + COURIER)

    preview, order = desk.edit(order_id, set_line(1, 1))

    assert preview.before.total == 200_000
    assert preview.after.costs == (70_000, 30_000, 16_666, 100_000)
    assert (preview.difference, preview.to_refund, preview.to_collect) == (-100_000, 100_000, 0)
    assert order.lines[1] == LineQuantities(ordered=3, allocated=1, cancelled=2)
    assert order.payment_status is PaymentStatus.OVERPAID
    assert desk.level(desk.mug) == (10, 1)
    assert desk.row(order_id).weight_g == 500


@pytest.mark.requirement("R237", "R241")
def test_more_pieces_cost_what_the_line_cost_when_it_was_sold(desk: Desk) -> None:
    order_id = desk.place(MUG=1, paid=MUG + COURIER)
    desk.set(Variant, desk.mug, price=99_000)
    desk.set(TaxRate, 1, rate=500)

    preview, order = desk.edit(order_id, set_line(1, 4))

    assert [(line.quantity, line.unit_price, line.gross) for line in preview.after.lines] == [
        (1, MUG, MUG),
        (3, MUG, 3 * MUG),
    ]
    added = desk.lines(order_id)[2]
    assert (added.tax_rate, added.tax, added.sku, added.weight_g) == (2000, 25_000, "MUG", 400)
    assert (preview.difference, preview.to_refund, preview.to_collect) == (150_000, 0, 150_000)
    assert order.lines[2] == LineQuantities(ordered=3, allocated=3)
    assert order.payment_status is PaymentStatus.PART_PAID
    assert desk.level(desk.mug) == (10, 4)
    assert desk.row(order_id).weight_g == 1600


@pytest.mark.requirement("R237")
def test_new_variants_come_at_todays_price_and_the_countrys_tax_or_as_agreed(desk: Desk) -> None:
    order_id = desk.place(MUG=1)
    desk.add(TaxRate(tax_class="standard", country="FR", rate=1000))
    abroad = Address("FR", "Paris", "75001", "1 rue de Rivoli")
    wanted = [AddLine(desk.tea, 2), AddLine(desk.shop.variants["HELP"], 1, unit_price=66_000)]

    preview, order = desk.edit(order_id, ChangeSet(add_lines=wanted, address=abroad))

    rows = desk.lines(order_id)
    assert [(rows[n].name, rows[n].gross, rows[n].tax) for n in (1, 2, 3)] == [
        ("Mug", 50_000, 8_333),
        ("Tea", 40_000, 3_636),
        ("Help", 66_000, 6_000),
    ]
    assert preview.after.costs == (156_000, 30_000, 8_333 + 3_636 + 6_000 + 2_727, 186_000)
    assert order.lines[3] == LineQuantities(ordered=1, allocated=1)
    assert desk.level(desk.tea) == (10, 2)


def test_a_line_taken_away_serves_the_same_goods_at_a_new_price(desk: Desk) -> None:
    """All the stock there is is held by the line that goes."""
    order_id = desk.place(MUG=10)
    cheaper = ChangeSet([LineQuantity(1, 0)], [AddLine(desk.mug, 10, unit_price=45_000)])

    preview, order = desk.edit(order_id, cheaper)

    assert preview.shortages == []
    assert preview.difference == -50_000
    assert order.lines == {
        1: LineQuantities(ordered=10, cancelled=10),
        2: LineQuantities(ordered=10, allocated=10),
    }
    assert desk.level(desk.mug) == (10, 10)


@pytest.mark.requirement("R238", "R239", "R241")
def test_customer_address_and_comment_are_written_over_and_told(desk: Desk) -> None:
    order_id = desk.place(MUG=1)
    change = ChangeSet(
        customer=CustomerEdit(name="Eve Ivanova", phone="", language="ru"),
        address=Address("RU", "Тверь", "170000", "Мира 2"),
        comment="Ring twice",
    )

    preview, _ = desk.edit(order_id, change)

    row = desk.row(order_id)
    assert preview.after == preview.before
    assert (row.customer_name, row.customer_email) == ("Eve Ivanova", ADA.email)
    assert (row.customer_phone, row.language, row.comment) == ("", "ru", "Ring twice")
    assert row.search == f"eve ivanova ada@example.org w-{order_id}"
    assert desk.told(order_id, "order.edited") == [
        {
            "customer_name": ["Ada Martin", "Eve Ivanova"],
            "customer_phone": ["+33612345678", ""],
            "language": ["fr", "ru"],
            "address": [vars(HOME), vars(change.address)],
            "comment": ["", "Ring twice"],
        }
    ]


@pytest.mark.requirement("R237", "R239")
def test_history_names_every_field_old_and_new(desk: Desk) -> None:
    order_id = desk.place(MUG=2)

    desk.edit(order_id, replace(set_line(1, 1), shipping_method="cdek"))

    terms, rest = desk.told(order_id, "order.edited")
    assert terms == {
        "shipping_method": ["courier", "cdek"],
        "shipping": [30_000, 35_000],
        "shipping_tax": [5_000, 5_833],
        "weight_g": [800, 400],
    }
    assert rest == {
        "total": [130_000, 85_000],
        "line 1 allocated": [2, 1],
        "line 1 cancelled": [0, 1],
    }


@pytest.mark.requirement("R239")
def test_shipping_is_priced_by_the_weight_left(desk: Desk) -> None:
    order_id = desk.place("cdek", MUG=3)
    assert desk.row(order_id).shipping == CDEK_HEAVY

    lighter, _ = desk.edit(order_id, set_line(1, 2))
    assert lighter.after.shipping == CDEK_LIGHT

    heavier, _ = desk.edit(order_id, ChangeSet(add_lines=[AddLine(desk.tea, 3)]))
    assert heavier.after.shipping == CDEK_HEAVY


@pytest.mark.requirement("R239")
def test_shipping_is_free_above_its_threshold_and_not_below(desk: Desk) -> None:
    desk.set(ShippingMethod, "courier", free_from_total=200_000)
    order_id = desk.place(MUG=3)
    assert desk.row(order_id).shipping == COURIER

    above, _ = desk.edit(order_id, set_line(1, 4))
    assert above.after.costs == (200_000, 0, 33_333, 200_000)

    below, _ = desk.edit(order_id, set_line(2, 0))
    assert below.after.costs == (150_000, 30_000, 30_000, 180_000)


@pytest.mark.requirement("R239")
def test_another_country_may_cost_more_or_be_out_of_reach(desk: Desk) -> None:
    desk.add(TaxRate(tax_class="standard", country="FR", rate=0))
    desk.set(ShippingMethod, "cdek", countries=["RU"])
    order_id = desk.place("cdek", MUG=1)
    abroad = ChangeSet(address=Address("FR", "Paris"))

    with pytest.raises(NotShippedThere):
        desk.propose(order_id, abroad)
    preview, _ = desk.edit(order_id, replace(abroad, shipping_method="courier"))

    assert preview.after.costs == (50_000, 30_000, 8_333, 80_000)


def test_a_method_that_its_channel_no_longer_offers_stays_with_its_order(desk: Desk) -> None:
    order_id = desk.place("cdek", MUG=1)
    desk.set(Channel, desk.shop.channel_id, shipping_methods=["pickup"])

    preview, _ = desk.edit(order_id, set_line(1, 3))

    assert preview.after.shipping == CDEK_HEAVY
    with pytest.raises(NoSuchShippingMethod):
        desk.propose(order_id, ChangeSet(shipping_method="courier"))
    with pytest.raises(NoSuchShippingMethod):
        desk.propose(order_id, ChangeSet(shipping_method="balloon"))


@pytest.mark.requirement("R237")
def test_without_stock_the_edit_is_refused_and_waits(desk: Desk) -> None:
    order_id = desk.place(MUG=8)
    change_id, preview = desk.propose(order_id, set_line(1, 12))
    assert preview.shortages == [Shortage("MUG", missing=2, may_backorder=False)]
    before = desk.everything()

    with pytest.raises(OutOfStock, match="2 of MUG"):
        desk.confirm(order_id, change_id)

    assert desk.everything() == before
    assert desk.state(change_id) is ChangeState.PROPOSED
    desk.receive(desk.mug, 2)
    order = desk.confirm(order_id, change_id)
    assert order.lines[2] == LineQuantities(ordered=4, allocated=4)
    assert desk.level(desk.mug) == (12, 12)


def test_what_may_be_backordered_is_sold_without_stock(desk: Desk) -> None:
    order_id = desk.place(MUG=8)
    desk.set(Variant, desk.mug, may_backorder=True)

    preview, order = desk.edit(order_id, set_line(1, 12))

    assert preview.shortages == [Shortage("MUG", missing=2, may_backorder=True)]
    assert order.lines[2] == LineQuantities(ordered=4, allocated=2, backordered=2)
    assert desk.level(desk.mug) == (10, 10)


def test_a_proposal_changes_nothing_but_is_told(desk: Desk) -> None:
    order_id = desk.place(MUG=3)
    *rows, entries = desk.everything()

    change_id, _ = desk.propose(order_id, set_line(1, 5))

    assert desk.everything() == [*rows, entries + 1]
    assert desk.told(order_id, "order.change_proposed") == [{}]
    with desk.db.transaction() as tx:
        known = changes.find_change(tx, change_id)
    assert known is not None
    assert (known.order_id, known.proposed_by, known.change) == (order_id, SAM, set_line(1, 5))


def test_one_edit_at_a_time_and_an_id_says_one_thing(desk: Desk) -> None:
    order_id, other = desk.place(MUG=3), desk.place(TEA=1)
    change_id, preview = desk.propose(order_id, set_line(1, 5))

    with pytest.raises(ChangeIsOpen):
        desk.propose(order_id, set_line(1, 4))
    with desk.db.transaction() as tx:
        again = changes.propose(tx, change_id, order_id, set_line(1, 5), SAM)
    assert again == preview
    for order, change in ((order_id, set_line(1, 4)), (other, set_line(1, 5))):
        with pytest.raises(ChangeIdReused), desk.db.transaction() as tx:
            changes.propose(tx, change_id, order, change, SAM)


def test_confirming_twice_does_it_once(desk: Desk, database_url: str) -> None:
    order_id = desk.place(MUG=3)
    change_id, _ = desk.propose(order_id, set_line(1, 5))
    first = desk.confirm(order_id, change_id)
    done = desk.everything()
    # The guard of history takes the attempt to note a command twice for a change.
    unguarded = Database.connect(database_url)

    again = ChangeActivities(unguarded).apply_change(ConfirmChange(order_id, change_id, SAM))

    unguarded.close()
    assert again == first
    assert desk.everything() == done
    assert desk.state(change_id) is ChangeState.CONFIRMED


def test_the_last_piece_goes_to_one_of_two_edits(desk: Desk) -> None:
    placed = [desk.place(MUG=4), desk.place(MUG=5)]
    proposed = [
        (order_id, desk.propose(order_id, ChangeSet(add_lines=[AddLine(desk.mug, 1)]))[0])
        for order_id in placed
    ]

    def confirm(order_id: UUID, change_id: UUID) -> bool:
        try:
            desk.confirm(order_id, change_id)
        except OutOfStock:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        got = list(pool.map(confirm, *zip(*proposed, strict=True)))

    assert sorted(got) == [False, True]
    assert desk.level(desk.mug) == (10, 10)
    with desk.db.transaction() as tx:
        assert stock.disagreements(tx) == []


def test_levels_are_locked_in_id_order_whatever_is_given_up(desk: Desk) -> None:
    """Else two edits that swap their goods would wait for each other in a ring."""
    order_id = desk.place(TEA=5)
    swap = ChangeSet([LineQuantity(1, 0)], [AddLine(desk.mug, 5)])
    change_id, _ = desk.propose(order_id, swap)
    locations = [desk.shop.location_id]

    with ThreadPoolExecutor(1) as pool:
        with desk.db.transaction() as tx:
            stock.lock_available(tx, [desk.mug], locations)
            confirmed = pool.submit(desk.confirm, order_id, change_id)
            _wait_for_a_waiter(tx)
            tx.execute(text("SET LOCAL lock_timeout = '1s'"))
            assert stock.lock_available(tx, [desk.tea], locations)
        assert confirmed.result(timeout=30).lines[2].allocated == 5


def _wait_for_a_waiter(tx: Session) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    deadline = time.monotonic() + 10
    while not tx.scalar(waiting):
        assert time.monotonic() < deadline, "nobody came to wait for the lock"
        time.sleep(0.01)


def test_a_discarded_edit_cannot_be_confirmed(desk: Desk) -> None:
    order_id = desk.place(MUG=3)
    change_id, _ = desk.propose(order_id, set_line(1, 5))
    for _ in range(2):
        with desk.db.transaction() as tx:
            changes.discard(tx, change_id, SAM)

    with pytest.raises(ChangeNotOpen):
        desk.confirm(order_id, change_id)

    assert desk.state(change_id) is ChangeState.DISCARDED
    assert len(desk.told(order_id, "order.change_discarded")) == 1
    desk.edit(order_id, set_line(1, 4))


def test_confirmed_unknown_and_foreign_edits_are_not_open(desk: Desk) -> None:
    order_id, other = desk.place(MUG=3), desk.place(TEA=1)
    change_id, _ = desk.propose(order_id, set_line(1, 5))

    with pytest.raises(ChangeNotOpen):
        desk.confirm(other, change_id)
    with pytest.raises(ChangeNotOpen):
        desk.confirm(order_id, uuid4())
    desk.confirm(order_id, change_id)
    for known in (change_id, uuid4()):
        with pytest.raises(ChangeNotOpen), desk.db.transaction() as tx:
            changes.discard(tx, known, SAM)


def test_what_costs_something_else_by_now_is_proposed_anew(desk: Desk) -> None:
    order_id = desk.place(MUG=3)
    change_id, _ = desk.propose(order_id, ChangeSet(add_lines=[AddLine(desk.tea, 1)]))
    desk.set(Variant, desk.tea, price=25_000)
    before = desk.everything()

    with pytest.raises(ChangeOutdated):
        desk.confirm(order_id, change_id)

    assert desk.everything() == before
    assert desk.state(change_id) is ChangeState.PROPOSED


def test_what_has_left_the_house_stays_sold(desk: Desk) -> None:
    order_id = desk.place(MUG=3)
    desk.ship(order_id, LineQuantity(1, 2))

    with pytest.raises(AlreadyShipped):
        desk.propose(order_id, set_line(1, 1))
    _, order = desk.edit(order_id, set_line(1, 2))

    assert order.lines[1] == LineQuantities(ordered=3, shipped=2, cancelled=1)
    assert desk.level(desk.mug) == (8, 0)


def test_a_closed_order_is_not_edited(desk: Desk) -> None:
    order_id = desk.place(MUG=3)
    change_id, _ = desk.propose(order_id, set_line(1, 5))
    OrderActivities(desk.db).expire_order(order_id)

    with pytest.raises(NotInThisStatus):
        desk.confirm(order_id, change_id)
    with pytest.raises(NotInThisStatus):
        desk.propose(order_id, set_line(1, 4))
    with desk.db.transaction() as tx:
        changes.discard(tx, change_id, SAM)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (ChangeSet(), NothingToChange),
        (set_line(1, 3), NothingToChange),
        (ChangeSet(customer=CustomerEdit(name=ADA.name), comment=""), NothingToChange),
        (set_line(1, 0), NothingWouldRemain),
        (set_line(7, 1), LineNotOnOrder),
        (ChangeSet(add_lines=[AddLine(999_999, 1)]), UnknownSku),
    ],
)
def test_refusals_leave_no_trace(desk: Desk, change: ChangeSet, refusal: type[Refusal]) -> None:
    order_id = desk.place(MUG=3)
    before = desk.everything()

    with pytest.raises(refusal):
        desk.propose(order_id, change)

    assert desk.everything() == before


def test_a_price_in_another_currency_is_no_price(desk: Desk) -> None:
    order_id = desk.place(MUG=1)
    foreign = desk.add_variant("HAT", 1_000, currency="EUR")

    with pytest.raises(WrongCurrency):
        desk.propose(order_id, ChangeSet(add_lines=[AddLine(foreign, 1)]))


def change_sets(desk: Desk, lines: dict[int, OrderLine]) -> st.SearchStrategy[ChangeSet]:
    wanted = st.builds(LineQuantity, st.sampled_from(sorted(lines)), st.integers(0, 8))
    added = st.builds(
        AddLine,
        st.sampled_from(sorted(desk.shop.variants.values())),
        st.integers(1, 5),
        st.none() | st.integers(0, 99_999),
    )
    return st.builds(
        ChangeSet,
        set_quantities=st.lists(wanted, max_size=3, unique_by=lambda item: item.line),
        add_lines=st.lists(added, max_size=2),
        shipping_method=st.sampled_from([None, "courier", "cdek", "pickup"]),
    )


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_is_edited_and_shipped_the_books_agree(desk: Desk, data: st.DataObject) -> None:
    _fill_shelves(desk)
    order_id = desk.place(MUG=2, TEA=1)
    for ships in data.draw(st.lists(st.sampled_from([False, False, False, True]), min_size=3)):
        lines = desk.lines(order_id)
        here = [number for number, line in lines.items() if line.allocated and not line.is_service]
        with suppress(Refusal):
            if ships and here:
                desk.ship(order_id, LineQuantity(data.draw(st.sampled_from(sorted(here))), 1))
            else:
                _edit(desk, order_id, data.draw(change_sets(desk, lines)))
        _check_sums(desk, order_id)


def _fill_shelves(desk: Desk) -> None:
    """Every example starts with ten free mugs and ten free packs of tea."""
    for variant in (desk.mug, desk.tea):
        on_hand, allocated = desk.level(variant)
        desk.receive(variant, 10 - on_hand + allocated)


def _edit(desk: Desk, order_id: UUID, change: ChangeSet) -> None:
    change_id, preview = desk.propose(order_id, change)
    if not preview.missing:
        return desk.check(order_id, preview, desk.confirm(order_id, change_id))
    before = desk.everything()
    with pytest.raises(OutOfStock):
        desk.confirm(order_id, change_id)
    assert desk.everything() == before
    with desk.db.transaction() as tx:
        return changes.discard(tx, change_id, SAM)


def _check_sums(desk: Desk, order_id: UUID) -> None:
    row, lines = desk.row(order_id), desk.lines(order_id).values()
    left = [share(line.gross, line.ordered - line.cancelled, line.ordered) for line in lines]
    assert row.total == sum(left) + row.shipping
    assert row.goods == sum(left)
    with desk.db.transaction() as tx:
        desk.check_books(order_id, orders.get(tx, order_id))

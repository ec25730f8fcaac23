"""Edits that must not happen, or not twice, or not at the same time: nothing changes."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from activities.changes import ChangeActivities
from activities.orders import OrderActivities
from db import changes, stock
from db.engine import Database, Session
from db.tables.catalogue import Variant
from domain.changes import (
    AddLine,
    AlreadyShipped,
    ChangeIdReused,
    ChangeNotOpen,
    ChangeOutdated,
    ChangeSet,
    ChangeState,
    CustomerEdit,
    NothingToChange,
    NothingWouldRemain,
    Shortage,
)
from domain.errors import Refusal
from domain.order_commands import ChangeIsOpen, NotInThisStatus
from domain.order_lines import LineNotOnOrder, LineQuantities, LineQuantity
from domain.order_messages import ConfirmChange
from domain.pricing import UnknownSku, WrongCurrency
from domain.stock import OutOfStock
from tests.edit_desk import ADA, SAM, Desk, set_line


@pytest.fixture
def desk(db: Database) -> Desk:
    return Desk(db)


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

"""Whatever is edited and shipped in whatever order: sums, lines and the stock ledger agree."""

from contextlib import suppress
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import changes, orders
from db.engine import Database
from db.tables.orders import OrderLine
from domain.changes import AddLine, ChangeSet
from domain.errors import Refusal
from domain.money import share
from domain.order_lines import LineQuantity
from domain.stock import OutOfStock
from tests.edit_desk import SAM, Desk


@pytest.fixture
def desk(db: Database) -> Desk:
    return Desk(db)


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
    max_examples=25,
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

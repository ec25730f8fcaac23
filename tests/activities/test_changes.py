"""Editing placed orders: what the preview says is what happens, to stock, money and history."""

from dataclasses import replace

import pytest

from db.engine import Database
from db.tables.catalogue import ShippingMethod, TaxRate, Variant
from db.tables.shop import Channel
from domain.changes import AddLine, ChangeSet, CustomerEdit
from domain.drafts import Address
from domain.order_lines import LineQuantities, LineQuantity
from domain.orders import PaymentStatus
from domain.shipping import NoSuchShippingMethod, NotShippedThere
from tests.edit_desk import ADA, CDEK_HEAVY, CDEK_LIGHT, COURIER, HOME, MUG, TEA, Desk, set_line


@pytest.fixture
def desk(db: Database) -> Desk:
    return Desk(db)


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

    (told,) = desk.told(order_id, "order.edited")
    assert told == {
        "shipping_method": ["courier", "cdek"],
        "shipping": [30_000, 35_000],
        "shipping_tax": [5_000, 5_833],
        "weight_g": [800, 400],
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

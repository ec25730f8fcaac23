"""After a whole life of an order nothing personal and nothing secret is anywhere but in the
database: not in what Temporal keeps, and not in a log."""

import logging
from uuid import UUID

import pytest
from sqlalchemy import select

from db.tables.history import HistoryEntry
from local.simulators import credentials
from tests.factories import SECRET_KEY
from tests.house import House, order_body
from workflows.orders import workflow_id

PERSONAL = (
    *("Anna", "Ivanova", "anna@example.org", "79161234567", "Казань", "Баумана", "420000"),
    *("Call before you come", "not at home", "page 127", "program 127"),
)
SECRETS = (
    SECRET_KEY,
    credentials.YOOKASSA_SECRET_KEY,
    credentials.CDEK_CLIENT_SECRET,
    credentials.TWILIO_AUTH_TOKEN,
)


@pytest.mark.requirement("R254")
async def test_what_is_personal_or_secret_stays_in_the_database(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)  # as the programs run
    order = await house.place(
        **order_body(pay="card", shipping="cdek", comment="Call before you come")
    )
    await house.pay(order)
    await house.until_order(order["id"], payment="paid")
    held = await house.do(order, "hold", reason="not at home")
    assert held.status_code == 200, held.text
    released = await house.do(order, "release")
    assert released.status_code == 200, released.text
    kept = await _kept(house, order["id"])
    assert "OrderWorkflow" in kept
    tokens = (house.shop.owner, house.shop.storefront)
    secret = (*PERSONAL, *SECRETS, *tokens)
    assert [each for each in secret if each in kept] == []
    assert [each for each in secret if each in caplog.text] == []


async def _kept(house: House, order_id: str) -> str:
    """All that Temporal has of the order: events with their payloads, memo, search attributes."""
    handle = house.temporal.get_workflow_handle(workflow_id(UUID(order_id)))
    events = await handle.fetch_history()
    described = await handle.describe()
    whole = [*(event.SerializeToString() for event in events.events)]
    whole.append(described.raw_description.SerializeToString())
    return "".join(part.decode("utf-8", "replace") for part in whole)


@pytest.mark.requirement("R253", "R254")
async def test_history_says_where_each_command_came_from(house: House) -> None:
    order = await house.place()
    await house.do(order, "hold", reason="doubtful")
    await house.do(order, "release")
    await house.do(order, "cancel", reason="changed their mind")
    await house.until_order(order["id"], status="cancelled")
    with house.db.transaction() as tx:
        entries = tx.scalars(
            select(HistoryEntry)
            .where(HistoryEntry.subject_id == order["id"])
            .order_by(HistoryEntry.id)
        ).all()
    came = {entry.action: entry.origin for entry in entries}
    assert came["order.placed"] == "program 127.0.0.1"
    for action in ("order.held", "order.released", "order.cancelled"):
        assert came[action] == "page 127.0.0.1", came
    requests = [e.request_id for e in entries if e.action in ("order.held", "order.released")]
    assert None not in requests
    assert len(set(requests)) == 2


@pytest.mark.requirement("R254")
async def test_what_happens_by_itself_came_from_nowhere(house: House) -> None:
    order = await house.place(pay="card")
    await house.pay(order)
    await house.until_order(order["id"], payment="paid")
    with house.db.transaction() as tx:
        found = select(HistoryEntry.origin).where(
            HistoryEntry.subject_id == order["id"],
            HistoryEntry.action == "order.payment_captured",
        )
        assert tx.scalars(found).all() == [None]

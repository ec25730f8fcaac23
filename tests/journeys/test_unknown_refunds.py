"""Refunds on which the bank takes its time: done or not is what the provider says in the end."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client

from db.engine import Database
from local.simulators.server import SimulatorServer
from local.simulators.settings import Pace, Settings
from tests.factories import Shop
from tests.house import House, open_house
from tests.order_lives import command, ended

DAYS = 3 * 24 * 3600.0


@pytest.fixture
async def slow_bank(
    db: Database, database_url: str, opened: Shop, temporal: Client, tmp_path: Path
) -> AsyncIterator[House]:
    pace = Pace(refund=DAYS, retry=0.05)
    with SimulatorServer("http://127.0.0.1:9/api/webhooks", Settings(pace=pace)) as simulators:
        async with open_house(db, database_url, opened, temporal, simulators, tmp_path) as house:
            yield house


async def giving_back(house: House) -> dict[str, Any]:
    placed = await house.place(pay="card")
    await house.pay(placed)
    await house.until_order(placed["id"], payment="paid")
    await command(house, placed["id"], "cancel", reason="Out of season.")
    order = await house.order(placed["id"])
    assert [refund["state"] for refund in order["refunds"]] == ["pending"]
    assert order["payment"] == "overpaid"
    return order


async def test_it_is_done_when_the_provider_says_so(slow_bank: House) -> None:
    order = await giving_back(slow_bank)
    await ended(slow_bank, order["id"])
    slow_bank.simulators.advance(DAYS)

    done = await slow_bank.until_order(order["id"], payment="refunded")
    assert [refund["state"] for refund in done["refunds"]] == ["done"]
    assert done["payments"][0]["refunded"] == order["payments"][0]["captured"]
    # Days later the provider has forgotten our key: asking again must not be refunding again.
    assert len(slow_bank.simulators.calls("yookassa", "POST */refunds")) == 1
    assert slow_bank.actions(order["id"]).count("order.refund_done") == 1
    await ended(slow_bank, order["id"])


async def test_the_answer_to_it_was_lost(slow_bank: House) -> None:
    slow_bank.simulators.fault("yookassa", "lose_answer", "POST */refunds")
    order = await giving_back(slow_bank)
    assert order["refunds"][0]["reference"]
    slow_bank.simulators.advance(DAYS)
    await slow_bank.until_order(order["id"], payment="refunded")
    assert len(slow_bank.simulators.calls("yookassa", "POST */refunds")) == 1

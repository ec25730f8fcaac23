"""Every way the process of an order can go comes to its end."""

import pytest

from tests.house import House
from tests.order_lives import LIVES, Life
from tests.replay import histories


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
async def test_it_ends(house: House, life: Life, pytestconfig: pytest.Config) -> None:
    order_id = await life(house)
    if pytestconfig.getoption("--record"):
        process = house.temporal.get_workflow_handle(f"order-{order_id}")
        histories.save(life.__name__, await process.fetch_history())

"""Every way the process of an order can go comes to its end."""

import pytest

from tests.house import House
from tests.order_lives import LIVES, Life


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
async def test_it_ends(house: House, life: Life) -> None:
    await life(house)

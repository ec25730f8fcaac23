"""The shop whose desk the tests of routes stand at, and its owner asking."""

from collections.abc import AsyncIterator

import httpx
import pytest

from db.engine import Database
from tests.api.desk import open_desk
from tests.factories import Shop


@pytest.fixture
def shop(opened: Shop) -> Shop:
    return opened


@pytest.fixture
async def api(db: Database, shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    """For requests that say who speaks themselves, their headers count."""
    async with open_desk(db, shop.owner) as client:
        yield client

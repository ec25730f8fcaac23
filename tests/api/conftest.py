"""The shop whose desk the tests of routes stand at."""

import pytest

from db.engine import Database
from tests.factories import Shop, open_shop


@pytest.fixture
def shop(db: Database) -> Shop:
    return open_shop(db)

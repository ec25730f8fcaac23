"""One house for all tests of the pages, and who comes to look at them."""

from collections.abc import AsyncIterator, Iterator
from itertools import count
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page
from temporalio.client import Client

from db.engine import Database
from local.postgres import EmbeddedPostgres
from local.simulators.server import SimulatorServer
from tests.conftest import TEMPLATE
from tests.factories import add_staff, open_shop
from tests.house import House, open_house
from tests.recorded import record_changes
from tests.web.visitor import Visitor

NAME = "backoffice_pages"
_numbers = count(1)


@pytest.fixture(scope="session")
def pages_url(postgres: EmbeddedPostgres) -> Iterator[str]:
    postgres.create_database(NAME, template=TEMPLATE)
    yield postgres.application_url(NAME)
    postgres.drop_database(NAME)


@pytest.fixture(scope="session")
def pages_db(pages_url: str) -> Iterator[Database]:
    database = Database.connect(pages_url)
    with record_changes(database):
        yield database
    database.close()


@pytest.fixture(scope="session")
async def shop(
    pages_db: Database,
    pages_url: str,
    temporal: Client,
    simulator_server: SimulatorServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[House]:
    """Shared by all tests here: each brings its own orders and its own people."""
    opened = open_shop(pages_db, stock_of_each=10_000)
    data = tmp_path_factory.mktemp("pages")
    async with open_house(pages_db, pages_url, opened, temporal, simulator_server, data) as house:
        yield house
        house.assert_stock_agrees()


@pytest.fixture
async def visitor(shop: House, browser: Browser) -> AsyncIterator[Visitor]:
    """Opens pages; whatever goes wrong in one of them fails the test."""
    come = Visitor(browser, pages_address(shop))
    yield come
    await come.leave()
    assert come.complaints == []


def pages_address(house: House) -> str:
    parts = urlsplit(house.url)
    return f"{parts.scheme}://{parts.netloc}/admin/"


@pytest.fixture
async def owner(shop: House, visitor: Visitor) -> Page:
    """A SuperAdmin's first page."""
    return await visitor.open(colleague(shop, "SuperAdmin"))


def colleague(house: House, profile: str) -> str:
    """The session of somebody new, whose preferences nobody has touched."""
    with house.db.transaction() as tx:
        return add_staff(tx, f"person{next(_numbers)}", profile, house.shop.branch_id)

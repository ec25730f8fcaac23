"""What every test stands on: a real PostgreSQL whose schema comes from the migrations."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest
from temporalio.client import Client
from temporalio.worker import WorkflowRunner

from db.engine import Database
from local.database import bring_up_to_date
from local.postgres import EmbeddedPostgres
from local.simulators.server import SimulatorServer
from local.simulators.settings import Pace
from local.simulators.settings import Settings as SimulatorSettings
from tests.factories import Shop, leave_out_order_numbers, open_shop
from tests.house import House, open_house
from tests.loopback import keep_to_loopback
from tests.recorded import record_changes

MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3
WORKERS_MEMORY = 3 * 1024**3
LONG = ("web", "local", "workflows")
TEMPLATE, OPENED, NAME = "backoffice_template", "backoffice_opened", "backoffice_test"

keep_to_loopback()
pytest_plugins = ("tests.browsers", "tests.figures", "tests.servers")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="keep event histories for replay")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Tests wait half of their time; each process of them has its own database in memory."""
    room = psutil.virtual_memory().available // WORKERS_MEMORY
    return max(1, min((os.cpu_count() or 1) * 2, room))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: whoever is done early takes over short ones at the end."""
    items.sort(key=lambda item: item.path.parent.name not in LONG)


@pytest.fixture(scope="session")
def fast_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """In memory where the machine has room: a database of 600 files for every test keeps a disk
    busier than the tests."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        yield tmp_path_factory.mktemp("fast")
        return
    with TemporaryDirectory(dir=MEMORY, prefix="backoffice-test-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL started by root runs as somebody else
        yield Path(folder)


@pytest.fixture(scope="session")
def postgres(fast_folder: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(fast_folder / "postgres", durable=False)
    server.start()
    server.create_database(TEMPLATE)
    assert bring_up_to_date(server.url(TEMPLATE), server.application_url(TEMPLATE))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def opened_before(postgres: EmbeddedPostgres) -> Shop:
    """Opening one takes longer than many a test that has one."""
    postgres.create_database(OPENED, template=TEMPLATE)
    database = Database.connect(postgres.application_url(OPENED))
    shop = open_shop(database)
    database.close()
    return shop


@pytest.fixture
def database_url(postgres: EmbeddedPostgres, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of the newest schema for one test, as the application may use it: empty, or with
    the shop that it asks for."""
    with_shop = "opened_before" in request.fixturenames
    postgres.create_database(NAME, template=OPENED if with_shop else TEMPLATE)
    yield postgres.application_url(NAME)
    postgres.drop_database(NAME)


@pytest.fixture
def owner_url(postgres: EmbeddedPostgres, database_url: str) -> str:
    """The same database, for those who may do everything."""
    return postgres.url(NAME)


@pytest.fixture(scope="session")
def engine(postgres: EmbeddedPostgres) -> Database:
    """Kept from test to test: it knows the statements it has written before."""
    return Database.connect(postgres.application_url(NAME))


@pytest.fixture
def db(database_url: str, engine: Database) -> Iterator[Database]:
    with record_changes(engine):
        yield engine
    engine.close()


@pytest.fixture
def opened(opened_before: Shop, db: Database) -> Shop:
    """A small shop, as `open_shop` opens it."""
    leave_out_order_numbers(db)
    return opened_before


@pytest.fixture(scope="session")
def simulator_server() -> Iterator[SimulatorServer]:
    pace = Pace(booking=0.05, label=0, sms=0, retry=0.05)
    with SimulatorServer("http://127.0.0.1:9/api/webhooks", SimulatorSettings(pace=pace)) as server:
        yield server


@pytest.fixture
def simulators(simulator_server: SimulatorServer) -> Iterator[SimulatorServer]:
    yield simulator_server
    simulator_server.clear_faults()


@pytest.fixture
def max_cached_workflows() -> int:
    return 200


@pytest.fixture
def runner() -> WorkflowRunner | None:
    """None: as the program runs."""
    return None


@pytest.fixture
async def house(
    db: Database,
    database_url: str,
    opened: Shop,
    temporal: Client,
    simulators: SimulatorServer,
    tmp_path: Path,
    max_cached_workflows: int,
    runner: WorkflowRunner | None,
) -> AsyncIterator[House]:
    async with open_house(
        db,
        database_url,
        opened,
        temporal,
        simulators,
        tmp_path,
        max_cached_workflows=max_cached_workflows,
        runner=runner,
    ) as house:
        yield house
        house.assert_stock_agrees()

"""What every test stands on: a real PostgreSQL whose schema comes from the migrations."""

from collections.abc import Iterator

import pytest

from db.engine import Database
from local.postgres import EmbeddedPostgres
from migrations import upgrade
from tests.recorded import record_changes

TEMPLATE, NAME = "backoffice_template", "backoffice_test"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(tmp_path_factory.mktemp("postgres"), durable=False)
    server.start()
    server.create_database(TEMPLATE)
    upgrade(server.url(TEMPLATE))
    yield server
    server.stop()


@pytest.fixture
def database_url(postgres: EmbeddedPostgres) -> Iterator[str]:
    """An empty database of the newest schema for one test."""
    postgres.create_database(NAME, template=TEMPLATE)
    yield postgres.url(NAME)
    postgres.drop_database(NAME)


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    database = Database.connect(database_url)
    with record_changes(database):
        yield database
    database.close()

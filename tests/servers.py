"""One Temporal server for all processes of tests; each house has a task queue of its own there."""

from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from temporalio.client import Client

from local.temporal_server import TemporalServer

_ADDRESS = "temporal_address"
_folder = pytest.StashKey[TemporaryDirectory[str]]()
_server = pytest.StashKey[TemporalServer]()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Before a process of tests starts."""
    stash = node.config.stash
    if _server not in stash:
        folder = stash[_folder] = TemporaryDirectory(prefix="backoffice-temporal-")
        stash[_server] = TemporalServer(None, Path(folder.name) / "temporal.log")
        stash[_server].launch()
    node.workerinput[_ADDRESS] = stash[_server].address


@pytest.hookimpl(optionalhook=True)
def pytest_testnodeready(node: Any) -> None:
    node.config.stash[_server].wait_ready()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _server in config.stash:
        config.stash[_server].stop()
        config.stash[_folder].cleanup()


@pytest.fixture(scope="session")
async def temporal(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Client]:
    """A real Temporal server in memory."""
    if shared := getattr(pytestconfig, "workerinput", {}).get(_ADDRESS):
        yield await Client.connect(shared)
        return
    server = TemporalServer(None, tmp_path_factory.mktemp("temporal") / "temporal.log")
    server.start()
    yield await Client.connect(server.address)
    server.stop()

"""One stack, as `make run` starts it, for all tests here: its start takes longer than they do."""

from collections.abc import Iterator

import pytest

from tests.stack.stacks import RunningStack, free_block


@pytest.fixture(scope="package")
def kept_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    stack = RunningStack(tmp_path_factory.mktemp("stack") / "data", free_block())
    yield stack
    if stack.is_running:
        stack.stop()


@pytest.fixture
def stack(kept_stack: RunningStack) -> RunningStack:
    """Running, whatever the test before did to it; with all that others did in the shop."""
    if not kept_stack.is_running:
        kept_stack.start()
    return kept_stack

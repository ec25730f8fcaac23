"""The tests of processes run twice: with workflows kept in memory, and with every one forgotten
after each of its tasks and rebuilt from its history. Then the SDK has room for one at a time and
cuts off the local activities of others, so these tests lead one order after the other."""

import pytest
from temporalio.worker import WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner


@pytest.fixture(params=[200, 0], ids=["remembered", "forgotten"])
def max_cached_workflows(request: pytest.FixtureRequest) -> int:
    count: int = request.param
    return count


@pytest.fixture
def runner() -> WorkflowRunner:
    """Refuses what would not be the same when it is done again: clocks, chance, input, output."""
    return SandboxedWorkflowRunner()

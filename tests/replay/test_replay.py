"""Processes under way survive a new version: their event histories lead to the same commands."""

from pathlib import Path

import pytest
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from domain.errors import Refusal
from local.simulators import credentials
from tests.factories import SECRET_KEY
from tests.house import order_body
from tests.order_lives import LIVES
from tests.replay.histories import kept, load, texts
from workflows.orders import OrderWorkflow

MOST_EVENTS = 60
HAPPY = {"orders-cash-on-delivery", "orders-card-and-carrier", "orders-two-stage-payment"}
RUNNERS = [UnsandboxedWorkflowRunner(), SandboxedWorkflowRunner()]


def test_every_way_is_kept() -> None:
    assert {path.stem for path in kept()} == {f"orders-{life.replace('_', '-')}" for life in LIVES}


@pytest.mark.parametrize("runner", RUNNERS, ids=["unsandboxed", "sandboxed"])
async def test_what_once_ran_runs_the_same_today(runner: WorkflowRunner) -> None:
    replayer = Replayer(
        workflows=[OrderWorkflow],
        workflow_runner=runner,
        workflow_failure_exception_types=[Refusal],
    )
    for path in kept():
        await replayer.replay_workflow(load(path))


@pytest.mark.parametrize("path", kept(), ids=lambda path: path.stem)
def test_nobody_is_named_and_no_secret_told(path: Path) -> None:
    body = order_body()
    customer, address = body["customer"], body["address"]
    secrets = [
        *customer["name"].split(),
        customer["email"],
        customer["phone"],
        customer["phone"].removeprefix("+7"),
        address["street"],
        address["city"],
        address["postcode"],
        credentials.YOOKASSA_SECRET_KEY,
        credentials.CDEK_CLIENT_SECRET,
        credentials.TWILIO_AUTH_TOKEN,
        SECRET_KEY,
    ]
    told = "\n".join(texts(path))
    assert [secret for secret in secrets if secret in told] == []


def test_a_happy_order_is_a_short_story() -> None:
    lengths = {path.stem: len(load(path).events) for path in kept()}
    assert {name: n for name, n in lengths.items() if name in HAPPY and n > MOST_EVENTS} == {}

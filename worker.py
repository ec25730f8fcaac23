"""Runs the workflows and activities: the place where they are built from their parts."""

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from enum import StrEnum
from typing import Any

import uvloop
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.worker import UnsandboxedWorkflowRunner, Worker, WorkflowRunner

from activities.account_mails import AccountMailActivities
from activities.announcements import AnnouncementActivities
from activities.cancellations import CancellationActivities
from activities.changes import ChangeActivities
from activities.history import HistoryActivities
from activities.notices import NoticeActivities
from activities.order_lines import OrderLineActivities
from activities.orders import OrderActivities
from activities.origins import ReadsOrigin
from activities.parcels import ParcelActivities
from activities.payments import PaymentActivities, ProviderPaymentActivities
from activities.refunds import ProviderRefundActivities, RefundActivities
from activities.refusals import RefusalsAreFinal
from activities.settings import SettingsActivities
from activities.shipments import ShipmentActivities
from activities.signs_of_life import SignsOfLife
from activities.steps import StepActivities
from api.logs import one_line_each
from config import Settings
from db import heartbeats
from db.engine import Database
from db.provider_settings import ProviderSettings
from db.seal_keys import SealKeys
from db.secrets import Secrets
from domain.errors import Refusal
from garbage import spare_what_is_loaded
from outside import Outside, check_connection, connect_outside
from workflows import notices, queues
from workflows.account_mails import AccountMailWorkflow
from workflows.history import HistoryWorkflow, keep_sealing
from workflows.notices import NoticeWorkflow
from workflows.orders import OrderWorkflow
from workflows.origins import CarriesOrigin

HEARTBEAT_S = 2
DATABASE_THREADS = 16
OUTSIDE_THREADS = 16
WORKFLOW_TASKS = 12
LAST_WORDS = timedelta(seconds=10)
"""How long a worker that is asked to stop may finish what it does."""

logger = logging.getLogger(__name__)


class Role(StrEnum):
    """What a worker process does. Decisions are made of Python and want a processor of their own;
    whoever talks to the outside world mostly waits, and must not hold them up."""

    DECISIONS = "decisions"
    OUTSIDE = "outside"


def build_workers(
    client: Client,
    settings: Settings,
    db: Database,
    outside: Outside,
    *,
    roles: Collection[Role] = frozenset(Role),
    runner: WorkflowRunner | None = None,
    max_cached_workflows: int = 2000,
) -> list[Worker]:
    """One worker decides and keeps the books, one each talks to a kind of outside world."""
    workers = []
    if Role.DECISIONS in roles:
        workers.append(_deciding_worker(client, settings, db, runner, max_cached_workflows))
    if Role.OUTSIDE in roles:
        workers += _outside_workers(client, settings, db, outside)
    return workers


def _outside_workers(
    client: Client, settings: Settings, db: Database, outside: Outside
) -> list[Worker]:
    task_queue, keys = settings.task_queue, Secrets(settings.secret_keys)
    payments = ProviderPaymentActivities(db, outside.payments)
    refunds = ProviderRefundActivities(db, outside.payments)
    parcels = ParcelActivities(db, outside.carriers)
    messages = NoticeActivities(db, outside.email, outside.sms)
    trials = SettingsActivities(db, ProviderSettings(db, settings.secret_keys), check_connection)
    mails = AccountMailActivities(db, outside.email, keys, settings.public_url)
    return [
        _outside_worker(client, task_queue, queues.PAYMENTS, methods(payments) + methods(refunds)),
        _outside_worker(client, task_queue, queues.PARCELS, methods(parcels) + methods(trials)),
        _outside_worker(client, task_queue, queues.NOTICES, methods(messages) + methods(mails)),
    ]


def _deciding_worker(
    client: Client,
    settings: Settings,
    db: Database,
    runner: WorkflowRunner | None,
    max_cached_workflows: int,
) -> Worker:
    keys = Secrets(settings.secret_keys)
    sealing = HistoryActivities(db, SealKeys(settings.secret_keys))
    return Worker(
        client,
        task_queue=settings.task_queue,
        workflows=[OrderWorkflow, NoticeWorkflow, AccountMailWorkflow, HistoryWorkflow],
        activities=bookkeeping(db) + methods(sealing),
        activity_executor=ThreadPoolExecutor(DATABASE_THREADS, "database"),
        max_concurrent_local_activities=DATABASE_THREADS,
        workflow_runner=runner or UnsandboxedWorkflowRunner(),
        workflow_failure_exception_types=[Refusal],
        interceptors=[RefusalsAreFinal(), ReadsOrigin(keys), CarriesOrigin()],
        max_cached_workflows=max_cached_workflows,
        # No more at once than can be done in time: what a worker holds, others cannot take.
        max_concurrent_workflow_tasks=WORKFLOW_TASKS,
        # After a killed worker the next command waits this long, not the default ten seconds.
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=1),
        graceful_shutdown_timeout=LAST_WORDS,
    )


def bookkeeping(db: Database) -> list[Callable[..., Any]]:
    """Every activity that only reads and writes the database."""
    classes = (
        OrderActivities,
        OrderLineActivities,
        PaymentActivities,
        RefundActivities,
        CancellationActivities,
        ShipmentActivities,
        ChangeActivities,
        StepActivities,
        AnnouncementActivities,
    )
    return [act for kind in classes for act in methods(kind(db))]


def methods(activities: object) -> list[Callable[..., Any]]:
    """The bound methods that are activities."""
    bound = (getattr(activities, name) for name in dir(activities) if not name.startswith("_"))
    return [act for act in bound if hasattr(act, "__temporal_activity_definition")]


@asynccontextmanager
async def running(client: Client, task_queue: str, workers: list[Worker]) -> AsyncIterator[None]:
    """The workers, and among all that run the one process that tells people the news."""
    async with AsyncExitStack() as stack:
        for worker in reversed(workers):
            await stack.enter_async_context(worker)
        await client.start_workflow(
            NoticeWorkflow.run,
            queues.outside(task_queue, queues.NOTICES),
            id=notices.workflow_id(task_queue),
            task_queue=task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        yield


async def main(roles: Collection[Role]) -> None:
    settings = Settings.from_environment(os.environ)
    db = Database.connect(settings.database_url, pool_size=DATABASE_THREADS)
    client = await connect(settings)
    outside = connect_outside(ProviderSettings(db, settings.secret_keys))
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopping.set)
    workers = build_workers(client, settings, db, outside, roles=roles)
    async with running(client, settings.task_queue, workers):
        logger.info("The worker is ready.")
        if Role.DECISIONS in roles:
            await keep_sealing(client, settings.task_queue)
            await _show_life(db, stopping)
        await stopping.wait()
    outside.close()
    db.close()


async def connect(settings: Settings) -> Client:
    """Waits for the server: they may be started in any order."""
    pause = 0.2
    while True:
        try:
            return await Client.connect(
                settings.temporal_address, namespace=settings.temporal_namespace
            )
        except RuntimeError as error:
            logger.warning("Temporal does not answer yet: %s", error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5)


async def _show_life(db: Database, stopping: asyncio.Event) -> None:
    name = f"{socket.gethostname()}-{os.getpid()}"
    while not stopping.is_set():
        try:
            await asyncio.to_thread(_beat, db, name)
        except Exception:
            logger.exception("No sign of life could be given.")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), HEARTBEAT_S)
    with contextlib.suppress(Exception):
        await asyncio.to_thread(_beat, db, name, True)


def _beat(db: Database, name: str, last: bool = False) -> None:
    with db.transaction() as tx:
        if last:
            heartbeats.stop(tx, name)
        else:
            heartbeats.beat(tx, name)


def _outside_worker(
    client: Client, task_queue: str, kind: str, activities: list[Callable[..., Any]]
) -> Worker:
    return Worker(
        client,
        task_queue=queues.outside(task_queue, kind),
        activities=activities,
        activity_executor=ThreadPoolExecutor(OUTSIDE_THREADS, kind),
        max_concurrent_activities=OUTSIDE_THREADS,
        interceptors=[RefusalsAreFinal(), SignsOfLife()],
        graceful_shutdown_timeout=LAST_WORDS,
    )


def _roles() -> frozenset[Role]:
    parser = argparse.ArgumentParser(description="Runs workflows and activities.")
    parser.add_argument("--role", type=Role, choices=list(Role), help="both when left out")
    role: Role | None = parser.parse_args().role
    return frozenset({role} if role else Role)


if __name__ == "__main__":
    one_line_each()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    spare_what_is_loaded()
    uvloop.run(main(_roles()))

"""Telling the shop what happened: delivered until accepted; held, doubled or shuffled on order."""

import asyncio
import logging
from dataclasses import asdict, dataclass, field
from typing import Any

import httpx

from local.simulators.agenda import Agenda
from local.simulators.clock import Clock
from local.simulators.faults import WEBHOOKS, Fault, Faults
from local.simulators.ids import Ids
from local.simulators.state import Document, Store

JSON = "application/json; charset=utf-8"
_SECONDS = 10
_LONGEST_DELAY = 60.0
_AT_ONCE = 16
_GIVE_UP_AFTER = {"yookassa": 24 * 3600.0, "cdek": 24 * 3600.0, "twilio": 0.0}
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Call:
    url: str
    content: str
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": JSON})


class Webhooks:
    def __init__(
        self, store: Store, faults: Faults, agenda: Agenda, clock: Clock, ids: Ids, retry: float
    ) -> None:
        self._pending = store.collection("webhook")
        self._faults = faults
        self._agenda = agenda
        self._clock = clock
        self._ids = ids
        self._retry = retry
        self._shuffled: list[tuple[Fault, list[Document]]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._latest: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._client = httpx.AsyncClient(timeout=_SECONDS, trust_env=False)

    def send(self, provider: str, subject: str, event: str, call: Call) -> None:
        """Webhooks of one subject keep their order, as far as they are accepted at once."""
        webhook: Document = {
            "id": self._ids.uuid(),
            "provider": provider,
            "subject": subject,
            "event": event,
            **asdict(call),
            "attempts": 0,
            "held": False,
            "created_at": self._clock.now().timestamp(),
        }
        self._pending.save(webhook["id"], webhook)
        self._dispatch(webhook)

    def pending(self) -> list[Document]:
        return list(self._pending)

    def flush(self) -> int:
        """Lets go of everything held, oldest first; returns how many."""
        held = [webhook for webhook in self._pending if webhook["held"]]
        self._shuffled.clear()
        self._start(held)
        return len(held)

    def resume(self) -> None:
        """After a restart, tries again what was under way; what was held stays held."""
        for webhook in self._pending:
            if not webhook["held"]:
                self._start([webhook])

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()

    def _dispatch(self, webhook: Document) -> None:
        fault = self._faults.strike(webhook["provider"], webhook["event"], WEBHOOKS)
        if fault is None:
            self._start([webhook])
        elif fault.kind == "duplicate_webhooks":
            self._start([webhook] * (1 + fault.copies))
        else:
            self._hold(webhook)
            if fault.kind == "reorder_webhooks":
                self._shuffle(fault, webhook)

    def _hold(self, webhook: Document) -> None:
        webhook["held"] = True
        self._pending.save(webhook["id"], webhook)

    def _shuffle(self, fault: Fault, webhook: Document) -> None:
        """Once all the webhooks the fault waits for are there, they go out last first."""
        batch = next((batch for f, batch in self._shuffled if f is fault), None)
        if batch is None:
            batch = []
            self._shuffled.append((fault, batch))
        batch.append(webhook)
        if self._faults.left(fault) == 0:
            self._shuffled = [(f, b) for f, b in self._shuffled if f is not fault]
            self._start(batch[::-1])

    def _start(self, batch: list[Document]) -> None:
        for webhook in batch:
            webhook["held"] = False
        if batch:
            subject = batch[0]["subject"]
            delivery = self._deliver(batch, self._latest.get(subject))
            task = asyncio.get_running_loop().create_task(delivery)
            self._tasks.add(task)
            self._latest[subject] = task
            task.add_done_callback(lambda done: self._forget(subject, done))

    def _forget(self, subject: str, done: asyncio.Task[None]) -> None:
        self._tasks.discard(done)
        if self._latest.get(subject) is done:
            del self._latest[subject]

    async def _deliver(self, batch: list[Document], earlier: asyncio.Task[None] | None) -> None:
        if earlier is not None:
            await asyncio.wait([earlier])
        async with self._slots:
            for webhook in batch:
                await self._try(webhook)

    async def _try(self, webhook: Document) -> None:
        webhook["attempts"] += 1
        try:
            answer = await self._client.post(
                webhook["url"], content=webhook["content"].encode(), headers=webhook["headers"]
            )
            problem = None if answer.status_code == 200 else f"answered {answer.status_code}"
        except httpx.HTTPError as error:
            problem = f"{type(error).__name__} {error}"
        self._settle(webhook, problem)

    def _settle(self, webhook: Document, problem: str | None) -> None:
        age = self._clock.now().timestamp() - webhook["created_at"]
        if problem is None or age >= _GIVE_UP_AFTER[webhook["provider"]]:
            self._pending.drop(webhook["id"])
            return
        _log.debug("Webhook %s to %s: %s", webhook["event"], webhook["url"], problem)
        webhook["problem"] = problem
        self._pending.save(webhook["id"], webhook)
        delay = min(self._retry * 2 ** (webhook["attempts"] - 1), _LONGEST_DELAY)
        self._agenda.after(delay, lambda: self._start([webhook]))


def describe(webhook: Document) -> dict[str, Any]:
    """Without the content: that is what the receiver is for."""
    return {name: value for name, value in webhook.items() if name not in ("content", "headers")}

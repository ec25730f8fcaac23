"""Acts outside the house: done, refused, or - when nobody can say - asked and shown to people."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.workflow import ActivityConfig

from workflows.options import ASKING, PROVIDER
from workflows.queues import for_step

with workflow.unsafe.imports_passed_through():
    from domain.order_messages import Decision, SettleStep, Step, StepReport, StepState

Fact = TypeVar("Fact")
Report = Callable[[StepReport], Awaitable[None]]
OUTCOME_UNKNOWN = "OutcomeUnknown"
ABSENT = None
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 15, 60, 120))
"""Before an act that was certainly not done is tried again; after the last a person is asked."""


class StepSkipped(Exception):
    """A person decided to go on without this step."""


class StepRefused(Exception):
    """The provider's answer is no."""


@dataclass
class Steps:
    """The steps of one order that are under way. Temporal tries an attempt again by itself; after
    that, and whenever an outcome is unknown, the step is reported, asked about, and finally left to
    a person's decision. Nothing is ever sent again blindly."""

    order_id: UUID
    report: Report
    _decisions: dict[Step, SettleStep] = field(default_factory=dict)
    _waiting: set[Step] = field(default_factory=set)
    _troubled: set[Step] = field(default_factory=set)
    _queued: set[Step] = field(default_factory=set)

    @property
    def are_idle(self) -> bool:
        return not self._waiting

    def is_under_way(self, step: Step) -> bool:
        return step in self._waiting

    def decide(self, decision: SettleStep) -> None:
        self._decisions[decision.step] = decision

    async def turn(self, step: Step) -> bool:
        """Waits until the same step is not under way. False: somebody waits already, and will do
        it after this moment, which is just as good."""
        if step in self._queued:
            return False
        self._queued.add(step)
        try:
            await self._free(step)
        finally:
            self._queued.discard(step)
        return True

    async def run(
        self,
        step: Step,
        act: Callable[..., Fact],
        *args: Any,
        ask: Callable[..., Fact | None] | None = None,
    ) -> Fact:
        """The provider's answer. Raises `StepSkipped` or `StepRefused`."""
        await self._free(step)
        self._waiting.add(step)
        try:
            fact = await self._until_known(step, act, args, ask)
            await self._settled(step)
            return fact
        except (StepRefused, StepSkipped):
            await self._settled(step)
            raise
        finally:
            self._waiting.discard(step)

    async def _free(self, step: Step) -> None:
        """Two activities of one step at once would share an id, which Temporal does not allow."""
        while step in self._waiting:
            await workflow.wait_condition(lambda: step not in self._waiting)

    async def _until_known(
        self,
        step: Step,
        act: Callable[..., Fact],
        args: tuple[Any, ...],
        ask: Callable[..., Fact | None] | None,
    ) -> Fact:
        pauses = iter(PAUSES)
        while True:
            try:
                return await self._attempt(step, act, args, PROVIDER)
            except ApplicationError as error:
                trouble = error
            if ask and trouble.type == OUTCOME_UNKNOWN:
                found = await self._ask(step, ask, args, trouble)
                if found is not ABSENT:
                    return found
                # They never heard of it: doing it again later does it once.
                pause = next(pauses, None)
                if pause is not None:
                    await self._rest(step, pause)
                    continue
            await self._person(step, trouble)
            pauses = iter(PAUSES)

    async def _ask(
        self,
        step: Step,
        ask: Callable[..., Fact | None],
        args: tuple[Any, ...],
        trouble: ApplicationError,
    ) -> Fact | None:
        """What the provider says about our key, however long it takes to hear it."""
        await self._tell(step, StepState.UNKNOWN, trouble.message)
        while True:
            try:
                return await self._attempt(step, ask, args[:1], ASKING)
            except ApplicationError as error:
                await self._person(step, error)

    async def _attempt(
        self,
        step: Step,
        act: Callable[..., Fact],
        args: tuple[Any, ...],
        options: ActivityConfig,
    ) -> Fact:
        """One scheduled activity with Temporal's own retries. A person may end it by skipping."""
        handle: workflow.ActivityHandle[Fact] = workflow.start_activity(  # type: ignore[call-overload]
            act,
            args=args,
            task_queue=for_step(step.kind),
            activity_id=f"{step.kind}:{step.subject_id}",
            summary=f"{step.kind} {step.subject_id}",
            **options,
        )
        await workflow.wait_condition(lambda: handle.done() or self._is_skipped(step))
        if not handle.done():
            handle.cancel()
            raise StepSkipped(step.kind)
        try:
            return await handle
        except ActivityError as error:
            raise _told(error) from error

    async def _rest(self, step: Step, pause: timedelta) -> None:
        """Before doing it again; a person may shorten it, or end the step."""
        with suppress(TimeoutError):
            await workflow.wait_condition(
                lambda: step in self._decisions, timeout=pause, timeout_summary=f"{step.kind} again"
            )
        if self._is_skipped(step):
            raise StepSkipped(step.kind)
        self._decisions.pop(step, None)

    async def _person(self, step: Step, trouble: ApplicationError) -> None:
        """Waits for somebody to say: again, or without it."""
        self._decisions.pop(step, None)
        await self._tell(step, StepState.NEEDS_PERSON, trouble.message)
        await workflow.wait_condition(lambda: step in self._decisions)
        if self._is_skipped(step):
            raise StepSkipped(step.kind)
        self._decisions.pop(step)
        await self._tell(step, StepState.UNKNOWN, trouble.message)

    async def _settled(self, step: Step) -> None:
        decided = self._decisions.pop(step, None)
        if step not in self._troubled and decided is None:
            return
        self._troubled.discard(step)
        report = StepReport(workflow.uuid4(), self.order_id, step, StepState.SETTLED)
        if decided:
            report = replace(report, by=decided.by, reason_id=decided.reason_id)
        await self.report(report)

    async def _tell(self, step: Step, state: StepState, error: str) -> None:
        self._troubled.add(step)
        await self.report(StepReport(workflow.uuid4(), self.order_id, step, state, error))

    def _is_skipped(self, step: Step) -> bool:
        decided = self._decisions.get(step)
        return decided is not None and decided.decision is Decision.SKIP


def _told(error: ActivityError) -> Exception:
    """A refusal of the provider ends the step; anything else is trouble to deal with.

    An activity that ran out of time, or whose worker died, may or may not have acted."""
    cause = error.cause
    if isinstance(cause, ApplicationError):
        if cause.type == "ProviderRefused":
            return StepRefused(cause.message)
        return cause
    return ApplicationError("No answer in time.", type=OUTCOME_UNKNOWN)

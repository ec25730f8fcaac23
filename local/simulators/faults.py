"""Faults on order: which call, what goes wrong, how often."""

import random
from collections.abc import Collection
from fnmatch import fnmatchcase
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

AnswerKind = Literal[
    "lose_answer",
    "refuse_before",
    "rate_limit",
    "html_502",
    "hang",
    "empty_200",
    "truncated_json",
    "unknown_status",
    "reset_mid_body",
]
WebhookKind = Literal["duplicate_webhooks", "reorder_webhooks", "hold_webhooks"]

ANSWERS: frozenset[str] = frozenset(AnswerKind.__args__)  # type: ignore[attr-defined]
WEBHOOKS: frozenset[str] = frozenset(WebhookKind.__args__)  # type: ignore[attr-defined]
_BEFORE_ACTING = frozenset({"refuse_before", "rate_limit", "html_502"})


class Fault(BaseModel):
    """`operation` is a pattern with `*`: over `METHOD /path` for calls, over the event's name for
    webhooks. `count` limits how often it strikes; with `probability` alone it strikes for ever."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: AnswerKind | WebhookKind
    provider: Literal["yookassa", "cdek", "twilio"]
    operation: str = Field("*", min_length=1, max_length=300)
    count: int | None = Field(None, ge=1, le=1_000_000)
    probability: float | None = Field(None, gt=0, le=1)
    seed: int = 0
    seconds: float = Field(5, ge=0, le=600, description="how long to hang; Retry-After")
    copies: int = Field(1, ge=1, le=100, description="additional deliveries of a webhook")
    acts: bool | None = Field(None, description="whether the act is done before the answer fails")

    @model_validator(mode="after")
    def _reordering_needs_a_batch(self) -> Self:
        if self.kind == "reorder_webhooks" and (self.count is not None and self.count < 2):
            raise ValueError("Reordering needs a count of at least 2 webhooks.")
        return self

    @property
    def is_done_first(self) -> bool:
        """The caller cannot tell, but the act is done."""
        return self.kind not in _BEFORE_ACTING if self.acts is None else self.acts

    @property
    def strikes(self) -> int | None:
        if self.count is not None or self.probability is not None or self.kind == "hold_webhooks":
            return self.count
        return 2 if self.kind == "reorder_webhooks" else 1


class _Installed:
    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.left = fault.strikes
        self._random = random.Random(fault.seed)

    def strikes(self, provider: str, operation: str, kinds: Collection[str]) -> bool:
        fault = self.fault
        if fault.provider != provider or fault.kind not in kinds or self.left == 0:
            return False
        if not fnmatchcase(operation, fault.operation):
            return False
        if fault.probability is not None and self._random.random() >= fault.probability:
            return False
        self.left = None if self.left is None else self.left - 1
        return True


class Faults:
    def __init__(self) -> None:
        self._installed: list[_Installed] = []

    def install(self, faults: list[Fault]) -> None:
        self._installed += [_Installed(fault) for fault in faults]

    def clear(self) -> None:
        self._installed.clear()

    def list(self) -> list[dict[str, object]]:
        return [{**one.fault.model_dump(), "left": one.left} for one in self._installed]

    def strike(self, provider: str, operation: str, kinds: Collection[str]) -> Fault | None:
        """The first fault meant for this call; counts as struck."""
        return next(
            (o.fault for o in self._installed if o.strikes(provider, operation, kinds)), None
        )

    def left(self, fault: Fault) -> int | None:
        """How often it will strike yet; 0 as well when it has been cleared."""
        return next((one.left for one in self._installed if one.fault is fault), 0)

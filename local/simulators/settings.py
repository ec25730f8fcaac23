"""How the simulators behave: who may call, how fast things happen, where state is kept."""

from dataclasses import dataclass, field

from local.simulators.credentials import Credentials

_HOUR = 3600.0
_DAY = 24 * _HOUR


@dataclass(frozen=True)
class Pace:
    """Seconds of the simulators' own clock, which a test may move forward."""

    booking: float = 0.5
    """Until the carrier has registered or rejected an order."""
    label: float = 0.5
    """Until a print form is ready."""
    courier: float | None = None
    """Between two stages of a parcel that walks by itself; None: parcels move only when told."""
    sms: float = 0.3
    """Between queued, sent and delivered."""
    refund: float = 0.0
    """Until a refund is done; 0: done in the answer itself."""
    checkout: float = _HOUR
    """Until an unpaid payment is cancelled."""
    hold: float = 7 * _DAY
    """Until an uncaptured payment is cancelled."""
    token: float = _HOUR
    """How long an access token of the carrier lives."""
    retry: float = 1.0
    """Before the first repeat of a refused webhook; doubles each time."""


@dataclass(frozen=True)
class Settings:
    webhooks_url: str | None = None
    """`<webhooks_url>/yookassa` and `<webhooks_url>/cdek` are told what happens."""
    state: str = ":memory:"
    seed: int | None = None
    """Makes ids repeatable."""
    credentials: Credentials = field(default_factory=Credentials)
    pace: Pace = field(default_factory=Pace)

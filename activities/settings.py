"""Tries a connection before anybody relies on it: one harmless question to the provider."""

import time
from collections.abc import Callable
from uuid import UUID

from temporalio import activity

from db.connections import take_trial
from db.engine import Database
from db.provider_settings import ProviderConfiguration, ProviderSettings
from domain.connections import Hint, Provider, TriedConnection
from providers.outcomes import CredentialsRejected, OutcomeUnknown, ProviderRefused, Unreachable

Check = Callable[[Provider, ProviderConfiguration], str]
"""Asks, and says in a sentence what answered; or raises one of the outcomes."""
_HINTS: dict[type[Exception], Hint] = {
    CredentialsRejected: Hint.KEYS,
    Unreachable: Hint.ADDRESS,
    OutcomeUnknown: Hint.PROVIDER,
    ProviderRefused: Hint.PROVIDER,
}


class SettingsActivities:
    def __init__(self, db: Database, settings: ProviderSettings, check: Check) -> None:
        self._db = db
        self._settings = settings
        self._check = check

    @activity.defn
    def try_connection(self, trial_id: UUID) -> TriedConnection:
        with self._db.transaction() as tx:
            trial = take_trial(tx, self._settings, trial_id)
        if trial is None:
            return TriedConnection(False, 0, "This trial was taken before.", Hint.WORKER)
        started = time.monotonic()
        try:
            said, hint = self._check(Provider(trial[0]), trial[1]), None
        except tuple(_HINTS) as error:
            said, hint = str(error), _HINTS[type(error)]
        took_ms = round((time.monotonic() - started) * 1000)
        return TriedConnection(hint is None, took_ms, said, hint)

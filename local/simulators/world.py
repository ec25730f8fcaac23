"""What all simulated providers share."""

from dataclasses import dataclass

from local.simulators.agenda import Agenda
from local.simulators.clock import Clock
from local.simulators.faults import Faults
from local.simulators.ids import Ids
from local.simulators.log import CallLog
from local.simulators.settings import Settings
from local.simulators.state import Store
from local.simulators.webhooks import Webhooks


@dataclass
class World:
    settings: Settings
    clock: Clock
    agenda: Agenda
    store: Store
    ids: Ids
    faults: Faults
    log: CallLog
    webhooks: Webhooks
    webhooks_url: str | None

    @staticmethod
    def build(settings: Settings) -> "World":
        clock, faults, store = Clock(), Faults(), Store(settings.state)
        agenda, ids = Agenda(clock), Ids(store, settings.seed)
        webhooks = Webhooks(store, faults, agenda, clock, ids, settings.pace.retry)
        log, url = CallLog(clock), settings.webhooks_url
        return World(settings, clock, agenda, store, ids, faults, log, webhooks, url)

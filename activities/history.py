"""The history is sealed, and has room for the months to come."""

from temporalio import activity

from db import history, seals
from db.engine import Database
from db.seal_keys import SealKeys


class HistoryActivities:
    def __init__(self, db: Database, keys: SealKeys) -> None:
        self._db = db
        self._keys = keys

    @activity.defn
    def make_room_for_history(self) -> None:
        with self._db.transaction() as tx:
            history.make_room(tx)

    @activity.defn
    def seal_history(self) -> int:
        """How many entries were sealed. Done again, it seals what has come since."""
        return seals.seal(self._db, self._keys)

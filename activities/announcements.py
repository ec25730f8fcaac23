"""Notes news of an order to be told, outside of its process: no order waits for an e-mail."""

from temporalio import activity

from db import announcements
from db.engine import Database
from domain.notices import Announcement


class AnnouncementActivities:
    def __init__(self, db: Database) -> None:
        self._db = db

    @activity.defn(no_thread_cancel_exception=True)
    def announce(self, news: Announcement) -> None:
        """Its id is the change's: announcing twice tells once."""
        with self._db.transaction() as tx:
            announcements.add(tx, news)

"""Edits of a placed order, once somebody has confirmed what the preview showed."""

from temporalio import activity

from db import changes, done_commands, orders
from db.engine import Database
from domain import order_commands as commands
from domain.order_commands import Command
from domain.order_messages import ConfirmChange
from domain.orders import Order


class ChangeActivities:
    def __init__(self, db: Database) -> None:
        self._db = db

    @activity.defn(no_thread_cancel_exception=True)
    def apply_change(self, command: ConfirmChange) -> Order:
        """Does what was previewed; or refuses, changes nothing and leaves the edit open."""
        with self._db.transaction() as tx:
            before = orders.lock(tx, command.order_id)
            if not done_commands.first_time(tx, command.command_id, command.order_id):
                return before
            commands.check(before, Command.EDIT)
            return changes.apply(tx, command, before)

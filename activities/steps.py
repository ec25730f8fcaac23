"""Tells people how a step with a provider stands when it does not go smoothly."""

from temporalio import activity

from db import done_commands, orders, steps
from db.engine import Database
from domain.order_messages import StepReport
from domain.orders import Order


class StepActivities:
    def __init__(self, db: Database) -> None:
        self._db = db

    @activity.defn(no_thread_cancel_exception=True)
    def report_step(self, report: StepReport) -> Order:
        with self._db.transaction() as tx:
            before = orders.lock(tx, report.order_id)
            if not done_commands.first_time(tx, report.id, report.order_id):
                return before
            steps.save(tx, report)
            return orders.get(tx, report.order_id)

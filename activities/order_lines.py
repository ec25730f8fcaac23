"""Picking, packing and late stock: what happens to lines before they ship."""

from collections.abc import Callable, Sequence

from temporalio import activity

from db import allocations, done_commands, orders, stock
from db.engine import Database, Session
from db.order_lines import demands
from domain import order_commands as commands
from domain.order_commands import Command
from domain.order_lines import (
    LineQuantities,
    LineQuantity,
    Lines,
    allocate_lines,
    pack_lines,
    pick_lines,
)
from domain.order_messages import LinesCommand
from domain.orders import Order
from domain.stock import allocate

Rule = Callable[[Lines, Sequence[LineQuantity]], dict[int, LineQuantities]]


class OrderLineActivities:
    def __init__(self, db: Database) -> None:
        self._db = db

    @activity.defn(no_thread_cancel_exception=True)
    def pick_order_lines(self, command: LinesCommand) -> Order:
        return self._act(command, Command.PICK, pick_lines, "order.picked")

    @activity.defn(no_thread_cancel_exception=True)
    def pack_order_lines(self, command: LinesCommand) -> Order:
        return self._act(command, Command.PACK, pack_lines, "order.packed")

    @activity.defn(no_thread_cancel_exception=True)
    def allocate_order_lines(self, command: LinesCommand) -> Order:
        """Holds stock that came in for pieces sold without it."""
        return self._act(command, Command.ALLOCATE, allocate_lines, "order.allocated", hold=True)

    def _act(
        self, command: LinesCommand, kind: Command, rule: Rule, action: str, *, hold: bool = False
    ) -> Order:
        with self._db.transaction() as tx:
            before = orders.lock(tx, command.order_id)
            if not done_commands.first_time(tx, command.command_id, command.order_id):
                return before
            commands.check(before, kind)
            after = before.with_lines(rule(before.lines, command.lines))
            if hold:
                self._hold(tx, command)
            return orders.save(tx, command.order_id, before, after, action, command.by)

    def _hold(self, tx: Session, command: LinesCommand) -> None:
        wanted, locations = demands(tx, command.order_id, command.lines)
        available = stock.lock_available(tx, {item.variant_id for item in wanted}, locations)
        held = allocate(wanted, available, locations)
        allocations.hold(tx, command.order_id, held, command.by)

"""Edits of placed orders: proposed with a preview, then confirmed or discarded. One open each."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from db import done_commands, history, orders
from db.editing import carry_out
from db.tables.changes import OrderChange
from domain import changes as rules
from domain import order_commands as commands
from domain.changes import ChangePreview, ChangeSet, ChangeState
from domain.order_messages import ConfirmChange
from domain.orders import Order
from domain.stock import OutOfStock


@dataclass(frozen=True)
class KnownChange:
    id: UUID
    order_id: UUID
    state: ChangeState
    change: ChangeSet
    preview: ChangePreview
    proposed_by: str
    proposed_at: datetime
    closed_by: str | None
    closed_at: datetime | None


def find_change(tx: Session, change_id: UUID) -> KnownChange | None:
    row = tx.execute(
        select(
            OrderChange.order_id,
            OrderChange.state,
            OrderChange.actions,
            OrderChange.preview,
            OrderChange.proposed_by,
            OrderChange.proposed_at,
            OrderChange.closed_by,
            OrderChange.closed_at,
        ).where(OrderChange.id == change_id)
    ).one_or_none()
    if row is None:
        return None
    change, preview = ChangeSet.from_json(row.actions), ChangePreview.from_json(row.preview)
    return KnownChange(change_id, row.order_id, ChangeState(row.state), change, preview, *row[4:])


def propose(
    tx: Session, change_id: UUID, order_id: UUID, change: ChangeSet, by: str
) -> ChangePreview:
    """What confirming will do. A repeat gets the first answer."""
    rules.check_limits(change)
    order = orders.lock(tx, order_id)
    known = find_change(tx, change_id)
    if known:
        return _same(known, order_id, change)
    commands.check(order, commands.Command.EDIT)
    if refusal := commands.no_open_change(order):
        raise refusal
    preview = preview_change(tx, order_id, order, change, by)
    _add(tx, change_id, order_id, change, preview, by)
    return preview


def preview_change(
    tx: Session, order_id: UUID, order: Order, change: ChangeSet, by: str
) -> ChangePreview:
    """Found out by doing it: what the preview says is what happens. Nothing of it stays."""
    trial = tx.begin_nested()
    try:
        return carry_out(tx, order_id, order, change, by).preview
    finally:
        trial.rollback()


def apply(tx: Session, command: ConfirmChange, order: Order) -> Order:
    """The locked order after its open edit. Refuses what nobody was shown."""
    known = find_change(tx, command.command_id)
    if known is None or known.order_id != command.order_id:
        raise _not_open()
    _close(tx, known.id, ChangeState.CONFIRMED, command.by)
    reason = done_commands.reason_text(tx, command.reason_id)
    done = carry_out(tx, known.order_id, order, known.change, command.by, reason)
    if done.preview.missing:
        short = ", ".join(f"{item.missing} of {item.sku}" for item in done.preview.missing)
        raise OutOfStock(f"Missing for this edit: {short}.")
    if done.preview.after.costs != known.preview.after.costs:
        raise rules.ChangeOutdated("The edit costs something else by now; propose it anew.")
    return replace(done.order, open_change=None)


def discard(tx: Session, change_id: UUID, by: str) -> None:
    """Discarding twice does it once."""
    known = find_change(tx, change_id)
    if known is None:
        raise _not_open()
    if known.state is ChangeState.DISCARDED:
        return
    _close(tx, change_id, ChangeState.DISCARDED, by)
    entry = history.order_entry(known.order_id, "order.change_discarded", by, change_id=change_id)
    history.append(tx, entry)


def _same(known: KnownChange, order_id: UUID, change: ChangeSet) -> ChangePreview:
    if (known.order_id, known.change) != (order_id, change):
        raise rules.ChangeIdReused(f"The id {known.id} stands for another edit.")
    return known.preview


def _add(
    tx: Session,
    change_id: UUID,
    order_id: UUID,
    change: ChangeSet,
    preview: ChangePreview,
    by: str,
) -> None:
    tx.execute(
        insert(OrderChange).values(
            id=change_id,
            order_id=order_id,
            state=ChangeState.PROPOSED,
            actions=change.to_json(),
            preview=preview.to_json(),
            proposed_by=by,
        )
    )
    entry = history.order_entry(
        order_id, "order.change_proposed", by, change_id=change_id, difference=preview.difference
    )
    history.append(tx, entry)


def _close(tx: Session, change_id: UUID, state: ChangeState, by: str) -> None:
    """Exactly one of several confirmations and discards of an edit gets through."""
    closed = tx.execute(
        update(OrderChange)
        .where(OrderChange.id == change_id, OrderChange.state == ChangeState.PROPOSED)
        .values(state=state, closed_by=by, closed_at=func.now())
        .returning(OrderChange.id)
    )
    if closed.first() is None:
        raise _not_open()


def _not_open() -> rules.ChangeNotOpen:
    return rules.ChangeNotOpen("This order has no such open edit.")

"""The state machine of an order, declared once: commands, who may, from which status to which.

Validators, the actions a screen offers, the diagram in docs and the property tests come from it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from domain.access import Actor, Right
from domain.errors import Refusal
from domain.orders import Order, OrderStatus


class NotInThisStatus(Refusal):
    """The command does not exist in the order's present status."""


class NotPaidYet(Refusal):
    """Goods leave when they are paid, held on a card or paid to the courier."""


class ChangeIsOpen(Refusal):
    """Somebody has proposed an edit of this order; confirm or discard it first."""


class NothingLeft(Refusal):
    """The order has nothing left that this command could act on."""


class Command(StrEnum):
    ADD_PAYMENT = "add_payment"
    RECORD_PAYMENT = "record_payment"
    HOLD = "hold"
    RELEASE = "release"
    EDIT = "edit"
    ALLOCATE = "allocate"
    PICK = "pick"
    PACK = "pack"
    SHIP = "ship"
    DELIVER = "deliver"
    CANCEL = "cancel"
    REFUND = "refund"
    ASSIGN = "assign"
    ATTACH = "attach"
    NOTE = "note"
    EXPIRE = "expire"
    COMPLETE = "complete"


PLACED, ON_HOLD, COMPLETED, CANCELLED, EXPIRED = OrderStatus
OPEN = frozenset({PLACED, ON_HOLD})
ANY = frozenset(OrderStatus)

Guard = Callable[[Order], Refusal | None]


@dataclass(frozen=True)
class Rule:
    command: Command
    right: Right | None
    """None: only the process itself does it, on a timer or when all is done."""
    sources: frozenset[OrderStatus]
    target: OrderStatus | None = None
    """None: the status stays."""
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True)
class Action:
    """One command as a screen offers it; `reason` says why it is closed."""

    command: Command
    is_open: bool
    reason: str | None = None


def covered(order: Order) -> Refusal | None:
    if order.is_covered:
        return None
    return NotPaidYet("The order is not paid yet.")


def no_open_change(order: Order) -> Refusal | None:
    if order.open_change is None:
        return None
    return ChangeIsOpen("An edit of this order is proposed; confirm or discard it first.")


def _some(word: str, count: Callable[[Order], int]) -> Guard:
    def guard(order: Order) -> Refusal | None:
        return None if count(order) > 0 else NothingLeft(f"Nothing is left to {word}.")

    return guard


_to_ship = _some("ship", lambda o: sum(line.allocated for line in o.lines.values()))
_to_pick = _some("pick", lambda o: sum(line.allocated - line.picked for line in o.lines.values()))
_to_pack = _some("pack", lambda o: sum(line.allocated - line.packed for line in o.lines.values()))
_to_cancel = _some("cancel", lambda o: sum(line.open for line in o.lines.values()))
_to_allocate = _some("allocate", lambda o: sum(line.backordered for line in o.lines.values()))
_to_deliver = _some("deliver", lambda o: sum(s.is_under_way for s in o.shipments))
_to_refund = _some("refund", lambda o: o.refundable)
_to_record = _some(
    "record: no transfer, cheque or cash is awaited",
    lambda o: sum(p.is_open and not p.is_online for p in o.payments),
)
_to_pay = _some("pay", lambda o: o.due)
_nothing_shipped = _some(
    "expire: goods have left",
    lambda o: 1 - any(line.shipped for line in o.lines.values()),
)

RULES: dict[Command, Rule] = {
    rule.command: rule
    for rule in (
        Rule(Command.ADD_PAYMENT, Right.PAYMENT_RECORD, OPEN, guards=(_to_pay,)),
        Rule(Command.RECORD_PAYMENT, Right.PAYMENT_RECORD, ANY, guards=(_to_record,)),
        Rule(Command.HOLD, Right.ORDER_HOLD, frozenset({PLACED}), ON_HOLD),
        Rule(Command.RELEASE, Right.ORDER_HOLD, frozenset({ON_HOLD}), PLACED),
        Rule(Command.EDIT, Right.ORDER_EDIT, OPEN),
        Rule(Command.ALLOCATE, Right.ORDER_FULFIL, OPEN, guards=(_to_allocate,)),
        Rule(Command.PICK, Right.ORDER_FULFIL, frozenset({PLACED}), guards=(_to_pick,)),
        Rule(Command.PACK, Right.ORDER_FULFIL, frozenset({PLACED}), guards=(_to_pack,)),
        Rule(
            Command.SHIP,
            Right.ORDER_FULFIL,
            frozenset({PLACED}),
            guards=(no_open_change, _to_ship, covered),
        ),
        Rule(Command.DELIVER, Right.ORDER_FULFIL, OPEN, guards=(_to_deliver,)),
        Rule(Command.CANCEL, Right.ORDER_CANCEL, OPEN, CANCELLED, guards=(_to_cancel,)),
        Rule(Command.REFUND, Right.ORDER_REFUND, ANY, guards=(_to_refund,)),
        Rule(Command.ASSIGN, Right.ORDER_ASSIGN, ANY),
        Rule(Command.ATTACH, Right.ORDER_NOTE, ANY),
        Rule(Command.NOTE, Right.ORDER_NOTE, ANY),
        Rule(Command.EXPIRE, None, frozenset({PLACED}), EXPIRED, guards=(_nothing_shipped,)),
        Rule(Command.COMPLETE, None, frozenset({PLACED}), COMPLETED),
    )
}


def check(order: Order, command: Command) -> None:
    """Raises the refusal, or says nothing when the command may go on."""
    refusal = refusal_of(order, command)
    if refusal:
        raise refusal


def refusal_of(order: Order, command: Command) -> Refusal | None:
    rule = RULES[command]
    if order.status not in rule.sources:
        return NotInThisStatus(f"An order that is {order.status} has no {command}.")
    return next(filter(None, (guard(order) for guard in rule.guards)), None)


def target(order: Order, command: Command) -> OrderStatus:
    """The status after the command. Cancelling a part leaves the rest of the order alive."""
    rule = RULES[command]
    if command is Command.CANCEL and any(line.wanted for line in order.lines.values()):
        return order.status
    return rule.target or order.status


def actions(order: Order, actor: Actor) -> list[Action]:
    """What this person is offered: their commands, open ones and closed ones with the reason."""
    offered = []
    for command, rule in RULES.items():
        if rule.right is None or not actor.may(rule.right):
            continue
        refusal = refusal_of(order, command)
        offered.append(Action(command, refusal is None, str(refusal) if refusal else None))
    return offered


def mermaid() -> str:
    """The diagram of the status axis, for docs."""
    lines = ["stateDiagram-v2", "    [*] --> placed: place"]
    for rule in RULES.values():
        lines += [
            f"    {source} --> {rule.target}: {rule.command}"
            for source in OrderStatus
            if rule.target and source in rule.sources
        ]
    lines += [f"    {status} --> [*]" for status in (COMPLETED, CANCELLED, EXPIRED)]
    return "\n".join(lines) + "\n"

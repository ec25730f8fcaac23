"""Task queues: one for decisions and the database, one for each kind of outside world, so that a
hanging carrier never holds up a payment."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.order_messages import StepKind

PAYMENTS, PARCELS, NOTICES = "payments", "parcels", "notices"

_OUTSIDE = {
    StepKind.START_PAYMENT: PAYMENTS,
    StepKind.READ_PAYMENT: PAYMENTS,
    StepKind.CAPTURE_PAYMENT: PAYMENTS,
    StepKind.VOID_PAYMENT: PAYMENTS,
    StepKind.REFUND_PAYMENT: PAYMENTS,
    StepKind.BOOK_PARCEL: PARCELS,
    StepKind.READ_PARCEL: PARCELS,
}


def outside(task_queue: str, kind: str) -> str:
    return f"{task_queue}-{kind}"


def for_step(kind: StepKind) -> str:
    return outside(workflow.info().task_queue, _OUTSIDE[kind])

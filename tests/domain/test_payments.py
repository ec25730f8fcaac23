"""Payments: facts in any order, several payments for one order, refunds in turn."""

from itertools import permutations
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.drafts import split_payments
from domain.payments import (
    MoreThanCaptured,
    Payment,
    PaymentMethod,
    PaymentNotOpen,
    PaymentState,
    RefundState,
    call_off,
    receive,
    refund_done,
    settle,
    split_refund,
)

CARD, TRANSFER = PaymentMethod.CARD, PaymentMethod.BANK_TRANSFER


def captured(amount: int, refunded: int = 0, refunding: int = 0) -> Payment:
    return Payment(
        uuid4(),
        CARD,
        PaymentState.CAPTURED,
        amount,
        captured=amount,
        refunded=refunded,
        refunding=refunding,
    )


def test_facts_that_come_late_or_twice_change_nothing() -> None:
    facts = [PaymentState.PENDING, PaymentState.AUTHORISED, PaymentState.CAPTURED]
    for order in permutations([*facts, *facts]):
        payment = Payment(UUID(int=1), CARD, PaymentState.STARTING, 100)
        for state in order:
            payment = settle(payment, state, 100, 100 if state is facts[-1] else 0)
        assert payment == Payment(UUID(int=1), CARD, PaymentState.CAPTURED, 100, captured=100)


def test_money_that_came_is_not_undone_by_a_late_no() -> None:
    paid = captured(100)
    assert settle(paid, PaymentState.CANCELLED, 100) == paid
    held = Payment(UUID(int=1), CARD, PaymentState.AUTHORISED, 100, authorised=100)
    dropped = settle(held, PaymentState.CANCELLED, 100)
    assert (dropped.state, dropped.authorised) == (PaymentState.CANCELLED, 0)


@pytest.mark.parametrize("state", [PaymentState.CAPTURED, PaymentState.CANCELLED])
def test_only_awaited_money_is_recorded_by_staff(state: PaymentState) -> None:
    with pytest.raises(PaymentNotOpen):
        receive(Payment(UUID(int=1), TRANSFER, state, 100), 100)
    with pytest.raises(PaymentNotOpen):
        receive(Payment(UUID(int=1), CARD, PaymentState.PENDING, 100), 100)
    with pytest.raises(PaymentNotOpen):
        receive(Payment(UUID(int=1), TRANSFER, PaymentState.AWAITED, 100), 0)


def test_what_a_provider_holds_is_not_called_off_here() -> None:
    online = Payment(UUID(int=1), CARD, PaymentState.PENDING, 100)
    assert call_off(online) == online
    awaited = Payment(UUID(int=1), TRANSFER, PaymentState.AWAITED, 100)
    assert call_off(awaited).state is PaymentState.CANCELLED
    assert call_off(captured(5)).state is PaymentState.CAPTURED


@given(st.lists(st.integers(0, 500), min_size=1, max_size=5), st.integers(1, 3_000))
def test_a_refund_is_split_in_turn_and_never_beyond_what_was_taken(
    amounts: list[int], wanted: int
) -> None:
    payments = [captured(amount) for amount in amounts]
    if wanted > sum(amounts):
        with pytest.raises(MoreThanCaptured):
            split_refund(payments, wanted)
        return
    parts = split_refund(payments, wanted)
    assert sum(part.amount for part in parts) == wanted
    by_payment = {part.payment_id: part.amount for part in parts}
    given_back = [by_payment.get(payment.id, 0) for payment in payments]
    assert all(back <= amount for back, amount in zip(given_back, amounts, strict=True))
    last = max(n for n, back in enumerate(given_back) if back)
    assert given_back[:last] == amounts[:last]


@pytest.mark.parametrize("amount", [0, -1])
def test_a_refund_of_nothing_is_none(amount: int) -> None:
    with pytest.raises(MoreThanCaptured):
        split_refund([captured(100)], amount)


def test_what_is_on_its_way_back_cannot_go_back_again() -> None:
    payment = captured(100, refunded=30, refunding=50)
    assert payment.refundable == 20
    done = refund_done(payment, 50, RefundState.DONE)
    assert (done.refunded, done.refunding, done.refundable) == (80, 0, 20)
    failed = refund_done(payment, 50, RefundState.FAILED)
    assert (failed.refunded, failed.refunding, failed.refundable) == (30, 0, 70)
    assert refund_done(payment, 50, RefundState.UNKNOWN) == payment


@pytest.mark.parametrize(
    ("wanted", "split"),
    [
        ([(CARD, None)], [100]),
        ([(CARD, 30), (TRANSFER, None)], [30, 70]),
        ([(CARD, None), (TRANSFER, 100)], [100]),
        ([(CARD, 60), (TRANSFER, 40)], [60, 40]),
        ([], []),
    ],
)
def test_the_payment_without_an_amount_takes_the_rest(
    wanted: list[tuple[PaymentMethod, int | None]], split: list[int]
) -> None:
    payments = split_payments(100, [(uuid4(), method, amount) for method, amount in wanted])
    assert [payment.amount for payment in payments] == split

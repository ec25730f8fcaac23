"""Every adapter can stand where its protocol is asked for; the type checker proves the shapes."""

from typing import Any

from providers.carriers import Carrier
from providers.cdek import Cdek
from providers.messages import EmailSender, SmsSender
from providers.own_delivery import OwnDelivery, Pickup
from providers.payments import PaymentProvider
from providers.smtp import Smtp
from providers.twilio import Twilio
from providers.yookassa import YooKassa


def _too_early() -> Any:
    raise AssertionError("settings are read when a call is made, not before")


def test_making_an_adapter_reads_no_settings() -> None:
    payments: PaymentProvider = YooKassa(_too_early)
    sms: SmsSender = Twilio(_too_early)
    email: EmailSender = Smtp(_too_early)
    carriers: list[Carrier] = [Cdek(_too_early), OwnDelivery(_too_early), Pickup(_too_early)]
    assert len({type(each) for each in (payments, sms, email, *carriers)}) == 6

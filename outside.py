"""The world beyond the house, built from what the settings say: payments, carriers, messages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from db.provider_settings import NOTHING, ProviderConfiguration, ProviderSettings
from domain.connections import Provider
from domain.money import Money
from domain.shipments import CarrierCode
from providers.carriers import Carrier
from providers.cdek import Cdek
from providers.cdek_line import CdekSettings
from providers.messages import EmailSender, SmsSender
from providers.own_delivery import OwnDelivery, OwnDeliverySettings, Pickup
from providers.payments import PaymentProvider
from providers.smtp import Smtp, SmtpSecurity, SmtpSettings
from providers.twilio import Twilio, TwilioSettings
from providers.wire import Limits
from providers.yookassa import YooKassa, YooKassaSettings

PROVIDER_LIMITS = Limits(connect_s=3, read_s=10, whole_s=12)
"""Several calls must fit into one attempt of an activity; see `workflows.options`."""
TRIAL_LIMITS = Limits(connect_s=3, read_s=5, whole_s=8)
"""Somebody sits before the page and waits."""


@runtime_checkable
class Closable(Protocol):
    """An adapter that keeps connections open."""

    def close(self) -> None: ...


class Checkable(Protocol):
    def check(self) -> str: ...


@dataclass(frozen=True)
class Outside:
    """The world beyond the house, behind its protocols."""

    payments: PaymentProvider
    carriers: Mapping[CarrierCode, Carrier]
    email: EmailSender
    sms: SmsSender

    def close(self) -> None:
        for adapter in (self.payments, *self.carriers.values(), self.email, self.sms):
            if isinstance(adapter, Closable):
                adapter.close()


def connect_outside(settings: ProviderSettings) -> Outside:
    """Adapters that read their addresses and keys for every call: changes apply at once."""
    return Outside(
        payments=YooKassa(lambda: _yookassa(_if_on(settings.read(Provider.YOOKASSA)))),
        carriers={
            CarrierCode.OWN: OwnDelivery(lambda: _own("Own delivery")),
            CarrierCode.PICKUP: Pickup(lambda: _own("Pick-up")),
            CarrierCode.CDEK: Cdek(lambda: _cdek(_if_on(settings.read(Provider.CDEK)))),
        },
        email=Smtp(lambda: _smtp(_if_on(settings.read(Provider.SMTP)))),
        sms=Twilio(lambda: _twilio(_if_on(settings.read(Provider.TWILIO)))),
    )


def check_connection(provider: Provider, told: ProviderConfiguration) -> str:
    """One harmless question, with what is told; the adapter is there for it alone."""
    adapter = _CONNECT[provider](told)
    try:
        return adapter.check()
    finally:
        if isinstance(adapter, Closable):
            adapter.close()


def _if_on(told: ProviderConfiguration) -> ProviderConfiguration:
    """What is switched off has no keys, and its adapter says that they are missing."""
    return told if told.enabled else NOTHING


def _yookassa(told: ProviderConfiguration) -> YooKassaSettings:
    return YooKassaSettings(
        shop_id=told.values.get("shop_id", ""),
        secret_key=told.secrets.get("secret_key", ""),
        base_url=told.values.get("base_url", YooKassaSettings.base_url),
        limits=PROVIDER_LIMITS,
    )


def _cdek(told: ProviderConfiguration) -> CdekSettings:
    return CdekSettings(
        account=told.values.get("account", ""),
        secure_password=told.secrets.get("secure_password", ""),
        base_url=told.values.get("base_url", CdekSettings.base_url),
        currency=told.values.get("currency", "RUB"),
        limits=PROVIDER_LIMITS,
    )


def _smtp(told: ProviderConfiguration) -> SmtpSettings:
    return SmtpSettings(
        host=told.values.get("host", ""),
        port=int(told.values.get("port", 587)),
        sender=told.values.get("sender", ""),
        sender_name=told.values.get("sender_name", ""),
        security=SmtpSecurity(told.values.get("security", SmtpSecurity.STARTTLS)),
        username=told.values.get("username", ""),
        password=told.secrets.get("password", ""),
    )


def _twilio(told: ProviderConfiguration) -> TwilioSettings:
    return TwilioSettings(
        account_sid=told.values.get("account_sid", ""),
        auth_token=told.secrets.get("auth_token", ""),
        sender=told.values.get("sender", ""),
        status_callback=told.values.get("status_callback"),
        base_url=told.values.get("base_url", TwilioSettings.base_url),
        limits=PROVIDER_LIMITS,
    )


def _own(name: str) -> OwnDeliverySettings:
    """What it costs is the shipping method's business."""
    return OwnDeliverySettings(name, Money(0, "EUR"))


_CONNECT: Mapping[Provider, Callable[[ProviderConfiguration], Checkable]] = {
    Provider.YOOKASSA: lambda told: YooKassa(lambda: replace(_yookassa(told), limits=TRIAL_LIMITS)),
    Provider.CDEK: lambda told: Cdek(lambda: replace(_cdek(told), limits=TRIAL_LIMITS)),
    Provider.SMTP: lambda told: Smtp(lambda: replace(_smtp(told), timeout_s=TRIAL_LIMITS.read_s)),
    Provider.TWILIO: lambda told: Twilio(lambda: replace(_twilio(told), limits=TRIAL_LIMITS)),
}

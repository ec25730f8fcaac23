"""The world beyond the house, built from what the settings say: payments, carriers, messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from db.provider_settings import ProviderConfiguration, ProviderSettings
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


@runtime_checkable
class Closable(Protocol):
    """An adapter that keeps connections open."""

    def close(self) -> None: ...


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
        payments=YooKassa(lambda: _yookassa(settings.read("yookassa"))),
        carriers={
            CarrierCode.OWN: OwnDelivery(lambda: _own("Own delivery")),
            CarrierCode.PICKUP: Pickup(lambda: _own("Pick-up")),
            CarrierCode.CDEK: Cdek(lambda: _cdek(settings.read("cdek"))),
        },
        email=Smtp(lambda: _smtp(settings.read("smtp"))),
        sms=Twilio(lambda: _twilio(settings.read("twilio"))),
    )


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

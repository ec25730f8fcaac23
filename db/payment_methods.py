"""Which payment methods can be had now: those that need no provider, or whose provider is on."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables.shop import ProviderSetting
from domain.connections import Provider
from domain.payments import PaymentMethod
from domain.pricing import check_set_up

PROVIDERS: Mapping[PaymentMethod, str] = {PaymentMethod.CARD: Provider.YOOKASSA.value}


def not_set_up(tx: Session) -> frozenset[str]:
    """Nobody can pay by these before their provider is switched on."""
    on = set(tx.scalars(select(ProviderSetting.provider).where(ProviderSetting.enabled)))
    return frozenset(method for method, provider in PROVIDERS.items() if provider not in on)


def check(tx: Session, method: PaymentMethod) -> None:
    check_set_up(method, not_set_up(tx))

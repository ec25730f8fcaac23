"""Addresses and keys of providers. Keys are stored encrypted and read anew for every call."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db import history
from db.engine import Database
from db.history import Entry
from db.tables.shop import ProviderSetting
from domain.errors import ChangedMeanwhile

SET, REPLACED = "set", "replaced"
"""What history tells of a secret."""


class UnreadableSecret(Exception):
    """The secret was encrypted with a key that BACKOFFICE_SECRET_KEYS does not hold any more."""


@dataclass(frozen=True)
class ProviderConfiguration:
    enabled: bool
    values: Mapping[str, Any]
    secrets: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class StoredConfiguration:
    configuration: ProviderConfiguration
    version: int
    """0: nobody has set it yet."""


NOTHING = ProviderConfiguration(False, {}, {})


def public_values(tx: Session, provider: str) -> dict[str, Any]:
    """All but the secrets."""
    values = tx.scalar(select(ProviderSetting.values).where(ProviderSetting.provider == provider))
    return values or {}


class ProviderSettings:
    """The first key encrypts, every key decrypts, so that keys can be changed one by one."""

    def __init__(self, db: Database, keys: Sequence[str]) -> None:
        self._db = db
        self._box = MultiFernet([Fernet(key) for key in keys])

    def read(self, provider: str) -> ProviderConfiguration:
        with self._db.transaction() as tx:
            return self.stored(tx, provider).configuration

    def stored(self, tx: Session, provider: str) -> StoredConfiguration:
        row = tx.execute(
            select(
                ProviderSetting.enabled,
                ProviderSetting.values,
                ProviderSetting.secrets,
                ProviderSetting.version,
            ).where(ProviderSetting.provider == provider)
        ).one_or_none()
        if row is None:
            return StoredConfiguration(NOTHING, 0)
        secrets = self._open(row.secrets) if row.secrets else {}
        told = ProviderConfiguration(row.enabled, row.values, secrets)
        return StoredConfiguration(told, row.version)

    def save(
        self,
        tx: Session,
        provider: str,
        values: Mapping[str, Any],
        secrets: Mapping[str, str],
        by: str,
    ) -> None:
        """Switches it on with these values, whatever was there."""
        before = self.stored(tx, provider)
        wanted = ProviderConfiguration(True, dict(values), dict(secrets))
        self.change(tx, provider, wanted, before.version, by)

    def change(
        self, tx: Session, provider: str, wanted: ProviderConfiguration, version: int, by: str
    ) -> None:
        """History tells that secrets changed, and never from what to what."""
        row = insert(ProviderSetting).values(provider=provider, values={}, version=0)
        tx.execute(row.on_conflict_do_nothing())
        before = self.stored(tx, provider).configuration
        changed = update(ProviderSetting).where(
            ProviderSetting.provider == provider, ProviderSetting.version == version
        )
        told = changed.values(
            enabled=wanted.enabled,
            values=dict(wanted.values),
            secrets=self._seal(wanted.secrets),
            version=ProviderSetting.version + 1,
        )
        if not tx.execute(told.returning(ProviderSetting.version)).one_or_none():
            raise ChangedMeanwhile("Somebody else changed these settings meanwhile.")
        changes = _differences(before, wanted)
        history.append(tx, Entry("provider", provider, "provider.configured", by, changes))

    def seal(self, configuration: ProviderConfiguration) -> bytes:
        return self._seal(asdict(configuration))

    def unseal(self, sealed: bytes) -> ProviderConfiguration:
        return ProviderConfiguration(**self._open(sealed))

    def _seal(self, content: Mapping[str, Any]) -> bytes:
        return self._box.encrypt(json.dumps(dict(content)).encode())

    def _open(self, sealed: bytes) -> dict[str, Any]:
        try:
            opened: dict[str, Any] = json.loads(self._box.decrypt(sealed))
        except InvalidToken:
            raise UnreadableSecret("No key of BACKOFFICE_SECRET_KEYS opens it.") from None
        return opened


def _differences(before: ProviderConfiguration, after: ProviderConfiguration) -> history.Changes:
    values = {
        name: (before.values.get(name), after.values.get(name))
        for name in _names(before.values, after.values)
    }
    secrets = {
        name: (SET if name in before.secrets else None, REPLACED if name in after.secrets else None)
        for name in _names(before.secrets, after.secrets)
        if before.secrets.get(name) != after.secrets.get(name)
    }
    return {"enabled": (before.enabled, after.enabled), **values, **secrets}


def _names(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return sorted({*before, *after})

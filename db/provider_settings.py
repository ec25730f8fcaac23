"""Addresses and keys of providers. Keys are stored encrypted and read anew for every call."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db import history
from db.engine import Database
from db.history import Entry
from db.tables.shop import ProviderSetting


class UnreadableSecret(Exception):
    """The secret was encrypted with a key that BACKOFFICE_SECRET_KEYS does not hold any more."""


@dataclass(frozen=True)
class ProviderConfiguration:
    enabled: bool
    values: Mapping[str, Any]
    secrets: Mapping[str, str]


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
            row = tx.execute(
                select(
                    ProviderSetting.enabled, ProviderSetting.values, ProviderSetting.secrets
                ).where(ProviderSetting.provider == provider)
            ).one_or_none()
        if row is None:
            return NOTHING
        return ProviderConfiguration(row.enabled, row.values, self._open(row.secrets))

    def save(
        self,
        tx: Session,
        provider: str,
        values: Mapping[str, Any],
        secrets: Mapping[str, str],
        by: str,
    ) -> None:
        """Switches it on with these values. History tells that secrets changed, not which."""
        old = tx.scalar(select(ProviderSetting).where(ProviderSetting.provider == provider))
        new = {
            "enabled": True,
            "values": dict(values),
            "secrets": self._box.encrypt(json.dumps(dict(secrets)).encode()),
        }
        row = insert(ProviderSetting).values(provider=provider, **new)
        tx.execute(
            row.on_conflict_do_update(
                index_elements=["provider"],
                set_={**new, "version": ProviderSetting.version + 1},
            )
        )
        changes = history.differences(dict(old.values) if old else {}, dict(values))
        history.append(
            tx,
            Entry(
                "provider",
                provider,
                "provider.configured",
                by,
                changes,
                details={"secrets": sorted(secrets)},
            ),
        )

    def _open(self, secrets: bytes | None) -> Mapping[str, str]:
        if secrets is None:
            return {}
        try:
            opened: dict[str, str] = json.loads(self._box.decrypt(secrets))
        except InvalidToken:
            raise UnreadableSecret("No key of BACKOFFICE_SECRET_KEYS opens it.") from None
        return opened

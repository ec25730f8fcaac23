"""New keys for old: everything that is stored encrypted is encrypted anew with the first key."""

from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from db import history
from db.engine import Database
from db.history import Entry
from db.seal_keys import SealKeys
from db.tables.access import Account
from db.tables.desk import ConnectionTrial
from db.tables.history import HistorySealKey
from db.tables.shop import ProviderSetting

ENCRYPTED: tuple[InstrumentedAttribute[Any], ...] = (
    ProviderSetting.secrets,
    Account.totp_secret,
    ConnectionTrial.configuration,
)


class KeyMissing(Exception):
    """Something was encrypted with a key that is not given any more; nothing was changed."""


def rotate_keys(db: Database, keys: Sequence[str]) -> dict[str, int]:
    """How many secrets of each table. All of them or none; afterwards the first key opens
    everything, and history is sealed with a key that was never under an older one."""
    box, seal_keys = MultiFernet([Fernet(key) for key in keys]), SealKeys(keys)
    with db.transaction() as tx:
        try:
            done = {each.class_.__tablename__: _rotate(tx, each, box.rotate) for each in ENCRYPTED}
            seals = _rotate(tx, HistorySealKey.secret, seal_keys.reencrypted)
        except InvalidToken:
            raise KeyMissing("Some secrets were encrypted with a key that is not given.") from None
        seal_keys.add(tx)
        done[HistorySealKey.__tablename__] = seals
        entry = Entry("setting", "secret_keys", "setting.keys_rotated", "system", details=done)
        history.append(tx, entry)
    return done


def _rotate(tx: Session, column: InstrumentedAttribute[Any], rotate: Any) -> int:
    [key] = column.class_.__table__.primary_key.columns
    rows = tx.execute(select(key, column).where(column.is_not(None)).with_for_update()).all()
    for id, secret in rows:
        tx.execute(update(column.class_).where(key == id).values({column.key: rotate(secret)}))
    return len(rows)

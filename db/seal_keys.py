"""The keys of seals: made by chance, kept encrypted under the keys of the environment."""

import base64
import hmac
import secrets
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db.tables.history import HistorySealKey

PURPOSE = b"history seals"
"""Nothing else that is encrypted can be put in the place of a seal's key."""


class SealKeyMissing(Exception):
    """The key of a seal is gone, or was encrypted with a key that is not given any more."""


class SealKeys:
    """The first key encrypts, every key decrypts."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._box = MultiFernet([Fernet(_for_seals(key)) for key in keys])

    def newest(self, tx: Session) -> tuple[int, bytes]:
        """Its number and secret; the first is made by whoever asks first."""
        row = tx.execute(
            select(HistorySealKey.id, HistorySealKey.secret)
            .order_by(HistorySealKey.id.desc())
            .limit(1)
        ).one_or_none()
        if row is None:
            self.add(tx)
            return self.newest(tx)
        return row.id, self._open(row.secret)

    def read(self, tx: Session, id: int) -> bytes:
        return self._open(tx.scalar(select(HistorySealKey.secret).where(HistorySealKey.id == id)))

    def add(self, tx: Session) -> None:
        """From now on this one seals."""
        secret = self._box.encrypt(secrets.token_bytes(32))
        tx.execute(insert(HistorySealKey).values(secret=secret))

    def reencrypted(self, secret: bytes) -> bytes:
        return self._box.rotate(secret)

    def _open(self, secret: bytes | None) -> bytes:
        try:
            return self._box.decrypt(secret or b"")
        except InvalidToken:
            raise SealKeyMissing("No key of BACKOFFICE_SECRET_KEYS opens it.") from None


def _for_seals(key: str) -> bytes:
    digest = hmac.digest(base64.urlsafe_b64decode(key), PURPOSE, "sha256")
    return base64.urlsafe_b64encode(digest)

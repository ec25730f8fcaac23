"""What is kept under the keys of BACKOFFICE_SECRET_KEYS beside the providers' own secrets."""

import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, MultiFernet


class Secrets:
    """The first key encrypts, every key decrypts, so that keys can be changed one by one."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._box = MultiFernet([Fernet(key) for key in keys])
        self._keys = [key.encode() for key in keys]

    def seal(self, text: str) -> bytes:
        return self._box.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        return self._box.decrypt(sealed).decode()

    def code_of(self, token_hash: bytes) -> str:
        """Six digits that belong to one session. Whoever mails them works them out anew, so a mail
        that is sent again says the same, and nothing readable is stored."""
        digest = _mac(self._keys[0], b"sign-in code", token_hash)
        return f"{int.from_bytes(digest[:8]) % 1_000_000:06}"

    def code_hash(self, token_hash: bytes, code: str) -> bytes:
        """Keyed: a million codes are soon tried by somebody who has the table alone."""
        return _mac(self._keys[0], b"code hash", token_hash + code.encode())

    def is_code(self, stored: bytes, token_hash: bytes, code: str) -> bool:
        said = token_hash + code.encode()
        return any(hmac.compare_digest(_mac(key, b"code hash", said), stored) for key in self._keys)


def _mac(key: bytes, purpose: bytes, text: bytes) -> bytes:
    return hmac.digest(key, purpose + b"\0" + text, hashlib.sha256)

"""The Idempotence-Key: one act per key and day, whatever becomes of the answer."""

import hashlib
import json
from collections.abc import Callable

from local.simulators.state import Document
from local.simulators.world import World
from local.simulators.yookassa.values import invalid

_HEADER = "Idempotence-Key"
_LENGTH = 64
_SECONDS = 24 * 3600


class Keys:
    def __init__(self, world: World) -> None:
        self._clock = world.clock
        self._all = world.store.collection("yookassa_key")
        self._forget_old()

    def once(self, key: str | None, path: str, body: Document, act: Callable[[], str]) -> str:
        """The id `act` has made, now or at the first call with this key. A refused act leaves
        the key free; another call under a used key is refused."""
        if not key or len(key) > _LENGTH:
            raise invalid(f"Is missing or longer than {_LENGTH} characters", _HEADER)
        print_ = _fingerprint(path, body)
        used = self._young(key)
        if used is None:
            at = self._clock.now().timestamp()
            used = {"key": key, "print": print_, "id": act(), "at": at}
            self._all.save(key, used)
        elif used["print"] != print_:
            raise invalid("Has been used for another request", _HEADER)
        return str(used["id"])

    def _young(self, key: str) -> Document | None:
        used = self._all.get(key)
        return None if used is None or self._is_old(used) else used

    def _is_old(self, used: Document) -> bool:
        return bool(self._clock.now().timestamp() - used["at"] > _SECONDS)

    def _forget_old(self) -> None:
        for used in self._all:
            if self._is_old(used):
                self._all.drop(used["key"])


def _fingerprint(path: str, body: Document) -> str:
    text = f"{path}\n{json.dumps(body, sort_keys=True)}"
    return hashlib.sha256(text.encode()).hexdigest()

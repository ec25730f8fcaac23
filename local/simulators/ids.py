"""Ids the simulators hand out; repeatable where a seed is given."""

import random
from uuid import UUID

from local.simulators.state import Store


class Ids:
    def __init__(self, store: Store, seed: int | None) -> None:
        starts = store.collection("start")
        starts.save(str(len(starts)), {})
        # Each start over the same state has its own sequence, so ids never come twice.
        self._random = random.Random(None if seed is None else f"{seed}/{len(starts)}")

    def uuid(self) -> str:
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def hex(self, digits: int) -> str:
        return f"{self._random.getrandbits(4 * digits):0{digits}x}"

"""What an actor may see of a record: for exports, events and all that is no answer of a route."""

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from domain.access.actor import Actor
from domain.access.fields import NOUNS_OF, told_by


def visible(actor: Actor, noun: str, record: Any) -> dict[str, Any]:
    """The record, a value class or a mapping, without what is hidden from the actor."""
    fields = asdict(record) if is_dataclass(record) and not isinstance(record, type) else record
    nouns = frozenset({noun}) | NOUNS_OF.get(noun, frozenset())
    shown: dict[str, Any] = _without(fields, nouns, actor.hidden_keys, "")
    return shown


def _without(value: Any, nouns: frozenset[str], hidden: frozenset[str], parent: str) -> Any:
    if isinstance(value, Mapping):
        return {
            key: _without(item, nouns, hidden, key)
            for key, item in value.items()
            if not told_by(nouns, key, parent) & hidden
        }
    if isinstance(value, list | tuple):
        return [_without(item, nouns, hidden, parent) for item in value]
    return value

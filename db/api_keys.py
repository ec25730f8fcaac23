"""Keys of programs: made, shown once, and taken back."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import history
from db.access import KEY_PREFIX, new_token, token_hash
from db.groups import grants_changes, stored_fields, stored_rights
from db.history import Entry
from db.tables.access import ApiKey
from db.tables.shop import Channel
from db.unique_names import require_free
from domain.access import BOUND_TO_BRANCHES, NOTHING, Actor, Grants, Reach
from domain.access.hierarchy import require_held
from domain.errors import Refusal

SHOWN = len(KEY_PREFIX) + 6
"""So many characters of a token are kept for people to tell keys apart."""


class ChannelMissing(Refusal):
    """There is no such channel."""


class KeyInNoBranch(Refusal):
    """A program works in no branch, so a right that reaches to own branches reaches nothing."""


class AlreadyExpired(Refusal):
    """Nobody could use it."""


@dataclass(frozen=True)
class WantedKey:
    name: str
    grants: Grants
    channel_id: int | None
    expires_at: datetime | None


@dataclass(frozen=True)
class NewKey:
    id: int
    token: str
    """Kept nowhere: whoever loses it makes another."""


def add_key(tx: Session, wanted: WantedKey, actor: Actor) -> NewKey:
    require_held(actor, wanted.grants)
    _check(tx, wanted)
    require_free(tx, ApiKey.name, wanted.name)
    token = new_token(KEY_PREFIX)
    row = ApiKey(
        name=wanted.name,
        prefix=token[:SHOWN],
        token_hash=token_hash(token),
        rights=stored_rights(wanted.grants),
        fields=stored_fields(wanted.grants),
        channel_id=wanted.channel_id,
        created_by=actor.name,
        expires_at=wanted.expires_at,
    )
    tx.add(row)
    tx.flush()
    described = {name: getattr(row, name) for name in ("name", "channel_id", "expires_at")}
    changes = history.differences({}, described) | grants_changes(NOTHING, wanted.grants)
    history.append(tx, Entry("api_key", row.id, "api_key.created", actor.name, changes))
    return NewKey(row.id, token)


def lock_key(tx: Session, key_id: int) -> ApiKey | None:
    return tx.scalar(select(ApiKey).where(ApiKey.id == key_id).with_for_update())


def revoke_key(tx: Session, key: ApiKey, actor: Actor) -> None:
    """From the next request on nobody gets in with it; it stays in the list."""
    if key.is_active:
        key.is_active = False
        changes: history.Changes = {"is_active": (True, False)}
        history.append(tx, Entry("api_key", key.id, "api_key.revoked", actor.name, changes))


def _check(tx: Session, wanted: WantedKey) -> None:
    if wanted.channel_id is not None and tx.get(Channel, wanted.channel_id) is None:
        raise ChannelMissing("There is no such channel.")
    if wanted.expires_at is not None and wanted.expires_at <= datetime.now(UTC):
        raise AlreadyExpired("The day the key ends on has passed already.")
    for right, reach in wanted.grants.rights.items():
        if reach is Reach.OWN and right.noun in BOUND_TO_BRANCHES:
            raise KeyInNoBranch(f"Let {right} reach to all: a program works in no branch.")

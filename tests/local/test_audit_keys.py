"""Keys are changed one for another, and neither secrets nor seals are lost on the way."""

import pytest
from sqlalchemy import select, update

from cli import main
from db import seals
from db.engine import Database
from db.provider_settings import ProviderSettings, UnreadableSecret
from db.seal_checks import check_seals
from db.seal_keys import SealKeys
from db.secrets import Secrets
from db.tables.access import Account
from db.tables.history import HistoryEntry
from tests.factories import SECRET_KEY, add_staff
from tests.local.environments import KEY, OTHER_KEY

OLD, NEW = SECRET_KEY, OTHER_KEY


@pytest.fixture
def shop(db: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Secrets under the old key, and seals."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:9")
    with db.transaction() as tx:
        add_staff(tx, "owner", "SuperAdmin")
        ProviderSettings(db, [OLD]).save(tx, "smtp", {}, {"password": "mail"}, "system")
        tx.execute(update(Account).values(totp_secret=Secrets([OLD]).seal("TOTP")))
    seals.seal(db, SealKeys([OLD]))
    return db


def totp(db: Database, key: str) -> str:
    with db.transaction() as tx:
        sealed = tx.scalars(select(Account.totp_secret)).one()
    assert sealed
    return Secrets([key]).open(sealed)


def findings(db: Database, *keys: str) -> list[str]:
    return [finding for seal in check_seals(db, SealKeys(keys)) for finding in seal.findings]


def test_after_rotating_the_old_key_can_go(
    shop: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BACKOFFICE_SECRET_KEYS", f"{NEW},{OLD}")
    assert main(["rotate-keys"]) == 0
    assert capsys.readouterr().out == (
        "Encrypted with the first key: 3 secrets. The others can go.\n"
    )
    assert ProviderSettings(shop, [NEW]).read("smtp").secrets == {"password": "mail"}
    assert totp(shop, NEW) == "TOTP"
    with pytest.raises(UnreadableSecret):
        ProviderSettings(shop, [OLD]).read("smtp")
    seals.seal(shop, SealKeys([NEW]))
    assert findings(shop, NEW) == []
    assert len(findings(shop, OLD)) == 2
    with shop.transaction() as tx:
        told = select(HistoryEntry.details).where(HistoryEntry.action == "setting.keys_rotated")
        assert tx.scalars(told).one() == {
            "provider_settings": 1,
            "accounts": 1,
            "connection_trials": 0,
            "history_seal_keys": 1,
        }


def test_a_missing_key_is_told_and_nothing_changes(
    shop: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BACKOFFICE_SECRET_KEYS", f"{NEW},{KEY}")
    assert main(["rotate-keys"]) == 1
    assert capsys.readouterr().err == (
        "Some secrets were encrypted with a key that is not given."
        " Add it to BACKOFFICE_SECRET_KEYS; nothing changed.\n"
    )
    assert totp(shop, OLD) == "TOTP"
    assert findings(shop, OLD) == []

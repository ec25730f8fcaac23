"""The demo shop: filled once, whole, with secrets that survive a crash."""

from pathlib import Path

import pytest
from sqlalchemy import select

from config import Settings
from db import stock
from db.access import find_program
from db.accounts import find_account
from db.catalogue import offer
from db.engine import Database
from db.provider_settings import ProviderSettings, public_values
from db.shop import find_channel
from db.tables.shop import Setting
from db.tables.staff import Group, StaffGroup
from domain.access import IMPORT, PROFILES, STOREFRONT
from local.demo import sign_ins
from local.demo.filling import fill
from local.demo.goods import GOODS
from local.demo.terms import SHIPPING_METHODS
from local.errors import CannotStart
from tests.local.environments import REQUIRED


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return _settings(tmp_path)


def _settings(data: Path, port: int = 8000) -> Settings:
    return Settings.from_environment(
        {**REQUIRED, "BACKOFFICE_DATA": str(data), "BACKOFFICE_PORT": str(port)}
    )


@pytest.mark.requirement("R123")
def test_a_new_shop_has_staff_of_every_profile_and_programs_with_their_rights(
    db: Database, settings: Settings
) -> None:
    kept = fill(settings, db)
    with db.transaction() as tx:
        staff = [find_account(tx, login) for login in sign_ins.STAFF]
        storefront = find_program(tx, kept.key("storefront"))
        imports = find_program(tx, kept.key("import"))
        web = find_channel(tx, "web")
        groups = tx.scalars(select(Group.name).join(StaffGroup)).all()
    assert {account.login for account in staff if account} == set(sign_ins.STAFF)
    assert set(groups) == set(PROFILES)
    assert storefront is not None
    assert imports is not None
    assert (storefront.grants, storefront.channel_id) == (STOREFRONT, web)
    assert (imports.grants, imports.channel_id) == (IMPORT, None)


@pytest.mark.requirement("R34", "R35")
def test_every_good_can_be_sold_and_the_ledger_agrees(db: Database, settings: Settings) -> None:
    fill(settings, db)
    skus = {sold.sku for goods in GOODS for sold in goods.variants}
    with db.transaction() as tx:
        assert stock.disagreements(tx) == []
        web, uk = find_channel(tx, "web"), find_channel(tx, "uk-web")
        assert web is not None
        assert uk is not None
        russian = offer(tx, web, skus, "RU", "cdek-door")
        british = offer(tx, uk, skus, "GB", "uk-courier")
    assert set(russian.variants) == skus
    assert russian.variants["MUG-WHITE"].available == 300
    assert russian.taxes.rate("standard", "RU") == 2200
    assert russian.taxes.rate("reduced", "RU") == 1000
    assert british.expires_in_s is None
    assert british.variants["UK-MUG-12"].available == 120
    assert british.taxes.rate("standard", "GB") == 2000
    assert set(british.shipping_methods) == {"uk-courier"}


def test_a_second_run_changes_nothing_but_moved_simulators(db: Database, tmp_path: Path) -> None:
    first = fill(_settings(tmp_path), db)
    assert (tmp_path / "demo.env").stat().st_mode & 0o777 == 0o600
    second = fill(_settings(tmp_path, port=8100), db)
    assert second == first
    with db.transaction() as tx:
        assert public_values(tx, "cdek")["base_url"] == "http://127.0.0.1:8101/cdek/v2"
        assert public_values(tx, "smtp")["port"] == 8103


def test_providers_of_the_shops_own_stay(db: Database, settings: Settings) -> None:
    fill(settings, db)
    own = {"base_url": "https://api.yookassa.ru/v3", "shop_id": "100500"}
    with db.transaction() as tx:
        ProviderSettings(db, settings.secret_keys).save(tx, "yookassa", own, {}, "staff:1")
    fill(settings, db)
    with db.transaction() as tx:
        assert public_values(tx, "yookassa") == own


def test_a_crash_before_the_sign_ins_are_shown_loses_none(db: Database, settings: Settings) -> None:
    kept = fill(settings, db)
    (settings.data / "demo.env").rename(settings.data / "demo.env.unused")
    assert fill(settings, db) == kept
    assert (settings.data / "demo.env").exists()


def test_a_shop_of_somebody_else_is_left_alone(db: Database, tmp_path: Path) -> None:
    fill(_settings(tmp_path / "one"), db)
    with pytest.raises(CannotStart, match="holds a shop already"):
        fill(_settings(tmp_path / "other"), db)
    assert not (tmp_path / "other" / "demo.env").exists()
    with db.transaction() as tx:
        assert tx.get_one(Setting, "shop").value == {"name": "Samovar & Co."}


def test_codes_are_unique() -> None:
    skus = [sold.sku for goods in GOODS for sold in goods.variants]
    assert len(skus) == len(set(skus))
    assert len(GOODS) >= 25
    codes = [method["code"] for method in SHIPPING_METHODS]
    assert len(codes) == len(set(codes))

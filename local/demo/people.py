"""Who may enter the demo shop: staff with their passwords, programs with their keys."""

from argon2 import PasswordHasher

from db import groups
from db.access import token_hash
from db.engine import Session
from db.tables.access import Account, ApiKey
from db.tables.staff import StaffBranch, StaffGroup, StaffMember
from domain.access import EVERYTHING, IMPORT, STOREFRONT, Grants
from local.demo.places import Places
from local.demo.rows import add
from local.demo.sign_ins import SignIns


def add_staff(tx: Session, sign_ins: SignIns, places: Places) -> int:
    """The id of the salesperson, who gets the new orders."""
    _member(tx, sign_ins, "owner", "Olga Sokolova", "SuperAdmin")
    _member(tx, sign_ins, "site", "Marta Lindgren", "Site manager")
    _member(tx, sign_ins, "logistician", "Timur Galiev", "Logistician", language="ru")
    _member(tx, sign_ins, "translator", "Claire Martin", "Translator", language="fr")
    _member(tx, sign_ins, "kazan", "Алия Сафина", "Branch manager", places.kazan, language="ru")
    _member(tx, sign_ins, "purchasing", "Ivan Orlov", "Purchasing manager")
    _member(tx, sign_ins, "cashier", "Nina Belova", "Cashier", places.kazan, language="ru")
    return _member(tx, sign_ins, "salesperson", "Пётр Волков", "Salesperson", language="ru")


def add_keys(tx: Session, sign_ins: SignIns, channels: dict[str, int]) -> None:
    _key(tx, "Web shop", sign_ins.key("storefront"), STOREFRONT, channels["web"])
    _key(tx, "UK web shop", sign_ins.key("uk_storefront"), STOREFRONT, channels["uk-web"])
    _key(tx, "Ozon", sign_ins.key("ozon"), STOREFRONT, channels["ozon"])
    _key(tx, "Import", sign_ins.key("import"), IMPORT, None)
    _key(tx, "Back office", sign_ins.key("office"), EVERYTHING, None)


def _member(
    tx: Session,
    sign_ins: SignIns,
    login: str,
    name: str,
    profile: str,
    branch_id: int | None = None,
    language: str = "en",
) -> int:
    member = StaffMember(name=name, email=f"{login}@shop.example", language=language)
    add(tx, "staff", member)
    tx.add(StaffGroup(staff_id=member.id, group_id=groups.find_group_id(tx, profile)))
    if branch_id is not None:
        tx.add(StaffBranch(staff_id=member.id, branch_id=branch_id))
    account = Account(
        realm="staff",
        login=login,
        password_hash=PasswordHasher().hash(sign_ins.password(login)),
        staff_id=member.id,
    )
    add(tx, "account", account)
    return member.id


def _key(tx: Session, name: str, token: str, grants: Grants, channel_id: int | None) -> None:
    row = ApiKey(
        name=name,
        prefix=token[:8],
        token_hash=token_hash(token),
        rights=groups.stored_rights(grants),
        fields=groups.stored_fields(grants),
        channel_id=channel_id,
    )
    add(tx, "api_key", row)

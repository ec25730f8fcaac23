"""Who may enter the demo shop: staff with their passwords, programs with their keys."""

from argon2 import PasswordHasher

from db.access import token_hash
from db.engine import Session
from db.tables.staff import ApiKey, StaffMember
from domain.access import STOREFRONT_RIGHTS, Right
from local.demo.places import Places
from local.demo.rows import add
from local.demo.sign_ins import SignIns

IMPORT_RIGHTS = frozenset(
    {
        Right.ORDER_PLACE,
        Right.ORDER_SET_PRICE,
        Right.ORDER_READ,
        Right.ORDER_FULFIL,
        Right.PAYMENT_RECORD,
        Right.PRODUCT_READ,
        Right.PRODUCT_EDIT,
        Right.STOCK_READ,
        Right.STOCK_EDIT,
    }
)


def add_staff(tx: Session, sign_ins: SignIns, places: Places) -> int:
    """The id of the salesperson, who gets the new orders."""
    _member(tx, sign_ins, "owner", "Olga Sokolova", "SuperAdmin")
    _member(tx, sign_ins, "logistician", "Timur Galiev", "Logistician", language="ru")
    _member(tx, sign_ins, "translator", "Claire Martin", "Translator", language="fr")
    _member(tx, sign_ins, "kazan", "Алия Сафина", "Salesperson", places.kazan, language="ru")
    return _member(tx, sign_ins, "salesperson", "Пётр Волков", "Salesperson", language="ru")


def add_keys(tx: Session, sign_ins: SignIns, channels: dict[str, int]) -> None:
    _key(tx, "Web shop", sign_ins.key("storefront"), STOREFRONT_RIGHTS, channels["web"])
    _key(tx, "UK web shop", sign_ins.key("uk_storefront"), STOREFRONT_RIGHTS, channels["uk-web"])
    _key(tx, "Ozon", sign_ins.key("ozon"), STOREFRONT_RIGHTS, channels["ozon"])
    _key(tx, "Import", sign_ins.key("import"), IMPORT_RIGHTS, None)


def _member(
    tx: Session,
    sign_ins: SignIns,
    login: str,
    name: str,
    profile: str,
    branch_id: int | None = None,
    language: str = "en",
) -> int:
    member = StaffMember(
        login=login,
        name=name,
        email=f"{login}@shop.example",
        language=language,
        password_hash=PasswordHasher().hash(sign_ins.password(login)),
        profile=profile,
        branch_id=branch_id,
    )
    add(tx, "staff", member)
    return member.id


def _key(
    tx: Session, name: str, token: str, rights: frozenset[Right], channel_id: int | None
) -> None:
    row = ApiKey(
        name=name, token_hash=token_hash(token), rights=sorted(rights), channel_id=channel_id
    )
    add(tx, "api_key", row)

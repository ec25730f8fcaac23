"""A small shop, and the rows a test needs in it."""

from dataclasses import dataclass, field
from itertools import count
from uuid import uuid4

from argon2 import PasswordHasher
from sqlalchemy import func, insert, select

from db import groups, history, stock
from db.access import KEY_PREFIX, add_session, new_token, token_hash
from db.engine import Database, Session
from db.history import Entry
from db.provider_settings import ProviderSettings
from db.tables.access import Account, ApiKey
from db.tables.catalogue import Product, ShippingMethod, TaxRate, Variant
from db.tables.shop import Branch, Channel, Location
from db.tables.staff import StaffBranch, StaffGroup, StaffMember
from domain.access import EVERYTHING, STOREFRONT, Grants, Reach, Right
from local.simulators import credentials

SECRET_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
_NUMBERS = count(0, 200)
PASSWORD = "correct horse battery staple"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(frozen=True)
class Shop:
    """Tokens of a storefront's key and of staff; ids of what they act on."""

    storefront: str
    owner: str
    channel_id: int
    location_id: int
    branch_id: int
    variants: dict[str, int] = field(default_factory=dict)


def open_shop(
    db: Database,
    *,
    currency: str = "RUB",
    expires_in_s: int | None = 3600,
    capture: str = "at_once",
    stock_of_each: int = 100,
) -> Shop:
    """One branch with one location, a storefront, tax of 20 %, three products in stock."""
    with db.transaction() as tx:
        branch = _add(tx, Branch, code="main", name="Main", country="RU", city="Москва")
        location = _add(tx, Location, code="main", name="Shelf", branch_id=branch)
        channel = _add(
            tx,
            Channel,
            code="web",
            name="Web shop",
            kind="storefront",
            currency=currency,
            branch_id=branch,
            locations=[location],
            payment_methods=["card", "cash_on_delivery", "bank_transfer", "cheque"],
            shipping_methods=["courier", "cdek", "pickup"],
            return_url="http://127.0.0.1/thanks",
            unpaid_expire_after_s=expires_in_s,
            capture_policy=capture,
        )
        _add(tx, TaxRate, tax_class="standard", country="*", rate=2000)
        _add_shipping(tx)
        variants = {
            "MUG": add_variant(tx, "MUG", 50_000, currency, weight_g=400),
            "TEA": add_variant(tx, "TEA", 20_000, currency, weight_g=100),
            "HELP": add_variant(tx, "HELP", 100_000, currency, is_service=True),
        }
        shop = Shop(
            storefront=add_key(tx, "storefront", STOREFRONT, channel),
            owner=add_staff(tx, "owner", "SuperAdmin"),
            channel_id=channel,
            location_id=location,
            branch_id=branch,
            variants=variants,
        )
        stock.receive(
            tx,
            uuid4(),
            [(variants["MUG"], stock_of_each), (variants["TEA"], stock_of_each)],
            location,
            "system",
        )
        _record(tx, "shop.opened")
    leave_out_order_numbers(db)
    return shop


def leave_out_order_numbers(db: Database) -> None:
    """Providers outlive a test and know parcels by their order's number."""
    sequence = func.pg_get_serial_sequence("orders", "number")
    skipped = func.generate_series(1, next(_NUMBERS)).table_valued("skipped")
    with db.transaction() as tx:
        tx.execute(select(func.count(func.nextval(sequence))).select_from(skipped))


def connect_providers(db: Database, simulators_url: str) -> ProviderSettings:
    settings = ProviderSettings(db, [SECRET_KEY])
    with db.transaction() as tx:
        settings.save(
            tx,
            "yookassa",
            {
                "shop_id": credentials.YOOKASSA_SHOP_ID,
                "base_url": f"{simulators_url}/yookassa/v3",
                "webhook_networks": ["127.0.0.0/8"],
            },
            {"secret_key": credentials.YOOKASSA_SECRET_KEY},
            "system",
        )
        settings.save(
            tx,
            "cdek",
            {"account": credentials.CDEK_CLIENT_ID, "base_url": f"{simulators_url}/cdek/v2"},
            {"secure_password": credentials.CDEK_CLIENT_SECRET},
            "system",
        )
        settings.save(
            tx,
            "twilio",
            {
                "account_sid": credentials.TWILIO_ACCOUNT_SID,
                "base_url": f"{simulators_url}/twilio",
                "sender": credentials.TWILIO_SENDER,
            },
            {"auth_token": credentials.TWILIO_AUTH_TOKEN},
            "system",
        )
    return settings


def add_variant(
    tx: Session,
    sku: str,
    price: int,
    currency: str = "RUB",
    *,
    weight_g: int = 0,
    is_service: bool = False,
    may_backorder: bool = False,
) -> int:
    product = _add(tx, Product, name=sku.capitalize(), is_service=is_service, tax_class="standard")
    return _add(
        tx,
        Variant,
        product_id=product,
        sku=sku,
        price=price,
        currency=currency,
        weight_g=weight_g,
        may_backorder=may_backorder,
    )


def add_key(tx: Session, name: str, grants: Grants, channel_id: int | None = None) -> str:
    token = new_token(KEY_PREFIX)
    _add(
        tx,
        ApiKey,
        name=name,
        token_hash=token_hash(token),
        rights=groups.stored_rights(grants),
        fields=groups.stored_fields(grants),
        channel_id=channel_id,
    )
    _record(tx, "api_key.created")
    return token


def with_rights(*rights: Right) -> Grants:
    """These alone, everywhere, and every field."""
    return Grants(dict.fromkeys(rights, Reach.ALL), EVERYTHING.fields)


def add_staff(tx: Session, login: str, profile: str, branch_id: int | None = None) -> str:
    """The token of a session of a new staff member, in the group of that name."""
    group_id = groups.find_group_id(tx, profile)
    staff = _add(tx, StaffMember, name=login.capitalize(), email=f"{login}@shop.example")
    tx.execute(insert(StaffGroup).values(staff_id=staff, group_id=group_id))
    if branch_id is not None:
        tx.execute(insert(StaffBranch).values(staff_id=staff, branch_id=branch_id))
    account = _add(
        tx,
        Account,
        realm="staff",
        login=login,
        password_hash=CHEAP.hash(PASSWORD),
        staff_id=staff,
    )
    _record(tx, "staff.created")
    return add_session(tx, account)


def _add_shipping(tx: Session) -> None:
    rows = [
        ("courier", "own", "", [[None, 30_000]]),
        ("pickup", "pickup", "", [[None, 0]]),
        ("cdek", "cdek", "137", [[1000, 35_000], [None, 60_000]]),
    ]
    for code, carrier, service, bands in rows:
        tx.execute(
            insert(ShippingMethod).values(
                code=code,
                name=code.capitalize(),
                carrier=carrier,
                service=service,
                tax_class="standard",
                basis="weight",
                bands=bands,
                countries=[],
            )
        )


def _add(tx: Session, table: type, **values: object) -> int:
    row = table(**values)
    tx.add(row)
    tx.flush()
    return int(row.id)


def _record(tx: Session, action: str) -> None:
    history.append(tx, Entry("test", 1, action, "system"))

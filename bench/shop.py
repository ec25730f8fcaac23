"""A shop to place orders in: 500 products in plenty, every provider switched on."""

from dataclasses import asdict, dataclass
from uuid import uuid4

from sqlalchemy import insert

from bench.stack import Stack
from db import groups, stock
from db.access import KEY_PREFIX, new_token, token_hash
from db.engine import Database, Session
from db.provider_settings import ProviderSettings
from db.tables.access import ApiKey
from db.tables.catalogue import Product, ShippingMethod, TaxRate, Variant
from db.tables.shop import Branch, Channel, Location
from domain.access import EVERYTHING, STOREFRONT, Grants
from local.simulators import credentials

PRODUCTS = 500
PLENTY = 1_000_000


@dataclass(frozen=True)
class Shop:
    """What a load generator needs to act in it."""

    api: str
    simulators: str
    storefront: str
    owner: str
    skus: int = PRODUCTS

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def sku(number: int) -> str:
    return f"SKU-{number:03}"


def open_shop(stack: Stack, simulators: str | None = None) -> Shop:
    """In the empty database of a running stack; with simulators of one's own, if wanted."""
    simulators = simulators or f"http://127.0.0.1:{stack.ports.simulators}"
    db = Database.connect(stack.settings.database_url, pool_size=1)
    try:
        with db.transaction() as tx:
            _connect_providers(tx, db, stack, simulators)
            location, channel = _open_branch(tx)
            _fill_shelves(tx, location)
            _add_shipping(tx)
            return Shop(
                stack.url,
                simulators,
                add_key(tx, "storefront", STOREFRONT, channel),
                add_key(tx, "owner", EVERYTHING),
            )
    finally:
        db.close()


def _open_branch(tx: Session) -> tuple[int, int]:
    branch = _add(tx, Branch, code="main", name="Main", country="RU", city="Москва")
    location = _add(tx, Location, code="main", name="Shelf", branch_id=branch)
    channel = _add(
        tx,
        Channel,
        code="web",
        name="Web shop",
        kind="storefront",
        currency="RUB",
        branch_id=branch,
        locations=[location],
        payment_methods=["card", "cash_on_delivery"],
        shipping_methods=["courier", "cdek"],
        return_url="http://127.0.0.1/thanks",
        unpaid_expire_after_s=3600,
        capture_policy="at_once",
    )
    return location, channel


def _fill_shelves(tx: Session, location: int) -> None:
    _ = _add(tx, TaxRate, tax_class="standard", country="*", rate=2000)
    product = _add(tx, Product, name="Mug", tax_class="standard")
    variants = [
        _add(
            tx,
            Variant,
            product_id=product,
            sku=sku(number),
            price=10_000 + 100 * number,
            currency="RUB",
            weight_g=100,
        )
        for number in range(PRODUCTS)
    ]
    stock.receive(tx, uuid4(), [(variant, PLENTY) for variant in variants], location, "system")


def _add_shipping(tx: Session) -> None:
    for code, carrier, service in (("courier", "own", ""), ("cdek", "cdek", "137")):
        values = {"code": code, "name": code, "carrier": carrier, "service": service}
        terms = {"tax_class": "standard", "basis": "weight", "bands": [[None, 30_000]]}
        tx.execute(insert(ShippingMethod).values(**values, **terms, countries=[]))


def _connect_providers(tx: Session, db: Database, stack: Stack, simulators: str) -> None:
    settings = ProviderSettings(db, stack.settings.secret_keys)
    yookassa = {
        "shop_id": credentials.YOOKASSA_SHOP_ID,
        "base_url": f"{simulators}/yookassa/v3",
        "webhook_networks": ["127.0.0.0/8"],
    }
    secret = {"secret_key": credentials.YOOKASSA_SECRET_KEY}
    settings.save(tx, "yookassa", yookassa, secret, "system")
    cdek = {"account": credentials.CDEK_CLIENT_ID, "base_url": f"{simulators}/cdek/v2"}
    secret = {"secure_password": credentials.CDEK_CLIENT_SECRET}
    settings.save(tx, "cdek", cdek, secret, "system")
    twilio = {
        "account_sid": credentials.TWILIO_ACCOUNT_SID,
        "base_url": f"{simulators}/twilio",
        "sender": credentials.TWILIO_SENDER,
    }
    secret = {"auth_token": credentials.TWILIO_AUTH_TOKEN}
    settings.save(tx, "twilio", twilio, secret, "system")
    smtp = {"host": "127.0.0.1", "port": stack.ports.smtp, "security": "plain"}
    settings.save(tx, "smtp", {**smtp, "sender": "shop@example.org"}, {}, "system")


def add_key(tx: Session, name: str, grants: Grants, channel: int | None = None) -> str:
    token = new_token(KEY_PREFIX)
    _add(
        tx,
        ApiKey,
        name=name,
        token_hash=token_hash(token),
        rights=groups.stored_rights(grants),
        fields=groups.stored_fields(grants),
        channel_id=channel,
    )
    return token


def _add(tx: Session, table: type, **values: object) -> int:
    row = table(**values)
    tx.add(row)
    tx.flush()
    return int(row.id)

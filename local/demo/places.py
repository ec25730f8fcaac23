"""Where the demo shop is and where its orders come from."""

from dataclasses import dataclass

from db import history
from db.engine import Session
from db.history import Entry
from db.tables.shop import Branch, Channel, Location, Setting
from domain.orders import ChannelKind
from domain.payments import PaymentMethod
from local.demo.rows import BY, add

NAME = "Samovar & Co."
HOUR = 3600
RUSSIAN_PAYMENTS = [PaymentMethod.CARD, PaymentMethod.CASH_ON_DELIVERY, PaymentMethod.BANK_TRANSFER]


@dataclass(frozen=True)
class Places:
    """Ids of what others refer to."""

    moscow: int
    kazan: int
    uk: int
    moscow_stock: int
    kazan_stock: int
    uk_stock: int


def add_shop(tx: Session) -> None:
    tx.add(Setting(name="shop", value={"name": NAME}))
    history.append(tx, Entry("setting", "shop", "setting.changed", BY, {"name": (None, NAME)}))


def add_places(tx: Session) -> Places:
    moscow = _branch(tx, "moscow", "Moscow flagship", "RU", "Москва", "101000", "Мясницкая 24")
    kazan = _branch(tx, "kazan", "Kazan boutique", "RU", "Казань", "420111", "Баумана 44")
    uk = _branch(tx, "uk", "UK warehouse", "GB", "Leeds", "LS9 8AG", "12 East Street")
    return Places(
        moscow=moscow,
        kazan=kazan,
        uk=uk,
        moscow_stock=_location(tx, "moscow-stock", "Moscow stock room", moscow),
        kazan_stock=_location(tx, "kazan-stock", "Kazan shop floor", kazan),
        uk_stock=_location(tx, "uk-warehouse", "UK warehouse", uk),
    )


def add_channels(
    tx: Session, places: Places, responsible_id: int, return_url: str
) -> dict[str, int]:
    """Ids by code. Customers come back to `return_url` from the page where they paid."""
    ids = {}
    for make in (_web, _uk_web, _ozon, _phone, _kazan_counter):
        channel = make(places, responsible_id)
        channel.return_url = return_url
        add(tx, "channel", channel)
        ids[channel.code] = channel.id
    return ids


def _web(places: Places, responsible_id: int) -> Channel:
    return Channel(
        code="web",
        name="Web shop",
        kind=ChannelKind.STOREFRONT,
        currency="RUB",
        branch_id=places.moscow,
        locations=[places.moscow_stock, places.kazan_stock],
        payment_methods=RUSSIAN_PAYMENTS,
        shipping_methods=["courier", "pickup", "cdek-door", "cdek-point"],
        unpaid_expire_after_s=HOUR,
        responsible_id=responsible_id,
    )


def _uk_web(places: Places, responsible_id: int) -> Channel:
    """Companies order here and pay by invoice: their orders wait as long as it takes."""
    return Channel(
        code="uk-web",
        name="UK web shop",
        kind=ChannelKind.STOREFRONT,
        currency="GBP",
        branch_id=places.uk,
        locations=[places.uk_stock],
        payment_methods=[PaymentMethod.BANK_TRANSFER, PaymentMethod.CHEQUE],
        shipping_methods=["uk-courier"],
        responsible_id=responsible_id,
    )


def _ozon(places: Places, responsible_id: int) -> Channel:
    """The marketplace takes the money and transfers it later."""
    return Channel(
        code="ozon",
        name="Ozon",
        kind=ChannelKind.MARKETPLACE,
        currency="RUB",
        branch_id=places.moscow,
        locations=[places.moscow_stock],
        payment_methods=[PaymentMethod.BANK_TRANSFER],
        shipping_methods=["courier"],
        responsible_id=responsible_id,
    )


def _phone(places: Places, responsible_id: int) -> Channel:
    return Channel(
        code="phone",
        name="Telephone",
        kind=ChannelKind.PHONE,
        currency="RUB",
        branch_id=places.moscow,
        locations=[places.moscow_stock, places.kazan_stock],
        payment_methods=RUSSIAN_PAYMENTS,
        shipping_methods=["courier", "pickup", "cdek-door", "cdek-point"],
        unpaid_expire_after_s=72 * HOUR,
        responsible_id=responsible_id,
    )


def _kazan_counter(places: Places, responsible_id: int) -> Channel:
    return Channel(
        code="kazan-counter",
        name="Kazan counter",
        kind=ChannelKind.POINT_OF_SALE,
        currency="RUB",
        branch_id=places.kazan,
        locations=[places.kazan_stock],
        payment_methods=[PaymentMethod.CASH_ON_DELIVERY],
        shipping_methods=["pickup"],
    )


def _branch(
    tx: Session, code: str, name: str, country: str, city: str, postcode: str, street: str
) -> int:
    branch = Branch(
        code=code, name=name, country=country, city=city, postcode=postcode, street=street
    )
    add(tx, "branch", branch)
    return branch.id


def _location(tx: Session, code: str, name: str, branch_id: int) -> int:
    location = Location(code=code, name=name, branch_id=branch_id)
    add(tx, "location", location)
    return location.id

"""Fills an empty database with the demo shop, once, in one transaction."""

from config import Settings
from db.access import find_program
from db.engine import Database, Session
from db.provider_settings import ProviderSettings
from db.tables.shop import Setting
from local.demo import providers, sign_ins
from local.demo.goods import add_goods
from local.demo.people import add_keys, add_staff
from local.demo.places import add_channels, add_places, add_shop
from local.demo.sign_ins import SignIns
from local.demo.terms import add_terms
from local.errors import CannotStart
from local.ports import Ports


def fill(settings: Settings, db: Database) -> SignIns:
    """Run again, it changes nothing but the addresses of simulators that have moved."""
    kept = sign_ins.keep(settings.data)
    with db.transaction() as tx:
        if not _is_filled(tx, kept):
            _add_everything(tx, kept, f"{settings.public_url}/")
        box = ProviderSettings(db, settings.secret_keys)
        providers.connect(tx, box, Ports(settings.port))
    sign_ins.publish(settings.data)
    return kept


def _is_filled(tx: Session, kept: SignIns) -> bool:
    if tx.get(Setting, "shop") is None:
        return False
    if find_program(tx, kept.key("storefront")) is None:
        raise CannotStart("The database holds a shop already; the demo shop needs an empty one.")
    return True


def _add_everything(tx: Session, kept: SignIns, return_url: str) -> None:
    add_shop(tx)
    places = add_places(tx)
    add_terms(tx)
    responsible_id = add_staff(tx, kept, places)
    channels = add_channels(tx, places, responsible_id, return_url)
    add_keys(tx, kept, channels)
    add_goods(tx, places)

"""Who hears of a change: those who may read what changed, where it changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.access import EVERY_RIGHT, Actor, Right

_IRREGULAR = {
    "stock": "stock",
    "staff": "staff",
    "history": "history",
    "category": "categories",
    "product_class": "product-classes",
}
_SETTINGS = (
    *("setting", "provider", "channel", "tax_class", "shipping_method", "notice_rule"),
    *("notice_template", "custom_field", "mailing_list"),
)
_CATALOGUE = ("category", "brand", "supplier", "attribute", "product_class")
_READ_BY: Mapping[str, Right] = {
    **dict.fromkeys(_SETTINGS, Right.SETTINGS_READ),
    **dict.fromkeys(_CATALOGUE, Right.PRODUCT_READ),
}


@dataclass(frozen=True)
class Change:
    """That something changed, never what: whoever may read it reads it again."""

    seq: int
    subject: str
    subject_id: str
    branches: frozenset[int] = frozenset()
    channel_id: int | None = None
    customer_id: int | None = None

    @property
    def resource(self) -> str:
        """As the pages' addresses call it: `orders`, `shipping-methods`."""
        return _IRREGULAR.get(self.subject) or f"{self.subject}s".replace("_", "-")


def may_hear(actor: Actor, change: Change) -> bool:
    right = _right_to_read(change.subject)
    if right is None or not actor.may(right):
        return False
    if actor.channel_id is not None and change.channel_id not in (None, actor.channel_id):
        return False
    if actor.customer_id is not None and change.customer_id != actor.customer_id:
        return False
    bound = actor.branches_for(right)
    return bound is None or bool(bound & change.branches)


def changes_rights_of(actor: Actor, change: Change) -> bool:
    """What this actor may hear could be another from now on."""
    if change.subject == "group":
        return actor.staff_id is not None
    about = f"{change.subject.removeprefix('api_')}:{change.subject_id}"
    return about in {actor.name, f"account:{actor.account_id}"}


def _right_to_read(subject: str) -> Right | None:
    name = f"{subject}.read"
    return Right(name) if name in EVERY_RIGHT else _READ_BY.get(subject)

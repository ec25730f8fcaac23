"""What customers see and change of themselves in the shop."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from api.access import Db
from api.answers import RESPONSES, NotFound
from api.customer_bodies import MyConsentsEdit, MyselfEdit
from api.routers import Router
from api.shop_access import Myself, Shopper
from db import custom_fields, customers, mailing_lists
from db.engine import Session
from db.reads.customer_filters import CustomerScope
from db.reads.customers import find_customer, list_consents
from domain.access import FieldLevel, Forbidden, of_noun
from domain.custom_fields import CustomKind
from domain.customers import ConsentWay, CustomerAddress, ListKind

router = Router("/shop/me", tags=["shop"], responses=RESPONSES)


@of_noun()
class MyField(BaseModel):
    """A field of the shop's own, where customers may see it."""

    key: str
    kind: CustomKind
    labels: dict[str, str]
    choices: list[str]
    level: FieldLevel
    value: Any


@of_noun()
class MyList(BaseModel):
    code: str
    kind: ListKind
    name: str
    is_on: bool


@of_noun()
class MyselfRead(BaseModel):
    id: int
    version: int
    name: str
    email: str
    phone: str
    language: str
    addresses: list[CustomerAddress]
    preferences: dict[str, Any]
    fields: list[MyField]
    lists: list[MyList]
    created_at: datetime


@router.get("")
def read_myself(me: Myself, db: Db) -> MyselfRead:
    with db.transaction() as tx:
        return _myself(tx, me)


@router.patch("")
def edit_myself(me: Myself, body: MyselfEdit, actor: Shopper, db: Db) -> MyselfRead:
    values = body.values()
    with db.transaction() as tx:
        _require_writable(tx, values.get("custom") or {})
        customers.edit_customer(tx, me, body.version, values, actor.name)
        return _myself(tx, me)


@router.put("/consents")
def record_my_consents(me: Myself, body: MyConsentsEdit, actor: Shopper, db: Db) -> MyselfRead:
    """On or off a list; lists that are not named stay as they are."""
    with db.transaction() as tx:
        for code, given in sorted(body.consents.items()):
            mailing_lists.record_consent(
                tx, me, code, given=given, way=ConsentWay.SHOP, by=actor.name
            )
        return _myself(tx, me)


def _myself(tx: Session, customer_id: int) -> MyselfRead:
    found = find_customer(tx, CustomerScope(), None, customer_id)
    if found is None:
        raise NotFound("There is no such customer.")
    shown = {name: getattr(found, name) for name in MyselfRead.model_fields if hasattr(found, name)}
    return MyselfRead(**shown, fields=_fields(tx, found.custom), lists=_lists(tx, customer_id))


def _fields(tx: Session, values: Mapping[str, Any]) -> list[MyField]:
    return [
        MyField(
            key=row.key,
            kind=CustomKind(row.kind),
            labels=row.labels,
            choices=row.choices,
            level=FieldLevel(row.shop_level),
            value=values.get(row.key),
        )
        for row in custom_fields.list_fields(tx)
        if row.is_active and row.shop_level != FieldLevel.HIDDEN
    ]


def _lists(tx: Session, customer_id: int) -> list[MyList]:
    """The open ones; and a closed one as long as the customer is on it."""
    on = {each.list for each in list_consents(tx, customer_id) if each.is_given}
    return [
        MyList(code=each.code, kind=ListKind(each.kind), name=each.name, is_on=each.code in on)
        for each in mailing_lists.list_lists(tx)
        if each.is_active or each.code in on
    ]


def _require_writable(tx: Session, custom: Mapping[str, Any]) -> None:
    rules = custom_fields.get_rules(tx)
    for key in custom:
        if key not in rules or rules[key].shop_level is not FieldLevel.WRITE:
            raise Forbidden(f"{key!r} is no field of yours to change.")

"""Customers signed in to the shop: sessions and cookies of their own, good for nothing else."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie

from api.access import CSRF_HEADER, Db, NotSignedIn, refuse_cross_site
from db.access import CUSTOMER_PREFIX, find_person
from domain.access import Actor

SHOP_COOKIE = "shop_session"
cookie = APIKeyCookie(
    name=SHOP_COOKIE,
    scheme_name="ShopCookie",
    auto_error=False,
    description=f"A customer's session; changes also need the header {CSRF_HEADER}.",
)
ShopToken = Annotated[str | None, Depends(cookie)]


def get_shopper(request: Request, db: Db, token: ShopToken) -> Actor:
    if not token or not token.startswith(CUSTOMER_PREFIX):
        raise NotSignedIn
    with db.transaction() as tx:
        actor = find_person(tx, token)
    if actor is None or actor.customer_id is None:
        raise NotSignedIn
    refuse_cross_site(request, token)
    return actor


Shopper = Annotated[Actor, Depends(get_shopper)]


def customer_of(actor: Annotated[Actor, Depends(get_shopper)]) -> int:
    assert actor.customer_id is not None, "get_shopper saw to it"
    return actor.customer_id


def account_of(actor: Annotated[Actor, Depends(get_shopper)]) -> int:
    assert actor.account_id is not None, "customers sign in with accounts"
    return actor.account_id


Myself = Annotated[int, Depends(customer_of)]
MyAccount = Annotated[int, Depends(account_of)]

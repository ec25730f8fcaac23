"""One's own notices and their settings, over HTTP."""

from collections.abc import AsyncIterator, Callable
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from db import notices as notices_db
from db.access import add_session
from db.engine import Database
from db.tables.access import Account
from db.tables.notices import NoticeRule, NoticeTemplate
from domain.access import STOREFRONT
from domain.notices import KINDS, NoticeEvent
from tests.api.desk import open_desk
from tests.factories import add_key
from tests.house import speaking
from tests.notice_shop import NoticeShop, member

SMS_SHIPPED = "/settings/notices/order_shipped/customer/sms/fr"
MAIL_SHIPPED = "/settings/notices/order_shipped/customer/email/fr"
OWNER, SAM, TRANSLATOR = 3, 1, 4
Speaking = Callable[[int], dict[str, str]]


@pytest.fixture
def shop(db: Database) -> NoticeShop:
    shop = NoticeShop(db)
    shop.employ(member(OWNER, "Owner"), "SuperAdmin")
    shop.employ(member(TRANSLATOR, "Translator"), "Translator")
    return shop


@pytest.fixture
async def api(db: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with open_desk(db) as client:
        yield client


@pytest.fixture(name="speaking")
def _speaking(db: Database, shop: NoticeShop) -> Speaking:
    def as_staff(staff_id: int) -> dict[str, str]:
        with db.transaction() as tx:
            account = tx.execute(
                select(Account.id).where(Account.staff_id == staff_id)
            ).scalar_one()
            return speaking(add_session(tx, account))

    return as_staff


def tell(db: Database, shop: NoticeShop, *events: NoticeEvent) -> None:
    for event in events:
        with db.transaction() as tx:
            notices_db.claim(tx, [shop.announcement(event)])


@pytest.mark.requirement("R252", "R324")
async def test_staff_read_their_notices_page_by_page(
    api: httpx.AsyncClient, db: Database, shop: NoticeShop, speaking: Speaking
) -> None:
    tell(db, shop, NoticeEvent.ORDER_PAID, NoticeEvent.ORDER_SHIPPED, NoticeEvent.ORDER_DELIVERED)
    sam = speaking(SAM)
    first = (await api.get("/notices?limit=2", headers=sam)).json()
    assert first["unread"] == 3
    assert [notice["event"] for notice in first["notices"]] == ["order_delivered", "order_shipped"]
    assert first["notices"][0] == {
        "id": first["notices"][0]["id"],
        "order_id": str(shop.order_id),
        "order_number": 100001,
        "event": "order_delivered",
        "subject": "Order 100001 has been delivered",
        "body": "A parcel of order 100001 has been delivered.",
        "created_at": first["notices"][0]["created_at"],
        "read_at": None,
    }

    answer = await api.post(f"/notices/{first['notices'][0]['id']}/read", headers=sam)
    assert (answer.status_code, answer.content) == (204, b"")

    rest = (await api.get(f"/notices?limit=2&after={first['next']}", headers=sam)).json()
    assert [notice["event"] for notice in rest["notices"]] == ["order_paid", "order_delivered"]
    assert (rest["unread"], rest["next"]) == (2, None)


@pytest.mark.parametrize("token", ["x", "read-0", "unread-" + "g" * 32])
async def test_a_page_token_that_is_none_is_refused(
    api: httpx.AsyncClient, speaking: Speaking, token: str
) -> None:
    answer = await api.get("/notices", params={"after": token}, headers=speaking(SAM))
    assert (answer.status_code, answer.json()["code"]) == (409, "BadCursor")


async def test_nobody_reads_the_notices_of_others(
    api: httpx.AsyncClient, db: Database, shop: NoticeShop, speaking: Speaking
) -> None:
    tell(db, shop, NoticeEvent.ORDER_PAID)
    [sams] = (await api.get("/notices", headers=speaking(SAM))).json()["notices"]
    owner = speaking(OWNER)
    assert (await api.get("/notices", headers=owner)).json()["notices"] == []
    for notice_id in (sams["id"], uuid4()):
        answer = await api.post(f"/notices/{notice_id}/read", headers=owner)
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
    again = (await api.get("/notices", headers=speaking(SAM))).json()
    assert (again["unread"], again["notices"][0]["read_at"]) == (1, None)


async def test_a_program_has_no_notices(
    api: httpx.AsyncClient, db: Database, shop: NoticeShop
) -> None:
    with db.transaction() as tx:
        key = add_key(tx, "storefront", STOREFRONT)
    answer = await api.get("/notices", headers=speaking(key))
    assert (answer.status_code, answer.json()) == (
        403,
        {"code": "Forbidden", "message": "Only members of staff have notices."},
    )


ROUTES = [
    ("GET", "/settings/notices", None),
    (
        "PUT",
        "/settings/notices",
        {
            "rules": [
                {"event": "order_paid", "audience": "staff", "channel": "sms", "enabled": True}
            ]
        },
    ),
    ("GET", SMS_SHIPPED, None),
    ("PUT", SMS_SHIPPED, {"body": "Parti !"}),
    ("DELETE", SMS_SHIPPED, None),
    ("POST", f"{SMS_SHIPPED}/preview", {"body": "Parti !"}),
]


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
@pytest.mark.parametrize(
    ("staff_id", "status"), [(None, 401), (TRANSLATOR, 403), (SAM, 403), (OWNER, 200)]
)
async def test_settings_are_for_those_with_the_right(
    api: httpx.AsyncClient,
    db: Database,
    speaking: Speaking,
    staff_id: int | None,
    status: int,
    method: str,
    path: str,
    body: dict[str, object] | None,
) -> None:
    headers = speaking(staff_id) if staff_id else {}
    answer = await api.request(method, path, json=body, headers=headers)
    assert answer.status_code == status
    if status != 200:
        with db.transaction() as tx:
            assert tx.query(NoticeRule).count() == 0
            assert tx.query(NoticeTemplate).count() == 0


@pytest.mark.requirement("R50")
async def test_the_owner_switches_notices(api: httpx.AsyncClient, speaking: Speaking) -> None:
    owner = speaking(OWNER)
    before = (await api.get("/settings/notices", headers=owner)).json()
    assert len(before) == len(KINDS)
    off = {"event": "order_shipped", "audience": "customer", "channel": "sms", "enabled": False}
    on = {"event": "order_paid", "audience": "staff", "channel": "email", "enabled": True}

    after = await api.put("/settings/notices", json={"rules": [off, on]}, headers=owner)

    changed = [now for was, now in zip(before, after.json(), strict=True) if was != now]
    assert changed == [
        {**on, "default": False, "own_texts": []},
        {**off, "default": True, "own_texts": []},
    ]
    assert (await api.get("/settings/notices", headers=owner)).json() == after.json()


async def test_a_combination_that_does_not_exist_changes_nothing(
    api: httpx.AsyncClient, db: Database, speaking: Speaking
) -> None:
    good = {"event": "order_paid", "audience": "staff", "channel": "sms", "enabled": True}
    bad = {**good, "event": "attention_needed", "audience": "customer"}
    answer = await api.put(
        "/settings/notices", json={"rules": [good, bad]}, headers=speaking(OWNER)
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "NoSuchNotice")
    with db.transaction() as tx:
        assert tx.query(NoticeRule).count() == 0


async def test_the_owner_words_a_notice_and_goes_back(
    api: httpx.AsyncClient, speaking: Speaking
) -> None:
    owner = speaking(OWNER)
    built_in = (await api.get(MAIL_SHIPPED, headers=owner)).json()
    assert built_in["is_own"] is False
    assert built_in["subject"] == "Votre commande $order_number est en route"
    assert built_in["built_in"] == {"subject": built_in["subject"], "body": built_in["body"]}
    assert "tracking" in built_in["placeholders"]
    assert "reason" not in built_in["placeholders"]

    words = {"subject": "C’est parti", "body": "Suivi <b> : $tracking"}
    own = (await api.put(MAIL_SHIPPED, json=words, headers=owner)).json()
    assert (own["is_own"], own["subject"], own["body"]) == (True, *words.values())
    assert own["preview"]["body"] == "Suivi <b> : 1Z999AA10123456784"
    assert "Suivi &lt;b&gt; : 1Z999AA10123456784</p>" in own["preview"]["html"]
    rules = (await api.get("/settings/notices", headers=owner)).json()
    assert [rule["own_texts"] for rule in rules if rule["own_texts"]] == [["fr"]]

    assert (await api.get(MAIL_SHIPPED, headers=owner)).json() == own
    for _ in range(2):
        assert (await api.delete(MAIL_SHIPPED, headers=owner)).json() == built_in


async def test_a_language_the_program_does_not_speak_can_be_added(
    api: httpx.AsyncClient, speaking: Speaking
) -> None:
    owner, path = speaking(OWNER), SMS_SHIPPED.replace("/fr", "/de")
    before = (await api.get(path, headers=owner)).json()
    assert (before["built_in"], before["is_own"]) == (None, False)
    assert before["body"].startswith("$shop_name: your order")
    own = (await api.put(path, json={"body": "Unterwegs: $order_number"}, headers=owner)).json()
    assert own["preview"] == {"subject": "", "body": "Unterwegs: 100001", "html": None}


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        (MAIL_SHIPPED, {"subject": "Hi", "body": "$nope"}, "UnknownPlaceholder"),
        (MAIL_SHIPPED, {"subject": "Hi", "body": "5 $ off"}, "BrokenPlaceholder"),
        (MAIL_SHIPPED, {"body": "Hi"}, "TemplateSizeWrong"),
        (SMS_SHIPPED, {"body": "x" * 321}, "TemplateSizeWrong"),
        (SMS_SHIPPED.replace("/fr", "/french"), {"body": "Hi"}, "NoSuchLanguage"),
        (SMS_SHIPPED.replace("shipped", "eaten"), {"body": "Hi"}, "NoSuchNotice"),
    ],
)
async def test_a_text_that_would_not_work_is_refused_and_not_kept(
    api: httpx.AsyncClient,
    db: Database,
    speaking: Speaking,
    path: str,
    body: dict[str, str],
    code: str,
) -> None:
    owner = speaking(OWNER)
    for answer in (
        await api.put(path, json=body, headers=owner),
        await api.post(f"{path}/preview", json=body, headers=owner),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, code)
    with db.transaction() as tx:
        assert tx.query(NoticeTemplate).count() == 0


async def test_a_body_with_unknown_fields_or_out_of_all_bounds_is_refused(
    api: httpx.AsyncClient, speaking: Speaking
) -> None:
    owner = speaking(OWNER)
    for body in ({"body": "x" * 20_001}, {"body": "Hi", "html": "<b>"}, {}):
        assert (await api.put(SMS_SHIPPED, json=body, headers=owner)).status_code == 422
    assert (await api.get("/notices?limit=101", headers=owner)).status_code == 422

"""Connections to providers: edited without restart, tried before they are saved, secrets unread."""

from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from sqlalchemy import select

from db.tables.desk import ConnectionTrial
from db.tables.history import HistoryEntry
from db.tables.shop import ProviderSetting
from local.simulators import credentials
from tests.factories import add_staff
from tests.house import House
from tests.providers.mail_server import AnyPort, Mailbox

PATH = "/settings/integrations"
SECRETS = {"yookassa": "secret_key", "cdek": "secure_password", "twilio": "auth_token"}


@pytest.fixture
def mail_server() -> Iterator[AnyPort]:
    """Takes one user with one password."""

    def authenticate(server: Any, session: Any, envelope: Any, how: str, given: Any) -> AuthResult:
        known = (given.login, given.password) == (b"shop", b"right")
        return AuthResult(success=known, handled=False)

    server = AnyPort(
        Mailbox(), hostname="127.0.0.1", port=0, authenticator=authenticate, auth_require_tls=False
    )
    server.start()
    yield server
    server.stop()


async def try_it(house: House, provider: str, **body: Any) -> dict[str, Any]:
    answer = await house.api.post(f"{PATH}/{provider}/test", json=body)
    assert answer.status_code == 200, answer.text
    tried: dict[str, Any] = answer.json()
    assert 0 <= tried["took_ms"] < 10_000
    return tried


async def read(house: House, provider: str) -> dict[str, Any]:
    seen: dict[str, Any] = (await house.api.get(f"{PATH}/{provider}")).json()
    return seen


@pytest.mark.requirement("R267", "R272", "R273", "R274")
async def test_one_page_shows_every_connection_and_no_secret(house: House) -> None:
    answer = await house.api.get(PATH)
    shown = {each["provider"]: each for each in answer.json()}
    assert list(shown) == ["yookassa", "cdek", "smtp", "twilio"]
    yookassa = shown["yookassa"]
    assert yookassa["values"]["shop_id"] == credentials.YOOKASSA_SHOP_ID
    assert (yookassa["enabled"], yookassa["secrets"]) == (True, {"secret_key": True})
    assert (shown["smtp"]["enabled"], shown["smtp"]["secrets"]) == (False, {"password": False})
    assert yookassa["form"]["properties"]["base_url"]["maxLength"] == 500
    for secret in (
        credentials.YOOKASSA_SECRET_KEY,
        credentials.CDEK_CLIENT_SECRET,
        credentials.TWILIO_AUTH_TOKEN,
    ):
        assert secret not in answer.text


@pytest.mark.requirement("R276", "R268", "R271")
@pytest.mark.parametrize(
    ("provider", "says"),
    [
        ("yookassa", f"YooKassa shop {credentials.YOOKASSA_SHOP_ID} (test): enabled."),
        ("cdek", "CDEK accepts the account; prices are in RUB."),
        ("twilio", "Twilio account Demo shop: active."),
    ],
)
async def test_what_is_saved_can_be_tried(house: House, provider: str, says: str) -> None:
    tried = await try_it(house, provider)
    assert tried == {"ok": True, "took_ms": tried["took_ms"], "message": says, "hint": None}
    last = (await read(house, provider))["last_test"]
    who = {"actor": last["actor"]["actor"], "name": "Owner"}
    assert last == {**tried, "at": last["at"], "actor": who}


@pytest.mark.requirement("R276")
@pytest.mark.parametrize("provider", SECRETS)
async def test_wrong_keys_are_found_before_they_are_saved(house: House, provider: str) -> None:
    before = await read(house, provider)
    tried = await try_it(house, provider, secrets={SECRETS[provider]: "wrong"})
    assert (tried["ok"], tried["hint"]) == (False, "keys")
    assert "wrong" not in tried["message"]
    assert await read(house, provider) == {
        **before,
        "last_test": (await read(house, provider))["last_test"],
    }
    assert (await try_it(house, provider))["ok"] is True


@pytest.mark.requirement("R276")
@pytest.mark.parametrize("provider", SECRETS)
async def test_a_wrong_address_is_told_as_such(house: House, provider: str) -> None:
    values = {**(await read(house, provider))["values"], "base_url": "http://127.0.0.1:9/none"}
    tried = await try_it(house, provider, values=values)
    assert (tried["ok"], tried["hint"]) == (False, "address")


@pytest.mark.requirement("R276")
async def test_mail_servers_are_tried_too(house: House, mail_server: AnyPort) -> None:
    values = {
        "host": "127.0.0.1",
        "port": mail_server.port,
        "security": "plain",
        "sender": "shop@shop.example",
        "username": "shop",
    }
    good = await try_it(house, "smtp", values=values, secrets={"password": "right"})
    assert good["ok"] is True, good
    bad = await try_it(house, "smtp", values=values, secrets={"password": "wrong"})
    assert (bad["ok"], bad["hint"]) == (False, "keys")
    nobody = await try_it(house, "smtp", values={**values, "port": 9})
    assert (nobody["ok"], nobody["hint"]) == (False, "address")


async def test_a_trial_leaves_no_secret_behind(house: House) -> None:
    await try_it(house, "yookassa", secrets={"secret_key": "only-for-this-trial"})
    assert house.count(ConnectionTrial) == 0
    with house.db.transaction() as tx:
        kept = tx.execute(select(ProviderSetting.secrets)).scalars().all()
        assert not any(b"only-for-this-trial" in (secret or b"") for secret in kept)
    async for run in house.temporal.list_workflows(f'TaskQueue="{house.task_queue}"'):
        assert "trial" not in run.id


@pytest.mark.requirement("R272", "R275", "R281")
async def test_a_change_applies_at_once_and_is_told(house: House) -> None:
    before = await read(house, "yookassa")
    edit = {"enabled": True, "version": before["version"], "secrets": {"secret_key": "wrong"}}
    edited = await house.api.put(f"{PATH}/yookassa", json=edit)
    assert edited.json() == {**before, "version": before["version"] + 1}
    assert (await try_it(house, "yookassa"))["hint"] == "keys"
    stale = await house.api.put(f"{PATH}/yookassa", json=edit)
    assert (stale.status_code, stale.json()["code"]) == (409, "ChangedMeanwhile")
    with house.db.transaction() as tx:
        entry = tx.scalars(
            select(HistoryEntry)
            .where(HistoryEntry.subject == "provider", HistoryEntry.subject_id == "yookassa")
            .order_by(HistoryEntry.id.desc())
        ).first()
        assert entry is not None
        assert entry.actor.startswith("staff:")
        assert entry.changes == {"secret_key": ["set", "replaced"]}


@pytest.mark.requirement("R275")
async def test_a_payment_follows_the_new_keys_without_a_restart(house: House) -> None:
    before = await read(house, "yookassa")
    wrong = {"enabled": True, "version": before["version"], "secrets": {"secret_key": "wrong"}}
    await house.api.put(f"{PATH}/yookassa", json=wrong)
    order = await house.place(pay="card")

    async def is_troubled() -> bool:
        process = (await house.api.get(f"/orders/{order['id']}/process")).json()
        return any("keys" in (step["last_error"] or "") for step in process["steps"])

    await house.until(is_troubled)
    right = {"secret_key": credentials.YOOKASSA_SECRET_KEY}
    await house.api.put(
        f"{PATH}/yookassa", json={**wrong, "version": before["version"] + 1, "secrets": right}
    )
    await house.pay(order)
    await house.until_order(order["id"], payment="paid")


@pytest.mark.requirement("R80")
async def test_what_is_switched_off_is_not_used(house: House) -> None:
    before = await read(house, "twilio")
    off = {"enabled": False, "version": before["version"]}
    assert (await house.api.put(f"{PATH}/twilio", json=off)).json()["enabled"] is False
    assert (await try_it(house, "twilio"))["ok"] is True  # the keys are right all the same


@pytest.mark.requirement("R80", "R55")
async def test_cards_are_offered_while_their_provider_is_switched_on(house: House) -> None:
    order = await house.place(pay=None)
    for is_on in (False, True):
        version = (await read(house, "yookassa"))["version"]
        wanted = {"enabled": is_on, "version": version}
        assert (await house.api.put(f"{PATH}/yookassa", json=wanted)).status_code == 200
        [channel] = (await house.api.get("/channels")).json()
        assert ("card" in channel["payment_methods"]) is is_on
        assert "bank_transfer" in channel["payment_methods"]
        placed = await house.try_to_place(pay="card")
        added = await house.do(order, "payments", method="card")
        assert (placed.status_code, added.status_code) == ((201, 201) if is_on else (409, 409))
        if not is_on:
            refusal = {
                "code": "PaymentMethodNotOffered",
                "message": "card is not offered: its provider is not switched on.",
            }
            assert (placed.json(), added.json()) == (refusal, refusal)


@pytest.mark.parametrize(
    ("provider", "body", "status", "where"),
    [
        ("yookassa", {"values": {"base_url": "ftp://x"}}, 422, ["body", "values", "base_url"]),
        ("yookassa", {"values": {"colour": "red"}}, 422, ["body", "values", "colour"]),
        ("yookassa", {"secrets": {"password": "x"}}, 422, ["body", "secrets", "password"]),
        ("smtp", {"values": {"port": 0}}, 422, ["body", "values", "port"]),
        ("smtp", {"values": {"host": "a b"}}, 422, ["body", "values", "host"]),
        ("smtp", {}, 409, "NotConfigured"),
        ("yookassa", {"secrets": {"secret_key": None}}, 409, "NotConfigured"),
        ("fax", {}, 422, ["path", "provider"]),
    ],
)
async def test_what_cannot_work_is_not_saved(
    house: House, provider: str, body: dict[str, Any], status: int, where: Any
) -> None:
    before = (await house.api.get(PATH)).json()
    version = next((each["version"] for each in before if each["provider"] == provider), 0)
    answer = await house.api.put(
        f"{PATH}/{provider}", json={"enabled": True, "version": version, **body}
    )
    assert answer.status_code == status, answer.text
    told = answer.json()
    assert where in (told.get("code"), told.get("detail", [{}])[0].get("loc"))
    assert (await house.api.get(PATH)).json() == before


@pytest.mark.requirement("R126")
async def test_connections_are_for_those_with_the_right(house: House) -> None:
    with house.db.transaction() as tx:
        manager = house.speaking_as(add_staff(tx, "manager", "Branch manager"))
    edit = {"enabled": False, "version": 1}
    assert (await manager.get(PATH)).status_code == 403
    assert (await manager.put(f"{PATH}/cdek", json=edit)).status_code == 403
    assert (await manager.post(f"{PATH}/cdek/test", json={})).status_code == 403

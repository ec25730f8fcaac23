"""One's open sessions: seen, closed, and ended by a new password, a block or the clock."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import update

from api.access import SESSION_COOKIE
from db.tables.access import Session
from tests.factories import PASSWORD
from tests.house import House
from tests.sign_in_desk import (
    AGENT,
    Browser,
    account_history,
    actions,
    browser,
    employ,
    mail_to,
    set_account,
    signed_in,
)

NEW = "quilted harbour seventeen"


@pytest.mark.requirement("R9", "R49")
async def test_one_sees_ones_sessions_and_closes_them(house: House) -> None:
    sam = employ(house, "sam")
    employ(house, "eve")
    here, there, third = [await signed_in(house, "sam") for _ in range(3)]
    eve = await signed_in(house, "eve")
    listed = (await here.ask("GET", "/sessions")).json()
    seen = [each for each in listed if each["user_agent"] == AGENT]
    assert [each["is_current"] for each in seen] == [False, False, True]
    assert {each["address"] for each in seen} == {"127.0.0.1"}
    _, second, current = (each["id"] for each in seen)

    assert (await eve.ask("DELETE", f"/sessions/{second}")).status_code == 404
    assert await _is_open(there)
    assert (await here.ask("DELETE", f"/sessions/{second}")).status_code == 204
    assert [await _is_open(each) for each in (here, there, third)] == [True, False, True]
    assert (await here.ask("DELETE", "/sessions")).status_code == 204
    assert [await _is_open(each) for each in (here, there, third, eve)] == [
        True,
        False,
        False,
        True,
    ]
    assert [each["id"] for each in (await here.ask("GET", "/sessions")).json()] == [current]
    revoked = [each for each in account_history(house, sam) if each.action == "session.revoked"]
    assert [len(each.details["sessions"]) for each in revoked] == [1, 2]


@pytest.mark.requirement("R49")
async def test_a_new_password_ends_all_other_sessions(house: House) -> None:
    sam = employ(house, "sam")
    here, there = await signed_in(house, "sam"), await signed_in(house, "sam")
    answers = {
        code: (await _change(here, current, new)).json()["code"]
        for code, current, new in (
            ("WrongPassword", "not my password", NEW),
            ("WeakPassword", PASSWORD, "short"),
        )
    }
    assert list(answers) == list(answers.values())
    assert await _is_open(there)
    assert (await _change(here, PASSWORD, NEW)).status_code == 204
    assert [await _is_open(here), await _is_open(there)] == [True, False]
    assert (await mail_to(house, "sam")).subject == "Your password was changed"
    assert actions(house, sam)[-1] == "account.password_changed"
    fresh = browser(house)
    assert (await fresh.enter_password("sam", PASSWORD)).status_code == 401
    assert (await fresh.enter_password("sam", NEW)).status_code == 200


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", "A password has at least 12 characters."),
        ("x" * 201, None),
        ("password1234", "This password is easily guessed."),
        ("qwertyuiop[]", "This password is easily guessed."),
        ("samsamsamsam", "This password is easily guessed."),
        ("sam@shop.example", "This password is easily guessed."),
    ],
)
async def test_weak_passwords_are_refused(house: House, password: str, why: str | None) -> None:
    employ(house, "sam")
    there = await signed_in(house, "sam")
    answer = await _change(there, PASSWORD, password)
    if why is None:
        assert answer.status_code == 422
        return
    assert (answer.status_code, answer.json()["code"]) == (409, "WeakPassword")
    assert answer.json()["message"].startswith(why)


@pytest.mark.requirement("R9", "R333")
async def test_who_is_blocked_is_out_at_once_and_stays_out(house: House) -> None:
    sam = employ(house, "sam")
    there, half = await signed_in(house, "sam"), browser(house)
    await half.enter_password("sam")
    code = (await mail_to(house, "sam")).subject.split()[0]
    set_account(house, sam, is_blocked=True)
    assert not await _is_open(there)
    assert (await half.enter_code(code)).status_code == 401
    assert (await browser(house).enter_password("sam")).status_code == 401


async def test_sessions_end_when_idle_and_at_the_latest_after_twelve_hours(house: House) -> None:
    employ(house, "sam")
    there = await signed_in(house, "sam")
    now = datetime.now(UTC)
    for values, is_open in (
        ({"last_seen_at": now - timedelta(minutes=119)}, True),
        ({"last_seen_at": now - timedelta(minutes=121)}, False),
        ({"last_seen_at": now, "expires_at": now - timedelta(seconds=1)}, False),
    ):
        with house.db.transaction() as tx:
            tx.execute(update(Session).values(**values))
        assert await _is_open(there) is is_open, values
    employ(house, "eve")
    eve = await signed_in(house, "eve")
    newest = (await eve.ask("GET", "/sessions")).json()[0]
    lasts = datetime.fromisoformat(newest["expires_at"]) - datetime.now(UTC)
    assert timedelta(hours=11, minutes=58) < lasts <= timedelta(hours=12)


async def test_programs_have_no_account(house: House) -> None:
    for method, path in (("GET", "/sessions"), ("POST", "/session/authenticator")):
        answer = await house.storefront.request(method, path)
        assert (answer.status_code, answer.json()["code"]) == (403, "Forbidden")
    me = (await house.storefront.get("/session")).json()
    assert (me["name"], me["login"], me["csrf_token"]) == ("storefront", None, None)


async def _is_open(there: Browser) -> bool:
    assert SESSION_COOKIE in there.cookies
    return (await there.ask("GET", "/session")).status_code == 200


async def _change(there: Browser, current: str, new: str) -> httpx.Response:
    return await there.ask("PUT", "/session/password", json={"current": current, "new": new})

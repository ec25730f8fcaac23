"""Attacks on the door: replaying, racing, forging."""

import asyncio
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie

import httpx
import pyotp
import pytest
from sqlalchemy import func, select, update

from api.access import CSRF_HEADER, SESSION_COOKIE
from api.sign_in import DEVICE_COOKIE
from db import account_links, accounts, second_factors
from db.access import token_hash
from db.secrets import Secrets
from db.tables.access import AccountLink, Session, SignInCode
from domain.sign_in import LinkPurpose
from tests.factories import PASSWORD, SECRET_KEY
from tests.house import House
from tests.sign_in_desk import (
    browser,
    code_for,
    employ,
    open_gates,
    set_account,
    signed_in,
)

NEW = "quilted harbour seventeen"


@pytest.mark.requirement("R169")
async def test_a_code_is_good_once_and_not_for_long(house: House) -> None:
    employ(house, "sam")
    there = browser(house)
    await there.enter_password("sam")
    half, code = there.copy(), await code_for(house, "sam")
    assert (await there.enter_code(code)).status_code == 200
    assert (await half.enter_code(code)).status_code == 401
    other = browser(house)
    await other.enter_password("sam")
    assert (await other.enter_code(code)).json()["code"] == "WrongCode", "it is another session's"
    late = await code_for(house, "sam", 3)
    _age_half_sessions(house)
    assert (await other.enter_code(late)).status_code == 401


async def test_two_uses_of_a_code_at_once_let_one_in(house: House) -> None:
    employ(house, "sam")
    there = browser(house)
    await there.enter_password("sam")
    code = await code_for(house, "sam")
    answers = await asyncio.gather(*(there.copy().enter_code(code) for _ in range(8)))
    let_in = [answer for answer in answers if answer.status_code == 200]
    assert len(let_in) == 1
    assert {answer.status_code for answer in answers} <= {200, 401, 429}


async def test_a_code_of_the_app_lets_one_in_however_many_sign_in_at_once(house: House) -> None:
    sam = employ(house, "sam")
    secret = pyotp.random_base32()
    sealed = Secrets([SECRET_KEY]).seal(secret)
    set_account(house, sam, totp_secret=sealed, totp_confirmed_at=datetime.now(UTC))
    browsers = [browser(house) for _ in range(3)]
    for each in browsers:
        answer = await each.enter_password("sam")
        assert answer.json() == {"second_factor": "authenticator", "sent_to": None}
    code = pyotp.TOTP(secret).now()
    answers = await asyncio.gather(*(each.enter_code(code) for each in browsers))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert (await browsers[0].enter_code(code)).status_code in (401, 409)


async def test_two_uses_of_a_recovery_code_at_once_let_one_in(house: House) -> None:
    sam = employ(house, "sam")
    with house.db.transaction() as tx:
        holder = accounts.find_holder(tx, sam)
        assert holder
        code = second_factors.renew_recovery_codes(tx, holder)[0]
    browsers = [browser(house) for _ in range(3)]
    for each in browsers:
        await each.enter_password("sam")
    answers = await asyncio.gather(*(each.enter_code(code) for each in browsers))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]


async def test_two_uses_of_a_link_at_once_set_one_password(house: House) -> None:
    token = _link(house, employ(house, "sam"))
    chosen = [f"{NEW} {number}" for number in range(4)]
    there = browser(house)
    answers = await asyncio.gather(
        *(there.ask("POST", f"/account-links/{token}", json={"password": each}) for each in chosen)
    )
    assert sorted(answer.status_code for answer in answers) == [204, 404, 404, 404]
    tried = []
    for each in chosen:
        open_gates(house)
        tried.append((await browser(house).enter_password("sam", each)).status_code)
    assert sorted(tried) == [200, 401, 401, 401]


async def test_a_link_ends(house: House) -> None:
    sam = employ(house, "sam")
    first, second, third = (_link(house, sam) for _ in range(3))
    with house.db.transaction() as tx:
        past = datetime.now(UTC) - timedelta(seconds=1)
        link = update(AccountLink).where(AccountLink.token_hash == token_hash(first))
        tx.execute(link.values(expires_at=past))
        accounts.tell(tx, accounts.find_holder(tx, sam), "account.tested")  # type: ignore[arg-type]
    there = browser(house)
    body = {"password": NEW}
    assert (await there.ask("POST", f"/account-links/{first}", json=body)).status_code == 404
    assert (await there.ask("POST", f"/account-links/{second}", json=body)).status_code == 204
    assert (await there.ask("POST", f"/account-links/{third}", json=body)).status_code == 404
    forged = account_links.LINK_PREFIX + "x" * 43
    assert (await there.ask("GET", f"/account-links/{forged}")).status_code == 404


@pytest.mark.requirement("R49")
async def test_no_session_that_somebody_else_knew_is_ever_signed_in(house: House) -> None:
    employ(house, "sam")
    planted = "bos_" + "planted" * 6
    victim = browser(house)
    victim.cookies[SESSION_COOKIE] = planted
    await victim.enter_password("sam")
    half = victim.session
    assert half != planted
    await victim.enter_code(await code_for(house, "sam"))
    assert victim.session not in (planted, half)
    for known in (planted, half):
        attacker = browser(house)
        attacker.cookies[SESSION_COOKIE] = known
        assert (await attacker.ask("GET", "/session")).status_code == 401


@pytest.mark.requirement("R4", "R49")
async def test_forged_cookies_open_nothing(house: House) -> None:
    employ(house, "sam")
    true = (await signed_in(house, "sam")).session
    forged = [true[:-1] + "x", true + "x", true.upper(), true[4:], "x", "bos_", "bos_%C3%A9"]
    for token in [each for each in forged if each != true]:
        there = browser(house)
        there.cookies[SESSION_COOKIE] = token
        assert (await there.ask("GET", "/orders")).status_code == 401, token
    there = browser(house)
    there.cookies[SESSION_COOKIE] = true
    assert (await there.ask("GET", "/orders")).status_code == 200


@pytest.mark.requirement("R4")
async def test_a_half_session_reaches_nothing_but_its_code(house: House) -> None:
    employ(house, "owner2", "SuperAdmin")
    there = browser(house)
    await there.enter_password("owner2")
    spec = (await house.api.get("/openapi.json")).json()["paths"]
    reached = []
    for path in [path for path, item in spec.items() if "get" in item and "{" not in path]:
        answer = await there.ask("GET", path.removeprefix("/api"))
        if path.startswith("/api") and answer.status_code not in (401, 404):
            reached.append((path, answer.status_code))
    assert reached == []


@pytest.mark.requirement("R49")
async def test_other_sites_cannot_use_the_browser_of_somebody_signed_in(house: House) -> None:
    employ(house, "sam")
    there, other = await signed_in(house, "sam"), await signed_in(house, "sam")
    assert other.csrf
    for headers in (
        {CSRF_HEADER: ""},
        {CSRF_HEADER: other.csrf},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ):
        for method, path in (("DELETE", "/session"), ("DELETE", "/sessions")):
            answer = await there.ask(method, path, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (403, "CrossSite"), headers
    ours = {"Origin": house.url.removesuffix("/api")}
    assert (await there.ask("DELETE", "/sessions", headers=ours)).status_code == 204


async def test_other_sites_cannot_sign_anybody_in(house: House) -> None:
    employ(house, "sam")
    headers = {"Origin": "https://evil.example"}
    for path, body in (
        ("/session", {"login": "sam", "password": PASSWORD}),
        ("/session/code", {"code": "123456"}),
        ("/session/code/resend", None),
        ("/password-resets", {"login": "sam"}),
        (f"/account-links/{'x' * 43}", {"password": NEW}),
    ):
        answer = await browser(house).ask("POST", path, json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "CrossSite"), path


@pytest.mark.requirement("R49")
async def test_cookies_are_for_our_pages_alone_and_out_of_reach_of_scripts(house: House) -> None:
    employ(house, "sam")
    there = browser(house)
    half = await there.enter_password("sam")
    full = await there.enter_code(await code_for(house, "sam"))
    found = [(name, cookie) for answer in (half, full) for name, cookie in _cookies(answer)]
    assert [name for name, _ in found] == [SESSION_COOKIE, SESSION_COOKIE, DEVICE_COOKIE]
    for name, cookie in found:
        flags = (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"])
        assert flags == (True, True, "strict", "/"), name


def _link(house: House, account_id: int) -> str:
    with house.db.transaction() as tx:
        return account_links.add_link(tx, account_id, LinkPurpose.RESET)


def _age_half_sessions(house: House) -> None:
    with house.db.transaction() as tx:
        past = func.now() - timedelta(seconds=1)
        tx.execute(update(Session).where(~Session.is_full).values(expires_at=past))
        assert tx.scalar(select(func.count()).select_from(SignInCode)) == 1


def _cookies(answer: httpx.Response) -> list[tuple[str, dict[str, object]]]:
    lines = answer.headers.get_list("set-cookie")
    return [(name, dict(morsel)) for line in lines for name, morsel in SimpleCookie(line).items()]

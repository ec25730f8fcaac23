"""Attacks on the door: guessing, replaying, racing, forging."""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie

import httpx
import pyotp
import pytest
from sqlalchemy import func, select, update

from api import passwords
from api.access import CSRF_HEADER, SESSION_COOKIE, NotSignedIn
from api.sign_in import DEVICE_COOKIE, begin, check_login, complete
from db import account_links, accounts, second_factors
from db.access import token_hash
from db.secrets import Secrets
from db.sign_ins import Caller
from db.tables.access import AccountLink, Session, SignInCode
from domain.sign_in import (
    FORGOTTEN_AFTER,
    PERSON,
    LinkPurpose,
    Realm,
    Throttle,
    TooManyAttempts,
    WrongCode,
)
from tests.factories import PASSWORD, SECRET_KEY
from tests.house import House
from tests.sign_in_desk import (
    actions,
    browser,
    code_for,
    employ,
    let_pause_pass,
    open_gates,
    set_account,
    signed_in,
)

GUESSES = 10_000
AT_ONCE = 4
STRANGER = Caller("203.0.113.9", "curl/8.5")
NEW = "quilted harbour seventeen"
Record = Callable[[str, object], None]


@pytest.mark.requirement("R49", "R169")
async def test_ten_thousand_guesses_of_a_password(house: House, record_property: Record) -> None:
    sam = employ(house, "sam")

    def guess(number: int) -> str:
        check_login(house.db, Realm.STAFF, "sam", f"guess number {number}", STRANGER)
        return "let in"

    seen = _storm(guess, [NotSignedIn, TooManyAttempts])
    record_property("password_guesses", dict(seen))
    assert seen["NotSignedIn"] + seen["TooManyAttempts"] == GUESSES
    assert 5 <= seen["NotSignedIn"] <= 12
    assert set(actions(house, sam)) == {"account.sign_in_failed"}
    assert len(actions(house, sam)) <= 3, "at most one in a minute"
    assert (await browser(house).enter_password("sam", PASSWORD)).status_code == 429


@pytest.mark.requirement("R49", "R169")
async def test_ten_thousand_guesses_of_a_code(house: House, record_property: Record) -> None:
    """By somebody who has the password, and signs in again whenever the code has died."""
    employ(house, "sam")
    there = browser(house)
    await there.enter_password("sam")
    wrong = _others_than(await code_for(house, "sam"))
    keys, halves = Secrets([SECRET_KEY]), [there.session]

    def guess(number: int) -> str:
        try:
            complete(house.db, keys, halves[-1], wrong[number], STRANGER)
        except NotSignedIn:
            holder = check_login(house.db, Realm.STAFF, "sam", PASSWORD, STRANGER)
            halves.append(begin(house.db, keys, holder, STRANGER)[0])
            return "signed in again"
        return "let in"

    seen = _storm(guess, [WrongCode, TooManyAttempts])
    record_property("code_guesses", dict(seen))
    assert seen["WrongCode"] + seen["TooManyAttempts"] + seen["signed in again"] == GUESSES
    assert 4 <= seen["WrongCode"] <= 12
    assert (await there.enter_code(wrong[0])).status_code in (401, 429)


def test_a_patient_guesser_gets_a_hundred_tries_a_day(record_property: Record) -> None:
    throttle, now, tries = Throttle(), datetime(2026, 1, 1, tzinfo=UTC), 0
    end = now + timedelta(days=1)
    while now < end:
        try:
            throttle = throttle.take(now, PERSON)
            tries += 1
        except TooManyAttempts as wait:
            now += timedelta(seconds=wait.retry_after)
    record_property("tries_in_a_day", tries)
    assert tries == 108
    assert throttle.take(now + FORGOTTEN_AFTER * 2, PERSON).tries == 1


async def test_five_wrong_codes_end_the_sign_in_however_long_one_waits(house: House) -> None:
    employ(house, "sam")
    there = browser(house)
    await there.enter_password("sam")
    code = await code_for(house, "sam")
    for wrong in _others_than(code)[:5]:
        let_pause_pass(house)
        answer = await there.enter_code(wrong)
        assert (answer.status_code, answer.json()["code"]) == (409, "WrongCode")
    let_pause_pass(house)
    assert (await there.enter_code(code)).status_code == 401


@pytest.mark.requirement("R49")
async def test_strangers_cannot_lock_a_person_out_of_their_own_browser(house: House) -> None:
    employ(house, "sam")
    home = await signed_in(house, "sam")
    stranger = browser(house)
    for number in range(10):
        await stranger.enter_password("sam", f"guess number {number}")
    assert (await stranger.enter_password("sam")).status_code == 429
    assert (await home.enter_password("sam")).status_code == 200
    assert (await home.enter_code(await code_for(house, "sam"))).status_code == 200
    assert (await stranger.enter_password("sam")).status_code == 200, "who got in reset it"


async def test_a_known_browser_cannot_guess_without_end_either(house: House) -> None:
    employ(house, "sam")
    stolen = await signed_in(house, "sam")
    answers = [(await stolen.enter_password("sam", f"guess {n}")).status_code for n in range(8)]
    assert answers == [401] * 5 + [429] * 3
    assert (await browser(house).enter_password("sam")).status_code == 200


async def test_a_device_is_known_to_its_own_people_only(house: House) -> None:
    employ(house, "sam")
    employ(house, "eve")
    eve = await signed_in(house, "eve")
    for number in range(5):
        await browser(house).enter_password("sam", f"guess number {number}")
    assert (await eve.enter_password("sam")).status_code == 429


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


async def test_unknown_logins_cost_the_same_work_and_get_the_same_answer(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work is counted, not timed: the machine may be busy."""
    sam, eve, ada = employ(house, "sam"), employ(house, "eve"), employ(house, "ada")
    set_account(house, eve, is_blocked=True)
    set_account(house, ada, password_hash=None)
    verified: list[str] = []

    class Counting(type(passwords.hasher)):  # type: ignore[misc]
        def verify(self, hash: str, password: str) -> bool:
            verified.append(password)
            return bool(super().verify(hash, password))

    monkeypatch.setattr(passwords, "hasher", Counting())
    answers = [
        await browser(house).enter_password(login, "a wrong password")
        for login in ("sam", "nobody", "eve", "ada")
    ]
    assert verified == ["a wrong password"] * 4
    assert {(each.status_code, each.text) for each in answers} == {(401, answers[0].text)}
    assert actions(house, sam) == ["account.sign_in_failed"]


async def test_unknown_logins_are_throttled_alike(house: House) -> None:
    employ(house, "sam")
    seen = {
        login: [(await browser(house).enter_password(login, f"guess {n}")).status_code for n in "x"]
        for login in ("sam", "nobody")
    }
    assert seen["sam"] == seen["nobody"]
    for _ in range(4):
        for login in seen:
            await browser(house).enter_password(login, "guess")
    last = [(await browser(house).enter_password(login, "guess")).status_code for login in seen]
    assert last == [429, 429]


def _storm(guess: Callable[[int], str], refusals: list[type[Exception]]) -> Counter[str]:
    """What becomes of each guess, at the steps that the routes take, several at once."""

    def told(number: int) -> str:
        try:
            return guess(number)
        except tuple(refusals) as refusal:
            return type(refusal).__name__

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(told, range(GUESSES)))


def _others_than(code: str) -> list[str]:
    return [f"{number:06}" for number in range(GUESSES + 1) if f"{number:06}" != code]


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

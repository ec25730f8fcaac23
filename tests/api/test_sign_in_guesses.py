"""Guessing at the door: how many tries somebody gets, and what they tell."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from api import passwords
from api.access import NotSignedIn
from api.sign_in import check_login, complete, open_half
from db.secrets import Secrets
from db.sign_ins import Caller
from domain.sign_in import (
    FORGOTTEN_AFTER,
    PERSON,
    Realm,
    Throttle,
    TooManyAttempts,
    WrongCode,
)
from tests.factories import PASSWORD, SECRET_KEY
from tests.figures import Tell
from tests.house import House
from tests.sign_in_desk import (
    actions,
    browser,
    code_for,
    employ,
    let_pause_pass,
    set_account,
    signed_in,
)

GUESSES = 10_000
AT_ONCE = 4
STRANGER = Caller("203.0.113.9", "curl/8.5")


@pytest.mark.requirement("R49", "R169")
async def test_ten_thousand_guesses_of_a_password(house: House, tell: Tell) -> None:
    sam = employ(house, "sam")

    def guess(number: int) -> str:
        check_login(house.db, Realm.STAFF, "sam", f"guess number {number}", STRANGER)
        return "let in"

    seen = _storm(guess, [NotSignedIn, TooManyAttempts])
    tell(f"Passwords guessed: {_told(seen)}; let in: {seen['let in']}")
    assert seen["NotSignedIn"] + seen["TooManyAttempts"] == GUESSES
    assert 5 <= seen["NotSignedIn"] <= 16
    assert set(actions(house, sam)) == {"account.sign_in_failed"}
    assert len(actions(house, sam)) <= 3, "at most one in a minute"
    assert (await browser(house).enter_password("sam", PASSWORD)).status_code == 429


@pytest.mark.requirement("R49", "R169")
async def test_ten_thousand_guesses_of_a_code(house: House, tell: Tell) -> None:
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
            halves.append(open_half(house.db, keys, holder, STRANGER)[0])
            return "signed in again"
        return "let in"

    seen = _storm(guess, [WrongCode, TooManyAttempts])
    tell(f"Codes guessed: {_told(seen)}; let in: {seen['let in']}")
    assert seen["WrongCode"] + seen["TooManyAttempts"] + seen["signed in again"] == GUESSES
    assert 4 <= seen["WrongCode"] <= 16
    assert (await there.enter_code(wrong[0])).status_code in (401, 429)


def test_a_patient_guesser_gets_a_hundred_tries_a_day(tell: Tell) -> None:
    throttle, now, tries = Throttle(), datetime(2026, 1, 1, tzinfo=UTC), 0
    end = now + timedelta(days=1)
    while now < end:
        try:
            throttle = throttle.take(now, PERSON)
            tries += 1
        except TooManyAttempts as wait:
            now += timedelta(seconds=wait.retry_after)
    tell(f"Tries of a patient guesser in a day: {tries}")
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


def _told(seen: Counter[str]) -> str:
    return ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(seen.items()))


def _others_than(code: str) -> list[str]:
    return [f"{number:06}" for number in range(GUESSES + 1) if f"{number:06}" != code]

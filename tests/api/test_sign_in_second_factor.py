"""The authenticator app, recovery codes, and codes by mail that are asked for again."""

import time
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import delete, select, update

from db.tables.access import Account, RecoveryCode, SignInCode
from tests.factories import PASSWORD
from tests.house import House
from tests.sign_in_desk import (
    Browser,
    actions,
    browser,
    code_for,
    employ,
    let_pause_pass,
    mail_to,
    signed_in,
)

STEP = timedelta(seconds=30)


async def _set_up(house: House, login: str = "sam") -> tuple[Browser, pyotp.TOTP, list[str]]:
    there = await signed_in(house, login)
    begun = (await there.ask("POST", "/session/authenticator")).json()
    app = pyotp.TOTP(begun["secret"])
    code = {"code": app.at(datetime.now(UTC) - STEP)}
    confirmed = await there.ask("PUT", "/session/authenticator", json=code)
    assert confirmed.status_code == 200, confirmed.text
    return there, app, confirmed.json()["recovery_codes"]


@pytest.mark.requirement("R166", "R169")
async def test_an_authenticator_app_takes_the_place_of_the_mail(house: House) -> None:
    sam = employ(house, "sam")
    there, app, _ = await _set_up(house)
    assert (await there.ask("GET", "/session")).json()["second_factor"] == "authenticator"
    assert app.secret not in str(_stored(house, sam).totp_secret)
    elsewhere = browser(house)
    half = await elsewhere.enter_password("sam")
    assert half.json() == {"second_factor": "authenticator", "sent_to": None}
    code = app.now()
    assert (await elsewhere.enter_code(f"{code[:3]} {code[3:]}")).status_code == 200
    assert (await mail_to(house, "sam")).subject == "Sign-in from a new device", "and no code"

    again = browser(house)
    await again.enter_password("sam")
    assert (await again.enter_code(code)).json()["code"] == "WrongCode", "never taken twice"


async def test_a_clock_may_be_one_step_off_and_not_two(house: House) -> None:
    employ(house, "sam")
    _, app, _ = await _set_up(house)
    there = browser(house)
    await there.enter_password("sam")
    _wait_for_room_in_this_step()
    now = datetime.now(UTC)
    for wrong in (app.at(now + 2 * STEP), app.at(now - 2 * STEP)):
        assert (await there.enter_code(wrong)).json()["code"] == "WrongCode"
    assert (await there.enter_code(app.at(now + STEP))).status_code == 200


async def test_setting_it_up_needs_a_right_code_and_taking_it_off_the_password(
    house: House,
) -> None:
    sam = employ(house, "sam")
    there = await signed_in(house, "sam")
    begun = (await there.ask("POST", "/session/authenticator")).json()
    assert begun["uri"].startswith("otpauth://totp/BackOffice:sam?secret=")
    wrong = await there.ask("PUT", "/session/authenticator", json={"code": "000000x"})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "WrongCode")
    assert (await there.ask("GET", "/session")).json()["second_factor"] == "email"

    there, _, _ = await _set_up(house)
    twice = await there.ask("POST", "/session/authenticator")
    assert (twice.status_code, twice.json()["code"]) == (409, "AuthenticatorState")
    body = {"password": "not my password"}
    refused = await there.ask("DELETE", "/session/authenticator", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "WrongPassword")
    body = {"password": PASSWORD}
    assert (await there.ask("DELETE", "/session/authenticator", json=body)).status_code == 204
    assert (await there.ask("GET", "/session")).json()["second_factor"] == "email"
    assert house.count(RecoveryCode) == 0
    assert _stored(house, sam).totp_secret is None
    assert actions(house, sam)[-4:] == [
        "account.authenticator_begun",
        "account.authenticator_confirmed",
        "account.recovery_codes_renewed",
        "account.authenticator_removed",
    ]


@pytest.mark.requirement("R166")
async def test_a_recovery_code_is_good_once_and_until_there_are_new_ones(house: House) -> None:
    sam = employ(house, "sam")
    there, _, codes = await _set_up(house)
    assert len(set(codes)) == 10
    without = browser(house)
    await without.enter_password("sam")
    assert (await without.enter_code(codes[0].upper())).status_code == 200
    assert "account.recovery_code_used" in actions(house, sam)
    again = browser(house)
    await again.enter_password("sam")
    assert (await again.enter_code(codes[0])).json()["code"] == "WrongCode"

    renewed = await there.ask("POST", "/session/recovery-codes", json={"password": PASSWORD})
    let_pause_pass(house)
    assert (await again.enter_code(codes[1])).json()["code"] == "WrongCode"
    assert (await again.enter_code(renewed.json()["recovery_codes"][1])).status_code == 200


@pytest.mark.requirement("R167", "R168")
async def test_the_code_is_mailed_again_once_a_minute(house: House) -> None:
    employ(house, "sam")
    there = browser(house)
    await there.enter_password("sam")
    code = await code_for(house, "sam")
    early = await there.ask("POST", "/session/code/resend")
    assert (early.status_code, early.json()["code"]) == (429, "TooManyAttempts")
    assert 50 <= int(early.headers["Retry-After"]) <= 60
    with house.db.transaction() as tx:
        tx.execute(update(SignInCode).values(sent_at=datetime.now(UTC) - timedelta(minutes=1)))
    assert (await there.ask("POST", "/session/code/resend")).status_code == 204
    assert await code_for(house, "sam", 2) == code
    assert (await there.ask("POST", "/session/code/resend")).status_code == 429
    assert (await there.enter_code(code)).status_code == 200
    assert (await there.ask("POST", "/session/code/resend")).status_code == 401


async def test_a_half_session_whose_code_is_gone_is_no_session(house: House) -> None:
    employ(house, "sam")
    there = browser(house)
    await there.enter_password("sam")
    with house.db.transaction() as tx:
        tx.execute(delete(SignInCode))
    for path, body in (("/session/code/resend", None), ("/session/code", {"code": "123456"})):
        answer = await there.ask("POST", path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (401, "NotSignedIn"), path


async def test_nobodys_mailbox_is_filled(house: House) -> None:
    """Not even by somebody who has the password."""
    employ(house, "sam")
    there = browser(house)
    statuses = [(await there.enter_password("sam")).status_code for _ in range(6)]
    assert statuses == [200] * 3 + [429] * 3
    body = {"login": "sam"}
    asked = [(await there.ask("POST", "/password-resets", json=body)).status_code for _ in "12345"]
    assert asked == [202] * 3 + [429] * 2


def _stored(house: House, account_id: int) -> Account:
    with house.db.transaction() as tx:
        return tx.execute(select(Account).where(Account.id == account_id)).scalar_one()


def _wait_for_room_in_this_step() -> None:
    """The test and the door must look at the same half minute."""
    left = STEP.total_seconds() - time.time() % STEP.total_seconds()
    if left < 10:
        time.sleep(left)

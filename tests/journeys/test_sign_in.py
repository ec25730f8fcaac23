"""Signing in as people do: password, code by mail, forgotten passwords, new devices."""

import re
import time
from datetime import UTC, datetime

import pytest

from api.access import SESSION_COOKIE
from api.account_mails import AccountMails
from api.sign_in import DEVICE_COOKIE
from api.temporal import Processes
from domain.sign_in import LinkPurpose
from providers.messages import Email
from tests.factories import PASSWORD
from tests.house import House
from tests.sign_in_desk import (
    AGENT,
    account_history,
    actions,
    browser,
    code_for,
    employ,
    mail_to,
    set_account,
    signed_in,
)

NEW = "quilted harbour seventeen"


@pytest.mark.requirement("R4", "R49", "R163", "R164", "R166", "R167", "R168")
async def test_a_password_and_the_code_that_was_mailed(house: House) -> None:
    sam = employ(house, "sam")
    there = browser(house)
    began = time.monotonic()
    answer = await there.enter_password("Sam")
    assert answer.status_code == 200
    assert answer.json() == {"second_factor": "email", "sent_to": "s***@shop.example"}
    code = await code_for(house, "sam")
    assert time.monotonic() - began < 5
    assert re.fullmatch(r"\d{6}", code)
    assert (await there.ask("GET", "/orders")).status_code == 401

    entered = await there.enter_code(code)
    assert entered.status_code == 200
    me = entered.json()
    assert me == (await there.ask("GET", "/session")).json()
    told = {name: me[name] for name in ("name", "login", "language", "groups", "branches")}
    assert told == {
        "name": "Sam",
        "login": "sam",
        "language": "en",
        "groups": ["Salesperson"],
        "branches": [],
    }
    assert (me["second_factor"], me["is_super_admin"]) == ("email", False)
    assert (await there.ask("GET", "/orders")).status_code == 200
    assert actions(house, sam) == ["account.signed_in"]

    assert (await there.ask("DELETE", "/session")).status_code == 204
    assert SESSION_COOKIE not in there.cookies
    assert actions(house, sam) == ["account.signed_in", "account.signed_out"]


@pytest.mark.requirement("R49", "R169")
async def test_a_new_device_is_told_in_the_persons_language(house: House) -> None:
    employ(house, "anna", language="ru")
    there = browser(house)
    await there.enter_password("anna")
    await there.enter_code(await code_for(house, "anna"))
    alert = await mail_to(house, "anna", 2)
    assert alert.subject == "Вход с нового устройства"
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    assert f"Время: {today}" in alert.text
    assert f"Адрес: 127.0.0.1\nБраузер: {AGENT}" in alert.text

    there.cookies.pop(SESSION_COOKIE)
    await there.enter_password("anna")
    await there.enter_code(await code_for(house, "anna", 3))
    elsewhere = there.copy()
    elsewhere.cookies.pop(DEVICE_COOKIE)
    elsewhere.cookies.pop(SESSION_COOKIE)
    await elsewhere.enter_password("anna")
    await elsewhere.enter_code(await code_for(house, "anna", 4))
    await mail_to(house, "anna", 5)
    subjects = [mail.subject for mail in house.mailbox.sent]
    assert [subjects.index(alert.subject), subjects.count(alert.subject)] == [1, 2]


@pytest.mark.requirement("R9", "R163")
async def test_a_forgotten_password_is_chosen_anew(house: House) -> None:
    sam = employ(house, "sam")
    old = await signed_in(house, "sam")
    there = browser(house)
    for login in ("sam", "nobody"):
        asked = await there.ask("POST", "/password-resets", json={"login": login})
        assert (asked.status_code, asked.json()) == (202, None)
    token = _token(await mail_to(house, "sam"))
    link = await there.ask("GET", f"/account-links/{token}")
    assert link.json() == {"purpose": "reset", "login": "sam"}
    weak = await there.ask("POST", f"/account-links/{token}", json={"password": "sam sam sam sam"})
    assert (weak.status_code, weak.json()["code"]) == (409, "WeakPassword")
    chosen = await there.ask("POST", f"/account-links/{token}", json={"password": NEW})
    assert chosen.status_code == 204
    assert (await there.ask("GET", f"/account-links/{token}")).status_code == 404
    again = await there.ask("POST", f"/account-links/{token}", json={"password": NEW + "!"})
    assert again.status_code == 404

    assert (await old.ask("GET", "/session")).status_code == 401
    assert (await there.enter_password("sam", PASSWORD)).status_code == 401
    assert (await there.enter_password("sam", NEW)).status_code == 200
    await mail_to(house, "sam", 3)
    assert "Your password was changed" in [mail.subject for mail in house.mailbox.sent]
    assert actions(house, sam) == [
        "account.signed_in",
        "account.link_added",
        "account.password_reset",
        "account.sign_in_failed",
    ]
    assert len([mail for mail in house.mailbox.sent if "nobody" in mail.to]) == 0


@pytest.mark.requirement("R165")
async def test_an_invited_person_chooses_the_first_password(house: House) -> None:
    sam = employ(house, "sam", language="fr")
    set_account(house, sam, password_hash=None)
    there = browser(house)
    assert (await there.enter_password("sam", PASSWORD)).status_code == 401
    await AccountMails(Processes(house.temporal, house.task_queue)).send_link(
        sam, LinkPurpose.INVITATION
    )
    mail = await mail_to(house, "sam")
    assert mail.subject == "Votre compte est prêt"
    assert "Votre identifiant est sam." in mail.text
    body = {"password": NEW}
    chosen = await there.ask("POST", f"/account-links/{_token(mail)}", json=body)
    assert chosen.status_code == 204
    assert (await there.enter_password("sam", NEW)).status_code == 200
    assert "account.invitation_accepted" in actions(house, sam)


@pytest.mark.requirement("R169")
async def test_processes_and_history_keep_no_secret(house: House) -> None:
    sam = employ(house, "sam")
    there = await signed_in(house, "sam")
    await there.enter_password("sam")
    code = await code_for(house, "sam")
    await there.ask("POST", "/password-resets", json={"login": "sam"})
    token = _token(await mail_to(house, "sam", 2))
    looked_at = 0
    secrets = (code, token, "shop.example", "127.0.0.1", there.session, PASSWORD)
    mails = f"WorkflowType = 'AccountMailWorkflow' AND TaskQueue = '{house.task_queue}'"
    async for run in house.temporal.list_workflows(mails):
        handle = house.temporal.get_workflow_handle(run.id, run_id=run.run_id)
        told = (await handle.fetch_history()).to_json()
        assert [secret for secret in secrets if secret in told] == []
        looked_at += 1
    assert looked_at >= 4
    written = " ".join(f"{entry.details} {entry.changes}" for entry in account_history(house, sam))
    hidden = (code, token, there.session, PASSWORD)
    assert [secret for secret in hidden if secret in written] == []


def _token(mail: Email) -> str:
    found = re.search(r"http://127.0.0.1:8000/admin/#/account-links/(\S+)", mail.text)
    assert found
    return found[1]

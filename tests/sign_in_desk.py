"""What tests of signing in do over and over: a browser with its cookies, and people at it."""

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

import httpx
from sqlalchemy import delete, select, update

from api.access import CSRF_HEADER, SESSION_COOKIE
from api.sign_in import DEVICE_COOKIE
from db import history
from db.tables.access import Account, SignInThrottle
from db.tables.history import HistoryEntry
from db.tables.staff import StaffMember
from providers.messages import Email
from tests.factories import PASSWORD, add_staff
from tests.house import House, plain_client

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"


@dataclass
class Browser:
    """Keeps what it is told to keep, as browsers do; `https` is taken for granted."""

    http: httpx.AsyncClient
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str | None = None

    async def ask(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any
    ) -> httpx.Response:
        sent = {"User-Agent": AGENT}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.csrf:
            sent[CSRF_HEADER] = self.csrf
        answer = await self.http.request(method, path, headers=sent | (headers or {}), **more)
        self._keep(answer)
        return answer

    async def enter_password(self, login: str, password: str = PASSWORD) -> httpx.Response:
        body = {"login": login, "password": password}
        return await self.ask("POST", "/session", json=body)

    async def enter_code(self, code: str) -> httpx.Response:
        answer = await self.ask("POST", "/session/code", json={"code": code})
        if answer.status_code == 200:
            self.csrf = answer.json()["csrf_token"]
        return answer

    @property
    def session(self) -> str:
        return self.cookies[SESSION_COOKIE]

    def forget_device(self) -> None:
        self.cookies.pop(DEVICE_COOKIE, None)

    def copy(self) -> "Browser":
        return Browser(self.http, dict(self.cookies), self.csrf)

    def _keep(self, answer: httpx.Response) -> None:
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value


def browser(house: House) -> Browser:
    http = plain_client(house.url)
    house.others.append(http)
    return Browser(http)


def employ(house: House, login: str, profile: str = "Salesperson", **values: Any) -> int:
    """The id of the account; the password is the factories'."""
    with house.db.transaction() as tx:
        add_staff(tx, login, profile)
        account = tx.execute(select(Account).where(Account.login == login)).scalar_one()
        if values:
            member = update(StaffMember).where(StaffMember.id == account.staff_id)
            tx.execute(member.values(**values))
        return account.id


async def mail_to(house: House, login: str, count: int = 1) -> Email:
    """The newest, once there are so many."""

    def look() -> list[Email]:
        found = [mail for mail in house.mailbox.sent if mail.to == f"{login}@shop.example"]
        return found if len(found) >= count else []

    mails: list[Email] = await house.until(look)
    return mails[-1]


async def code_for(house: House, login: str, count: int = 1) -> str:
    return (await mail_to(house, login, count)).subject.split()[0]


async def signed_in(house: House, login: str) -> Browser:
    """In a new browser; the mails of this sign-in are taken out of the mailbox."""
    there = browser(house)
    before = len(house.mailbox.sent)
    assert (await there.enter_password(login)).status_code == 200
    await house.until(lambda: len(house.mailbox.sent) > before)
    code = house.mailbox.sent[-1].subject.split()[0]
    answer = await there.enter_code(code)
    assert answer.status_code == 200, answer.text
    await house.until(lambda: len(house.mailbox.sent) > before + 1)
    del house.mailbox.sent[before:]
    return there


def let_pause_pass(house: House) -> None:
    """As if everybody had waited for as long as they were told."""
    with house.db.transaction() as tx:
        tx.execute(update(SignInThrottle).values(blocked_until=None))


def open_gates(house: House) -> None:
    with house.db.transaction() as tx:
        tx.execute(delete(SignInThrottle))


def set_account(house: House, account_id: int, **values: Any) -> None:
    with house.db.transaction() as tx:
        tx.execute(update(Account).where(Account.id == account_id).values(**values))
        history.append(tx, history.Entry("test", 1, "account.changed", "system"))


def account_history(house: House, account_id: int) -> list[HistoryEntry]:
    with house.db.transaction() as tx:
        found = select(HistoryEntry).where(
            HistoryEntry.subject == "account", HistoryEntry.subject_id == str(account_id)
        )
        return list(tx.scalars(found.order_by(HistoryEntry.id)))


def actions(house: House, account_id: int) -> list[str]:
    return [entry.action for entry in account_history(house, account_id)]

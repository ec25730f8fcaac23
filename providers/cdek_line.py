"""The line to CDEK: its settings, its tokens and the waiting for what it does later."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx

from providers.outcomes import CredentialsRejected
from providers.wire import Answer, Call, Limits, Wire, path_part, reading

Found = TypeVar("Found")

_RENEW_BEFORE_S = 60.0


@dataclass(frozen=True)
class CdekSettings:
    account: str
    secure_password: str = field(repr=False)
    base_url: str = "https://api.cdek.ru/v2"
    currency: str = "RUB"
    order_type: int = 1
    """1 for the contract of an online shop, 2 for plain delivery."""
    label_format: str = "A6"
    limits: Limits = field(default_factory=Limits)
    poll_s: float = 1.0


@dataclass(frozen=True)
class _Token:
    owner: tuple[str, str, str]
    value: str
    until: float


class CdekLine:
    def __init__(
        self,
        settings: Callable[[], CdekSettings],
        transport: httpx.BaseTransport | None,
        sleep: Callable[[float], None],
    ) -> None:
        self._settings = settings
        self._wire = Wire("CDEK", transport)
        self._sleep = sleep
        self._lock = Lock()
        self._cached: _Token | None = None

    def close(self) -> None:
        self._wire.close()

    def poll(self, look: Callable[[], Found | None]) -> Found | None:
        """What `look` finds before the call's time is over."""
        settings = self.settings()
        ends = time.monotonic() + settings.limits.whole_s
        while (found := look()) is None and time.monotonic() + settings.poll_s < ends:
            self._sleep(settings.poll_s)
        return found

    def send(
        self,
        method: str,
        path: str,
        mutating: bool = False,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, Any] | None = None,
        private: tuple[str, ...] = (),
    ) -> Answer:
        """A token may end before its time: one refusal is answered with a new one."""
        settings = self.settings()
        call = Call(method, _url(settings, path), mutating, params, json, private=private)
        token = self._token(settings)
        try:
            return self._wire.send(_bearing(call, token), settings.limits)
        except CredentialsRejected:
            token = self._token(settings, refused=token)
        return self._wire.send(_bearing(call, token), settings.limits)

    def _token(self, settings: CdekSettings, refused: str | None = None) -> str:
        with self._lock:
            token, owner = self._cached, _owner(settings)
            if not token or token.owner != owner or token.value == refused or _ended(token):
                self._cached = token = self.new_token(settings)
            return token.value

    def new_token(self, settings: CdekSettings) -> _Token:
        form = {
            "grant_type": "client_credentials",
            "client_id": settings.account,
            "client_secret": settings.secure_password,
        }
        call = Call("POST", _url(settings, "/oauth/token"), mutating=False, form=form)
        answer = self._wire.send(call, settings.limits)
        if answer.status >= 400:
            raise CredentialsRejected(f"CDEK does not accept our keys ({answer.status}).")
        with reading(answer):
            value, lasts = str(answer.fields()["access_token"]), answer.fields()["expires_in"]
            return _Token(_owner(settings), value, time.monotonic() + float(lasts))

    def settings(self) -> CdekSettings:
        settings = self._settings()
        if not settings.account or not settings.secure_password:
            raise CredentialsRejected("CDEK: the account or the secure password is not set.")
        return settings


def _url(settings: CdekSettings, path: str) -> str:
    """Our token goes to the address set and nowhere else, wherever an answer points."""
    base = settings.base_url.rstrip("/")
    if path.startswith("/"):
        return base + path
    ours, theirs = urlsplit(base), urlsplit(path)
    if (ours.scheme, ours.netloc) != (theirs.scheme, theirs.netloc):
        return f"{base}/print/barcodes/{path_part(theirs.path.rpartition('/')[2])}"
    return path


def _bearing(call: Call, token: str) -> Call:
    return replace(call, headers={"Authorization": f"Bearer {token}"})


def _owner(settings: CdekSettings) -> tuple[str, str, str]:
    return settings.base_url, settings.account, settings.secure_password


def _ended(token: _Token) -> bool:
    return time.monotonic() >= token.until - _RENEW_BEFORE_S

"""Text messages through Twilio, with its official client."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.response import Response
from twilio.rest import Client

from providers.messages import Sms
from providers.outcomes import CredentialsRejected, OutcomeUnknown, ProviderRefused, Unreachable
from providers.privacy import without_personal_data
from providers.wire import Call, Limits, Wire

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_CLIENTS_OWN = re.compile(r"^Unable to \w+ \w+: ?")  # it stands before the vendor's words
_LONGEST_TEXT = 1600
_MOST_LISTED = 1000
_CLOCK_SKEW = timedelta(minutes=5)
_TRIAL = "Sent from your Twilio trial account - "
_REASONS = {
    21211: "This is not a telephone number.",
    21408: "Messages to this country are not switched on in the account.",
    21610: "The person has asked for no more messages (STOP).",
    21614: "This number cannot receive text messages.",
    21617: f"The text is longer than {_LONGEST_TEXT} characters.",
}


@dataclass(frozen=True)
class TwilioSettings:
    account_sid: str
    auth_token: str = field(repr=False)
    sender: str = ""
    """A number in E.164, a sender's name, or a messaging service (MG...)."""
    status_callback: str | None = None
    base_url: str = "https://api.twilio.com"
    limits: Limits = field(default_factory=Limits)


class Twilio:
    """An `SmsSender`."""

    def __init__(
        self,
        settings: Callable[[], TwilioSettings],
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._settings = settings
        self._wire = Wire("Twilio", transport)

    def close(self) -> None:
        self._wire.close()

    def send(self, sms: Sms) -> str:
        _check(sms)
        settings = self._usable_settings()
        with _told(sms.to, sms.text):
            message = self._client(settings).messages.create(
                to=sms.to, body=sms.text, **_sender(settings), **_callback(settings)
            )
        if not message.sid:
            raise OutcomeUnknown("Twilio answered without a reference; it may have sent the text.")
        return str(message.sid)

    def find(self, sms: Sms, since: datetime) -> str | None:
        settings = self._usable_settings()
        start = since.astimezone(UTC) - _CLOCK_SKEW
        numbers = {"to": sms.to, **_from_number(settings)}
        with _told(sms.to, sms.text):
            found = self._client(settings).messages.list(
                date_sent_after=start, limit=_MOST_LISTED, page_size=100, **numbers
            )
        texts = {sms.text, _TRIAL + sms.text}
        return next((str(each.sid) for each in found if each.body in texts), None)

    def check(self) -> str:
        settings = self._usable_settings()
        with _told():
            account = self._client(settings).api.accounts(settings.account_sid).fetch()
        return f"Twilio account {account.friendly_name}: {account.status}."

    def _client(self, settings: TwilioSettings) -> Any:
        line = _Redirected(self._wire, settings)
        return Client(settings.account_sid, settings.auth_token, http_client=line)

    def _usable_settings(self) -> TwilioSettings:
        settings = self._settings()
        if not settings.account_sid or not settings.auth_token or not settings.sender:
            raise CredentialsRejected("Twilio: the account, its token or the sender is not set.")
        return settings


class _Redirected:
    """The client's hands: whatever host it names, the call goes to the address set."""

    is_async = False

    def __init__(self, wire: Wire, settings: TwilioSettings) -> None:
        self._wire = wire
        self._settings = settings
        self.logger = logging.getLogger(__name__)

    def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        **_: object,
    ) -> Response:
        call = Call(
            method,
            _redirected(uri, self._settings.base_url),
            mutating=method != "GET",
            params=_given(params),
            form=data or None,
            headers=headers or {},
            auth=auth,
        )
        answer = self._wire.send(call, self._settings.limits)
        answer.fields()  # an answer the client could not read is an outcome, not its error
        return Response(answer.status, answer.content.decode(), answer.headers)


@contextmanager
def _told(*private: str) -> Iterator[None]:
    """The client's errors name the whole address with the telephone number in it: never a cause."""
    try:
        yield
    except TwilioRestException as error:
        raise _refusal(error, private) from None
    except TwilioException:
        raise Unreachable("Twilio sent a list we cannot read.") from None


def _refusal(error: Any, private: tuple[str, ...]) -> ProviderRefused:
    vendor = without_personal_data(_CLIENTS_OWN.sub("", str(error.msg or "")), private)
    words = _REASONS.get(error.code) or vendor or f"answer {error.status}"
    return ProviderRefused(f"Twilio: {words}"[:300], str(error.code or error.status))


def _check(sms: Sms) -> None:
    if not _E164.fullmatch(sms.to):
        raise ProviderRefused(f"Twilio: {_REASONS[21211]}", "21211")
    if not 0 < len(sms.text) <= _LONGEST_TEXT:
        words = _REASONS[21617] if sms.text else "The text is empty."
        raise ProviderRefused(f"Twilio: {words}", "21617" if sms.text else "21602")


def _given(params: Mapping[str, object] | None) -> dict[str, str] | None:
    return {name: str(each) for name, each in (params or {}).items() if each is not None} or None


def _redirected(uri: str, base_url: str) -> str:
    asked = urlsplit(uri)
    query = f"?{asked.query}" if asked.query else ""
    return base_url.rstrip("/") + asked.path + query


def _sender(settings: TwilioSettings) -> dict[str, str]:
    if settings.sender.startswith("MG"):
        return {"messaging_service_sid": settings.sender}
    return {"from_": settings.sender}


def _from_number(settings: TwilioSettings) -> dict[str, str]:
    """A messaging service picks the number itself, so its messages are found without one."""
    return {} if settings.sender.startswith("MG") else {"from_": settings.sender}


def _callback(settings: TwilioSettings) -> dict[str, str]:
    return {"status_callback": settings.status_callback} if settings.status_callback else {}

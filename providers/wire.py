"""One HTTP call to a provider: it ends in an answer or in one of the outcomes."""

import json
import logging
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from providers.outcomes import CredentialsRejected, OutcomeUnknown, ProviderRefused, Unreachable
from providers.privacy import without_personal_data

Kind = TypeVar("Kind")

# httpx writes every address with its query, telephone numbers among them, at INFO.
logging.getLogger("httpx").setLevel(logging.WARNING)

# A proxy of the machine is for the internet, never for a simulator beside us.
_BESIDE_US = {"all://127.0.0.1": None, "all://localhost": None}
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_LONGEST_WAIT_S = 3600.0


@dataclass(frozen=True)
class Limits:
    connect_s: float = 5.0
    read_s: float = 20.0
    whole_s: float = 30.0
    size: int = 8 * 1024 * 1024


@dataclass(frozen=True)
class Call:
    """`mutating`: a lost answer leaves us in doubt. `private`: words to keep out of messages."""

    method: str
    url: str
    mutating: bool
    params: Mapping[str, str] | None = None
    json: Mapping[str, Any] | None = None
    form: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    auth: tuple[str, str] | None = None
    private: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """2xx, or a 4xx that is the provider's own no."""

    provider: str
    call: Call
    status: int
    headers: httpx.Headers
    content: bytes

    def fields(self) -> dict[str, Any]:
        """The JSON object in it; numbers with a point stay text, so that money is exact."""
        return self._json(dict)

    def items(self) -> list[Any]:
        return self._json(list)

    def _json(self, kind: type[Kind]) -> Kind:
        try:
            found = json.loads(self.content, parse_float=str)
        except ValueError:
            found = None
        if not isinstance(found, kind):
            raise self.doubt("sent an answer that is not the JSON expected")
        return found

    def doubt(self, why: str) -> OutcomeUnknown | Unreachable:
        return _doubt(self.provider, why, self.call.mutating)

    def refusal(self, message: str, code: str) -> ProviderRefused:
        words = without_personal_data(message, self.call.private) or f"answer {self.status}"
        return ProviderRefused(f"{self.provider}: {words}"[:300], code[:64])


class Wire:
    """The line to one provider: a pooled client, safe to use from many threads at once."""

    def __init__(self, provider: str, transport: httpx.BaseTransport | None = None) -> None:
        self._provider = provider
        self._client = httpx.Client(verify=_trusted(), transport=transport, mounts=_BESIDE_US)

    def close(self) -> None:
        self._client.close()

    def send(self, call: Call, limits: Limits) -> Answer:
        """Raises the outcomes of `providers.outcomes`, without a cause: causes carry addresses."""
        try:
            answer = self._exchange(call, limits)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            raise CredentialsRejected(f"{self._provider}: the address set is no URL.") from None
        except _NOT_SENT as error:
            raise Unreachable(f"{self._provider} was not reached ({_name(error)}).") from None
        except httpx.HTTPError as error:
            why = f"did not answer to the end ({_name(error)})"
            raise _doubt(self._provider, why, call.mutating) from None
        return self._usable(answer)

    def _exchange(self, call: Call, limits: Limits) -> Answer:
        ends = time.monotonic() + limits.whole_s
        request = self._client.build_request(
            call.method,
            call.url,
            params=call.params,
            json=call.json,
            data=call.form,
            headers=call.headers,
            timeout=_timeout(limits),
        )
        with closing(self._client.send(request, auth=call.auth, stream=True)) as response:
            content = _read(response, limits.size, ends)
        return Answer(self._provider, call, response.status_code, response.headers, content)

    def _usable(self, answer: Answer) -> Answer:
        status = answer.status
        if status == 429:
            wait = _retry_after(answer.headers)
            raise Unreachable(f"{self._provider} asks for fewer calls (429).", wait)
        if status in (401, 403):
            raise CredentialsRejected(f"{self._provider} does not accept our keys ({status}).")
        if status >= 500 or status == 408 or not (200 <= status < 300 or status >= 400):
            raise answer.doubt(f"answered {status}")
        return answer


@contextmanager
def reading(answer: Answer) -> Iterator[None]:
    """What is missing or odd in an answer is the provider's fault, not a bug of ours."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError):
        raise answer.doubt("sent an answer we cannot read") from None


def path_part(reference: str) -> str:
    """A reference inside an address. Never empty: that would address the whole list."""
    if not reference or len(reference) > 128 or set(reference) <= {"."}:
        raise ProviderRefused("The provider's reference is missing or too long.", "reference")
    return quote(reference, safe="")


def _doubt(provider: str, why: str, mutating: bool) -> OutcomeUnknown | Unreachable:
    if mutating:
        return OutcomeUnknown(f"{provider} {why}; it may or may not have been done.")
    return Unreachable(f"{provider} {why}.")


def _timeout(limits: Limits) -> httpx.Timeout:
    connect = min(limits.connect_s, limits.whole_s)
    return httpx.Timeout(min(limits.read_s, limits.whole_s), connect=connect, pool=connect)


def _read(response: httpx.Response, size: int, ends: float) -> bytes:
    """The time-outs of httpx count between two bytes; this one counts the whole answer."""
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > size:
            raise httpx.ReadError("the answer is too long")
        if time.monotonic() > ends:
            raise httpx.ReadTimeout("the answer takes too long")
    return bytes(content)


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds or a date, as RFC 9110 has it; None where they told nothing we can use."""
    told = headers.get("Retry-After", "").strip()
    if told.isdecimal():
        return min(float(told), _LONGEST_WAIT_S)
    try:
        wait = (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(max(wait, 0.0), _LONGEST_WAIT_S)


def _name(error: Exception) -> str:
    return type(error).__name__


@cache
def _trusted() -> ssl.SSLContext:
    """Read once: the world's certificate authorities take longer to read than a payment to ask."""
    return httpx.create_ssl_context()

"""E-mail through any SMTP server."""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum

from providers.messages import Email
from providers.outcomes import CredentialsRejected, OutcomeUnknown, ProviderRefused, Unreachable
from providers.privacy import without_personal_data

# Seven bits: whatever the servers on the way can do, they do not touch it.
_POLICY = SMTP.clone(cte_type="7bit")
_LONGEST = 5_000_000
_LONGEST_SUBJECT = 300
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")


class SmtpSecurity(StrEnum):
    STARTTLS = "starttls"
    TLS = "tls"
    PLAIN = "plain"


@dataclass(frozen=True)
class SmtpSettings:
    host: str
    port: int
    sender: str
    sender_name: str = ""
    security: SmtpSecurity = SmtpSecurity.STARTTLS
    username: str = ""
    password: str = field(default="", repr=False)
    timeout_s: float = 20.0


class Smtp:
    """An `EmailSender`. One connection an e-mail: servers close idle ones without a word."""

    def __init__(
        self, settings: Callable[[], SmtpSettings], tls: ssl.SSLContext | None = None
    ) -> None:
        self._settings = settings
        self._tls = tls or ssl.create_default_context()

    def send(self, email: Email) -> str:
        settings = self._usable_settings()
        sender, recipient = _sender(settings), _address(email.to)
        message = _message(email, sender, recipient)
        with _said(email.to), self._connected(settings, sender.domain) as server:
            _expect(server.mail(sender.addr_spec), 250)
            _expect(server.rcpt(recipient.addr_spec), 250, 251)
            _deliver(server, message.as_bytes())
        return str(message["Message-ID"])

    def check(self) -> str:
        settings = self._usable_settings()
        with _said(), self._connected(settings, _sender(settings).domain) as server:
            _expect(server.noop(), 250)
        return f"{settings.host}:{settings.port} is ready for e-mail from {settings.sender}."

    @contextmanager
    def _connected(self, settings: SmtpSettings, domain: str) -> Iterator[smtplib.SMTP]:
        server = self._server(settings, domain)
        try:
            server.ehlo_or_helo_if_needed()
            if settings.security is SmtpSecurity.STARTTLS:
                server.starttls(context=self._tls)
            if settings.username:
                server.login(settings.username, settings.password)
            yield server
            # The e-mail is delivered; a server that will not say good-bye changes nothing.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
        finally:
            server.close()

    def _server(self, settings: SmtpSettings, domain: str) -> smtplib.SMTP:
        """Greets with the sender's domain: asking the machine for its name may ask DNS and hang."""
        host, port, wait = settings.host, settings.port, settings.timeout_s
        if settings.security is SmtpSecurity.TLS:
            return smtplib.SMTP_SSL(host, port, domain, timeout=wait, context=self._tls)
        return smtplib.SMTP(host, port, domain, timeout=wait)

    def _usable_settings(self) -> SmtpSettings:
        settings = self._settings()
        if not settings.host or not settings.sender:
            raise CredentialsRejected("E-mail: the server or the sender is not set.")
        return settings


@contextmanager
def _said(*private: str) -> Iterator[None]:
    """Maps the server's words onto the outcomes; a cause would carry the address."""
    try:
        yield
    except smtplib.SMTPNotSupportedError:
        raise CredentialsRejected("The e-mail server has not got what is set for it.") from None
    except smtplib.SMTPResponseException as error:
        raise _outcome(error, private) from None
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(f"The e-mail server was not reached ({type(error).__name__}).") from None


def _outcome(error: smtplib.SMTPResponseException, private: tuple[str, ...]) -> Exception:
    if 400 <= error.smtp_code < 500:
        return Unreachable(f"The e-mail server asks to come back later ({error.smtp_code}).")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return CredentialsRejected(f"The e-mail server refuses the login ({error.smtp_code}).")
    if not 500 <= error.smtp_code < 600:
        return Unreachable(f"The e-mail server does not speak SMTP ({error.smtp_code}).")
    words = without_personal_data(_text(error.smtp_error), private)
    return ProviderRefused(f"The e-mail server refused: {words}"[:300], str(error.smtp_code))


def _expect(reply: tuple[int, bytes], *wanted: int) -> None:
    if reply[0] not in wanted:
        raise smtplib.SMTPResponseException(*reply)


def _deliver(server: smtplib.SMTP, content: bytes) -> None:
    """From here on a broken line leaves us in doubt: the server may have taken the e-mail."""
    try:
        reply = server.data(content)
    except smtplib.SMTPDataError:
        raise
    except (smtplib.SMTPException, OSError) as error:
        why = f"The e-mail server broke off while taking the e-mail ({type(error).__name__})."
        raise OutcomeUnknown(why) from None
    _expect(reply, 250)


def _message(email: Email, sender: Address, recipient: Address) -> EmailMessage:
    if len(email.text) + len(email.html or "") > _LONGEST:
        raise ProviderRefused("The e-mail is too long.", "too_long")
    message = EmailMessage(_POLICY)
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = _one_line(email.subject)[:_LONGEST_SUBJECT]
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{email.notice_id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(email.text)
    if email.html is not None:
        message.add_alternative(email.html, subtype="html")
    return message


def _sender(settings: SmtpSettings) -> Address:
    try:
        address = _address(settings.sender)
    except ProviderRefused:
        raise CredentialsRejected("E-mail: the sender is not a valid address.") from None
    return Address(_one_line(settings.sender_name)[:100], address.username, address.domain)


def _address(text: str) -> Address:
    """A plain address; other alphabets only in the domain, which DNS writes in ASCII."""
    local, _, domain = text.strip().rpartition("@")
    try:
        host = domain.encode("idna").decode()
    except UnicodeError:
        host = ""
    fits = len(local) <= 64 and len(local) + len(host) < 254
    if not (fits and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(host)):
        raise ProviderRefused("This is not a valid e-mail address.", "address")
    return Address(username=local, domain=host)


def _one_line(text: str) -> str:
    """Nothing that could end a header and begin another."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words

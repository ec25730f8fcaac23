"""Encrypted lines and logins of a real SMTP server, with a certificate made for the test."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from providers.messages import Email
from providers.outcomes import CredentialsRejected, Unreachable
from providers.smtp import Smtp, SmtpSecurity, SmtpSettings
from tests.providers.mail_server import AnyPort, Mailbox, serving

EMAIL = Email(UUID("0f8fad5b-d9cb-469f-a165-70867728950e"), "ivan@example.com", "Hello", "Text")


class Encrypted(AnyPort):
    """Its own first connection, which only starts the server, does not know the certificate."""

    ssl_context: ssl.SSLContext | None

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        context, self.ssl_context = self.ssl_context, None
        super()._trigger_server()
        self.ssl_context = context


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of this machine, signed by itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), _name()
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(_pem(key) + signed.public_bytes(serialization.Encoding.PEM))
    return path


def _name() -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


@pytest.fixture
def server_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def _authenticate(
    server: Any, session: Any, envelope: Any, mechanism: str, login: LoginPassword
) -> AuthResult:
    right = (login.login, login.password) == (b"shop", b"secret")
    return AuthResult(success=right, handled=False)


def _settings(port: int, security: SmtpSecurity, password: str = "") -> SmtpSettings:
    username = "shop" if password else ""
    sender = "shop@shop.example"
    return SmtpSettings("127.0.0.1", port, sender, "", security, username, password)


@pytest.fixture
def starttls_port(mailbox: Mailbox, server_tls: ssl.SSLContext) -> Iterator[int]:
    controller = AnyPort(
        mailbox,
        "127.0.0.1",
        0,
        tls_context=server_tls,
        require_starttls=True,
        authenticator=_authenticate,
        auth_required=True,
    )
    with serving(controller) as port:
        yield port


def test_a_line_encrypted_on_the_way_and_a_login(
    mailbox: Mailbox, starttls_port: int, trusting: ssl.SSLContext
) -> None:
    told = _settings(starttls_port, SmtpSecurity.STARTTLS, "secret")
    Smtp(lambda: told, trusting).send(EMAIL)
    assert mailbox.only_message()["Subject"] == "Hello"


def test_a_wrong_password_needs_a_person(starttls_port: int, trusting: ssl.SSLContext) -> None:
    told = _settings(starttls_port, SmtpSecurity.STARTTLS, "mistaken")
    with pytest.raises(CredentialsRejected) as refused:
        Smtp(lambda: told, trusting).send(EMAIL)
    assert str(refused.value) == "The e-mail server refuses the login (535)."
    assert "mistaken" not in repr(told)


def test_a_line_encrypted_from_the_start(
    mailbox: Mailbox, server_tls: ssl.SSLContext, trusting: ssl.SSLContext
) -> None:
    with serving(Encrypted(mailbox, "127.0.0.1", 0, ssl_context=server_tls)) as port:
        Smtp(lambda: _settings(port, SmtpSecurity.TLS), trusting).send(EMAIL)
    assert mailbox.only_message()["Subject"] == "Hello"


def test_a_certificate_nobody_knows_is_not_trusted(mailbox: Mailbox, starttls_port: int) -> None:
    told = _settings(starttls_port, SmtpSecurity.STARTTLS, "secret")
    with pytest.raises(Unreachable, match="SSLCertVerificationError"):
        Smtp(lambda: told).send(EMAIL)
    assert mailbox.kept == []

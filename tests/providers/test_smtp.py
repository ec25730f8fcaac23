"""E-mail through a real SMTP server on this machine."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from providers.messages import Email
from providers.outcomes import CredentialsRejected, OutcomeUnknown, ProviderRefused, Unreachable
from providers.smtp import Smtp, SmtpSecurity, SmtpSettings
from tests.providers.mail_server import AnyPort, Mailbox, breaking_off, serving

NOTICE = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
EMAIL = Email(
    NOTICE, "ivan@example.com", "Заказ 1001 готов", "Ждём вас.\n.\nМагазин", "<b>Ждём</b>"
)


@pytest.fixture
def settings(mailbox: Mailbox) -> Iterator[SmtpSettings]:
    with serving(AnyPort(mailbox, "127.0.0.1", 0)) as port:
        yield SmtpSettings("127.0.0.1", port, "shop@shop.example", "Магазин", SmtpSecurity.PLAIN)


@pytest.mark.requirement("R24")
def test_an_email_arrives_as_written(mailbox: Mailbox, settings: SmtpSettings) -> None:
    assert Smtp(lambda: settings).send(EMAIL) == f"<{NOTICE}@shop.example>"
    message = mailbox.only_message()
    assert message["Message-ID"] == f"<{NOTICE}@shop.example>"
    assert (message["To"], message["Subject"]) == ("ivan@example.com", "Заказ 1001 готов")
    assert message["From"].addresses[0].display_name == "Магазин"
    text, html = message.iter_parts()
    assert text.get_content().splitlines() == ["Ждём вас.", ".", "Магазин"]
    assert html.get_content().strip() == "<b>Ждём</b>"
    assert mailbox.kept[0].rcpt_tos == ["ivan@example.com"]
    assert mailbox.kept[0].content.isascii()


def test_a_text_alone_is_no_multipart(mailbox: Mailbox, settings: SmtpSettings) -> None:
    Smtp(lambda: settings).send(replace(EMAIL, html=None))
    assert mailbox.only_message().get_content_type() == "text/plain"


def test_a_repeat_carries_the_same_id(mailbox: Mailbox, settings: SmtpSettings) -> None:
    adapter = Smtp(lambda: settings)
    assert adapter.send(EMAIL) == adapter.send(EMAIL)


def test_a_subject_cannot_begin_another_header(mailbox: Mailbox, settings: SmtpSettings) -> None:
    sneaky = replace(EMAIL, subject="Hello\r\nBcc: all@example.com\x00\u2028!")
    Smtp(lambda: replace(settings, sender_name="Shop\nBcc: all@example.com")).send(sneaky)
    message = mailbox.only_message()
    assert message["Bcc"] is None
    assert message["Subject"] == "Hello Bcc: all@example.com !"
    assert mailbox.kept[0].rcpt_tos == ["ivan@example.com"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ivan",
        "ivan@",
        "@example.com",
        "ivan@localhost",
        "a b@example.com",
        "ivan@example.com\r\nRCPT TO:<all@example.com>",
        "ivan@example.com,all@example.com",
        "<ivan@example.com>",
        "ivan..petrov@example.com",
        "ivan@-example.com",
        "иван@example.com",
        "i" * 65 + "@example.com",
        "ivan@" + "e" * 250 + ".com",
    ],
)
def test_what_is_no_address_is_not_sent(settings: SmtpSettings, address: str) -> None:
    with pytest.raises(ProviderRefused) as refused:
        Smtp(lambda: settings).send(replace(EMAIL, to=address))
    assert refused.value.code == "address"


def test_a_domain_in_another_alphabet_is_written_as_dns_has_it(
    mailbox: Mailbox, settings: SmtpSettings
) -> None:
    Smtp(lambda: settings).send(replace(EMAIL, to="ivan@почта.рф"))
    assert mailbox.kept[0].rcpt_tos == ["ivan@xn--80a1acny.xn--p1ai"]


def test_an_email_too_long_is_not_sent(settings: SmtpSettings) -> None:
    with pytest.raises(ProviderRefused):
        Smtp(lambda: settings).send(replace(EMAIL, text="x" * 5_000_001))


@pytest.mark.parametrize("step", ["refuse_recipient", "refuse_data"])
def test_come_back_later(mailbox: Mailbox, settings: SmtpSettings, step: str) -> None:
    setattr(mailbox, step, "451 ivan@example.com is greylisted")
    with pytest.raises(Unreachable) as refused:
        Smtp(lambda: settings).send(EMAIL)
    assert str(refused.value) == "The e-mail server asks to come back later (451)."


@pytest.mark.parametrize("step", ["refuse_recipient", "refuse_data"])
def test_a_refusal_is_said_without_the_address(
    mailbox: Mailbox, settings: SmtpSettings, step: str
) -> None:
    setattr(mailbox, step, "550 5.1.1 <ivan@example.com> no such person")
    with pytest.raises(ProviderRefused) as refused:
        Smtp(lambda: settings).send(EMAIL)
    assert str(refused.value) == "The e-mail server refused: 5.1.1 <…> no such person"
    assert (refused.value.code, refused.value.__cause__) == ("550", None)


def test_a_line_broken_before_the_email_was_given_may_be_tried_again() -> None:
    replies = (b"220 hello", b"250 hello", b"250 sender")
    with breaking_off(*replies) as settings, pytest.raises(Unreachable):
        Smtp(lambda: settings).send(EMAIL)


def test_a_line_broken_after_the_email_was_given_leaves_us_in_doubt() -> None:
    replies = (b"220 hello", b"250 hello", b"250 sender", b"250 recipient", b"354 go on")
    with breaking_off(*replies, after=b".\r\n") as settings, pytest.raises(OutcomeUnknown):
        Smtp(lambda: settings).send(EMAIL)


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    with breaking_off(b"220 hello") as settings, pytest.raises(Unreachable):
        Smtp(lambda: replace(settings, timeout_s=0.1)).send(EMAIL)


def test_a_server_that_sends_us_away() -> None:
    with breaking_off(b"554 no service for you") as settings, pytest.raises(ProviderRefused):
        Smtp(lambda: settings).send(EMAIL)


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Unreachable):
        Smtp(lambda: SmtpSettings("127.0.0.1", port, "shop@shop.example")).send(EMAIL)


def test_a_server_without_the_security_set(settings: SmtpSettings) -> None:
    with pytest.raises(CredentialsRejected):
        Smtp(lambda: replace(settings, security=SmtpSecurity.STARTTLS)).send(EMAIL)


@pytest.mark.parametrize("missing", [{"host": ""}, {"sender": ""}, {"sender": "not an address"}])
def test_settings_a_person_has_to_mend(settings: SmtpSettings, missing: dict[str, Any]) -> None:
    with pytest.raises(CredentialsRejected):
        Smtp(lambda: replace(settings, **missing)).send(EMAIL)


def test_the_check_says_who_is_ready(settings: SmtpSettings) -> None:
    told = f"127.0.0.1:{settings.port} is ready for e-mail from shop@shop.example."
    assert Smtp(lambda: settings).check() == told

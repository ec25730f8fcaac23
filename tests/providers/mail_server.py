"""Real SMTP servers on this machine: one that keeps what it gets, one that hangs up."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from providers.smtp import SmtpSecurity, SmtpSettings


@dataclass
class Mailbox:
    """What the server does with an envelope: keeps it, or gives the answer told."""

    refuse_recipient: str = ""
    refuse_data: str = ""
    kept: list[Any] = field(default_factory=list)

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.refuse_recipient or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.kept.append(envelope)
        return self.refuse_data or "250 OK"

    def only_message(self) -> EmailMessage:
        [envelope] = self.kept
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        return message


class AnyPort(Controller):  # type: ignore[misc]  # the library is untyped
    """The machine picks the port; the controller looks only at the one it asked for."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def serving(controller: AnyPort) -> Iterator[int]:
    controller.start()
    yield controller.port
    controller.stop()


@contextmanager
def breaking_off(*replies: bytes, after: bytes = b"") -> Iterator[SmtpSettings]:
    """A server that answers each command in turn and then hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            line, _ = listener.accept()
            with line, line.makefile("rwb") as talk:
                for reply in replies:
                    talk.write(reply + b"\r\n")
                    talk.flush()
                    talk.readline()
                while after and talk.readline() not in (after, b""):
                    pass

        thread = threading.Thread(target=serve)
        thread.start()
        port = listener.getsockname()[1]
        yield SmtpSettings("127.0.0.1", port, "shop@shop.example", security=SmtpSecurity.PLAIN)
        thread.join()

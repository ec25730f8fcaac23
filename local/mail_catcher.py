"""Takes every mail and shows it in the browser: mail_catcher.py --smtp-port --web-port --file."""

import argparse
import asyncio
import logging
from dataclasses import asdict
from pathlib import Path

import uvicorn
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from local.mailbox import Mailbox, NoSuchMail

MAX_MAIL_BYTES = 20 * 1024 * 1024
# What a mail's HTML may do in the browser: look right. No scripts, no calls to anybody.
MAIL_POLICY = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'"
templates = Jinja2Templates(directory=Path(__file__).with_name("mail_pages"))


class Catcher:
    """What the SMTP server calls."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        self._mailbox.add(envelope.mail_from or "", envelope.rcpt_tos, raw)
        return "250 Caught"


class Pages:
    """For people and, under /messages, for programs."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    def routes(self) -> list[Route]:
        return [
            Route("/", self.list_mails),
            Route("/mails/{mail_id:int}", self.show_mail),
            Route("/delete", self.delete_all, methods=["POST"]),
            Route("/messages", self.list_messages),
            Route("/messages", self.delete_messages, methods=["DELETE"]),
            Route("/messages/{mail_id:int}", self.read_message),
            Route("/messages/{mail_id:int}/html", self.show_html),
            Route("/messages/{mail_id:int}/raw", self.show_raw),
        ]

    def list_mails(self, request: Request) -> Response:
        return templates.TemplateResponse(request, "list.html", {"mails": self._mailbox.newest()})

    def show_mail(self, request: Request) -> Response:
        mail = self._mailbox.read(_asked_for(request))
        return templates.TemplateResponse(request, "mail.html", {"mail": mail})

    def delete_all(self, request: Request) -> Response:
        self._mailbox.empty()
        return RedirectResponse("/", status_code=303)

    def list_messages(self, request: Request) -> Response:
        found = self._mailbox.newest(request.query_params.get("to"))
        return JSONResponse([asdict(summary) for summary in found])

    def delete_messages(self, request: Request) -> Response:
        self._mailbox.empty()
        return Response(status_code=204)

    def read_message(self, request: Request) -> Response:
        return JSONResponse(asdict(self._mailbox.read(_asked_for(request))))

    def show_html(self, request: Request) -> Response:
        html = self._mailbox.read(_asked_for(request)).html
        return HTMLResponse(html, headers={"Content-Security-Policy": MAIL_POLICY})

    def show_raw(self, request: Request) -> Response:
        return PlainTextResponse(self._mailbox.raw(_asked_for(request)))


def _asked_for(request: Request) -> int:
    mail_id: int = request.path_params["mail_id"]
    return mail_id


async def answer_no_such_mail(request: Request, error: Exception) -> Response:
    return PlainTextResponse("There is no such mail; perhaps it was deleted.", status_code=404)


def create_app(mailbox: Mailbox) -> Starlette:
    handlers = {NoSuchMail: answer_no_such_mail}
    return Starlette(routes=Pages(mailbox).routes(), exception_handlers=handlers)


async def serve(mailbox: Mailbox, smtp_port: int, web_port: int) -> None:
    """Any name and password signs in: the shop's mail settings may carry some."""
    loop = asyncio.get_running_loop()
    smtp = await loop.create_server(
        lambda: SMTP(
            Catcher(mailbox),
            data_size_limit=MAX_MAIL_BYTES,
            enable_SMTPUTF8=True,
            auth_require_tls=False,
            authenticator=lambda *_: AuthResult(success=True),
            hostname="mail-catcher",
        ),
        "127.0.0.1",
        smtp_port,
    )
    async with smtp:
        config = uvicorn.Config(create_app(mailbox), port=web_port, log_level="warning")
        await uvicorn.Server(config).serve()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--web-port", type=int, required=True)
    parser.add_argument("--file", type=Path, required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(serve(Mailbox(arguments.file), arguments.smtp_port, arguments.web_port))


if __name__ == "__main__":
    main()

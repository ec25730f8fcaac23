"""Takes every mail and shows it in the browser: mail_catcher.py --smtp-port --web-port --file."""

import argparse
import asyncio
import logging
from pathlib import Path

import uvicorn
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from fastapi.templating import Jinja2Templates

from local.mailbox import Mail, Mailbox, NoSuchMail, Summary

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


def create_app(mailbox: Mailbox) -> FastAPI:
    app = FastAPI(title="Mail catcher", docs_url=None, redoc_url=None)
    app.add_exception_handler(NoSuchMail, answer_no_such_mail)
    add_pages(app, mailbox)
    add_messages(app, mailbox)
    return app


def add_pages(app: FastAPI, mailbox: Mailbox) -> None:
    @app.get("/", response_class=HTMLResponse)
    def list_page(request: Request) -> Response:
        return templates.TemplateResponse(request, "list.html", {"mails": mailbox.newest()})

    @app.get("/mails/{mail_id}", response_class=HTMLResponse)
    def mail_page(request: Request, mail_id: int) -> Response:
        mail = mailbox.read(mail_id)
        return templates.TemplateResponse(request, "mail.html", {"mail": mail})

    @app.post("/delete")
    def delete_all() -> RedirectResponse:
        mailbox.empty()
        return RedirectResponse("/", status_code=303)


def add_messages(app: FastAPI, mailbox: Mailbox) -> None:
    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/messages")
    def messages(to: str | None = None) -> list[Summary]:
        return mailbox.newest(to)

    @app.get("/messages/{mail_id}")
    def message(mail_id: int) -> Mail:
        return mailbox.read(mail_id)

    @app.get("/messages/{mail_id}/html", response_class=HTMLResponse)
    def html(mail_id: int) -> HTMLResponse:
        mail = mailbox.read(mail_id)
        return HTMLResponse(mail.html, headers={"Content-Security-Policy": MAIL_POLICY})

    @app.get("/messages/{mail_id}/raw", response_class=PlainTextResponse)
    def raw(mail_id: int) -> PlainTextResponse:
        return PlainTextResponse(mailbox.raw(mail_id))

    @app.delete("/messages", status_code=204)
    def delete() -> None:
        mailbox.empty()


async def answer_no_such_mail(request: Request, error: Exception) -> Response:
    return PlainTextResponse("There is no such mail; perhaps it was deleted.", status_code=404)


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

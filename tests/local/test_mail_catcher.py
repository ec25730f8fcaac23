"""The mail catcher, run as the stack runs it."""

import smtplib
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from local.child import Child
from local.ports import answers, free_port


class Catcher:
    def __init__(self, folder: Path) -> None:
        self.smtp_port = free_port()
        self.web_port = free_port()
        command = [sys.executable, "-m", "local.mail_catcher"]
        command += ["--smtp-port", str(self.smtp_port), "--web-port", str(self.web_port)]
        command += ["--file", str(folder / "mail.sqlite")]
        self.child = Child("mail catcher", command, folder / "mail.log")
        self.web = httpx.Client(base_url=f"http://127.0.0.1:{self.web_port}")

    def start(self) -> None:
        self.child.start()
        self.child.wait_until(lambda: answers(self.web_port) and answers(self.smtp_port), 30)

    def send(
        self, *, to: str = "ann@example.org", subject: str = "Your order", html: str = ""
    ) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "shop@example.org", to, subject
        mail.set_content("Заказ принят.\n")
        if html:
            mail.add_alternative(html, subtype="html")
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=10) as smtp:
            smtp.login("any", "password")
            smtp.send_message(mail, to_addrs=[to, "blind@example.org"])


@pytest.fixture
def catcher(tmp_path: Path) -> Iterator[Catcher]:
    catcher = Catcher(tmp_path)
    catcher.start()
    with catcher.web:
        yield catcher
        catcher.child.stop()


def test_a_mail_is_listed_with_every_recipient_and_can_be_read(catcher: Catcher) -> None:
    catcher.send(html="<p>Заказ <b>принят</b></p>")

    summary = catcher.web.get("/messages").raise_for_status().json()[0]
    mail = catcher.web.get(f"/messages/{summary['id']}").raise_for_status().json()

    assert summary["recipients"] == ["ann@example.org", "blind@example.org"]
    assert (mail["subject"], mail["text"]) == ("Your order", "Заказ принят.\n")
    assert mail["html"] == "<p>Заказ <b>принят</b></p>\n"
    assert "Subject: Your order" in catcher.web.get(f"/messages/{summary['id']}/raw").text


def test_mails_are_found_by_recipient_newest_first(catcher: Catcher) -> None:
    catcher.send(to="ann@example.org", subject="one")
    catcher.send(to="bob@example.org", subject="two")
    catcher.send(to="ann@example.org", subject="three")

    found = catcher.web.get("/messages", params={"to": "Ann@Example.org"}).json()

    assert [mail["subject"] for mail in found] == ["three", "one"]


def test_the_pages_escape_what_the_mail_says_and_its_html_may_run_nothing(catcher: Catcher) -> None:
    catcher.send(subject="<script>alert(1)</script>", html="<script>alert(2)</script>")
    number = catcher.web.get("/messages").json()[0]["id"]

    pages = catcher.web.get("/").text + catcher.web.get(f"/mails/{number}").text
    html = catcher.web.get(f"/messages/{number}/html")

    assert "<script>" not in pages
    assert "&lt;script&gt;alert(1)" in pages
    assert "iframe sandbox " in pages
    assert html.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_mails_outlive_a_restart_and_go_when_deleted(catcher: Catcher) -> None:
    catcher.send(subject="kept")
    catcher.child.stop()
    catcher.start()

    assert [mail["subject"] for mail in catcher.web.get("/messages").json()] == ["kept"]
    assert catcher.web.post("/delete").headers["location"] == "/"
    assert catcher.web.get("/messages").json() == []
    assert catcher.web.get("/messages/1").status_code == 404


def test_a_mail_that_is_too_large_is_refused(catcher: Catcher) -> None:
    with smtplib.SMTP("127.0.0.1", catcher.smtp_port, timeout=10) as smtp:
        smtp.ehlo()
        assert smtp.esmtp_features["size"] == str(20 * 1024 * 1024)
        code, _ = smtp.docmd("MAIL", f"FROM:<a@b.c> SIZE={21 * 1024 * 1024}")
    assert code == 552

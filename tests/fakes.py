"""Hand-written providers: what tests put at the edge of the program."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from providers.messages import Email, Sms

Fault = Callable[[], Exception]


class FakeMailbox:
    """An `EmailSender`. `faults` by address: raised before sending until taken out."""

    def __init__(self) -> None:
        self.sent: list[Email] = []
        self.faults: dict[str, Fault] = {}

    def send(self, email: Email) -> str:
        if email.to in self.faults:
            raise self.faults[email.to]()
        self.sent.append(email)
        return f"<{email.notice_id}@shop.example>"

    def check(self) -> str:
        return "A mailbox in memory."


class FakeSms:
    """An `SmsSender`. `faults` come before sending, `lost_answers` after it, by number."""

    def __init__(self) -> None:
        self.sent: list[Sms] = []
        self.asked: list[Sms] = []
        self.faults: dict[str, Fault] = {}
        self.lost_answers: dict[str, Fault] = {}

    def send(self, sms: Sms) -> str:
        if sms.to in self.faults:
            raise self.faults[sms.to]()
        self.sent.append(sms)
        if sms.to in self.lost_answers:
            raise self.lost_answers[sms.to]()
        return f"SM{len(self.sent)}"

    def find(self, sms: Sms, since: datetime) -> str | None:
        """By number and text, as a provider does that knows nothing of our ids."""
        self.asked.append(sms)
        for index, known in enumerate(self.sent, start=1):
            if replace(known, notice_id=sms.notice_id) == sms:
                return f"SM{index}"
        return None

    def check(self) -> str:
        return "Text messages in memory."

"""Messages: checked, queued, sent, delivered; numbers that do not want or cannot get any."""

import re
from datetime import datetime
from email.utils import format_datetime

from local.simulators.state import Document
from local.simulators.twilio.callbacks import API_VERSION, call_back
from local.simulators.twilio.errors import error
from local.simulators.twilio.segments import segments
from local.simulators.world import World

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_BODY = 1600
_URL = 2048
_PRICE = 0.0079
# The provider's own test numbers, and what they answer.
_MAGIC = {
    "+15005550001": (21211, "Invalid 'To' Phone Number: +15005550001"),
    "+15005550004": (21610, "Attempt to send to unsubscribed recipient"),
    "+15005550009": (21614, "'To' number is not a valid mobile number"),
}
OPTED_OUT, UNREACHABLE = "opted_out", "unreachable"
_UNREACHABLE_CODE = 30003


class Messages:
    """A record is `{"message": what the API shows, "callback": ...}`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._all = world.store.collection("twilio_message")
        self._numbers = world.store.collection("twilio_number")

    def create(self, form: dict[str, str]) -> Document:
        to, sender = self._check_to(form), _check_sender(form)
        body, callback = _check_body(form), _check_callback(form)
        message = self._new(to, sender, form.get("MessagingServiceSid"), body)
        self._all.save(message["sid"], {"message": message, "callback": callback})
        self._go_on_later(message["sid"])
        return message

    def read(self, sid: str) -> Document:
        return self._record(sid)["message"]  # type: ignore[no-any-return]

    def newest(self) -> list[Document]:
        return [record["message"] for record in self._all.newest()]

    def mark(self, number: str, outcome: str) -> None:
        """From now on the number is `opted_out`, `unreachable` or, with any other word, fine."""
        self._numbers.save(number, {"outcome": outcome})

    def resume(self) -> None:
        for record in self._all:
            if record["message"]["status"] in ("queued", "sent"):
                self._go_on_later(record["message"]["sid"])

    def _record(self, sid: str) -> Document:
        record = self._all.get(sid)
        if record is None:
            path = f"/{API_VERSION}/Accounts/../Messages/{sid}.json"
            raise error(404, 20404, f"The requested resource {path} was not found")
        return record

    def _check_to(self, form: dict[str, str]) -> str:
        to = form.get("To", "")
        if not to:
            raise error(400, 21604, "A 'To' phone number is required.")
        if not _NUMBER.fullmatch(to):
            raise error(400, 21211, f"Invalid 'To' Phone Number: {to}")
        if to in _MAGIC:
            raise error(400, *_MAGIC[to])
        if self._outcome(to) == OPTED_OUT:
            raise error(400, 21610, "Attempt to send to unsubscribed recipient")
        return to

    def _outcome(self, number: str) -> str | None:
        marked = self._numbers.get(number)
        return marked["outcome"] if marked else None

    def _new(self, to: str, sender: str | None, service: str | None, body: str) -> Document:
        account = self._world.settings.credentials.twilio_account_sid
        sid, now = f"SM{self._world.ids.hex(32)}", self._now()
        uri = f"/{API_VERSION}/Accounts/{account}/Messages/{sid}"
        return {
            "account_sid": account,
            "api_version": API_VERSION,
            "body": body,
            "date_created": now,
            "date_sent": None,
            "date_updated": now,
            "direction": "outbound-api",
            "error_code": None,
            "error_message": None,
            "from": sender,
            "messaging_service_sid": service,
            "num_media": "0",
            "num_segments": str(segments(body)),
            "price": None,
            "price_unit": "USD",
            "sid": sid,
            "status": "queued",
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": to,
            "uri": f"{uri}.json",
        }

    def _go_on_later(self, sid: str) -> None:
        self._world.agenda.after(self._world.settings.pace.sms, lambda: self._go_on(sid))

    def _go_on(self, sid: str) -> None:
        record = self._record(sid)
        message = record["message"]
        if message["status"] == "queued":
            price = f"-{_PRICE * int(message['num_segments']):.4f}"
            message |= {"status": "sent", "date_sent": self._now(), "price": price}
            self._go_on_later(sid)
        elif self._outcome(message["to"]) == UNREACHABLE:
            text = "Unreachable destination handset"
            message |= {"status": "undelivered", "error_code": _UNREACHABLE_CODE}
            message["error_message"] = text
        else:
            message["status"] = "delivered"
        message["date_updated"] = self._now()
        self._all.save(sid, record)
        if record["callback"]:
            call_back(self._world, record["callback"], message)

    def _now(self) -> str:
        return _rfc_2822(self._world.clock.now())


def _rfc_2822(moment: datetime) -> str:
    return format_datetime(moment.replace(microsecond=0))


def _check_sender(form: dict[str, str]) -> str | None:
    sender = form.get("From")
    if not sender and not form.get("MessagingServiceSid"):
        raise error(400, 21603, "A 'From' phone number is required.")
    if sender and sender.startswith("+") and not _NUMBER.fullmatch(sender):
        raise error(400, 21212, f"Invalid From Number (caller ID): {sender}")
    return sender


def _check_body(form: dict[str, str]) -> str:
    body = form.get("Body", "")
    if not body:
        raise error(400, 21602, "Message body is required.")
    if len(body) > _BODY:
        raise error(400, 21617, f"The concatenated message body exceeds the {_BODY} limit.")
    return body


def _check_callback(form: dict[str, str]) -> str | None:
    url = form.get("StatusCallback")
    if url and (not url.startswith(("http://", "https://")) or len(url) > _URL):
        raise error(400, 21609, f"The StatusCallback URL {url[:100]} is not a valid URL.")
    return url or None

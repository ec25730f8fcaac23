"""Status callbacks: a form, signed with the account's token."""

import hmac
from base64 import b64encode
from hashlib import sha1
from urllib.parse import urlencode

from local.simulators.state import Document
from local.simulators.webhooks import Call
from local.simulators.world import World

API_VERSION = "2010-04-01"


def signature(token: str, url: str, fields: dict[str, str]) -> str:
    text = url + "".join(name + fields[name] for name in sorted(fields))
    return b64encode(hmac.new(token.encode(), text.encode(), sha1).digest()).decode()


def call_back(world: World, url: str, message: Document) -> None:
    fields = {
        "AccountSid": message["account_sid"],
        "ApiVersion": API_VERSION,
        "From": message["from"] or "",
        "MessageSid": message["sid"],
        "MessageStatus": message["status"],
        "SmsSid": message["sid"],
        "SmsStatus": message["status"],
        "To": message["to"],
    }
    if message["error_code"] is not None:
        fields["ErrorCode"] = str(message["error_code"])
    token = world.settings.credentials.twilio_auth_token
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": signature(token, url, fields),
    }
    call = Call(url, urlencode(fields), headers)
    world.webhooks.send("twilio", message["sid"], message["status"], call)

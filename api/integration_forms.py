"""What each connection needs to know: pages draw their forms from these."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from api.strict import Strict
from domain.connections import NotConfigured, Provider


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must look like https://api.example.org/v1")
    return url


def _network(text: str) -> str:
    return str(ip_network(text))


Url = Annotated[str, Field(max_length=500), AfterValidator(_web_address)]
Network = Annotated[str, Field(max_length=50), AfterValidator(_network)]
Word = Annotated[str, Field(max_length=200, pattern=r"^[^\s\x00]*$")]


class YooKassaForm(Strict):
    shop_id: Word = ""
    base_url: Url = "https://api.yookassa.ru/v3"
    webhook_networks: list[Network] = Field(
        default_factory=list,
        max_length=50,
        description="From where notices are believed, besides the provider's own networks.",
    )


class CdekForm(Strict):
    account: Word = ""
    base_url: Url = "https://api.cdek.ru/v2"
    currency: str = Field("RUB", pattern="^[A-Z]{3}$")


class SmtpForm(Strict):
    host: Word = ""
    port: int = Field(587, ge=1, le=65535)
    security: Literal["starttls", "tls", "plain"] = "starttls"
    sender: Word = Field("", description="The address mails come from.")
    sender_name: str = Field("", max_length=200)
    username: str = Field("", max_length=200)


class TwilioForm(Strict):
    account_sid: Word = ""
    sender: Word = Field("", description="A number, a name, or the SID of a messaging service.")
    base_url: Url = "https://api.twilio.com"
    status_callback: Url | None = None


@dataclass(frozen=True)
class Form:
    name: str
    values: type[Strict]
    secrets: tuple[str, ...]
    needed: tuple[str, ...] = field(default=())
    """Without these it cannot be switched on."""

    def check_complete(self, values: Mapping[str, Any], secrets: Mapping[str, str]) -> None:
        missing = [name for name in self.needed if not (values.get(name) or secrets.get(name))]
        if missing:
            raise NotConfigured(f"{self.name} needs {', '.join(missing)} before it is switched on.")


FORMS: Mapping[Provider, Form] = {
    Provider.YOOKASSA: Form("YooKassa", YooKassaForm, ("secret_key",), ("shop_id", "secret_key")),
    Provider.CDEK: Form("CDEK", CdekForm, ("secure_password",), ("account", "secure_password")),
    Provider.SMTP: Form("E-mail", SmtpForm, ("password",), ("host", "sender")),
    Provider.TWILIO: Form(
        "Twilio", TwilioForm, ("auth_token",), ("account_sid", "auth_token", "sender")
    ),
}

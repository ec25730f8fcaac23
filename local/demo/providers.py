"""The demo shop's providers: the simulators and the mail catcher beside it."""

from typing import Any

from db.engine import Session
from db.provider_settings import ProviderSettings, public_values
from local.demo.places import NAME
from local.demo.rows import BY
from local.ports import Ports
from local.simulators import credentials

Values = dict[str, Any]


def connect(tx: Session, settings: ProviderSettings, ports: Ports) -> None:
    """What people have pointed elsewhere stays; what points at a stack on other ports follows."""
    for provider, (values, secrets) in _wanted(ports).items():
        now = public_values(tx, provider)
        if now != values and (not now or _is_simulated(now)):
            settings.save(tx, provider, values, secrets, BY)


def _is_simulated(values: Values) -> bool:
    return values.get("host", "") == "127.0.0.1" or str(values.get("base_url", "")).startswith(
        "http://127.0.0.1:"
    )


def _wanted(ports: Ports) -> dict[str, tuple[Values, dict[str, str]]]:
    """Public values and secrets by provider."""
    simulators = f"http://127.0.0.1:{ports.simulators}"
    return {
        "yookassa": (
            {
                "shop_id": credentials.YOOKASSA_SHOP_ID,
                "base_url": f"{simulators}/yookassa/v3",
                "webhook_networks": ["127.0.0.0/8"],
            },
            {"secret_key": credentials.YOOKASSA_SECRET_KEY},
        ),
        "cdek": (
            {"account": credentials.CDEK_CLIENT_ID, "base_url": f"{simulators}/cdek/v2"},
            {"secure_password": credentials.CDEK_CLIENT_SECRET},
        ),
        "twilio": (
            {
                "account_sid": credentials.TWILIO_ACCOUNT_SID,
                "base_url": f"{simulators}/twilio",
                "sender": credentials.TWILIO_SENDER,
                "status_callback": f"http://127.0.0.1:{ports.api}/api/webhooks/twilio",
            },
            {"auth_token": credentials.TWILIO_AUTH_TOKEN},
        ),
        "smtp": (
            {
                "host": "127.0.0.1",
                "port": ports.smtp,
                "sender": "orders@shop.example",
                "sender_name": NAME,
                "security": "plain",
            },
            {},
        ),
    }

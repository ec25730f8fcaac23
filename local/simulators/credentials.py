"""Who may call the simulators: demo keys, the same in the simulators and in the demo settings."""

from dataclasses import dataclass

YOOKASSA_SHOP_ID = "demo-shop"
YOOKASSA_SECRET_KEY = "demo-secret"
CDEK_CLIENT_ID = "demo-cdek"
CDEK_CLIENT_SECRET = "demo-cdek-secret"
TWILIO_ACCOUNT_SID = "AC" + "0123456789abcdef" * 2
TWILIO_AUTH_TOKEN = "demo-twilio-token"
TWILIO_SENDER = "+15005550006"


@dataclass(frozen=True)
class Credentials:
    yookassa_shop_id: str = YOOKASSA_SHOP_ID
    yookassa_secret_key: str = YOOKASSA_SECRET_KEY
    cdek_client_id: str = CDEK_CLIENT_ID
    cdek_client_secret: str = CDEK_CLIENT_SECRET
    twilio_account_sid: str = TWILIO_ACCOUNT_SID
    twilio_auth_token: str = TWILIO_AUTH_TOKEN

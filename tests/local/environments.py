"""Environments for tests of what reads them."""

import base64

KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
OTHER_KEY = base64.urlsafe_b64encode(b"o" * 32).decode()
REQUIRED = {
    "BACKOFFICE_SECRET_KEYS": KEY,
    "DATABASE_URL": "postgresql://shop:hidden@localhost/shop",
    "TEMPORAL_ADDRESS": "localhost:7233",
}

"""What every answer tells the browser to refuse, unless a route knows better for its own."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

EVERYWHERE = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'; base-uri 'none';"
    " form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""An answer of the API is no page: nothing in it runs, loads, or is framed by strangers."""
ONLY_ENCRYPTED = "max-age=31536000"
API = "/api/"


class SafeHeaders:
    def __init__(self, app: ASGIApp, *, is_encrypted: bool = False) -> None:
        """`is_encrypted`: people reach us by https and by nothing else."""
        self._app = app
        more = {"Strict-Transport-Security": ONLY_ENCRYPTED} if is_encrypted else {}
        self._headers = EVERYWHERE | more

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(scope, MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, adding if scope["type"] == "http" else send)

    def _add(self, scope: Scope, headers: MutableHeaders) -> None:
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        if scope["path"].startswith(API):
            headers.setdefault("Cache-Control", "no-store")

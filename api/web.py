"""The staff's pages under /admin: built files, served with rules for what they may do."""

import mimetypes
from pathlib import Path
from secrets import token_urlsafe

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

BUILT = Path(__file__).parents[1] / "web" / "dist" / "admin"
NONCE_PLACE = "STYLE_NONCE"
A_YEAR = "public, max-age=31536000, immutable"
"""For files whose names change with what is in them."""
NOT_BUILT = "The pages are not built: `make run` builds them.\n"
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def create_pages(built: Path = BUILT) -> Starlette:
    """Everything below the folder's `assets` is immutable; every other path is the one page."""

    def page(request: Request) -> Response:
        index = built / "index.html"
        if not index.is_file():
            return PlainTextResponse(NOT_BUILT, 503)
        nonce = token_urlsafe(16)
        html = index.read_text().replace(NONCE_PLACE, nonce)
        return HTMLResponse(html, headers=SAFE | {"Cache-Control": "no-cache"} | _policy(nonce))

    def asset(request: Request) -> Response:
        folder = built / "assets"
        file = folder / request.path_params["name"]
        if file.parent != folder or not file.is_file():
            raise HTTPException(404)
        return _file(file, request.headers.get("Accept-Encoding", ""))

    return Starlette(routes=[Route("/assets/{name}", asset), Route("/{rest:path}", page)])


def _file(file: Path, accepted: str) -> Response:
    """Packed once, when the pages were built, instead of on every request."""
    media_type = mimetypes.guess_type(file.name)[0]
    headers = SAFE | {"Cache-Control": A_YEAR, "Vary": "Accept-Encoding"}
    packed = file.with_name(f"{file.name}.gz")
    if "gzip" in accepted and packed.is_file():
        return FileResponse(
            packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=media_type
        )
    return FileResponse(file, headers=headers, media_type=media_type)


def _policy(nonce: str) -> dict[str, str]:
    """Scripts from our own files alone; styles also from those who know this answer's nonce."""
    rules = (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'self' 'nonce-{nonce}'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self' blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
    return {"Content-Security-Policy": "; ".join(rules)}

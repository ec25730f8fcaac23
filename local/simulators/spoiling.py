"""What a spoiled answer looks like on the wire."""

import json
from dataclasses import dataclass, field
from typing import Any

from local.simulators.faults import Fault

Headers = list[tuple[bytes, bytes]]

UNKNOWN_STATUS = "unheard_of"
_HTML_502 = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


@dataclass
class Answer:
    status: int
    headers: Headers = field(default_factory=list)
    body: bytes = b""


def spoiled(provider: str, fault: Fault, answer: Answer | None) -> Answer:
    """What to send instead of `answer`, which is None where nothing has been done."""
    if fault.kind == "rate_limit":
        seconds = str(max(1, round(fault.seconds))).encode()
        return _json(429, _refusal(provider, 429), [(b"retry-after", seconds)])
    if fault.kind == "html_502":
        return Answer(502, _headers(_HTML_502, b"text/html"), _HTML_502)
    if fault.kind == "refuse_before" or answer is None:
        return _json(503, _refusal(provider, 503))
    return _garbled(fault.kind, answer)


def _garbled(kind: str, answer: Answer) -> Answer:
    if kind == "empty_200":
        return Answer(200, _headers(b"", b"application/json"))
    if kind == "truncated_json":
        half = answer.body[: len(answer.body) // 2]
        return Answer(answer.status, _headers(half, b"application/json"), half)
    if kind == "unknown_status" and _is_json(answer):
        return _json(answer.status, _with_unknown_status(json.loads(answer.body)))
    return answer


def _with_unknown_status(body: Any) -> Any:
    if not isinstance(body, dict):
        return body
    if "status" in body:
        body["status"] = UNKNOWN_STATUS
    for item in [*body.get("items", []), *body.get("messages", [])]:
        item["status"] = UNKNOWN_STATUS
    statuses = (body.get("entity") or {}).get("statuses")
    if statuses:
        statuses[0] |= {"code": UNKNOWN_STATUS.upper(), "name": "Неизвестный статус"}
    return body


def _refusal(provider: str, status: int) -> dict[str, Any]:
    text = "Too many requests." if status == 429 else "The service is unavailable, try later."
    if provider == "yookassa":
        code = "too_many_requests" if status == 429 else "internal_server_error"
        return {"type": "error", "id": "spoiled", "code": code, "description": text}
    if provider == "twilio":
        return {"code": 20429 if status == 429 else 20503, "message": text, "status": status}
    code = "v2_too_many_requests" if status == 429 else "v2_internal_error"
    return {"errors": [{"code": code, "message": text}]}


def _json(status: int, content: Any, more: Headers | None = None) -> Answer:
    body = json.dumps(content, ensure_ascii=False).encode()
    return Answer(status, _headers(body, b"application/json") + (more or []), body)


def _headers(body: bytes, media_type: bytes) -> Headers:
    return [(b"content-type", media_type), (b"content-length", str(len(body)).encode())]


def _is_json(answer: Answer) -> bool:
    return any(n == b"content-type" and b"json" in value for n, value in answer.headers)

"""Reading what a shop sends: amounts, texts, metadata; and the refusals in the provider's form."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from local.simulators.refused import Refused
from local.simulators.state import Document

Amount = dict[str, str]

_VALUE = re.compile(r"\d{1,12}(\.\d{1,2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_DESCRIPTION = 128
_METADATA_KEYS, _METADATA_NAME, _METADATA_VALUE = 16, 32, 512


def error(status: int, code: str, description: str, parameter: str | None = None) -> Refused:
    body = {"type": "error", "id": "simulated", "code": code, "description": description}
    return Refused(status, body | ({"parameter": parameter} if parameter else {}))


def invalid(description: str, parameter: str) -> Refused:
    return error(400, "invalid_request", description, parameter)


def not_found(what: str) -> Refused:
    text = f"{what} doesn't exist or access denied"
    return error(404, "not_found", text, f"{what.lower()}_id")


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def parse_time(text: str, parameter: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise invalid("Is not a time in ISO 8601", parameter) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def decimal(amount: Amount) -> Decimal:
    return Decimal(amount["value"])


def amount(value: Decimal, currency: str) -> Amount:
    return {"value": f"{value:.2f}", "currency": currency}


def read_amount(body: Document) -> Amount:
    given = body.get("amount")
    if not isinstance(given, dict):
        raise invalid("Is missing", "amount")
    value, currency = given.get("value"), given.get("currency")
    if not isinstance(value, str) or not _VALUE.fullmatch(value) or Decimal(value) <= 0:
        raise invalid("Is not a positive amount with two decimal places", "amount.value")
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        raise invalid("Is not a currency code", "amount.currency")
    return amount(Decimal(value), currency)


def read_description(body: Document, limit: int = _DESCRIPTION) -> dict[str, str]:
    text = body.get("description")
    if text is None:
        return {}
    if not isinstance(text, str) or len(text) > limit:
        raise invalid(f"Is not a text of at most {limit} characters", "description")
    return {"description": text}


def read_metadata(body: Document) -> dict[str, str]:
    given = body.get("metadata") or {}
    if not isinstance(given, dict) or len(given) > _METADATA_KEYS:
        raise invalid(f"Is not an object of at most {_METADATA_KEYS} keys", "metadata")
    for name, value in given.items():
        _check_metadata(name, value)
    return {name: str(value) for name, value in given.items()}


def _check_metadata(name: str, value: Any) -> None:
    if len(name) > _METADATA_NAME:
        raise invalid(f"A key is longer than {_METADATA_NAME} characters", "metadata")
    if isinstance(value, dict | list) or len(str(value)) > _METADATA_VALUE:
        raise invalid(f"A value is not a text of at most {_METADATA_VALUE}", f"metadata.{name}")

"""Who may tell us that something happened."""

import pytest

from domain.webhooks import (
    twilio_signature,
    twilio_signature_matches,
    yookassa_source_allowed,
)

TOKEN = "12345"
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
PARAMS = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
}
SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_the_vendors_own_example() -> None:
    assert twilio_signature(TOKEN, URL, PARAMS) == SIGNATURE
    assert twilio_signature_matches(TOKEN, URL, PARAMS, SIGNATURE)


@pytest.mark.parametrize(
    ("token", "url", "params", "signature"),
    [
        ("54321", URL, PARAMS, SIGNATURE),
        ("", URL, PARAMS, twilio_signature("", URL, PARAMS)),
        (TOKEN, URL + "&x=1", PARAMS, SIGNATURE),
        (TOKEN, URL, PARAMS | {"Digits": "1235"}, SIGNATURE),
        (TOKEN, URL, PARAMS, ""),
        (TOKEN, URL, PARAMS, "подпись"),
    ],
)
def test_anything_changed_does_not_match(
    token: str, url: str, params: dict[str, str], signature: str
) -> None:
    assert not twilio_signature_matches(token, url, params, signature)


@pytest.mark.parametrize("asked", ["https://shop.example/sms", "https://shop.example:443/sms"])
@pytest.mark.parametrize("signed", ["https://shop.example/sms", "https://shop.example:443/sms"])
def test_the_default_port_may_be_written_or_not(asked: str, signed: str) -> None:
    assert twilio_signature_matches(TOKEN, asked, PARAMS, twilio_signature(TOKEN, signed, PARAMS))


def test_repeated_values_are_signed_once_and_in_order() -> None:
    repeated = twilio_signature(TOKEN, URL, {"A": ["2", "1", "2"], "B": "3"})
    assert repeated == twilio_signature(TOKEN, URL + "A1A2B3", {})


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("185.71.76.0", True),
        ("185.71.76.31", True),
        ("185.71.76.32", False),
        ("185.71.77.31", True),
        ("77.75.153.127", True),
        ("77.75.153.128", False),
        ("77.75.154.128", True),
        ("77.75.154.127", False),
        ("77.75.156.11", True),
        ("77.75.156.12", False),
        ("77.75.156.35", True),
        ("2a02:5180:0:1509::1", True),
        ("2a02:5180:0:1510::1", False),
        ("::ffff:185.71.76.5", True),
        ("::ffff:10.0.0.1", False),
        ("10.0.0.1", False),
        ("", False),
        ("185.71.76.5, 10.0.0.1", False),
    ],
)
def test_only_yookassas_own_networks_may_tell_us(address: str, allowed: bool) -> None:
    assert yookassa_source_allowed(address) is allowed


def test_the_owner_may_add_a_test_stand() -> None:
    assert yookassa_source_allowed("127.0.0.1", ["127.0.0.0/8"])
    assert yookassa_source_allowed("185.71.76.5", ["127.0.0.0/8"])
    with pytest.raises(ValueError, match="does not appear to be"):
        yookassa_source_allowed("127.0.0.1", ["everywhere"])

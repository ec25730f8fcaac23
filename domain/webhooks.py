"""Whether a call from outside really comes from the provider it names."""

import base64
import hmac
from collections.abc import Iterable, Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

# What YooKassa publishes; its calls carry no signature.
YOOKASSA_NETWORKS = (
    "185.71.76.0/27",
    "185.71.77.0/27",
    "77.75.153.0/25",
    "77.75.154.128/25",
    "77.75.156.11/32",
    "77.75.156.35/32",
    "2a02:5180:0:1509::/64",
    "2a02:5180:0:1533::/64",
    "2a02:5180:0:2655::/64",
    "2a02:5180:0:2669::/64",
)

# On the road between two of our states: nothing for a process to do. They are seen with the next
# word that matters, and whoever looks at the parcel may ask at any time.
_ON_THE_ROAD = frozenset(
    {
        "ACCEPTED",
        "CREATED",
        "RECEIVED_AT_SHIPMENT_WAREHOUSE",
        "READY_FOR_SHIPMENT_IN_SENDER_CITY",
        "TAKEN_BY_TRANSPORTER_FROM_SENDER_CITY",
        "SENT_TO_TRANSIT_CITY",
        "ACCEPTED_IN_TRANSIT_CITY",
        "ACCEPTED_AT_TRANSIT_WAREHOUSE",
        "READY_FOR_SHIPMENT_IN_TRANSIT_CITY",
        "TAKEN_BY_TRANSPORTER_FROM_TRANSIT_CITY",
        "SENT_TO_RECIPIENT_CITY",
        "ACCEPTED_IN_RECIPIENT_CITY",
        "ACCEPTED_AT_RECIPIENT_CITY_WAREHOUSE",
        "TAKEN_BY_COURIER",
        "SENT_TO_SENDER_CITY",
        "ENTERED_TO_TRANSIT_WAREHOUSE",
        "ENTERED_TO_RECIPIENT_CITY_WAREHOUSE",
        "PASSED_TO_TRANSIT_CARRIER",
        "SHIPPED_TO_DESTINATION",
        "IN_CUSTOMS_INTERNATIONAL",
        "IN_CUSTOMS_LOCAL",
        "CUSTOMS_COMPLETE",
    }
)

Params = Mapping[str, str | Sequence[str]]


def twilio_signature(token: str, url: str, params: Params) -> str:
    """Of a form posted to exactly this address; an empty mapping for anything else."""
    words = [name + value for name in sorted(params) for value in _values(params[name])]
    signed = (url + "".join(words)).encode()
    return base64.b64encode(hmac.digest(token.encode(), signed, "sha1")).decode()


def twilio_signature_matches(token: str, url: str, params: Params, signature: str) -> bool:
    """Twilio signs the address with the default port or without, as it pleases."""
    if not token:
        return False
    given = signature.encode()
    right = [twilio_signature(token, each, params).encode() for each in _with_ports(url)]
    return any(hmac.compare_digest(each, given) for each in right)


def matters_to_process(cdek_code: str | None) -> bool:
    """Whether the process of the order has to look at the parcel. Codes nobody knows do matter."""
    return cdek_code not in _ON_THE_ROAD


def yookassa_source_allowed(address: str, extra_networks: Iterable[str] = ()) -> bool:
    """`extra_networks` are the owner's own, such as a test stand; a wrong one is a ValueError."""
    networks = [ip_network(each) for each in (*YOOKASSA_NETWORKS, *extra_networks)]
    source = _source(address)
    return source is not None and any(source in network for network in networks)


def _values(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else sorted(set(value))


def _with_ports(url: str) -> list[str]:
    asked = urlsplit(url)
    host = asked.netloc.rpartition(":")[0] if asked.port else asked.netloc
    port = asked.port or (443 if asked.scheme == "https" else 80)
    return [asked._replace(netloc=each).geturl() for each in (host, f"{host}:{port}")]


def _source(address: str) -> IPv4Address | IPv6Address | None:
    """A server that listens on both families shows IPv4 callers as ::ffff:1.2.3.4."""
    try:
        source = ip_address(address.strip())
    except ValueError:
        return None
    return getattr(source, "ipv4_mapped", None) or source

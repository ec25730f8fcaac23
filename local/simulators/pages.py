"""The pages people see: the front page, the checkout, the inbox, the parcels."""

from collections.abc import Iterable
from html import escape

from local.simulators.cdek.courier import ACTS
from local.simulators.state import Document

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: #f3f4f6; color: #111827 }
main { max-width: 46rem; margin: 3rem auto; padding: 2rem; background: #fff; border-radius: 12px;
       box-shadow: 0 1px 4px #0002 }
h1 { margin-top: 0; font-size: 1.4rem } .amount { font-size: 2rem; font-weight: 600 }
small, .muted { color: #6b7280 } form { display: inline }
button, a.button { font: inherit; padding: .6rem 1.4rem; border: 0; border-radius: 8px;
       background: #e5e7eb; color: #111827; text-decoration: none; cursor: pointer }
button.main { background: #1d4ed8; color: #fff }
table { width: 100%; border-collapse: collapse } td, th { text-align: left; padding: .4rem;
       border-bottom: 1px solid #e5e7eb; vertical-align: top }
"""
_FRONT = """
<p>These stand in for the providers of a shop. No money moves, no parcel is sent, no telephone
rings.</p>
<table>
<tr><td>YooKassa</td><td><code>/yookassa/v3</code></td><td>payments open their own page</td></tr>
<tr><td>CDEK</td><td><code>/cdek/v2</code></td><td><a href="/cdek/parcels">parcels</a></td></tr>
<tr><td>Twilio</td><td><code>/twilio/2010-04-01</code></td>
<td><a href="/twilio/inbox">inbox</a></td></tr>
<tr><td>Steering</td><td><code>/__control</code></td>
<td><a href="/__log">calls received</a>, <a href="/__control/faults">faults</a>,
<a href="/__control/webhooks">webhooks under way</a></td></tr>
</table>
"""
_CHECKOUT = """
<p class="muted">Simulated payment {id}</p><p class="amount">{value} {currency}</p>
<p>{description}</p>
<form method="post" action="/yookassa/checkout/{id}/pay"><button class="main">Pay</button></form>
<form method="post" action="/yookassa/checkout/{id}/decline"><button>Decline</button></form>
<a class="button" href="{return_url}">Leave</a>
"""


def page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )


def front() -> str:
    return page("Simulated providers", _FRONT)


def checkout(record: Document) -> str:
    payment = record["payment"]
    if payment["status"] != "pending":
        return page("Payment", _checkout_over(payment, record["return_url"]))
    values = {
        "id": payment["id"],
        **payment["amount"],
        "description": payment.get("description", ""),
        "return_url": record["return_url"],
    }
    return page("Payment", _CHECKOUT.format(**{n: escape(str(v)) for n, v in values.items()}))


def _checkout_over(payment: Document, return_url: str) -> str:
    return (
        f"<p>This payment is {escape(payment['status'])}.</p>"
        f'<a class="button" href="{escape(return_url)}">Back to the shop</a>'
    )


def inbox(messages: Iterable[Document]) -> str:
    rows = (
        _row(message["date_created"], message["to"], message["body"], message["status"])
        for message in messages
    )
    return page("SMS sent", _table(("When", "To", "Text", "Status"), rows))


def parcels(records: Iterable[Document]) -> str:
    rows = (
        _row(record["cdek_number"] or "-", record["order"].get("number") or "-", _stage(record))
        + f"<tr><td colspan=3>{_acts(record['uuid'])}</td></tr>"
        for record in records
    )
    return page("Parcels", _table(("CDEK number", "Order", "Stage"), rows))


def _acts(uuid: str) -> str:
    return " ".join(
        f'<form method="post" action="/cdek/parcels/{uuid}/{act}">'
        f"<button>{act.replace('_', ' ')}</button></form>"
        for act in ACTS
    )


def _stage(record: Document) -> str:
    status = record["statuses"][0]
    return f"{status['name']} ({status['code']})"


def _table(heads: tuple[str, ...], rows: Iterable[str]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>"

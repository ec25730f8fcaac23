"""One invoice through the shop: its stock comes in, it is ordered, paid and shipped."""

from typing import Any
from uuid import UUID, uuid4, uuid5

from domain.money import Money
from local.sales.reading import Invoice
from local.sales.rows import CURRENCY
from local.sales.shop import Answer, Failed, Shop

SALES = UUID("6f3f4a5e-2a0c-5d0b-9b0e-7c1f1f0f3a51")
"""Under this name every id of an import is derived."""
CLOSED = frozenset({"completed", "cancelled", "expired"})
SETTLED = frozenset({"paid", "overpaid", "part_refunded", "refunded"})
SENT = frozenset({"fulfilled", "delivered"})


class InvoiceImport:
    def __init__(self, shop: Shop, channel: str, location: str) -> None:
        self._shop = shop
        self._channel = channel
        self._location = location

    async def add_stock(self, invoice: Invoice) -> None:
        """As much as this invoice sold, under its own receipt: files may overlap."""
        lines = [{"sku": sku, "quantity": n} for sku, n in invoice.pieces.items()]
        body = {"id": _id("receipt", invoice), "location": self._location, "lines": lines}
        (await self._shop.post("/stock/receipts", body)).expect(200, 201)

    async def sell(self, invoice: Invoice) -> None:
        """Paid and shipped, whatever of it was done before. What people closed stays closed."""
        order = await self._order(invoice)
        if order["total"] != invoice.pence or order["currency"] != CURRENCY:
            shops = Money(order["total"], order["currency"])
            raise Failed(f"the shop makes it {shops}, the file {Money(invoice.pence, CURRENCY)}")
        if order["status"] in CLOSED:
            return
        if order["payment"] not in SETTLED:
            order |= await self._pay(order, invoice)
        if order["fulfilment"] not in SENT:
            order |= await self._ship(order["id"], invoice)
        if order["payment"] not in SETTLED or order["fulfilment"] not in SENT:
            raise Failed(f"ended {order['payment']} and {order['fulfilment']}")

    async def _order(self, invoice: Invoice) -> dict[str, Any]:
        placed = await self._place(invoice, f"sales:{invoice.number}")
        if placed.status == 409 and placed.code != "IdempotencyKeyReused":
            known = await self._find(invoice)
            if known:
                return known
            # A key keeps its refusal for ever; what stood in the way may be gone since.
            placed = await self._place(invoice, f"sales:{invoice.number}:{uuid4()}")
        return await self._read(placed.expect(201)["id"])

    async def _place(self, invoice: Invoice, key: str) -> Answer:
        body = order_body(invoice, self._channel)
        return await self._shop.post("/orders", body, **{"Idempotency-Key": key})

    async def _find(self, invoice: Invoice) -> dict[str, Any] | None:
        """Under this number an order may have come before: with another key, at another try."""
        answer = await self._shop.get("/orders", q=invoice.number, channel=self._channel)
        for row in answer.expect(200)["rows"]:
            order = await self._read(row["id"])
            if order["external_ref"] == invoice.number:
                return order
        return None

    async def _read(self, order_id: str) -> dict[str, Any]:
        answer = await self._shop.get(f"/orders/{order_id}")
        order: dict[str, Any] = answer.expect(200)
        return order

    async def _pay(self, order: dict[str, Any], invoice: Invoice) -> dict[str, Any]:
        awaited = [one for one in order["payments"] if one["state"] == "awaited"]
        if len(awaited) != 1:
            raise Failed(f"{len(awaited)} payments are awaited in place of one")
        received = {
            "id": _id("payment", invoice),
            "amount": awaited[0]["amount"],
            "document": invoice.number,
        }
        path = f"/orders/{order['id']}/payments/{awaited[0]['id']}/receive"
        return _axes(await self._shop.post(path, received))

    async def _ship(self, order_id: str, invoice: Invoice) -> dict[str, Any]:
        body = {"id": _id("shipment", invoice), "carrier": "own"}
        return _axes(await self._shop.post(f"/orders/{order_id}/shipments", body))


def order_body(invoice: Invoice, channel: str) -> dict[str, Any]:
    """The same for the same invoice every time: the shop compares."""
    return {
        "channel": channel,
        "external_ref": invoice.number,
        "lines": [
            {"sku": sale.sku, "quantity": sale.quantity, "unit_price": sale.pence}
            for sale in invoice.sales
        ],
        "customer": {"name": f"Customer {invoice.customer}" if invoice.customer else "Guest"},
        "address": {"country": invoice.country},
        "payments": [{"method": "bank_transfer"}],
        "comment": f"Invoice {invoice.number} of {invoice.sold_on:%Y-%m-%d}.",
    }


def _axes(answer: Answer) -> dict[str, Any]:
    axes = answer.expect(200, 201)
    return {name: axes[name] for name in ("status", "payment", "fulfilment")}


def _id(kind: str, invoice: Invoice) -> str:
    return str(uuid5(SALES, f"{kind}:{invoice.number}"))

"""From a file's sales to a shop's products, stock and orders.

Every id comes from the invoice's number, so that what was done before a crash, or by an earlier
import, is not done again."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from local.errors import CannotStart
from local.sales.invoices import InvoiceImport
from local.sales.progress import Progress
from local.sales.reading import Goods, Invoice, Remark, Sales
from local.sales.rows import CURRENCY
from local.sales.shop import Failed, Shop

PRODUCTS_AT_ONCE = 500
TAX_CLASS = "standard"


@dataclass(frozen=True)
class Target:
    """Where the sales go."""

    channel: str
    location: str
    workers: int = 4


@dataclass
class Result:
    orders: int = 0
    pieces: int = 0
    pence: int = 0
    remarks: list[Remark] = field(default_factory=list)
    """What did not get through."""

    def take(self, invoice: Invoice) -> None:
        self.orders += 1
        self.pieces += sum(invoice.pieces.values())
        self.pence += invoice.pence

    def fail(self, invoice: Invoice, reason: str) -> None:
        self.remarks.append(Remark(invoice.sales[0].line, invoice.number, "", "failed", reason))


async def import_sales(sales: Sales, shop: Shop, target: Target, progress: Progress) -> Result:
    """Goods first, then all stock that was sold, then every invoice to the door."""
    result = Result()
    invoices = list(sales.invoices.values())
    one = InvoiceImport(shop, target.channel, target.location)
    await _add_products(list(sales.goods.values()), shop, progress)
    stocked = await _each("stock", invoices, one.add_stock, target.workers, progress, result)
    shipped = await _each("orders", stocked, one.sell, target.workers, progress, result)
    for invoice in shipped:
        result.take(invoice)
    return result


async def _add_products(goods: Sequence[Goods], shop: Shop, progress: Progress) -> None:
    """Products that are there keep their names and prices, whoever gave them."""
    with progress.stage("products", len(goods)) as advance:
        for start in range(0, len(goods), PRODUCTS_AT_ONCE):
            some = goods[start : start + PRODUCTS_AT_ONCE]
            body = {"only_new": True, "products": [_product(one) for one in some]}
            try:
                saved = (await shop.put("/products", body)).expect(200)
            except Failed as reason:
                raise CannotStart(f"The shop does not take the products: {reason}") from None
            _refuse_refused(saved["results"])
            advance(len(some))


def _product(goods: Goods) -> dict[str, Any]:
    return {
        "sku": goods.sku,
        "name": goods.name,
        "price": goods.pence,
        "currency": CURRENCY,
        "tax_class": TAX_CLASS,
    }


def _refuse_refused(results: Iterable[dict[str, Any]]) -> None:
    for saved in results:
        if saved["outcome"] == "refused":
            raise CannotStart(f"The shop refuses product {saved['sku']}: {saved['message']}")


async def _each(
    name: str,
    invoices: Sequence[Invoice],
    act: Callable[[Invoice], Awaitable[None]],
    workers: int,
    progress: Progress,
    result: Result,
) -> list[Invoice]:
    """Those it went well for. The first trouble that is not of one invoice alone ends all."""
    waiting, done = iter(invoices), []

    async def work(advance: Callable[[int], None]) -> None:
        for invoice in waiting:
            try:
                await act(invoice)
                done.append(invoice)
            except Failed as reason:
                result.fail(invoice, str(reason))
            advance(1)

    with progress.stage(name, len(invoices)) as advance:
        await _together([work(advance) for _ in range(workers)])
    return done


async def _together(works: Iterable[Awaitable[None]]) -> None:
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

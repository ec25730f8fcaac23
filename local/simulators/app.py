"""The simulators as one application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI

from local.simulators import control
from local.simulators.cdek import routes as cdek
from local.simulators.cdek.orders import Orders
from local.simulators.cdek.printing import Printing
from local.simulators.cdek.subscriptions import Subscriptions
from local.simulators.cdek.tokens import Tokens
from local.simulators.gate import Gate
from local.simulators.refused import Refused, answer_refused
from local.simulators.settings import Settings
from local.simulators.twilio import routes as twilio
from local.simulators.twilio.messages import Messages
from local.simulators.world import World
from local.simulators.yookassa import routes as yookassa
from local.simulators.yookassa.payments import Payments
from local.simulators.yookassa.refunds import Refunds


class Providers:
    """The simulated providers, side by side in one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.payments = Payments(world)
        self.refunds = Refunds(world, self.payments)
        self.orders, self.tokens = Orders(world), Tokens(world)
        self.printing = Printing(world, self.orders)
        self.messages = Messages(world)

    def resume(self) -> None:
        """Takes up what was under way when the process ended."""
        self.payments.resume()
        self.refunds.resume()
        self.orders.resume()
        self.printing.resume()
        self.messages.resume()
        self.world.webhooks.resume()


def create_app(settings: Settings | None = None) -> Gate:
    world = World.build(settings or Settings())
    providers = Providers(world)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        providers.resume()
        running = asyncio.create_task(world.agenda.run())
        yield
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await world.webhooks.close()
        world.store.close()

    app = FastAPI(title="Simulated providers", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.add_exception_handler(Refused, answer_refused)
    _include(app, providers)
    return Gate(app, world.faults, world.log)


def _include(app: FastAPI, providers: Providers) -> None:
    p, world = providers, providers.world
    once = yookassa.Once(world)
    for routes in (
        yookassa.shop_routes(world),
        yookassa.payment_routes(world, once, p.payments),
        yookassa.refund_routes(world, once, p.refunds),
        yookassa.checkout_routes(p.payments),
        cdek.token_routes(p.tokens),
        cdek.order_routes(p.tokens, p.orders),
        cdek.print_routes(p.tokens, p.printing),
        cdek.catalogue_routes(world, p.tokens),
        cdek.webhook_routes(p.tokens, Subscriptions(world)),
        twilio.api_routes(world, p.messages),
        twilio.inbox_routes(p.messages),
        control.fault_routes(world),
        control.webhook_control_routes(world),
        control.acting_routes(world, p.orders, p.tokens, p.refunds, p.messages),
        control.log_routes(world),
        control.page_routes(p.orders),
    ):
        app.include_router(routes)

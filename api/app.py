"""The API: built from its parts, once in every process that serves it."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from temporalio.client import Client

from api import (
    account_links,
    api_keys,
    attributes,
    branches,
    categories,
    channels,
    custom_fields,
    customers,
    dashboard,
    events,
    exports,
    groups,
    health,
    history,
    mailing_lists,
    me,
    notices,
    order_changes,
    order_commands,
    order_papers,
    order_parcels,
    orders,
    own_account,
    placing,
    process_list,
    processes,
    product_cards,
    product_images,
    products,
    rights,
    search,
    session,
    sessions,
    settings,
    settings_channels,
    settings_integrations,
    settings_shipping,
    settings_taxes,
    shop_me,
    shop_orders,
    shop_session,
    staff,
    stock,
    views,
    webhooks,
)
from api.answers import add_handlers
from api.fields import Described, FieldsCut
from api.headers import SafeHeaders
from api.limits import Guarded
from api.live import LiveEvents
from api.logs import one_line_each
from api.origins import SendsOrigin
from api.temporal import Processes
from api.web import create_pages
from config import Settings
from db.engine import Database
from db.provider_settings import ProviderSettings
from db.secrets import Secrets
from garbage import spare_what_is_loaded

ROUTERS = (
    exports,
    session,
    own_account,
    sessions,
    account_links,
    placing,
    channels,
    orders,
    order_commands,
    order_changes,
    order_papers,
    order_parcels,
    processes,
    notices,
    products,
    product_cards,
    product_images,
    categories,
    attributes,
    stock,
    staff,
    groups,
    rights,
    api_keys,
    branches,
    customers,
    custom_fields,
    mailing_lists,
    shop_session,
    shop_me,
    shop_orders,
    webhooks,
    events,
    me,
    views,
    history,
    settings,
    settings_channels,
    settings_integrations,
    settings_shipping,
    settings_taxes,
    dashboard,
    search,
    process_list,
    health,
)
DATABASE_CONNECTIONS = 20


def create_app(settings: Settings | None = None) -> FastAPI:
    """Without settings for a process that does nothing else, as its environment says."""
    if settings is None:
        settings = Settings.from_environment(os.environ)
        spare_what_is_loaded()
    one_line_each()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.database = Database.connect(settings.database_url, DATABASE_CONNECTIONS)
        secrets = Secrets(settings.secret_keys)
        client = await Client.connect(
            settings.temporal_address,
            namespace=settings.temporal_namespace,
            lazy=True,
            interceptors=[SendsOrigin(secrets)],
        )
        app.state.processes = Processes(client, settings.task_queue)
        app.state.provider_settings = ProviderSettings(app.state.database, settings.secret_keys)
        app.state.secrets = secrets
        app.state.public_url = settings.public_url
        app.state.live = LiveEvents(app.state.database)
        yield
        await app.state.live.close()
        app.state.database.close()

    app = Described(
        title="BackOffice",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,  # its page would load scripts from another host
        redoc_url=None,
    )
    return assemble(app, is_encrypted=settings.public_url.startswith("https:"))


def assemble(app: FastAPI, *, is_encrypted: bool = False) -> FastAPI:
    """Routes, answers and limits."""
    for module in ROUTERS:
        app.router.routes.extend(module.router.routes)
    app.mount("/admin", create_pages())
    add_handlers(app)
    app.add_middleware(FieldsCut)
    app.add_middleware(Guarded)
    app.add_middleware(SafeHeaders, is_encrypted=is_encrypted)
    return app

"""Settings of connections to providers: values to read, secrets to write only, and a trial."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import uuid4

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from api.access import Db
from api.answers import RESPONSES
from api.connection_trials import try_connection
from api.integration_forms import FORMS, Form
from api.routers import Router
from api.settings import Editor, Reader, Version
from api.strict import Strict
from api.temporal import OrderProcesses
from db.connections import LastTest, keep_trial, last_tests, save_test
from db.engine import Session
from db.provider_settings import ProviderConfiguration, ProviderSettings, StoredConfiguration
from domain.connections import Provider, TriedConnection

router = Router("/settings/integrations", tags=["settings"], responses=RESPONSES)
Secret = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]


class TrialCreate(Strict):
    """What is left out is taken from what is saved."""

    values: dict[str, Any] | None = Field(None, max_length=50)
    secrets: dict[str, Secret | None] = Field(
        default_factory=dict, max_length=20, description="null takes one away."
    )


class IntegrationEdit(TrialCreate):
    enabled: bool
    version: Version


class IntegrationRead(BaseModel):
    provider: Provider
    name: str
    enabled: bool
    values: dict[str, Any]
    secrets: dict[str, bool] = Field(description="Whether each is set; nobody reads them.")
    version: int
    form: dict[str, Any] = Field(description="JSON Schema of the values.")
    last_test: LastTest | None


@router.get("")
def read_integrations(actor: Reader, db: Db, request: Request) -> list[IntegrationRead]:
    with db.transaction() as tx:
        tests = last_tests(tx)
        return [_read(tx, _keys(request), provider, tests) for provider in Provider]


@router.get("/{provider}")
def read_integration(
    provider: Provider, actor: Reader, db: Db, request: Request
) -> IntegrationRead:
    with db.transaction() as tx:
        return _read(tx, _keys(request), provider, last_tests(tx))


@router.put("/{provider}")
def edit_integration(
    provider: Provider, body: IntegrationEdit, actor: Editor, db: Db, request: Request
) -> IntegrationRead:
    """From the next call to the provider on."""
    keys, form = _keys(request), FORMS[provider]
    with db.transaction() as tx:
        wanted = _wanted(form, keys.stored(tx, provider), body, enabled=body.enabled)
        if body.enabled:
            form.check_complete(wanted.values, wanted.secrets)
        keys.change(tx, provider, wanted, body.version, actor.name)
        return _read(tx, keys, provider, last_tests(tx))


@router.post("/{provider}/test")
async def test_integration(
    provider: Provider,
    body: TrialCreate,
    actor: Editor,
    db: Db,
    request: Request,
    processes: OrderProcesses,
) -> TriedConnection:
    """One harmless question to the provider with what is given, saved or not; within 10 seconds."""
    trial_id, keys = uuid4(), _keys(request)

    def keep() -> None:
        with db.transaction() as tx:
            tried = _wanted(FORMS[provider], keys.stored(tx, provider), body, enabled=True)
            keep_trial(tx, keys, trial_id, provider, tried)

    def remember(tried: TriedConnection) -> None:
        with db.transaction() as tx:
            save_test(tx, provider, trial_id, tried, actor.name)

    await run_in_threadpool(keep)
    tried = await try_connection(processes, trial_id)
    await run_in_threadpool(remember, tried)
    return tried


def _keys(request: Request) -> ProviderSettings:
    keys: ProviderSettings = request.app.state.provider_settings
    return keys


def _read(
    tx: Session, keys: ProviderSettings, provider: Provider, tests: Mapping[str, LastTest]
) -> IntegrationRead:
    stored, form = keys.stored(tx, provider), FORMS[provider]
    told = stored.configuration
    known = {name: told.values[name] for name in form.values.model_fields if name in told.values}
    return IntegrationRead(
        provider=provider,
        name=form.name,
        enabled=told.enabled,
        values=form.values.model_construct(**known).model_dump(warnings=False),
        secrets={name: name in told.secrets for name in form.secrets},
        version=stored.version,
        form=form.values.model_json_schema(),
        last_test=tests.get(provider),
    )


def _wanted(
    form: Form, stored: StoredConfiguration, body: TrialCreate, *, enabled: bool
) -> ProviderConfiguration:
    now = stored.configuration
    values = now.values if body.values is None else _checked(form, body.values)
    unknown = body.secrets.keys() - {*form.secrets}
    if unknown:
        raise _wrong(["secrets", min(unknown)], "no such secret", "extra_forbidden")
    merged = {**now.secrets, **body.secrets}
    secrets = {name: secret for name, secret in merged.items() if secret is not None}
    return ProviderConfiguration(enabled, values, secrets)


def _checked(form: Form, values: dict[str, Any]) -> dict[str, Any]:
    try:
        return form.values.model_validate(values).model_dump(mode="json")
    except ValidationError as error:
        problems = [{**each, "loc": ("body", "values", *each["loc"])} for each in error.errors()]
        raise RequestValidationError(problems) from None


def _wrong(place: list[str], message: str, kind: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("body", *place), "msg": message, "type": kind}])

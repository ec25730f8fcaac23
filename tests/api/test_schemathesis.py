"""The whole API as its description says it: no call breaks it, no answer is outside its schema."""

import asyncio
import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.order_desk import staff
from tests.house import House, speaking

EXAMPLES = int(os.environ.get("BACKOFFICE_FUZZ_EXAMPLES", "2"))
"""For each operation, tried by everybody; a long run takes hundreds."""
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
LEFT_OUT = {
    "GET /api/events": "never ends",
    "GET /healthz": "no worker's heart beats in a test's house",
    "DELETE /api/session": "the others need their sessions",
    "DELETE /api/sessions": "the others need their sessions",
    "DELETE /api/sessions/{session_id}": "the others need their sessions",
    "PUT /api/session/password": "ends sessions",
    "PUT /api/settings/integrations/{provider}": "would make workers call any address",
    "POST /api/settings/integrations/{provider}/test": "would call any address",
}
PATIENCE_S = 30


@pytest.mark.requirement("R4", "R352")
async def test_no_call_breaks_it(house: House) -> None:
    order = await house.place()
    ids = {"order": order["id"], "sku": "MUG", "customer_id": 1, "staff_id": 1, "product_id": 1}
    people = {
        "nobody": {},
        "salesperson": dict(staff(house, "sam", "Salesperson", house.shop.branch_id).headers),
        "SuperAdmin": speaking(house.shop.owner),
    }
    description = (await house.api.get("/openapi.json")).json()
    schema = schemathesis.openapi.from_dict(description)
    for operation in _operations(schema):
        found = await asyncio.to_thread(_try, operation, house.url, people, ids)
        assert found is None, found


def _operations(schema: Any) -> Iterator[Any]:
    for result in schema.get_all_operations():
        operation = result.ok()
        if f"{operation.method.upper()} {operation.path}" not in LEFT_OUT:
            yield operation


def _try(
    operation: Any, url: str, people: dict[str, dict[str, str]], ids: dict[str, Any]
) -> str | None:
    """The first call that shows something wrong, and what."""
    session = requests.Session()
    session.trust_env = False

    @hypothesis.settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(), is_known=hypothesis.strategies.booleans())
    def call(case: Any, is_known: bool) -> None:
        if is_known:
            known = {name: ids[name] for name in case.path_parameters or {} if name in ids}
            case.path_parameters = {**(case.path_parameters or {}), **known}
        for headers in people.values():
            case.call_and_validate(
                base_url=url.removesuffix("/api"),
                session=session,
                headers=headers,
                timeout=PATIENCE_S,
                checks=CHECKS,
            )

    try:
        call()
    except (Exception, FailureGroup) as error:
        return f"{operation.method.upper()} {operation.path}: {error}"
    finally:
        session.close()
    return None

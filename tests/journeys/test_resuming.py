"""An order whose process is gone: nothing runs for it, and a person takes it up again."""

import asyncio

import pytest
from temporalio.client import WorkflowExecutionStatus

from tests.house import House


@pytest.mark.requirement("R149")
async def test_a_lost_process_is_seen_and_taken_up_where_it_was(house: House) -> None:
    order = await house.place(pay="card", shipping="cdek")
    workflow = house.temporal.get_workflow_handle(f"order-{order['id']}")
    house.simulators.fault("cdek", "refuse_before", "POST */orders", count=50)
    await house.pay(order)
    await house.until_order(order["id"], payment="paid")
    shipped = house.api.post(f"/orders/{order['id']}/shipments", json={})
    waiting = asyncio.create_task(shipped)
    await house.until(lambda: "order.step_unknown" in house.actions(order["id"]))
    await workflow.terminate("an accident")
    assert (await waiting).status_code == 503

    lost = (await house.api.get(f"/orders/{order['id']}/process")).json()
    assert (lost["state"], lost["may_resume"]) == ("lost", True)
    assert lost["summary"] == "Nothing runs for this open order: resume it."

    house.simulators.clear_faults()
    resumed = await house.do(order, "process/resume")
    assert resumed.status_code == 200, resumed.text

    async def left() -> bool:
        seen = await house.order(order["id"])
        return [shipment["state"] for shipment in seen["shipments"]] == ["shipped"]

    await house.until(left)
    described = await workflow.describe()
    assert described.status is WorkflowExecutionStatus.RUNNING
    assert (await house.do(order, "process/resume")).json()["code"] == "ProcessRuns"

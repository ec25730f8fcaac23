"""The history is sealed by itself, by whichever worker is there."""

import asyncio

import pytest
from temporalio.service import RPCError

from db import history
from db.history import Entry
from db.seal_checks import unsealed
from tests.house import House
from workflows.history import EVERY, HistoryWorkflow, keep_sealing, workflow_id


@pytest.mark.requirement("R254")
async def test_the_schedule_seals_what_was_written(house: House) -> None:
    with house.db.transaction() as tx:
        history.append(tx, Entry("test", 1, "test.done", "system"))
    await asyncio.gather(*(keep_sealing(house.temporal, house.task_queue) for _ in range(2)))
    schedule = house.temporal.get_schedule_handle(workflow_id(house.task_queue))
    try:
        described = (await schedule.describe()).schedule
        assert [each.every for each in described.spec.intervals] == [EVERY]
        await schedule.trigger()
        await house.until(lambda: unsealed(house.db).rows == 0)
        await schedule.pause(note="maintenance")
        await keep_sealing(house.temporal, house.task_queue)
        assert (await schedule.describe()).schedule.state.note == "maintenance"
        assert (await schedule.describe()).schedule.state.paused
    finally:
        await schedule.delete()
    with pytest.raises(RPCError):
        await schedule.describe()


async def test_a_round_says_how_many_entries_it_sealed(house: House) -> None:
    async def round() -> int:
        return await house.temporal.execute_workflow(
            HistoryWorkflow.run,
            id=workflow_id(house.task_queue),
            task_queue=house.task_queue,
        )

    assert await round() > 0
    with house.db.transaction() as tx:
        history.append(tx, Entry("test", 1, "test.done", "system"))
    assert await round() == 1
    assert await round() == 0

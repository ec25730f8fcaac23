"""Beside a running stack: the demo orders, and the lines of README.md pasted word for word."""

import re
import subprocess
from collections import Counter

import httpx
import pytest

from local.child import ROOT
from local.demo.sign_ins import keep
from tests.stack.stacks import RunningStack, wait_for

LINES = re.compile(r"^```bash\n(.*?)^```$", re.DOTALL | re.MULTILINE)

DEMO_STATES = Counter(
    {
        ("web", "completed", "paid", "delivered"): 2,
        ("web", "cancelled", "unpaid", "unfulfilled"): 1,
        ("web", "placed", "unpaid", "fulfilled"): 1,
        ("uk-web", "placed", "unpaid", "unfulfilled"): 1,
        ("web", "on_hold", "unpaid", "unfulfilled"): 1,
        ("ozon", "placed", "unpaid", "unfulfilled"): 1,
        ("web", "placed", "paid", "unfulfilled"): 1,
        ("web", "placed", "unpaid", "unfulfilled"): 1,
    }
)


def test_the_demo_shop_gets_its_orders_once(stack: RunningStack) -> None:
    wait_for(lambda: _first_states(stack) == DEMO_STATES, 30)
    assert stack.backoffice("demo-shop").stdout == "Orders placed: 0.\n"


@pytest.mark.requirement("R22", "R27", "R28", "R147", "R149", "R250", "R253")
def test_the_lines_take_an_order_to_the_door(stack: RunningStack) -> None:
    [lines] = LINES.findall((ROOT / "README.md").read_text())
    shown = _paste(stack, lines)
    assert re.fullmatch(r"Order \d{6} over 211000 kopecks\.", shown[1])
    assert shown[4:7] == [
        "It can be picked, packed and shipped.",
        "- They ship it.",
        "Fulfilment: fulfilled.",
    ]
    actions = [line.split()[-1] for line in shown if re.match(r"\d{4}-\d\d-\d\dT", line)]
    assert actions[0] == "order.placed"
    assert actions.index("order.payment_captured") < actions.index("order.shipment_prepared")
    assert actions[-2:] == ["order.parcel_delivered", "order.completed"]
    assert shown[-2] == "It waits for nothing."
    assert shown[-1].startswith(f"http://127.0.0.1:{stack.ports.temporal_pages}/namespaces/")


def _paste(stack: RunningStack, lines: str) -> list[str]:
    pasted = subprocess.run(
        ["bash"],
        input=lines,
        env=stack.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
    )
    assert pasted.stderr == ""
    return pasted.stdout.splitlines()


def _first_states(stack: RunningStack) -> Counter[tuple[str, ...]]:
    api, kept = f"http://127.0.0.1:{stack.ports.api}/api", keep(stack.data)
    key = kept.key("office")
    listed = httpx.get(f"{api}/orders", headers={"Authorization": f"Bearer {key}"})
    rows = sorted(listed.raise_for_status().json()["rows"], key=lambda row: int(row["number"]))
    return Counter(
        (row["channel"]["code"], row["status"], row["payment"], row["fulfilment"])
        for row in rows[: DEMO_STATES.total()]
    )

"""What the provider tells the shop: event and object, unsigned."""

import json

from local.simulators.state import Document
from local.simulators.webhooks import Call
from local.simulators.world import World


def notify(world: World, event: str, subject: Document) -> None:
    if world.webhooks_url is None:
        return
    told = {"type": "notification", "event": event, "object": subject}
    call = Call(f"{world.webhooks_url}/yookassa", json.dumps(told, ensure_ascii=False))
    world.webhooks.send("yookassa", subject["id"], event, call)

"""What the provider tells the shop: event and object, unsigned."""

import json

from local.simulators.state import Document
from local.simulators.webhooks import json_headers
from local.simulators.world import World


def notify(world: World, event: str, subject: Document) -> None:
    if world.webhooks_url is None:
        return
    content = {"type": "notification", "event": event, "object": subject}
    world.webhooks.send(
        "yookassa",
        event,
        f"{world.webhooks_url}/yookassa",
        json.dumps(content, ensure_ascii=False),
        json_headers(),
    )

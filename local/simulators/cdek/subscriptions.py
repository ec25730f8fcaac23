"""Who wants to be told: subscriptions made through the API."""

from local.simulators.cdek.wire import error, not_found, refused, request
from local.simulators.state import Document
from local.simulators.world import World

_TYPES = {
    "ORDER_STATUS",
    "ORDER_MODIFIED",
    "PRINT_FORM",
    "RECEIPT",
    "DOWNLOAD_PHOTO",
    "PREALERT_CLOSED",
    "ACCOMPANYING_WAYBILL",
    "OFFICE_AVAILABILITY",
    "DELIV_PROBLEM",
    "DELIV_AGREEMENT",
    "COURIER_INFO",
}
_URL_LENGTH = 255


class Subscriptions:
    """One address a type, as at the carrier: a second one replaces the first."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._all = world.store.collection("cdek_webhook")

    def add(self, body: Document) -> Document:
        kind, url = body.get("type"), body.get("url")
        if kind not in _TYPES:
            raise refused("CREATE", [error("v2_webhook_type_incorrect", f"No such type: {kind}")])
        if not isinstance(url, str) or not url.startswith(("http://", "https://")):
            raise refused("CREATE", [error("v2_invalid_format", "[url] is not an http address")])
        if len(url) > _URL_LENGTH:
            raise refused("CREATE", [error("v2_invalid_format", "[url] is too long")])
        for old in [one for one in self._all if one["type"] == kind]:
            self._all.drop(old["uuid"])
        subscription = {"uuid": self._world.ids.uuid(), "type": kind, "url": url}
        self._all.save(subscription["uuid"], subscription)
        return self._done(subscription["uuid"], "CREATE")

    def list(self) -> list[Document]:
        return list(self._all)

    def read(self, uuid: str) -> Document:
        subscription = self._all.get(uuid)
        if subscription is None:
            raise not_found(uuid)
        return {"entity": subscription, "requests": []}

    def remove(self, uuid: str) -> Document:
        self.read(uuid)
        self._all.drop(uuid)
        return self._done(uuid, "DELETE")

    def _done(self, uuid: str, kind: str) -> Document:
        now = self._world.clock.now()
        done = request(kind, "SUCCESSFUL", now, self._world.ids.uuid())
        return {"entity": {"uuid": uuid}, "requests": [done]}

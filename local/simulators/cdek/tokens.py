"""Access tokens: given for the keys, good for an hour."""

import hmac
from urllib.parse import parse_qs

from fastapi import Request

from local.simulators.cdek.wire import error, refused
from local.simulators.refused import Refused
from local.simulators.state import Document
from local.simulators.world import World


class Tokens:
    def __init__(self, world: World) -> None:
        self._world = world
        self._all = world.store.collection("cdek_token")
        for token in self._all:
            if self._is_over(token):
                self._all.drop(token["token"])

    def grant(self, form: bytes) -> Document:
        fields = {
            name: values[0] for name, values in parse_qs(form.decode(errors="replace")).items()
        }
        keys = self._world.settings.credentials
        same = hmac.compare_digest(
            fields.get("client_id", "").encode(), keys.cdek_client_id.encode()
        )
        same &= hmac.compare_digest(
            fields.get("client_secret", "").encode(), keys.cdek_client_secret.encode()
        )
        if not same or fields.get("grant_type") != "client_credentials":
            text = "Bad client credentials"
            raise Refused(401, {"error": "invalid_client", "error_description": text})
        return self._new()

    async def check(self, request: Request) -> None:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        token = self._all.get(given)
        if token is None:
            raise refused("AUTH", [error("v2_token_invalid", "The token is not known")], 401)
        if self._is_over(token):
            self._all.drop(given)
            raise refused("AUTH", [error("v2_token_expired", "The token has expired")], 401)

    def revoke_all(self) -> None:
        for token in self._all:
            self._all.drop(token["token"])

    def _is_over(self, token: Document) -> bool:
        return bool(token["expires_at"] <= self._world.clock.now().timestamp())

    def _new(self) -> Document:
        token, life = self._world.ids.hex(64), self._world.settings.pace.token
        expires = self._world.clock.now().timestamp() + life
        self._all.save(token, {"token": token, "expires_at": expires})
        return {
            "access_token": token,
            "token_type": "bearer",
            "expires_in": int(life),
            "scope": "order:all payment:all",
            "jti": self._world.ids.uuid(),
        }

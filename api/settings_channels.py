"""Settings of channels: what each offers, takes and promises."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Path
from pydantic import Field, field_validator

from api.access import Db
from api.answers import RESPONSES, NotFound
from api.routers import Router
from api.settings import CurrencyCode, Editor, Reader
from api.strict import Strict
from db import channels
from db.channels import Channel, ChannelTerms, list_channels
from db.engine import Session
from db.reads.channel_choices import ChannelChoices, list_channel_choices
from domain.orders import ChannelKind
from domain.payments import CapturePolicy, PaymentMethod

router = Router("/settings/channels", tags=["settings"], responses=RESPONSES)
BIGINT = 2**63
YEAR_S = 366 * 24 * 3600
Id = Annotated[int, Field(ge=1, lt=BIGINT)]
ChannelId = Annotated[int, Path(ge=1, lt=BIGINT)]


class TermsEdit(Strict):
    name: str = Field(min_length=1, max_length=200)
    currency: CurrencyCode
    prices_include_tax: bool = True
    branch_id: Id | None = None
    locations: list[Id] = Field(default_factory=list, max_length=100)
    payment_methods: list[PaymentMethod] = Field(default_factory=list)
    shipping_methods: list[str] = Field(default_factory=list, max_length=100)
    return_url: str = Field("", max_length=2000, description="Where customers come back to.")
    unpaid_expire_after_s: int | None = Field(None, ge=60, le=YEAR_S)
    capture_policy: CapturePolicy = CapturePolicy.AT_ONCE
    responsible_id: Id | None = None

    @field_validator("return_url")
    @classmethod
    def web_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError("must look like https://shop.example.org/thanks")
        return url

    @field_validator("locations", "payment_methods", "shipping_methods")
    @classmethod
    def each_once(cls, listed: list[object]) -> list[object]:
        if len(set(listed)) < len(listed):
            raise ValueError("each once")
        return listed

    def terms(self) -> ChannelTerms:
        return ChannelTerms(**{name: getattr(self, name) for name in TermsEdit.model_fields})


class ChannelCreate(TermsEdit):
    code: str = Field(pattern="^[a-z0-9][a-z0-9-]{0,49}$")
    kind: ChannelKind


class ChannelEdit(TermsEdit):
    version: int = Field(ge=1)


@router.get("")
def read_channels(actor: Reader, db: Db) -> list[Channel]:
    with db.transaction() as tx:
        return list_channels(tx)


@router.post("", status_code=201)
def create_channel(body: ChannelCreate, actor: Editor, db: Db) -> Channel:
    with db.transaction() as tx:
        terms = body.terms()
        return _found(tx, channels.add_channel(tx, body.code, body.kind, terms, actor.name))


@router.get("/choices")
def read_channel_choices(actor: Reader, db: Db) -> ChannelChoices:
    """Whom and what a channel may refer to."""
    with db.transaction() as tx:
        return list_channel_choices(tx)


@router.get("/{channel_id}")
def read_channel(channel_id: ChannelId, actor: Reader, db: Db) -> Channel:
    with db.transaction() as tx:
        return _found(tx, channel_id)


@router.put("/{channel_id}")
def edit_channel(channel_id: ChannelId, body: ChannelEdit, actor: Editor, db: Db) -> Channel:
    """From the next order on; what was placed stays as it was placed."""
    with db.transaction() as tx:
        channel = _found(tx, channel_id, lock=True)
        channels.edit_channel(tx, channel, body.terms(), body.version, actor.name)
        return _found(tx, channel_id)


def _found(tx: Session, channel_id: int, *, lock: bool = False) -> Channel:
    channel = channels.find_channel(tx, channel_id, lock=lock)
    if channel is None:
        raise NotFound("There is no such channel.")
    return channel

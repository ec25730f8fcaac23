"""Each vendor's end of the line, and our adapter at this one."""

from collections.abc import Iterator

import pytest

from providers.cdek import Cdek
from providers.yookassa import YooKassa
from tests.providers import cdek_world, yookassa_world
from tests.providers.mail_server import Mailbox
from tests.providers.vendor import Vendor, played_to_the_end, spec


@pytest.fixture
def naps() -> list[float]:
    """How long an adapter would have slept."""
    return []


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def cdek_vendor() -> Iterator[Vendor]:
    spec(cdek_world.MODELS)
    with played_to_the_end(Vendor(cdek_world.rules)) as vendor:
        yield vendor


@pytest.fixture
def cdek(cdek_vendor: Vendor, naps: list[float]) -> Iterator[Cdek]:
    cdek_vendor.will("POST /v2/oauth/token", cdek_world.token())
    adapter = Cdek(lambda: cdek_world.SETTINGS, cdek_vendor, naps.append)
    yield adapter
    adapter.close()


@pytest.fixture
def yookassa_vendor() -> Iterator[Vendor]:
    spec(yookassa_world.MODELS)
    with played_to_the_end(Vendor(yookassa_world.rules)) as vendor:
        yield vendor


@pytest.fixture
def yookassa(yookassa_vendor: Vendor, naps: list[float]) -> Iterator[YooKassa]:
    adapter = YooKassa(lambda: yookassa_world.SETTINGS, yookassa_vendor, naps.append)
    yield adapter
    adapter.close()

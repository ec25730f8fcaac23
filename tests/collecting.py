"""No search for garbage while thousands of tests are collected: there is none, and it took half of
the time. Loaded by `addopts`, before anything else is."""

import gc

import pytest

from garbage import spare_what_is_loaded

gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    spare_what_is_loaded()
    gc.enable()

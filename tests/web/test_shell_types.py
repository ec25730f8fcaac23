"""The pages and the API speak of the same things."""

from local.page_types import check
from local.pages import build


def test_pages_use_the_api_as_it_is_described() -> None:
    build()
    check()

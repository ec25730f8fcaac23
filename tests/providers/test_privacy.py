"""Words that may stand in a workflow's history."""

import pytest

from providers.privacy import without_personal_data


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("  Two\n lines  ", "Two lines"),
        ("call +7 (916) 123-45-67 now", "call … now"),
        ("call 89161234567", "call …"),
        ("write to <ivan.petrov@example.com>, please", "write to <…>, please"),
        (
            "GET https://api.example/v1/list?To=%2B7916&key=1 failed",
            "GET https://api.example/v1/list failed",
        ),
        ("order 1001-1 costs 1250.50", "order 1001-1 costs 1250.50"),
        ("Иван Петров is unknown to IVAN", "… is unknown to IVAN"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_what_is_left(text: str, left: str) -> None:
    assert without_personal_data(text, ("Иван Петров", "Иван", "", "is")) == left

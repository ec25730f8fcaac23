"""Settings from the environment."""

from pathlib import Path

import pytest

from config import VARIABLES, Settings, SettingsError
from tests.local.environments import KEY, OTHER_KEY, REQUIRED


def test_what_is_not_set_has_a_default() -> None:
    assert Settings.from_environment(REQUIRED) == Settings(
        host="127.0.0.1",
        port=8000,
        data=Path(".data"),
        public_url="http://127.0.0.1:8000",
        secret_keys=(KEY,),
        database_url="postgresql://shop:hidden@localhost/shop",
        owner_database_url="",
        temporal_address="localhost:7233",
        temporal_namespace="default",
        task_queue="backoffice",
        api_processes=1,
        worker_processes=1,
    )


def test_several_secret_keys_keep_their_order() -> None:
    environment = REQUIRED | {"BACKOFFICE_SECRET_KEYS": f"{OTHER_KEY}, {KEY}"}
    assert Settings.from_environment(environment).secret_keys == (OTHER_KEY, KEY)


def test_an_empty_value_counts_as_absent() -> None:
    environment = REQUIRED | {"BACKOFFICE_PORT": " ", "TEMPORAL_NAMESPACE": ""}
    settings = Settings.from_environment(environment)
    assert (settings.port, settings.temporal_namespace) == (8000, "default")


def test_every_missing_variable_is_named_with_its_meaning() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment({})
    assert str(refused.value).splitlines() == [
        f"{name} is not set: {VARIABLES[name].description}"
        for name in ("BACKOFFICE_SECRET_KEYS", "DATABASE_URL", "TEMPORAL_ADDRESS")
    ]


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("BACKOFFICE_PORT", "http", "must be a whole number from 1 to 65529, not 'http'."),
        ("BACKOFFICE_PORT", "65530", "must be a whole number from 1 to 65529, not '65530'."),
        ("BACKOFFICE_PORT", "٣", "must be a whole number from 1 to 65529, not '٣'."),
        ("BACKOFFICE_API_PROCESSES", "0", "must be a whole number from 1 to 64, not '0'."),
        ("BACKOFFICE_WORKER_PROCESSES", "-1", "must be a whole number from 1 to 64, not '-1'."),
        ("BACKOFFICE_HOST", "a b", "must be an address or host name to listen on, not 'a b'."),
        (
            "BACKOFFICE_PUBLIC_URL",
            "shop.example.org",
            "must look like https://shop.example.org, not 'shop.example.org'.",
        ),
        (
            "BACKOFFICE_TASK_QUEUE",
            "two words",
            "must be made of letters, digits, dots, dashes, not 'two words'.",
        ),
        (
            "TEMPORAL_ADDRESS",
            "localhost",
            "must look like temporal.example.org:7233, not 'localhost'.",
        ),
    ],
)
def test_a_wrong_value_is_quoted_and_the_right_form_shown(
    name: str, value: str, complaint: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment(REQUIRED | {name: value})
    assert str(refused.value) == f"{name} {complaint}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://shop:hidden@localhost/shop"),
        ("DATABASE_URL", "postgresql://shop:hidden@localhost"),
        ("DATABASE_URL", "postgresql://shop:hidden@localhost:port/shop"),
        ("BACKOFFICE_SECRET_KEYS", "hidden"),
        ("BACKOFFICE_SECRET_KEYS", f"{KEY},hidden"),
    ],
)
def test_a_wrong_secret_is_not_repeated(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment(REQUIRED | {name: value})
    assert str(refused.value).startswith(f"{name} must ")
    assert "hidden" not in str(refused.value)


def test_settings_in_a_log_show_no_secret() -> None:
    shown = repr(Settings.from_environment(REQUIRED))
    assert "hidden" not in shown
    assert KEY not in shown

"""What a call to a provider can end in, besides an answer."""

from domain.errors import Refusal


class Unreachable(Exception):
    """Nothing was done: the call may be sent again, after `retry_after` seconds where they said."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class OutcomeUnknown(Exception):
    """It may or may not have been done: ask by our key before anything else."""


class CredentialsRejected(Exception):
    """Our keys are wrong, expired or not set; a person has to mend the settings."""


class ProviderRefused(Refusal):
    """The provider's answer is no, and it will stay no for this request."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code
